"""The parts of a page's source: what a reader of it would see, what is hidden, what it states.

    text      TextSpan a block           title, alt and input texts      TextSpan at the value
    comment   TextSpan, hidden           meta, link, frame               Metadata at the tag
    data:     an `Embedded`, which whoever called makes a child of

- Places are `Chars` in the source, so that a citation can be followed in the file itself; `text`
  is what is shown there.
- Hidden is what the tag itself says (hidden, display:none, visibility:hidden, type=hidden), and
  what stands in a template; style sheets are not worked out, and give no text. A script is hidden
  text as it is written: it may hold what the page shows. Nothing is loaded.
- One pass, no recursion: pages nest deeper than any stack.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

import msgspec

from muniment.core import Chars, Metadata, Part, Role, TextSpan
from muniment.readers.html_text import BLOCKS, SKIPPED, text_of_html
from muniment.readers.markup_attributes import Attribute, attributes_of
from muniment.readers.markup_scan import Sort, Token, tokens
from muniment.readers.text_blocks import LONGEST_BLOCK

_SCRIPT = "script"
_SKIPPED = SKIPPED - {"template"}
_SPACING = frozenset(("td", "th", "br"))  # what stands apart on the page without ending a block
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "frame"),
    )
)
# Elements whose end tag may be left out: the next of the same name ends them.
_SELF_ENDING = frozenset(("p", "li", "td", "th", "tr", "dd", "dt", "option"))
_ADDRESSES = ("src", "href", "data", "poster", "background", "action", "longdesc", "cite")
_SAID = ("alt", "title", "placeholder", "summary", "aria-label", "label")
_LONGEST_ADDRESS = 4_000
_DATA = re.compile(r"data:([^,]{0,400}),", re.IGNORECASE)
_NAMED = ("name", "property", "http-equiv", "itemprop")
_STATED_BY = {
    "frame": "frame",
    "iframe": "frame",
    "a": "link",
    "area": "link",
    "form": "form",
    "img": "picture",
    "image": "picture",
    "embed": "media",
    "object": "media",
    "video": "media",
    "audio": "media",
    "source": "media",
    "link": "linked",
    "script": "script",
}


class Embedded(msgspec.Struct, frozen=True):
    """A file written into the page as a data: address (RFC 2397)."""

    at: Chars
    media_type: str
    written: str
    base64: bool

    def content(self) -> Iterator[bytes]:
        """The bytes that it stands for.

        Raises:
            ValueError: it is not base64.
        """
        data = unquote_to_bytes(self.written)
        if self.base64:
            try:
                data = base64.b64decode(data.translate(None, b" \t\r\n") + b"==")
            except binascii.Error as why:
                raise ValueError("not base64") from why
        yield data


def page_parts(source: str, section: str | None = None) -> Iterator[Part | Embedded]:
    """The parts of a page, in the order of its source."""
    page = _Page(source, section)
    for token in tokens(source):
        yield from page.take(token)
    yield from page.block()


class _Page:
    """The block that is being gathered, and what surrounds it."""

    def __init__(self, source: str, section: str | None) -> None:
        self._source = source
        self._section = section
        self._texts: list[str] = []
        self._start = self._end = 0
        self._skipping = ""
        self._hiding = ""
        self._hiding_depth = 0
        self._role = Role.BODY

    def take(self, token: Token) -> Iterator[Part | Embedded]:
        match token.sort:
            case Sort.TEXT if self._skipping == _SCRIPT:
                at = self._at(token.start, token.end)
                yield from _spans(at, token.value.strip(), Role.MARKUP, hidden=True)
            case Sort.TEXT:
                self._text(token)
            case Sort.COMMENT:
                at = self._at(token.start, token.end)
                yield from _spans(at, token.value.strip(), Role.COMMENT, hidden=True)
            case Sort.START | Sort.END:
                yield from self._tag(token)

    def _at(self, start: int, end: int) -> Chars:
        return Chars(start, end, self._section)

    def _text(self, token: Token) -> None:
        if self._skipping != "" or (len(self._texts) == 0 and token.value.isspace()):
            return
        if len(self._texts) == 0:
            self._start = token.start
        self._texts.append(token.value)
        self._end = token.end

    def _tag(self, token: Token) -> Iterator[Part | Embedded]:
        name = token.value
        attributes = (
            attributes_of(self._source, token.start, token.end) if token.sort is Sort.START else {}
        )
        if name in BLOCKS or name in _SKIPPED or self._changes(token, attributes):
            yield from self.block()
        elif name in _SPACING and len(self._texts) > 0:
            self._texts.append(" ")
        self._hide(token, attributes)
        if token.sort is Sort.START and name in _SKIPPED and self._skipping == "":
            self._skipping = name
        elif token.sort is Sort.END and name == self._skipping:
            self._skipping = ""
        if name == "title":
            self._role = Role.TITLE if token.sort is Sort.START else Role.BODY
        if len(attributes) > 0:
            yield from self._stated(token, attributes)

    def _changes(self, token: Token, attributes: dict[str, Attribute]) -> bool:
        """Whether what is hidden begins or may end at this tag."""
        if self._hiding != "":
            return token.value == self._hiding
        return _is_hidden(token.value, attributes)

    def _hide(self, token: Token, attributes: dict[str, Attribute]) -> None:
        name = token.value
        if self._hiding == "":
            if name not in _VOID and _is_hidden(name, attributes):
                self._hiding, self._hiding_depth = name, 1
            return
        if name != self._hiding:
            return
        if token.sort is Sort.END:
            self._hiding_depth -= 1
        elif name not in _SELF_ENDING:
            self._hiding_depth += 1
        elif not _is_hidden(name, attributes):
            self._hiding_depth = 0
        if self._hiding_depth == 0:
            self._hiding = ""

    def _stated(self, token: Token, attributes: dict[str, Attribute]) -> Iterator[Part | Embedded]:
        yield from self._said(token.value, attributes)
        at = self._at(token.start, token.end)
        if token.value == "meta":
            yield from _meta(at, attributes)
        for name in _ADDRESSES:
            found = attributes.get(name)
            if found is None:
                continue
            embedded = _DATA.match(found.value.lstrip())
            if embedded is not None:
                yield self._embedded(found, embedded)
            elif token.value in _STATED_BY and found.value.strip() != "":
                address = found.value.strip()[:_LONGEST_ADDRESS]
                yield Metadata(at, _STATED_BY[token.value], address)

    def _embedded(self, found: Attribute, match: re.Match[str]) -> Embedded:
        written = found.value.lstrip()[match.end() :]
        media_type, _, rest = match[1].partition(";")
        encoded = rest.lower().rstrip().endswith("base64") or media_type.lower() == "base64"
        return Embedded(self._at(found.start, found.end), media_type.strip(), written, encoded)

    def _said(self, tag: str, attributes: dict[str, Attribute]) -> Iterator[Part]:
        """What attributes say to whoever looks at the page."""
        unseen = self._hiding != "" or _is_hidden(tag, attributes)
        names = (*_SAID, "value") if tag in ("input", "button") else _SAID
        for name in names:
            found = attributes.get(name)
            if found is None or found.value.strip() == "":
                continue
            at = self._at(found.start, found.end)
            yield from _spans(at, found.value.strip(), Role.BOX, hidden=unseen)
        inner = attributes.get("srcdoc")
        if inner is not None:
            # A page written into an attribute: its text stands at the attribute's value.
            shown = text_of_html(inner.value)
            yield from _spans(self._at(inner.start, inner.end), shown, Role.BODY, hidden=unseen)

    def block(self) -> Iterator[Part]:
        """What has been gathered, as spans; the next block begins empty."""
        text = _SPACES.sub(" ", html.unescape("".join(self._texts))).strip()
        self._texts = []
        at = self._at(self._start, max(self._start, self._end))
        yield from _spans(at, text, self._role, hidden=self._hiding != "")


def _is_hidden(tag: str, attributes: dict[str, Attribute]) -> bool:
    if "hidden" in attributes or tag == "template":
        return True
    style = attributes.get("style")
    if style is not None and _UNSEEN.search(style.value) is not None:
        return True
    kind = attributes.get("type")
    return tag == "input" and kind is not None and kind.value.strip().lower() == "hidden"


def _meta(at: Chars, attributes: dict[str, Attribute]) -> Iterator[Part]:
    charset, content = attributes.get("charset"), attributes.get("content")
    if charset is not None:
        yield Metadata(at, "charset", charset.value)
    name = next((attributes[key].value for key in _NAMED if key in attributes), None)
    if name is not None and content is not None:
        yield Metadata(at, name[:200], content.value)


def _spans(at: Chars, text: str, role: Role, *, hidden: bool = False) -> Iterator[Part]:
    for offset in range(0, len(text), LONGEST_BLOCK):
        yield TextSpan(at, text[offset : offset + LONGEST_BLOCK], role, hidden)
