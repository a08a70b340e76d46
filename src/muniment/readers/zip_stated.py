"""What a zip says of its entries: names as people read them, times as written, kinds and modes.

- Names without the UTF-8 flag are read in one encoding for the whole archive, chosen from all of
  them together; the Info-ZIP Unicode path counts where its checksum fits the raw name.
- Each time is stated with what it says about its zone: the DOS time is local and has none; Unix
  and NTFS times count from a fixed instant in UTC.

Source: PKWARE APPNOTE 6.3.10, §4.4.6, §4.5.5, §4.6.9 and appendix D; Info-ZIP,
proginfo/extrafld.txt.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence

from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.zip_directory import FLAG_STRONG, FLAG_UTF8, ZipEntry, extra_field
from muniment.readers.zip_encryption import aes_stated
from muniment.readers.zip_methods import method_name

# Appendix D: names without the UTF-8 flag.
_OLD_NAMES = Encoding("cp437", certain=False, evidence="names in a zip")
_UNICODE_PATH = 0x7075
_EXTENDED_TIMES = 0x5455
_NTFS = 0x000A
_UNIX_MADE = (3, 19)  # §4.4.2: Unix, OS X
_KIND_MASK = 0o170000
_LINK = 0o120000
_TICKS = 10_000_000  # NTFS counts in 100 ns
_UNIX_EPOCH = 11_644_473_600  # seconds from 1601 to 1970


def name_encoding(entries: Sequence[ZipEntry]) -> Encoding:
    """How names without the UTF-8 flag are read, for people; decided on all of them together."""
    unmarked = [entry.raw_name for entry in entries if not entry.flags & FLAG_UTF8]
    found = encoding_of([b"\n".join(unmarked)])
    return _OLD_NAMES if found.name == "windows-1252" else found


def readable(entry: ZipEntry, encoding: Encoding) -> str:
    """The entry's name as people read it."""
    if entry.flags & FLAG_UTF8:
        return entry.raw_name.decode("utf-8", "replace")
    field = extra_field(entry.extra, _UNICODE_PATH)
    if len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(entry.raw_name):  # noqa: PLR2004 - version and checksum
        return field[5:].decode("utf-8", "replace")
    return "".join(decoded([entry.raw_name], encoding))


def is_link(entry: ZipEntry) -> bool:
    """Whether the entry is a symbolic link: its bytes are a path, which nobody follows."""
    mode = entry.attributes >> 16
    return entry.made_by >> 8 in _UNIX_MADE and mode & _KIND_MASK == _LINK


def stated(entry: ZipEntry) -> tuple[tuple[str, str], ...]:
    """Pairs of a property's name and what is written."""
    aes = aes_stated(entry)
    method = method_name(entry.method if aes is None else aes.method)
    return (
        ("method", method),
        *((("encryption", encryption_of(entry)),) if entry.flags & 1 else ()),
        ("packed size", str(entry.packed_size)),
        ("size", str(entry.size)),
        ("crc", f"{entry.crc:08x}"),
        ("local time", _dos_time(entry)),
        *_unix_times(extra_field(entry.extra, _EXTENDED_TIMES)),
        *_ntfs_times(extra_field(entry.extra, _NTFS)),
        ("offset", str(entry.offset)),
        ("made by", f"{entry.made_by:04x}"),
        ("attributes", f"{entry.attributes:08x}"),
        *((("kind", "symbolic link"),) if is_link(entry) else ()),
        *((("comment", as_text(entry.comment)),) if entry.comment != b"" else ()),
    )


def as_text(written: bytes) -> str:
    """A comment as people read it, whichever encoding it is in."""
    return "".join(decoded([written], encoding_of([written])))


def encryption_of(entry: ZipEntry) -> str:
    """How an encrypted entry is encrypted, by what it states."""
    aes = aes_stated(entry)
    if aes is not None:
        return f"AES-{64 + 64 * aes.wz_aes_strength}"
    return "strong encryption of PKWARE" if entry.flags & FLAG_STRONG else "ZipCrypto"


def _dos_time(entry: ZipEntry) -> str:
    date, time = entry.dos_date, entry.dos_time
    return (
        f"{1980 + (date >> 9):04}-{date >> 5 & 15:02}-{date & 31:02}"
        f"T{time >> 11:02}:{time >> 5 & 63:02}:{(time & 31) * 2:02}"
    )


def _unix_times(field: bytes) -> Iterator[tuple[str, str]]:
    """The central copy of the extended timestamp: flags, and the modification time alone."""
    if len(field) >= 5 and field[0] & 1:  # noqa: PLR2004 - the flags and one time
        yield "modified (Unix seconds, UTC)", str(struct.unpack_from("<i", field, 1)[0])


def _ntfs_times(field: bytes) -> Iterator[tuple[str, str]]:
    if len(field) < 32 or field[4:8] != b"\1\0\x18\0":  # noqa: PLR2004 - §4.5.5: one attribute, three times
        return
    for name, ticks in zip(
        ("modified", "accessed", "created"), struct.unpack_from("<3Q", field, 8), strict=True
    ):
        seconds, rest = divmod(ticks, _TICKS)
        if ticks > 0:
            yield f"{name} (Unix seconds, UTC)", f"{seconds - _UNIX_EPOCH}.{rest:07}"
