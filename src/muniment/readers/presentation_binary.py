"""Binary presentations (.ppt of PowerPoint 97 to 2003): slides, notes, comments, what is inside.

- A text stands on its slide: `Area(page=n)`, slides counted as the document orders them. The file
  stores no finer place that means the same to every program.
- Masters are not slides: their text is hidden, at `Field("master", n)`; what is neither is whole.
- A presentation whose current objects cannot be found gives every text of its stream, and says so.
"""

import struct
import zlib
from collections.abc import Generator, Iterator
from functools import partial

import msgspec

from muniment.core import Area, Field, Metadata, Part, Place, Problem, Role, Tally, TextSpan, Whole
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.members import DamagedError
from muniment.readers.office_art import Record, blips_in, record_at
from muniment.readers.ole_file import OleFile, open_ole
from muniment.readers.ole_objects import compound_object
from muniment.readers.ole_properties import ole_properties
from muniment.readers.presentation_cipher import opened
from muniment.readers.presentation_records import (
    DOCUMENT,
    DRAWING_GROUP,
    EX_CONTROL,
    EX_EMBED,
    EX_LINK_OBJECT,
    EX_OBJECT_ATOM,
    EX_STORAGE,
    HANDOUT,
    MAIN_MASTER,
    NOTES,
    SLIDE,
    SLIDE_LIST,
    STRING,
    TEXT_NARROW,
    TEXT_WIDE,
    VBA_INFO_ATOM,
    Edits,
    children_of,
    edits_of,
    walk,
)
from muniment.readers.presentation_text import (
    Outline,
    Sheet,
    Text,
    hyperlinks,
    outlines_of,
    sheet_of,
    text_at,
)
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

_STREAM = "PowerPoint Document"
_DUAL = "PP97_DUALSTORAGE"  # PowerPoint 95 and 97 in one file
_SLIDES, _MASTERS, _NOTES = 0, 1, 2  # instances of SlideListWithText
_MOST_UNPACKED = 1 << 28
_PROGRAM = 2  # the instance of the CString that names an object's program
_HEADERS_FOOTERS = 0x0FD9
_FBSE, _FBSE_HEAD = 0xF007, 36


class _Presentation(msgspec.Struct, frozen=True):
    """A presentation in the clear: its stream, its pictures, its current objects."""

    data: bytes
    pictures: bytes
    edits: Edits
    document: Record

    def current(self, number: int) -> Record | None:
        """A current object by its number."""
        offset = self.edits.offsets.get(number)
        return None if offset is None else record_at(self.data, offset, len(self.data))

    def listed(self, instance: int) -> tuple[Outline, ...]:
        """The slides, masters or notes that the document lists."""
        return tuple(
            outline
            for record in children_of(self.data, self.document)
            if record.kind == SLIDE_LIST and record.instance == instance
            for outline in outlines_of(self.data, record)
        )


def read_presentation(source: Source, context: Context) -> Iterator[Part]:
    """The texts, comments, properties and embedded files of a presentation."""
    ole = open_ole(source)
    yield from ole_properties(ole)
    folder = (_DUAL,) if ole.has(_DUAL, _STREAM) else ()
    data = ole.read(*folder, _STREAM)
    if data is None:
        raise UnreadableError(f"it has no stream {_STREAM}")
    found = _presentation(ole, folder, data, context)
    if found is None:
        yield from _salvaged(data)
        return
    slides = found.listed(_SLIDES)
    yield Tally(Whole(), "slides", len(slides))
    places = yield from _slides(found, slides)
    yield from _masters(found)
    for nth, address in enumerate(hyperlinks(found.data, found.document), start=1):
        yield Metadata(Field("link", nth), "link", address)
    yield from embedded([*_objects(found), *_pictures(found, places)], context)


