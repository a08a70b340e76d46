"""What the first bytes say: fixed signatures of the kinds that are read here, and some others.

- Own signatures come before libmagic, so that what is read does not depend on its version.

Sources: the formats' specifications; PRONOM (nationalarchives.gov.uk) for the rest.
"""

import re
from typing import Literal

from muniment.readers.starts import Starts

_PDF = b"%PDF-"
_PDF_WITHIN = 1024  # ISO 32000-1 Annex H, implementation note 13
_TAR_MAGIC_AT = 257  # POSIX.1-1988 ustar header
_TAR_BLOCK = 512
_CHECKSUM = slice(148, 156)

_ISO_AT = 0x8001  # ECMA-119 §8.1: sector 16, behind the type
_LHA = re.compile(rb"..-l[hz][0-9ds]-", re.DOTALL)
_ARJ_HEADER, _ARJ_LONGEST = 34, 2_600  # technote: the first header, at most
_CPIO_FIELDS = 70  # every text form is longer
_CPIO_LITTLE = 0xC7

_DER_SEQUENCE = b"\x30"
_SIGNED_DATA = bytes.fromhex("06092a864886f70d0107")  # OID 1.2.840.113549.1.7, PKCS #7
_SIGNED_WITHIN = 32

ZIP = "application/zip"
OLE = "application/x-ole-storage"
_RIFF_AT = 8

# Write-ahead logs: the magic numbers of both byte orders, and the one version that there is.
SQLITE_LOGS = (bytes.fromhex("377f0682002de218"), bytes.fromhex("377f0683002de218"))
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"PK\x07\x08", ZIP),  # the first part of a spanned archive
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"]\x00\x00", "application/x-lzma"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x04\x22\x4d\x18", "application/x-lz4"),
    (b"\x02\x21\x4c\x18", "application/x-lz4"),
    (b"WARC/", "application/warc"),
    (b"filedesc://", "application/x-internet-archive"),
    (b"LZIP\x01", "application/x-lzip"),
    (b"\x89LZO\0\r\n\x1a\n", "application/x-lzop"),
    (b"\x1f\x9d", "application/x-compress"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (b"!<arch>\n", "application/x-archive"),
    (b"\xed\xab\xee\xdb", "application/x-rpm"),
    (b"xar!\0", "application/x-xar"),
    (b"070701", "application/x-cpio"),
    (b"070702", "application/x-cpio"),
    (b"070707", "application/x-cpio"),
    (b"\xc7\x71", "application/x-cpio"),
    (b"\x71\xc7", "application/x-cpio"),
    (b"\x60\xea", "application/x-arj"),
    (b"{\\rtf", "application/rtf"),
    (b"\xdb\xa5\x2d\x00", "application/msword"),  # Word 2, before compound files
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"%!PS", "application/postscript"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"PARE", "application/vnd.apache.parquet"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    *((sign, "application/vnd.sqlite3-wal") for sign in SQLITE_LOGS),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"BM", "image/bmp"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"ITSF\x03", "application/vnd.ms-htmlhelp"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/x-wav", b"AVI ": "video/x-msvideo"}
_BITMAP_HEADERS = (12, 40, 52, 56, 108, 124)  # lengths of the known BITMAPINFOHEADER versions


def by_signature(head: bytes) -> str | None:
    """The type that the first bytes (up to 4,096) name; None where they name none."""
    if not _TABLE.may_say(head) and _PDF not in head[:_PDF_WITHIN]:
        return None
    if head[:4] == b"RIFF":
        return _RIFF.get(head[_RIFF_AT : _RIFF_AT + 4])
    if _PDF in head[:_PDF_WITHIN] and not head.startswith(b"PK"):
        return "application/pdf" if _is_early(head) else None
    found = _TABLE.type_of(head)
    if found is not None:
        return found
    if head[:1] == _DER_SEQUENCE and _SIGNED_DATA in head[:_SIGNED_WITHIN]:
        return "application/pkcs7-mime"
    if _LHA.match(head) is not None:
        return "application/x-lzh-compressed"
    if head[_ISO_AT : _ISO_AT + 5] == b"CD001":
        return "application/x-iso9660-image"
    return "application/x-tar" if is_tar(head) else None


def _is_early(head: bytes) -> bool:
    """A PDF header inside mail or another container's text does not make the file a PDF."""
    before = head[: head.index(_PDF)]
    if head[:1] == _DER_SEQUENCE and len(before) > 0:
        return False
    return b"\n\n" not in before and b"\r\n\r\n" not in before and b"\xd0\xcf" not in before[:2]


def _is_plausible(media_type: str, head: bytes) -> bool:
    if media_type == "application/x-cpio":
        return _is_cpio(head)
    if media_type == "application/x-arj":
        return len(head) > _ARJ_HEADER and 0 < int.from_bytes(head[2:4], "little") <= _ARJ_LONGEST
    if media_type == "image/bmp":
        return int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS
    if media_type == "application/x-bzip2":
        return head[3:4].isdigit() and head[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
    if media_type == "application/x-lzma":
        return len(head) > 13 and head[5:13] == b"\xff" * 8  # noqa: PLR2004 - the LZMA header
    return True


# What is no fixed signature: chunks, DER, the forms of LHA, ISO 9660 and tar.
_BESIDE = rb"RIFF|0|..-l[hz]|.{%d}CD001|[^\0].{147}[ \0]*[0-7]" % _ISO_AT
_TABLE = Starts(tuple((0, *entry) for entry in _STARTS), _is_plausible, _BESIDE)


def _is_cpio(head: bytes) -> bool:
    """Octal or hex digits behind the magic; in the old binary form, the mode of a Unix file."""
    if head.startswith(b"0707"):
        digits = b"01234567" if head[5:6] == b"7" else b"0123456789abcdefABCDEF"
        return len(head) > _CPIO_FIELDS and all(byte in digits for byte in head[6:_CPIO_FIELDS])
    order: Literal["little", "big"] = "little" if head[0] == _CPIO_LITTLE else "big"
    return int.from_bytes(head[6:8], order) >> 12 in (1, 2, 4, 6, 8, 10, 12)


def is_tar(head: bytes) -> bool:
    """A header block whose checksum holds, with or without the ustar magic."""
    block = head[:_TAR_BLOCK]
    if len(block) < _TAR_BLOCK or block[0] == 0:
        return False
    stated = block[_CHECKSUM].strip(b" \0")
    if len(stated) == 0 or any(digit not in b"01234567" for digit in stated):
        return False
    blanked = block[: _CHECKSUM.start] + b" " * 8 + block[_CHECKSUM.stop :]
    return int(stated, 8) == sum(blanked)
