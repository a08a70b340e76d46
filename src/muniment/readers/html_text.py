"""HTML set as text: what a reader of the page would see, without scripts and styles.

- Block elements end a line; white space runs are one space, as in a browser; `pre` keeps its own.
- The parser loads nothing: no network, no entities, no DTD.
"""

import re

from lxml import etree, html  # type: ignore[import-untyped]

SKIPPED = frozenset(("script", "style", "template"))
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "tbody", "thead", "tfoot", "tr", "ul", "title"),
    )
)
_CELLS = frozenset(("td", "th"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" *\n *")


def text_of_html(markup: str) -> str:
    """The text of a page; empty where it has none."""
    root = parsed_html(markup)
    if root is None:
        return ""
    text = _AROUND_BREAK.sub("\n", "".join(_pieces(root)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def parsed_html(markup: str) -> html.HtmlElement | None:
    """The tree of a page; None where there is none."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    data = markup.encode("utf-8", "replace")
    if data.strip() == b"":
        return None
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _pieces(root: html.HtmlElement) -> list[str]:
    """The text in document order, without recursion: pages nest deeper than the stack."""
    pieces: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        hidden = name in SKIPPED
        if event == "start":
            skipped += hidden
            if skipped == 0:
                pieces.append(_opening(name) + _spaced(element.text, element))
            continue
        if event == "end":
            skipped -= hidden
            if skipped == 0 and name in BLOCKS:
                pieces.append("\n")
        if skipped == 0:
            pieces.append(_spaced(element.tail, element.getparent()))
    return pieces


def _opening(name: str) -> str:
    if name in BLOCKS or name == "br":
        return "\n"
    return "\t" if name in _CELLS else ""


def _spaced(text: str | None, around: html.HtmlElement | None) -> str:
    if text is None:
        return ""
    kept = around is not None and around.tag in ("pre", "textarea")
    return text if kept else _SPACES.sub(" ", text)