def _presentation(
    ole: OleFile, folder: tuple[str, ...], data: bytes, context: Context
) -> _Presentation | None:
    edits = edits_of(ole.read(*folder, "Current User") or b"", data)
    if edits is None:
        return None
    pictures = ole.read(*folder, "Pictures") or b""
    if edits.session != 0:
        data, pictures = opened(edits, data, pictures, context.keys)
    document = record_at(data, edits.offsets[edits.document], len(data))
    if document is None or document.kind != DOCUMENT:
        return None
    return _Presentation(data, pictures, edits, document)


def _salvaged(data: bytes) -> Iterator[Part]:
    yield Problem(Whole(), "slides-unknown", "which slides are current cannot be found")
    for _, record in walk(data, 0, len(data)):
        if record.kind in (TEXT_WIDE, TEXT_NARROW):
            yield from _spans(Text(text_at(data, record), Role.BODY), Whole())


def _slides(
    found: _Presentation, slides: tuple[Outline, ...]
) -> Generator[Part, None, dict[int, Place]]:
    """The slides with their notes; the places of the pictures they show are returned."""
    places: dict[int, Place] = {}
    notes = _notes(found)
    for page, outline in enumerate(slides, start=1):
        at = Area(page=page)
        record = found.current(outline.persist)
        if record is None or record.kind != SLIDE:
            yield Problem(at, "part-missing", "the slide is not in the file")
            yield from _texts(outline.texts, at)
            continue
        sheet = sheet_of(found.data, record, outline.texts)
        if sheet.hidden:
            yield Metadata(at, "hidden slide", "true")
        yield from _sheet(sheet, at, hidden=sheet.hidden)
        for picture in sheet.pictures:
            places.setdefault(picture, at)
        for text in notes.pop(outline.slide_id, ()):
            yield from _spans(Text(text.text, Role.NOTE), at, hidden=sheet.hidden)
    for texts in notes.values():
        yield from _texts(tuple(Text(text.text, Role.NOTE) for text in texts), Whole())
    yield from _document_texts(found)
    return places


def _notes(found: _Presentation) -> dict[int, tuple[Text, ...]]:
    """The texts of notes pages, by the id of the slide they belong to."""
    texts: dict[int, tuple[Text, ...]] = {}
    for outline in found.listed(_NOTES):
        record = found.current(outline.persist)
        if record is None or record.kind != NOTES:
            continue
        slide = next(children_of(found.data, record), None)
        start = record.start if slide is None else slide.start
        number = int.from_bytes(found.data[start : start + 4], "little")
        sheet = sheet_of(found.data, record, outline.texts)
        texts[number] = texts.get(number, ()) + sheet.texts
    return texts


def _document_texts(found: _Presentation) -> Iterator[Part]:
    """Headers and footers that hold for all slides or all notes."""
    for record in children_of(found.data, found.document):
        if record.kind == _HEADERS_FOOTERS:
            sheet = sheet_of(found.data, Record(15, 0, 0, record.start - 8, record.end), ())
            yield from _texts(sheet.texts, Whole())


def _masters(found: _Presentation) -> Iterator[Part]:
    """The text of masters, which stands behind slides; prompts of empty places among it."""
    listed = [outline.persist for outline in found.listed(_MASTERS)]
    others = [
        number
        for number in sorted(found.edits.offsets)
        if (record := found.current(number)) is not None and record.kind == HANDOUT
    ]
    for nth, number in enumerate(listed + others, start=1):
        record = found.current(number)
        if record is not None and record.kind in (MAIN_MASTER, SLIDE, HANDOUT):
            sheet = sheet_of(found.data, record, (), prompts=True)
            texts = tuple(Text(text.text, Role.BOX) for text in sheet.texts)
            yield from _texts(texts, Field("master", nth), hidden=True)


def _sheet(sheet: Sheet, at: Place, *, hidden: bool) -> Iterator[Part]:
    yield from _texts(sheet.texts, at, hidden=hidden)
    for by, text in sheet.comments:
        if by != "":
            yield Metadata(at, "comment by", by)
        yield from _spans(Text(text, Role.COMMENT), at, hidden=hidden)


