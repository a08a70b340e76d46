"""Whether an archive is one volume of several: 7z.001, part1.rar, r00, cab sets.

- Each volume is an object of its own and arrives by itself; nothing here joins them, and what is
  missing is named. Volumes that were put end to end are no volume any longer.

Sources: 7zFormat.txt (LZMA SDK), signature header; RAR 4 technote and RAR 5.0 archive format,
main archive header; [MS-CAB] §2.1, CFHEADER flags.
"""

import struct

from muniment.core import Problem, Whole
from muniment.readers.source import Source

_CODE = "volume-missing"
_7Z_HEADER = struct.Struct("<QQ")  # offset and size of the list, behind a header of 32 bytes
_7Z = b"7z\xbc\xaf\x27\x1c"
_RAR = b"Rar!\x1a\x07"
_RAR4 = b"Rar!\x1a\x07\x00"
_RAR5 = b"Rar!\x1a\x07\x01\x00"
_CAB_BEFORE, _CAB_AFTER = 1, 2


def volume_problem(source: Source) -> Problem | None:
    """The Problem of an archive that goes on in another file; None for one that is whole."""
    head = source.read_at(0, 64)
    message = ""
    if head.startswith(_7Z):
        message = _of_7z(head, source.size)
    elif head.startswith(_RAR):
        message = _of_rar4(head) if head.startswith(_RAR4) else _of_rar5(head)
        if message != "" and _is_joined(source):
            message = ""
    elif head.startswith(b"MSCF"):
        message = _of_cab(head)
    return None if message == "" else Problem(Whole(), _CODE, message)


def _is_joined(source: Source) -> bool:
    """Whether a second volume begins within these bytes."""
    before = b""
    for block in source.blocks(len(_RAR)):
        if _RAR in before + block:
            return True
        before = block[-len(_RAR) :]
    return False


def _of_7z(head: bytes, size: int) -> str:
    if len(head) < 32:  # noqa: PLR2004 - the signature header
        return ""
    offset, length = _7Z_HEADER.unpack_from(head, 12)
    missing = 32 + offset + length - size
    if missing <= 0:
        return ""
    return (
        f"{missing} bytes and the list of entries are missing: it is cut short, or the first "
        "volume (.001) of several, which have to be joined"
    )


def _of_rar4(head: bytes) -> str:
    if len(head) < 12:  # noqa: PLR2004 - marker, and the main header up to its flags
        return ""
    (flags,) = struct.unpack_from("<H", head, 10)
    if not flags & 1:
        return ""
    return _volume("the first volume" if flags & 0x100 else "one volume")


def _of_rar5(head: bytes) -> str:
    at = len(_RAR5) + 4  # behind the CRC: header size, type, flags, perhaps extra size
    _, at = _number(head, at)
    kind, at = _number(head, at)
    flags, at = _number(head, at)
    if kind != 1:
        return ""
    if flags & 1:
        _, at = _number(head, at)
    archive_flags, at = _number(head, at)
    if not archive_flags & 1:
        return ""
    number = _number(head, at)[0] + 1 if archive_flags & 2 else 1
    return _volume(f"volume {number}")


def _of_cab(head: bytes) -> str:
    if len(head) < 36:  # noqa: PLR2004 - CFHEADER
        return ""
    (flags,) = struct.unpack_from("<H", head, 30)
    if not flags & (_CAB_BEFORE | _CAB_AFTER):
        return ""
    return _volume("one cabinet")


def _volume(which: str) -> str:
    return f"{which} of an archive that is spread over several files; the others are not here"


def _number(head: bytes, at: int) -> tuple[int, int]:
    """A variable-length number of RAR 5 and where the next field begins."""
    value = shift = 0
    while at < len(head) and shift < 64:  # noqa: PLR2004 - bits
        value |= (head[at] & 0x7F) << shift
        shift += 7
        at += 1
        if not head[at - 1] & 0x80:
            break
    return value, at
