"""Archives, disk images and PDFs that do not begin as what they are.

- A program that unpacks itself has its archive behind it: looked for in its first mebibytes. A
  sign counts where an archive's first header follows it: programs that read archives hold signs.
- A zip, some disk images and a PDF without its head are known by their last bytes.
- Only asked for bytes that are nothing else: neither a known signature nor text.

Sources: PKWARE APPNOTE 6.3.10 §4.3.16; Apple's "koly" trailer as libdmg writes it; Virtual Hard
Disk Image Format 1.0, hard disk footer.
"""

import re
import struct
import zlib

from muniment.readers.disk_images import image_type
from muniment.readers.source import Source

_PROGRAMS = (b"MZ", b"\x7fELF")
PROGRAMS = frozenset(
    (
        "application/vnd.microsoft.portable-executable",
        "application/x-elf",
        "application/x-mach-binary",
    )
)
_WITHIN = 1 << 21
_SIGNS = re.compile(rb"7z\xbc\xaf\x27\x1c\x00|Rar!\x1a\x07[\x00\x01]|MSCF\0\0\0\0")
_ARCHIVE_HEAD = 32
_RAR_MAIN = 0x73  # the type of a RAR 4 archive's main header
_TRAILER = 512
_TRAILERS = ((b"koly", "application/x-apple-diskimage"), (b"conectix", "application/x-vhd"))
_PDF_ENDS = (b"startxref", b"%%EOF")  # ISO 32000-1 §7.5.5
_ZIP = "application/zip"
_END_MAGIC = b"PK\x05\x06"
_END_RECORD = 22
_LONGEST_END = _END_RECORD + 0xFFFF


def by_other_bytes(source: Source, head: bytes) -> str | None:
    """The type that bytes other than the first name; None where they name none."""
    trailer = source.read_at(max(0, source.size - _TRAILER), _TRAILER)
    for start, media_type in _TRAILERS:
        if trailer.startswith(start):
            return media_type
    if all(sign in trailer for sign in _PDF_ENDS):
        return "application/pdf"  # its own head is lost, or far behind other bytes
    image = image_type(head)
    if image != "":
        return image
    if head.startswith(_PROGRAMS):
        return behind_a_program(source)
    return _ZIP if _ends_as_zip(source, program=False) else None


def _ends_as_zip(source: Source, *, program: bool) -> bool:
    """Whether the end record of a zip is the end of the file; behind a program, also before it.

    Other files hold whole zips within them, with bytes of their own behind.
    """
    tail = source.read_at(max(0, source.size - _LONGEST_END), _LONGEST_END)
    at = tail.rfind(_END_MAGIC)
    while at >= 0:
        end = at + _END_RECORD + int.from_bytes(tail[at + 20 : at + 22], "little")
        if (end <= len(tail) and _lists(source, tail, at)) if program else end == len(tail):
            return True
        at = tail.rfind(_END_MAGIC, 0, at)
    return False


def _lists(source: Source, tail: bytes, at: int) -> bool:
    """Whether a directory ends where this end record begins: programs hold the sign of one too."""
    count, size = struct.unpack_from("<HI", tail, at + 10)
    start = source.size - len(tail) + at - size
    return count > 0 and start > 0 and source.read_at(start, 4) == b"PK\x01\x02"


def behind_a_program(source: Source) -> str | None:
    """The archive that a program unpacks from behind itself; None where there is none."""
    found = _first(source.read_at(0, _WITHIN))[1]
    return found or (_ZIP if _ends_as_zip(source, program=True) else None)


def archive_start(source: Source) -> int:
    """Where the archive begins that a program has behind it; 0 where the file begins with one."""
    if not source.read_at(0, 4).startswith(_PROGRAMS):
        return 0
    return _first(source.read_at(0, _WITHIN))[0]


def _first(program: bytes) -> tuple[int, str | None]:
    """Place and type of the first archive in these bytes; 0 and None where there is none."""
    for sign in _SIGNS.finditer(program):
        head = program[sign.start() : sign.start() + _ARCHIVE_HEAD]
        found = _begins(head) if len(head) == _ARCHIVE_HEAD else None
        if found is not None:
            return sign.start(), found
    return 0, None


def _begins(head: bytes) -> str | None:
    """The archive whose first header this is (7zFormat.txt; RAR 5.0 note; [MS-CAB] §2.1)."""
    if head.startswith(b"7z"):
        right = struct.unpack_from("<I", head, 8)[0] == zlib.crc32(head[12:32])
        return "application/x-7z-compressed" if right else None
    if head.startswith(b"Rar!"):
        old = head[6] == 0 and head[9] == _RAR_MAIN
        new = (
            head[6:8] == b"\1\0"
            and zlib.crc32(head[12 : 13 + head[12]]) == struct.unpack_from("<I", head, 8)[0]
        )
        return "application/vnd.rar" if old or new else None
    size, _, first, _ = struct.unpack_from("<4I", head, 8)
    right = head[24:26] == b"\3\1" and _ARCHIVE_HEAD < first < size
    return "application/vnd.ms-cab-compressed" if right else None
