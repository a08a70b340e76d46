"""One XML part of an OpenDocument file: its paragraphs, each at its place in the tree.

- A place is the child sequence of the `text:p` or `text:h`; `chars` counts the code points of its
  text as shown, white space collapsed as the standard says.
- Tracked changes: what was deleted stands in the list of changes, what was inserted between marks.
- Text is hidden where its style, its section, its slide or a field says so.

Source: OpenDocument 1.3 part 3: §5 to §7 (text), §6.1.2 (spaces), §5.5 (changes), §16 (styles).
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from muniment.core import Element, Metadata, Part, Role, TextSpan
from muniment.readers.paragraphs import Paragraph
from muniment.readers.xml_events import Event, Path, Step, xml_events

_PARAGRAPHS = ("text:p", "text:h")
_ROLES: Mapping[str, Role] = {
    "text:note": Role.NOTE,
    "presentation:notes": Role.NOTE,
    "office:annotation": Role.COMMENT,
    "style:header": Role.HEADER,
    "style:header-left": Role.HEADER,
    "style:header-first": Role.HEADER,
    "style:footer": Role.FOOTER,
    "style:footer-left": Role.FOOTER,
    "style:footer-first": Role.FOOTER,
    "draw:text-box": Role.BOX,
    "text:deletion": Role.DELETED,
    "svg:title": Role.BOX,
    "svg:desc": Role.BOX,
    "draw:custom-shape": Role.BOX,
}
# Elements whose own characters are text though they are no paragraphs.
_ALONE = ("svg:title", "svg:desc", "math:annotation", "presentation:footer-decl")
_STATED = ("dc:creator", "dc:date", "meta:creator-initials", "loext:sender-initials")
_SHOWS = ("draw:image", "draw:object", "draw:object-ole", "draw:plugin", "draw:fill-image")
_LETTERS = {"text:tab": "\t", "text:line-break": "\n", "text:soft-page-break": ""}
_UNSHOWN = ("office:binary-data", "office:scripts", "script:event-listener", "number:text")
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 10_000
_MOST_STYLES = 100_000


def prefix_of(namespace: str) -> str:
    """The usual prefix of an OpenDocument namespace, or of its forerunner's (OpenOffice.org 1)."""
    if namespace.startswith("urn:oasis:names:tc:opendocument:xmlns:"):
        return namespace.removeprefix("urn:oasis:names:tc:opendocument:xmlns:").partition(":")[0]
    if namespace.startswith("http://openoffice.org/2000/"):
        return namespace.rpartition("/")[2]
    return _OTHERS.get(namespace, "")


_OTHERS: Mapping[str, str] = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1998/Math/MathML": "math",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}


class Shared:
    """What the parts of one file share, filled as they are read.

    `hiding` are the styles that hide what they are given to; `anchors` says where a file of the
    package is first shown.
    """

    def __init__(self) -> None:
        self.hiding: set[str] = set()
        self.anchors: dict[str, Element] = {}
        self._open = ""

    def take(self, event: Event, member: str) -> None:
        """Look at a start of a part."""
        name, attributes = event.value, event.attributes
        if name in _SHOWS:
            target = attributes.get("xlink:href", "").removeprefix("./")
            self.anchors.setdefault(target, Element(member, event.path))
        if name == "style:style":
            self._open = attributes.get("style:name", "")
        elif len(self.hiding) < _MOST_STYLES and (
            (name == "style:text-properties" and attributes.get("text:display") == "none")
            or attributes.get("presentation:visibility") == "hidden"
        ):
            self.hiding.add(self._open)


class _Open:
    """An open element that matters: what it changed, to be set back at its end."""

    def __init__(self, name: str, role: Role, *, hidden: bool) -> None:
        self.name = name
        self.role = role
        self.hidden = hidden


def read_open_document_part(
    stream: IO[bytes], member: str, shared: Shared, role: Role = Role.BODY, *, hidden: bool = False
) -> Iterator[Part]:
    """The paragraphs of a part, and who made which change and comment.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed from here on.
    """
    walk = _Walk(member, shared, role, hidden=hidden)
    for event in xml_events(stream, prefix_of):
        if event.step is Step.START:
            shared.take(event, member)
            yield from walk.start(event)
        elif event.step is Step.END:
            yield from walk.end(event.value)
        else:
            walk.text(event.value)


