"""The texts of a binary presentation: of slides, notes, masters and comments.

- A text is a run of TextCharsAtom or TextBytesAtom under a TextHeaderAtom that says its sort.
- A placeholder's text may stand in the document's outline; the slide then refers to it by number.
- Paragraphs (ended by a carriage return) are spans of their own.

Source: [MS-PPT] §2.9.42 to §2.9.45, §2.9.78, §2.4.14.3, §2.5.
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.core import Role
from muniment.readers.code_pages import decode_page
from muniment.readers.office_art import Record
from muniment.readers.presentation_records import (
    COMMENT,
    COMMENT_ATOM,
    EX_OBJECTS,
    HEADERS_FOOTERS,
    OUTLINE_REFERENCE,
    SHAPE_PROPERTIES,
    SLIDE_INFO,
    SLIDE_PERSIST,
    STRING,
    TEXT_HEADER,
    TEXT_NARROW,
    TEXT_WIDE,
    children_of,
    walk,
)

_TITLES = (0, 6)  # Tx_TYPE_TITLE, Tx_TYPE_CENTERTITLE
_HIDDEN = 0x0004  # SlideShowSlideInfoAtom, fHidden
_PICTURE_PROPERTY = 0x0104  # pib, [MS-ODRAW] §2.3.23.5
_LATIN = 28591
_SHAPE, _PLACEHOLDER = 0xF004, 0x0BC3
_FOOTER_ROLES = (Role.BODY, Role.HEADER, Role.FOOTER)  # by instance: date, header, footer


class Text(msgspec.Struct, frozen=True):
    """A stretch of text and what it is."""

    text: str
    role: Role


class Outline(msgspec.Struct, frozen=True):
    """A slide as the document lists it: the number of its object, its id, its outline texts."""

    persist: int
    slide_id: int
    texts: tuple[Text, ...]


class Sheet(msgspec.Struct, frozen=True):
    """What a slide, a notes page or a master holds."""

    texts: tuple[Text, ...]
    comments: tuple[tuple[str, str], ...]  # by whom and when, text
    pictures: tuple[int, ...]  # numbers of pictures shown, from 1
    hidden: bool


def outlines_of(data: bytes, slide_list: Record) -> tuple[Outline, ...]:
    """The slides of a list, in its order, with the texts that stand in the list."""
    found: list[tuple[int, int, list[Text]]] = []
    role = Role.BODY
    for record in children_of(data, slide_list):
        if record.kind == SLIDE_PERSIST and record.end - record.start >= 16:  # noqa: PLR2004
            persist, _, _, slide_id = struct.unpack_from("<IIII", data, record.start)
            found.append((persist, slide_id, []))
        elif record.kind == TEXT_HEADER:
            role = _role(data, record)
        elif record.kind in (TEXT_WIDE, TEXT_NARROW) and len(found) > 0:
            found[-1][2].append(Text(text_at(data, record), role))
    return tuple(Outline(persist, number, tuple(texts)) for persist, number, texts in found)


def sheet_of(
    data: bytes, record: Record, outline: tuple[Text, ...], *, prompts: bool = False
) -> Sheet:
    """All that a slide, notes or master record holds, outline texts at their places.

    In a master, what stands in a placeholder only prompts for text: with `prompts` it is left out.
    """
    gathering = _Gathering(data, outline, prompts=prompts)
    for _, found in walk(data, record.start, record.end):
        gathering.take(found)
    return gathering.sheet()


class _Gathering:
    """What has been found in a slide so far."""

    def __init__(self, data: bytes, outline: tuple[Text, ...], *, prompts: bool) -> None:
        self._data = data
        self._outline = outline
        self._prompts = prompts
        self._texts: list[Text] = []
        self._comments: list[tuple[str, str]] = []
        self._pictures: list[int] = []
        self._used: set[int] = set()
        self._role = Role.BODY
        self._hidden = self._prompt = False

    def take(self, found: Record) -> None:
        kind = found.kind
        if kind in (_SHAPE, _PLACEHOLDER):
            self._prompt = self._prompts and kind == _PLACEHOLDER
        elif kind == COMMENT:
            self._comments.append(_comment(self._data, found))
        elif kind == SHAPE_PROPERTIES:
            self._pictures += _pictures(self._data, found)
        elif kind == SLIDE_INFO:
            flags = int.from_bytes(self._data[found.start + 10 : found.start + 12], "little")
            self._hidden = flags & _HIDDEN != 0
        else:
            self._text(found)

    def _text(self, found: Record) -> None:
        if found.kind == TEXT_HEADER:
            self._role = _role(self._data, found)
        elif found.kind in (TEXT_WIDE, TEXT_NARROW):
            if not self._prompt:
                self._texts.append(Text(text_at(self._data, found), self._role))
        elif found.kind == OUTLINE_REFERENCE:
            number = int.from_bytes(self._data[found.start : found.start + 4], "little")
            if number < len(self._outline) and number not in self._used:
                self._used.add(number)
                self._texts.append(self._outline[number])
        elif found.kind == HEADERS_FOOTERS:
            self._texts += _headers_footers(self._data, found)

    def sheet(self) -> Sheet:
        """All of it, outline texts that no box refers to first."""
        rest = [text for number, text in enumerate(self._outline) if number not in self._used]
        texts = tuple(rest + self._texts)
        return Sheet(texts, tuple(self._comments), tuple(self._pictures), self._hidden)


def text_at(data: bytes, record: Record) -> str:
    """The text of a TextCharsAtom, TextBytesAtom or CString."""
    raw = data[record.start : record.end]
    if record.kind == TEXT_NARROW:
        return decode_page(raw, _LATIN)  # the low bytes of UTF-16 units whose high bytes are zero
    return raw[: len(raw) & ~1].decode("utf-16-le", "replace")


def _role(data: bytes, header: Record) -> Role:
    sort = int.from_bytes(data[header.start : header.start + 4], "little")
    return Role.TITLE if sort in _TITLES else Role.BODY


def _headers_footers(data: bytes, container: Record) -> Iterator[Text]:
    for record in children_of(data, container):
        if record.kind == STRING and record.instance < len(_FOOTER_ROLES):
            yield Text(text_at(data, record), _FOOTER_ROLES[record.instance])


def _comment(data: bytes, container: Record) -> tuple[str, str]:
    """Who commented when, and what ([MS-PPT] §2.5.17)."""
    strings = {0: "", 1: "", 2: ""}
    when = ""
    for record in children_of(data, container):
        if record.kind == STRING:
            strings[record.instance] = text_at(data, record)
        elif record.kind == COMMENT_ATOM and record.end - record.start >= 20:  # noqa: PLR2004
            year, month, _, day, hour, minute = struct.unpack_from("<6H", data, record.start + 4)
            when = f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}"
    initials = "" if strings[2] == "" else f"({strings[2]})"
    said = (piece for piece in (strings[0], initials, when) if piece != "")
    return " ".join(said), strings[1]


def _pictures(data: bytes, properties: Record) -> Iterator[int]:
    """The pictures that a shape shows, by their number among all."""
    count = min(properties.instance, (properties.end - properties.start) // 6)
    for number in range(count):
        key, value = struct.unpack_from("<HI", data, properties.start + 6 * number)
        if key & 0x3FFF == _PICTURE_PROPERTY and value > 0:
            yield value


def hyperlinks(data: bytes, document: Record) -> Iterator[str]:
    """Addresses of the document's links, in their order ([MS-PPT] §2.10.16)."""
    for depth, record in walk(data, document.start, document.end):
        if depth == 0 and record.kind == EX_OBJECTS:
            for _, inner in walk(data, record.start, record.end):
                if inner.kind == STRING and inner.instance == 1:
                    address = text_at(data, inner)
                    if "/" in address or ":" in address or "@" in address:
                        yield address
