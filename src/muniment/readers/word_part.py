"""One XML part of a Word document: its paragraphs, each at its place in the tree.

- A place is the XPointer child sequence of the `w:p` element; `chars` counts code points of the
  paragraph's own text, tracked deletions included, since they are still in the file.
- A paragraph with stretches of several roles, or longer than a block, gives a span for each.
- A text box inside a paragraph has paragraphs of its own; of alternatives (`mc:AlternateContent`)
  only the first choice counts, the fallback says the same again.

Source: ECMA-376 Part 1, §17; XPointer element() scheme.
"""

from collections.abc import Iterator
from typing import IO

import msgspec
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Element, Metadata, Part, Role, TextSpan
from muniment.readers.text_blocks import LONGEST_BLOCK

_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
_DELETED = ("del", "moveFrom")
_INSERTED = ("ins", "moveTo")
_TEXTS = ("t", "delText", "instrText", "delInstrText")
_NOTES = ("comment", "footnote", "endnote")


class _Paragraph:
    """A paragraph whose end has not been reached: stretches of role, hidden, text."""

    def __init__(self, path: tuple[int, ...]) -> None:
        self.path = path
        self.stretches: list[tuple[Role, bool, str]] = []

    def add(self, role: Role, text: str, *, hidden: bool) -> None:
        if len(self.stretches) > 0 and self.stretches[-1][:2] == (role, hidden):
            text = self.stretches.pop()[2] + text
        self.stretches.append((role, hidden, text))


class Change(msgspec.Struct, frozen=True):
    """A tracked change: what, by whom, when, as written."""

    kind: str
    author: str
    date: str


def read_word_part(stream: IO[bytes], member: str, role: Role) -> Iterator[Part]:
    """The paragraphs of a part, and who made which tracked change and comment.

    Raises:
        etree.XMLSyntaxError: the part is not well-formed from here on.
    """
    walker = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    walk = _Walk(member, role)
    for event, element in walker:
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if event == "start":
            yield from walk.start(name, element)
        else:
            yield from walk.end(name, element)
            # What has ended is not needed again; keeping it would hold the whole tree.
            element.clear(keep_tail=True)


class _Walk:
    """Where the walk stands: the path, the open paragraphs, the changes around it."""

    def __init__(self, member: str, role: Role) -> None:
        self._member = member
        self._role = role
        self._counts = [0]
        self._paragraphs: list[_Paragraph] = []
        self._changes: list[Role] = []
        self._boxes = 0
        self._fallbacks = 0
        self._vanished = False

    def start(self, name: str, element: etree._Element) -> Iterator[Part]:
        self._counts[-1] += 1
        self._counts.append(0)
        if name == "Fallback":
            self._fallbacks += 1
        if self._fallbacks > 0:
            return
        if name == "p":
            self._paragraphs.append(_Paragraph(self._path()))
        elif name in ("txbxContent", "txBody"):
            self._boxes += 1
        elif name in _DELETED or name in _INSERTED:
            self._changes.append(Role.DELETED if name in _DELETED else Role.INSERTED)
            yield from self._authored(name, element)
        elif name in _NOTES:
            yield from self._authored(name, element)
        elif name == "r":
            self._vanished = False
        elif name in ("vanish", "webHidden"):
            self._vanished = _attribute(element, "val") not in ("0", "false", "off")

    def end(self, name: str, element: etree._Element) -> Iterator[Part]:
        self._counts.pop()
        if name == "Fallback":
            self._fallbacks -= 1
            return
        if self._fallbacks > 0:
            return
        if name == "p" and len(self._paragraphs) > 0:
            yield from self._spans(self._paragraphs.pop())
            self._vanished = False
        elif name in ("txbxContent", "txBody"):
            self._boxes -= 1
        elif name in _DELETED or name in _INSERTED:
            self._changes.pop()
        elif len(self._paragraphs) > 0:
            self._add(name, element)

    def _add(self, name: str, element: etree._Element) -> None:
        parent = element.getparent()
        in_run = parent is not None and etree.QName(parent).localname in ("r", "fld")
        if name in _TEXTS and in_run:
            text = element.text or ""
        elif in_run and name in _CHARACTERS:
            text = _CHARACTERS[name]
        elif in_run and name == "sym":
            text = _symbol(element)
        else:
            return
        if text == "":
            return
        role, hidden = self._role_of(name)
        self._paragraphs[-1].add(role, text, hidden=hidden)

    def _role_of(self, name: str) -> tuple[Role, bool]:
        if name in ("delText", "delInstrText") or Role.DELETED in self._changes:
            return Role.DELETED, self._vanished
        if name == "instrText":
            return Role.MARKUP, True
        if Role.INSERTED in self._changes:
            return Role.INSERTED, self._vanished
        return (Role.BOX if self._boxes > 0 else self._role), self._vanished

    def _spans(self, paragraph: _Paragraph) -> Iterator[Part]:
        position = 0
        alone = len(paragraph.stretches) == 1
        for role, hidden, text in paragraph.stretches:
            for offset in range(0, len(text), LONGEST_BLOCK):
                piece = text[offset : offset + LONGEST_BLOCK]
                start = position + offset
                whole = alone and len(piece) == len(text)
                chars = None if whole else (start, start + len(piece))
                if not piece.isspace():
                    at = Element(self._member, paragraph.path, chars)
                    yield TextSpan(at, piece, role, hidden)
            position += len(text)

    def _authored(self, name: str, element: etree._Element) -> Iterator[Part]:
        author, date = _attribute(element, "author"), _attribute(element, "date")
        if author != "" or date != "":
            at = Element(self._member, self._path())
            yield Metadata(at, f"{name} by", f"{author} {date}".strip())

    def _path(self) -> tuple[int, ...]:
        return tuple(self._counts[:-1])


def _attribute(element: etree._Element, wanted: str) -> str:
    for name, value in element.attrib.items():
        if etree.QName(name).localname == wanted:
            return str(value)
    return ""


def _symbol(element: etree._Element) -> str:
    """The character of a symbol font: its code, in the private use area where Word puts it."""
    code = _attribute(element, "char")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