def _texts(texts: tuple[Text, ...], at: Place, *, hidden: bool = False) -> Iterator[Part]:
    for text in texts:
        yield from _spans(text, at, hidden=hidden)


def _spans(text: Text, at: Place, *, hidden: bool = False) -> Iterator[Part]:
    for paragraph in text.text.replace("\x0b", "\n").split("\r"):
        shown = paragraph.replace("\0", "").strip()
        if shown not in ("", "*"):  # an asterisk stands for a date or a number put in when shown
            yield TextSpan(at, shown, text.role, hidden)


def _objects(found: _Presentation) -> Iterator[Found]:
    """Embedded objects and the macro project, from their storages."""
    names: dict[int, str] = {}
    for _, record in walk(found.data, found.document.start, found.document.end):
        if record.kind in (EX_EMBED, EX_CONTROL, EX_LINK_OBJECT):
            names |= _named(found.data, record)
        elif record.kind == VBA_INFO_ATOM:
            number = int.from_bytes(found.data[record.start : record.start + 4], "little")
            names[number] = "vbaProject.bin"
    for number in sorted(found.edits.offsets):
        storage = found.current(number)
        if storage is None or storage.kind != EX_STORAGE:
            continue
        at = Field("object", number)
        name = names.get(number, f"object {number}")
        try:
            data = _storage(found.data, storage)
        except (DamagedError, zlib.error) as why:
            yield Found(at, name, partial(_refuse, str(why)), named_here=number not in names)
            continue
        yield from compound_object(at, name, data, named_here=number not in names)


def _named(data: bytes, container: Record) -> dict[int, str]:
    number, name = 0, ""
    for record in children_of(data, container):
        if record.kind == EX_OBJECT_ATOM and record.end - record.start >= 20:  # noqa: PLR2004
            (number,) = struct.unpack_from("<I", data, record.start + 16)
        elif record.kind == STRING and record.instance == _PROGRAM:
            name = text_at(data, record)
    return {number: name} if name != "" else {}


def _storage(data: bytes, record: Record) -> bytes:
    if record.instance != 1:
        return data[record.start : record.end]
    unpacked = zlib.decompressobj().decompress(data[record.start + 4 : record.end], _MOST_UNPACKED)
    if len(unpacked) == 0:
        raise DamagedError("member-damaged", "an embedded object cannot be unpacked")
    return unpacked


def _refuse(reason: str) -> bytes:
    raise DamagedError("member-damaged", reason)


def _pictures(found: _Presentation, places: dict[int, Place]) -> Iterator[Found]:
    """The pictures, each on the first slide that shows it."""
    numbers = _numbers(found)
    at = 0
    while (record := record_at(found.pictures, at, len(found.pictures))) is not None:
        for blip in blips_in(found.pictures, at, record.end):
            number = numbers.get(at, 0)
            stated = () if blip.made == "" else (("made", blip.made),)
            yield Found(
                places.get(number, Whole()),
                blip.name or f"picture {number or at}.{blip.kind}",
                blip.data,
                stated=stated,
                packed_size=blip.packed_size,
                named_here=blip.name == "",
            )
        at = record.end


def _numbers(found: _Presentation) -> dict[int, int]:
    """The number of each picture, from 1, by its offset in the stream of pictures."""
    numbers: dict[int, int] = {}
    for record in children_of(found.data, found.document):
        if record.kind == DRAWING_GROUP:
            entries = [r for _, r in walk(found.data, record.start, record.end) if r.kind == _FBSE]
            for number, entry in enumerate(entries, start=1):
                if entry.end - entry.start >= _FBSE_HEAD:
                    (offset,) = struct.unpack_from("<I", found.data, entry.start + 28)
                    numbers.setdefault(offset, number)
    return numbers


PRESENTATION_BINARY = Reader(
    name="presentation-binary",
    version=2,
    media_types=("application/vnd.ms-powerpoint",),
    read=read_presentation,
    takes_keys=True,
)
