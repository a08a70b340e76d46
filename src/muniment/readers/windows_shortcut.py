"""Windows shortcuts (.lnk): where they lead, and when what they lead to was made.

- Strings of the shortcut and the paths of its link info are text; times are Metadata.
- Nothing is followed.

Source: [MS-SHLLINK] §2.1, §2.3, §2.4.
"""

import re
import struct
from collections.abc import Iterator

from muniment.core import Field, Metadata, Part, Problem, TextSpan, Whole
from muniment.readers.mail_charset import text_of
from muniment.readers.mapi_property import filetime
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_SIGNATURE = bytes.fromhex("4c0000000114020000000000c000000000000046")
_LARGEST = 1 << 24
_HEADER = 0x4C
_HAS_LIST, _HAS_INFO, _UNICODE = 1, 2, 0x80
_STRINGS = (
    *((4, "description"), (8, "relative path"), (16, "working folder"), (32, "arguments")),
    (64, "icon"),
)
_TIMES = ((28, "created"), (36, "accessed"), (44, "written"))
_PATHS = ((16, "local path"), (24, "path suffix"))


def read_shortcut(source: Source, _context: Context) -> Iterator[Part]:
    """Where a shortcut leads."""
    if source.size > _LARGEST:
        raise RefusedError(f"a shortcut of more than {_LARGEST} bytes")
    data = source.read_all()
    if len(data) < _HEADER:
        raise UnreadableError("its header is cut off")
    flags = int.from_bytes(data[20:24], "little")
    for at, name in _TIMES:
        ticks = int.from_bytes(data[at : at + 8], "little")
        if ticks != 0:
            yield Metadata(Field(name), name, filetime(ticks))
    yield Metadata(Field("size"), "size", str(int.from_bytes(data[52:56], "little")))
    try:
        yield from _strings(data, flags)
    except struct.error:
        yield Problem(Whole(), "section-damaged", "the shortcut is cut off")


def _strings(data: bytes, flags: int) -> Iterator[Part]:
    position = _HEADER
    if flags & _HAS_LIST:
        position += 2 + struct.unpack_from("<H", data, position)[0]
    if flags & _HAS_INFO:
        size = struct.unpack_from("<I", data, position)[0]
        yield from _info(data[position : position + size])
        position += size
    for flag, name in _STRINGS:
        if flags & flag:
            length = struct.unpack_from("<H", data, position)[0]
            width = 2 if flags & _UNICODE else 1
            raw = data[position + 2 : position + 2 + length * width]
            position += 2 + length * width
            text = raw.decode("utf-16-le", "replace") if width > 1 else text_of(raw, None)[0]
            if text != "":
                yield TextSpan(Field(name), text)


def _info(info: bytes) -> Iterator[Part]:
    """The paths of the link info: of this machine, and of a share."""
    if len(info) < 28:  # noqa: PLR2004 - its header
        return
    for at, name in _PATHS:
        text = _ended(info, int.from_bytes(info[at : at + 4], "little"))
        if text != "":
            yield TextSpan(Field(name), text)
    network = int.from_bytes(info[20:24], "little")
    if 0 < network < len(info) - 12:
        share = _ended(info, network + int.from_bytes(info[network + 8 : network + 12], "little"))
        if share != "":
            yield TextSpan(Field("share"), share)


def _ended(data: bytes, at: int) -> str:
    if not 0 < at < len(data):
        return ""
    return text_of(data[at:].partition(b"\0")[0], None)[0]


def _is_shortcut(head: bytes) -> bool:
    return head.startswith(_SIGNATURE)


WINDOWS_SHORTCUT = Reader(
    name="windows-shortcut",
    version=1,
    media_types=("application/x-ms-shortcut",),
    read=read_shortcut,
    recognises=_is_shortcut,
    begins=re.escape(_SIGNATURE),
)