class _Walk:
    """Where the walk stands: the open elements, the open paragraphs, the changes."""

    def __init__(self, member: str, shared: Shared, role: Role, *, hidden: bool) -> None:
        self._member = member
        self._shared = shared
        self._open = [_Open("", role, hidden=hidden)]
        self._paragraphs: list[Paragraph] = []
        self._changes: dict[str, str] = {}  # id of a change → what it is
        self._region = ""
        self._inserted: set[str] = set()
        self._unshown = 0
        self._said: list[str] = []
        self._saying = ""
        self._authored: Path = ()
        self._changed = ""
        self._links = 0

    def start(self, event: Event) -> Iterator[Part]:
        name, attributes = event.value, event.attributes
        last = self._open[-1]
        role = self._role(name, last.role)
        self._open.append(_Open(name, role, hidden=last.hidden or self._hides(name, attributes)))
        if name in _UNSHOWN:
            self._unshown += 1
        if name in _PARAGRAPHS or name in _ALONE:
            self._paragraphs.append(Paragraph(event.path))
        elif name == "text:s":
            written = attributes.get("text:c", "1")
            count = int(written) if written.isdecimal() and len(written) < 6 else 1  # noqa: PLR2004
            self._add(" " * min(count, _MOST_SPACES))
        elif name in _LETTERS:
            self._add(_LETTERS[name])
        elif name in _STATED:
            self._saying = name
            self._said.append("")
        else:
            yield from self._mark(name, attributes, event.path)

    def _mark(self, name: str, attributes: Mapping[str, str], path: Path) -> Iterator[Part]:
        if name in ("text:changed-region", "office:annotation"):
            self._region = attributes.get("text:id", attributes.get("xml:id", ""))
            self._said, self._authored = [], path
        elif name in ("text:insertion", "text:deletion", "text:format-change"):
            self._changed = name.rpartition(":")[2]
            self._changes[self._region] = self._changed
        elif name == "text:change-start":
            number = attributes.get("text:change-id", "")
            if self._changes.get(number) == "insertion":
                self._inserted.add(number)
        elif name == "text:change-end":
            self._inserted.discard(attributes.get("text:change-id", ""))
        elif name == "text:a" and attributes.get("xlink:href", "") != "":
            yield Metadata(Element(self._member, path), "link", attributes["xlink:href"])
        elif name in ("text:hidden-text", "text:conditional-text"):
            # The field's own characters are what is shown; this is what it holds besides.
            value = attributes.get("text:string-value", "")
            if value != "":
                yield TextSpan(Element(self._member, path), value, hidden=True)

    def end(self, name: str) -> Iterator[Part]:
        self._open.pop()
        if name in _UNSHOWN:
            self._unshown -= 1
        elif name in _STATED:
            self._saying = ""
        elif name in _PARAGRAPHS or name in _ALONE:
            if len(self._paragraphs) > 0:
                yield from self._paragraphs.pop().spans(self._member)
        elif name in ("office:change-info", "office:annotation"):
            said = " ".join(piece for piece in self._said if piece != "")
            what = "comment" if name == "office:annotation" else _SHORT.get(self._changed, "change")
            if said != "" and len(self._authored) > 0:
                yield Metadata(Element(self._member, self._authored), f"{what} by", said)
            self._said = []

    def text(self, data: str) -> None:
        if self._saying != "":
            self._said[-1] += data
        elif self._unshown == 0 and len(self._paragraphs) > 0:
            collapsed = _SPACES.sub(" ", data)
            if collapsed != " " or self._in_text():
                self._add(collapsed)

    def _in_text(self) -> bool:
        """Whether white space here stands between words, not between elements of a frame."""
        return self._open[-1].name.startswith("text:") and self._open[-1].name != "text:note"

    def _add(self, text: str) -> None:
        if text != "" and len(self._paragraphs) > 0 and self._unshown == 0:
            top = self._open[-1]
            role = Role.INSERTED if len(self._inserted) > 0 and top.role is Role.BODY else top.role
            self._paragraphs[-1].add(role, text, hidden=top.hidden)

    def _role(self, name: str, outer: Role) -> Role:
        if outer is Role.DELETED or (outer in (Role.NOTE, Role.COMMENT) and name in _BOXES):
            return outer
        if name in ("draw:custom-shape", "draw:text-box"):
            return outer if self._is_slide() else Role.BOX
        return _ROLES.get(name, outer)

    def _is_slide(self) -> bool:
        """On a slide, boxes are the text itself."""
        return any(element.name == "draw:page" for element in self._open[:6])

    def _hides(self, name: str, attributes: Mapping[str, str]) -> bool:
        if attributes.get("presentation:placeholder") == "true":
            return True
        if name == "text:section" and attributes.get("text:display") == "none":
            return True
        if name in ("text:hidden-paragraph", "text:hidden-text"):
            return attributes.get("text:is-hidden") == "true"
        styled = attributes.get("text:style-name") or attributes.get("draw:style-name")
        return styled is not None and styled in self._shared.hiding


_SHORT = {"insertion": "ins", "deletion": "del", "format-change": "format"}
_BOXES = ("draw:text-box", "draw:custom-shape", "svg:title", "svg:desc")
