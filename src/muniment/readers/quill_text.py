"""The texts of Publisher and of Works' word processor.

    Quill/QuillSub/CONTENTS    Publisher 98 and later   chunks; those named TEXT are UTF-16
    CONTENTS                   Works 2000 and later     the same
    MN0                        Works 3 and 4            8-bit text between two stated offsets

- Text stands at `Chars`, counted in UTF-16 units (Works 3 and 4: code points) of all the texts of
  the file, one after the other.
- Publisher's pictures come out as children; where on its pages they stand is not read.

Source: Apache POI (QuillContents) and libwps, for there is no public description.
"""

import struct
from collections.abc import Iterator
from functools import partial

from muniment.core import Chars, Part, TextSpan, Whole
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.office_art import blips_in
from muniment.readers.ole_file import OleFile, open_ole
from muniment.readers.ole_properties import ole_properties
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import LONGEST_BLOCK
from muniment.readers.vba_project import macros

PUBLISHER, WORKS = "application/x-mspublisher", "application/vnd.ms-works"

_CHUNKED = (("Quill", "QuillSub", "CONTENTS"), ("CONTENTS",))
_OLD = "MN0"
_MARK = b"CHNK"
_FIRST, _ENTRY = 0x20, 24
_MOST_CHUNKS = 10_000
_OLD_BOUNDS = 0x22
_CONTROLS = "".join(map(chr, (*range(9), *range(14, 32))))


def read_quill_text(source: Source, context: Context) -> Iterator[Part]:
    """The texts, properties, macros and pictures of a publication or a document.

    Raises:
        UnreadableError: it has none of the streams that hold text.
    """
    ole = open_ole(source)
    yield from ole_properties(ole)
    chunked = next((data for path in _CHUNKED if (data := _chunked(ole, path)) != b""), b"")
    old = ole.read(_OLD) or b""
    if chunked == b"" and old == b"":
        raise UnreadableError("none of its streams holds text")
    if chunked != b"":
        yield from _units("".join(_texts(chunked)))
    else:
        yield from _old_text(old)
    yield from macros(ole)
    yield from embedded(list(_pictures(ole)), context)


def _chunked(ole: OleFile, path: tuple[str, ...]) -> bytes:
    data = ole.read(*path) or b""
    return data if data.startswith(_MARK) else b""


def _texts(data: bytes) -> Iterator[str]:
    """The chunks of text, a character a unit."""
    for number in range(_MOST_CHUNKS):
        at = _FIRST + _ENTRY * number
        if at + _ENTRY > len(data):
            return
        size, name, kind, start, length = struct.unpack_from("<H4s6x4sII", data, at)
        if size != _ENTRY:
            return
        if name == b"TEXT" and kind == b"TEXT":
            raw = data[start : start + length]
            count = len(raw) // 2
            yield "".join(map(chr, struct.unpack_from(f"<{count}H", raw)))


def _units(text: str) -> Iterator[Part]:
    for start, piece in _paragraphs(text):
        shown = piece.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        yield TextSpan(Chars(start, start + len(piece)), shown)


def _old_text(data: bytes) -> Iterator[Part]:
    if len(data) < _OLD_BOUNDS + 8:
        raise UnreadableError("its text's place is not stated")
    start, end = struct.unpack_from("<II", data, _OLD_BOUNDS)
    raw = data[start:end]
    encoding = encoding_of([raw])
    yield from encoding_parts(encoding, [raw])
    for at, piece in _paragraphs("".join(decoded([raw], encoding))):
        yield TextSpan(Chars(at, at + len(piece)), piece)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs without controls around them, in pieces of a block, with their first position."""
    start = 0
    for line in text.replace("\x0c", "\r").replace("\n", "\r").split("\r"):
        bare = line.strip(_CONTROLS)
        begun = start + len(line) - len(line.lstrip(_CONTROLS))
        for offset in range(0, len(bare), LONGEST_BLOCK):
            piece = bare[offset : offset + LONGEST_BLOCK]
            if not piece.isspace():
                yield begun + offset, piece
        start += len(line) + 1


def _pictures(ole: OleFile) -> Iterator[Found]:
    data = ole.read("Escher", "EscherDelayStm") or b""
    for number, blip in enumerate(blips_in(data, 0, len(data)), start=1):
        stated = () if blip.made == "" else (("made", blip.made),)
        name = blip.name or f"picture {number}.{blip.kind}"
        data_of = partial(blip.data)
        yield Found(
            Whole(),
            name,
            data_of,
            stated=stated,
            packed_size=blip.packed_size,
            named_here=blip.name == "",
        )


QUILL_TEXT = Reader(
    name="works-publisher", version=3, media_types=(PUBLISHER, WORKS), read=read_quill_text
)
