"""Files and documents embedded in an OLE storage, as files of their own.

    Package, CONTENTS       the file itself, as one stream
    ␁Ole10Native           a packaged file: names, path, then its bytes ([MS-OLEDS] §2.3.6)
    WordDocument, Workbook… a document in streams: a compound file is made around them

- A packaged file keeps the name it is stored under and states the paths it came from.
- Only a made container is new; every stream in it, and every other child, is as stored.
"""

import struct
from collections.abc import Iterator
from functools import partial

import msgspec

from muniment.core import Place
from muniment.readers.code_pages import WESTERN, decode_page
from muniment.readers.embedded_files import Found
from muniment.readers.ole_file import OleFile, Path, ole_of_bytes
from muniment.readers.ole_rewrap import MADE, rewrapped
from muniment.readers.signals import UnreadableError

NATIVE = "\x01Ole10Native"
_WHOLE_FILES = ("Package", "CONTENTS", "EmbeddedOdf", "Contents")
# Streams of an object that say how it is shown or linked, not what it is.
_ABOUT = frozenset(
    (
        *("\x01ole", "\x01compobj", "\x03objinfo", "\x03linkinfo", "\x03epr", "\x03print"),
        *("\x03meta", "\x02olepres000", "\x02olepres001", "\x03accessobjsitedata"),
    )
)
_LONGEST_NAME = 4_096
_WIDE_NAMES = 3


class Package(msgspec.Struct, frozen=True):
    """A packaged file: the names stored with it, as bytes, and its contents.

    `wide` are the temporary path, the label and the path in UTF-16, where they follow the data.
    """

    label: bytes
    path: bytes
    temporary: bytes
    data: bytes
    wide: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What to call it: the label, else the end of the path."""
        if len(self.wide) == _WIDE_NAMES and self.wide[1] != "":
            return self.wide[1]
        label = decode_page(self.label, WESTERN)
        path = decode_page(self.path, WESTERN).replace("\\", "/")
        return label or path.rpartition("/")[2]


def package_of(stream: bytes) -> Package:
    """The packaged file in an Ole10Native stream, or in the native data of an OLE 1.0 object.

    Raises:
        ValueError: it is not of this shape.
    """
    try:
        (size,) = struct.unpack_from("<I", stream)
        return _package(stream, 4, min(len(stream), 4 + size))
    except (struct.error, ValueError) as why:
        raise ValueError("no packaged file") from why


def _package(stream: bytes, at: int, end: int) -> Package:
    if struct.unpack_from("<H", stream, at)[0] != 2:  # noqa: PLR2004 - the type of a package
        raise ValueError("no package")
    label, at = _name(stream, at + 2)
    path, at = _name(stream, at)
    _, _, length = struct.unpack_from("<HHI", stream, at)
    temporary = stream[at + 8 : at + 8 + length].rstrip(b"\0")
    at += 8 + length
    (size,) = struct.unpack_from("<I", stream, at)
    data = stream[at + 4 : at + 4 + size]
    if len(data) < size or at > end:
        raise ValueError("the packaged file breaks off")
    return Package(label, path, temporary, data, tuple(_wide_names(stream, at + 4 + size, end)))


def _wide_names(stream: bytes, at: int, end: int) -> Iterator[str]:
    """Up to three counted strings in UTF-16 behind the data, as newer systems add them."""
    for _ in range(_WIDE_NAMES):
        if at + 4 > end:
            return
        (length,) = struct.unpack_from("<I", stream, at)
        if length > _LONGEST_NAME or at + 4 + 2 * length > end:
            return
        raw = stream[at + 4 : at + 4 + 2 * length]
        yield raw.decode("utf-16-le", "replace").rstrip("\0")
        at += 4 + 2 * length


def _name(stream: bytes, at: int) -> tuple[bytes, int]:
    end = stream.index(b"\0", at, at + _LONGEST_NAME)
    return stream[at:end], end + 1


def found_package(at: Place, stream: bytes) -> Found:
    """A packaged file as a child; bytes of another shape come out as they are, named so."""
    try:
        package = package_of(stream)
    except ValueError:
        return Found(at, "native data", partial(bytes, stream[4:]), named_here=True)
    wide = len(package.wide) == _WIDE_NAMES
    said = {
        "path": package.wide[2] if wide else decode_page(package.path, WESTERN),
        "temporary path": package.wide[0] if wide else decode_page(package.temporary, WESTERN),
    }
    stated = tuple((key, value) for key, value in said.items() if value != "")
    return Found(at, package.name, partial(bytes, package.data), package.label, stated)


def objects_in(ole: OleFile, storage: Path, at: Place) -> Iterator[Found]:
    """What an object's storage holds, as files; nothing where it holds only a picture of itself."""
    streams = {path[-1]: path for path in ole.within(*storage)}
    name = storage[-1] if len(storage) > 0 else "object"
    native = streams.get(NATIVE)
    if native is not None:
        yield found_package(at, ole.read(*native) or b"")
        return
    content = [key for key in streams if key.casefold() not in _ABOUT]
    whole = [key for key in content if key in _WHOLE_FILES and ole.is_stream(*streams[key])]
    if len(whole) > 0 and len([k for k in content if not k.startswith("\x05")]) == len(whole):
        for key in whole:
            yield Found(at, f"{name}/{key}", partial(_read, ole, streams[key]))
        return
    if len(content) > 0:
        yield Found(at, name, partial(rewrapped, ole, storage), stated=(("made", MADE),))


def compound_object(
    at: Place, name: str, data: bytes, *, named_here: bool = False
) -> Iterator[Found]:
    """The file that a compound file wraps where it wraps one; else the compound file itself."""
    try:
        ole = ole_of_bytes(data)
    except UnreadableError:
        yield Found(at, name, partial(bytes, data), named_here=named_here)
        return
    if ole.has(NATIVE) or ole.has("Package") or ole.has("CONTENTS"):
        yield from objects_in(ole, (), at)
        return
    yield Found(at, name, partial(bytes, data), named_here=named_here)


def _read(ole: OleFile, path: Path) -> bytes:
    return ole.read(*path) or b""
