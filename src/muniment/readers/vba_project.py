"""The source text of the macros (VBA) in an Office file.

    …/VBA/dir        the project: its code page, and for each module a name, a stream, an offset
    …/VBA/<stream>   a module: from that offset on, its source text, compressed

- Each module's source is text of role `markup` at `Field("<path of its stream>")`.
- A module that cannot be unpacked is a Problem there; the next one is tried.

Source: [MS-OVBA] §2.3.4.2 (dir stream), §2.4.1 (compression).
"""

import struct
from collections.abc import Iterator

import msgspec

from muniment.core import Field, Part, Problem, Role, TextSpan
from muniment.readers.code_pages import WESTERN, decode_page
from muniment.readers.look_inside import VBA_PROJECT as VBA_TYPE
from muniment.readers.ole_file import OleFile, Path, open_ole
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of

_CHUNK = 4096
_MOST_TEXT = 1 << 26
_SIGNATURE = 1
_CODE_PAGE, _VERSION = 0x0003, 0x0009
_NAME, _WIDE_NAME, _STREAM, _WIDE_STREAM, _OFFSET = 0x0019, 0x0047, 0x001A, 0x0032, 0x0031
_END_OF_MODULE = 0x002B


class Module(msgspec.Struct, frozen=True):
    """A module: its name, the name of its stream, and where in it the source begins."""

    name: str
    stream: str
    offset: int


def macros(ole: OleFile) -> Iterator[Part]:
    """The source of every module of every project in a compound file."""
    for path in ole.paths:
        if len(path) > 1 and path[-1].lower() == "dir" and path[-2].upper() == "VBA":
            yield from _project(ole, path)


def _project(ole: OleFile, path: Path) -> Iterator[Part]:
    at = Field("/".join(path))
    try:
        page, modules = modules_in(decompressed(ole.read(*path) or b""))
    except (struct.error, ValueError, IndexError):
        yield Problem(at, "macros-damaged", "the project's directory cannot be unpacked")
        return
    for module in modules:
        place = Field("/".join((*path[:-1], module.stream)))
        data = ole.read(*path[:-1], module.stream)
        if data is None:
            yield Problem(place, "macros-damaged", "a module of the project is missing")
            continue
        try:
            text = decode_page(decompressed(data[module.offset :]), page)
        except (ValueError, IndexError, struct.error):
            yield Problem(place, "macros-damaged", "a module's source cannot be unpacked")
            continue
        for block in blocks_of([text]):
            yield TextSpan(place, block.text, Role.MARKUP)


def modules_in(directory: bytes) -> tuple[int, tuple[Module, ...]]:
    """The project's code page, and its modules in their order.

    Raises:
        struct.error: the directory breaks off.
    """
    page, modules = WESTERN, []
    name = stream = ""
    offset = at = 0
    while at + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, at)
        size += 2 if kind == _VERSION else 0  # its stated size leaves out the minor version
        data = directory[at + 6 : at + 6 + size]
        at += 6 + size
        if kind == _CODE_PAGE:
            (page,) = struct.unpack_from("<H", data)
        elif kind in (_NAME, _WIDE_NAME):
            name = data.decode("utf-16-le", "replace") if kind != _NAME else decode_page(data, page)
        elif kind == _STREAM:
            stream = decode_page(data, page)
        elif kind == _WIDE_STREAM and len(data) > 0:
            stream = data.decode("utf-16-le", "replace")
        elif kind == _OFFSET:
            (offset,) = struct.unpack_from("<I", data)
        elif kind == _END_OF_MODULE and stream != "":
            modules.append(Module(name, stream, offset))
            stream = ""
    return page, tuple(modules)


def decompressed(container: bytes) -> bytes:
    """The bytes that a compressed container holds.

    Raises:
        ValueError: it is no container, or unpacks to more than any source text has.
    """
    if len(container) == 0 or container[0] != _SIGNATURE:
        raise ValueError("no compressed container")
    found = bytearray()
    at = 1
    while at + 2 <= len(container):
        (header,) = struct.unpack_from("<H", container, at)
        size = (header & 0x0FFF) + 3
        chunk = container[at + 2 : at + size]
        found += _unpacked(chunk) if header & 0x8000 else chunk[:_CHUNK]
        at += size
        if len(found) > _MOST_TEXT:
            raise ValueError("a source text beyond all bounds")
    return bytes(found)


def _unpacked(chunk: bytes) -> bytes:
    """A chunk of tokens: bytes, and copies of what stood before ([MS-OVBA] §2.4.1.3)."""
    found = bytearray()
    at = 0
    while at < len(chunk):
        flags = chunk[at]
        at += 1
        for bit in range(8):
            if at >= len(chunk):
                break
            if flags >> bit & 1 == 0:
                found.append(chunk[at])
                at += 1
                continue
            if at + 2 > len(chunk):
                return bytes(found)
            (token,) = struct.unpack_from("<H", chunk, at)
            at += 2
            _copy(found, token)
    return bytes(found)


def _copy(found: bytearray, token: int) -> None:
    bits = max(4, (len(found) - 1).bit_length())
    length = (token & (0xFFFF >> bits)) + 3
    offset = (token >> (16 - bits)) + 1
    if offset > len(found):
        raise ValueError("a copy from before the start")
    for _ in range(length):
        found.append(found[-offset])


def read_vba_project(source: Source, _context: Context) -> Iterator[Part]:
    """The modules of a project that is a file of its own (`vbaProject.bin`)."""
    ole = open_ole(source)
    found = False
    for part in macros(ole):
        found = True
        yield part
    if not found:
        raise UnreadableError("no module could be found")


VBA_PROJECT = Reader(name="vba-project", version=1, media_types=(VBA_TYPE,), read=read_vba_project)
