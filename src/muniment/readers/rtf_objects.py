r"""Pictures and objects of an RTF file, as files.

- `\pict` data are the picture; a bitmap without a file's header gets one, and that is stated.
- `\objdata` is an OLE 1.0 object ([MS-OLEDS] §2.2): its native data are the file, a packaged
  file, or a compound file, which comes out as it is stored.
"""

import struct
from collections.abc import Iterator
from functools import partial

from muniment.core import Place
from muniment.readers.code_pages import WESTERN, decode_page
from muniment.readers.embedded_files import Found
from muniment.readers.office_art import bitmap_file
from muniment.readers.ole_objects import compound_object, found_package, package_of

_KINDS = {
    b"emfblip": "emf",
    b"pngblip": "png",
    b"jpegblip": "jpg",
    b"macpict": "pict",
    b"wmetafile": "wmf",
    b"pmmetafile": "met",
    b"dibitmap": "bmp",
    b"wbitmap": "ddb",
}
PICTURE_WORDS = frozenset(_KINDS)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMBEDDED = 2
_LONGEST_NAME = 4_096


def picture(at: Place, word: bytes, data: bytes, number: int) -> Found:
    """A picture whose kind the control word `word` names; empty where none did."""
    kind = _KINDS.get(word, "bin")
    name = f"picture {number}.{kind}"
    if kind == "bmp":
        stated = (("made", "bitmap file header"),)
        return Found(
            at,
            name,
            partial(bitmap_file, data),
            stated=stated,
            packed_size=len(data),
            named_here=True,
        )
    if kind == "pict":
        stated = (("made", "512 zero bytes"),)
        return Found(at, name, partial(bytes, b"\0" * 512 + data), stated=stated, named_here=True)
    return Found(at, name, partial(bytes, data), named_here=True)


def object_files(at: Place, data: bytes) -> Iterator[Found]:
    """The files in an object's data; nothing for a link, which holds none."""
    try:
        kind, class_name, native = _native(data)
    except (struct.error, ValueError):
        yield Found(at, "object data", partial(bytes, data), named_here=True)
        return
    if kind != _EMBEDDED or len(native) == 0:
        return
    if native.startswith(_COMPOUND):
        yield from compound_object(at, class_name or "object", native, named_here=True)
        return
    sized = struct.pack("<I", len(native)) + native
    try:
        package_of(sized)
    except ValueError:
        yield Found(at, class_name or "object", partial(bytes, native), named_here=True)
        return
    yield found_package(at, sized)


def _native(data: bytes) -> tuple[int, str, bytes]:
    """Whether it is embedded, the class, and the native data of an OLE 1.0 object."""
    _, kind = struct.unpack_from("<II", data)
    name, at = _string(data, 8)
    for _ in range(2):  # the topic and the item, which name a link's file
        _, at = _string(data, at)
    (size,) = struct.unpack_from("<I", data, at)
    return kind, decode_page(name, WESTERN), data[at + 4 : at + 4 + size]


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from("<I", data, at)
    if length > _LONGEST_NAME:
        raise ValueError("a name beyond all bounds")
    return data[at + 4 : at + 4 + length].rstrip(b"\0"), at + 4 + length
