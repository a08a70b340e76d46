"""Entries of a package whose flag says that they are encrypted, and which are not.

- A damaged directory, and some programs on purpose, set the flag on plain entries: a document
  that looks locked then is not. An entry that comes out with its CRC was never encrypted.
- Encrypted bytes do not inflate: few are read before that is known.

Source: APPNOTE 6.3.10 §4.4.4 (bit 0), §6.1.3 (twelve bytes before an encrypted entry).
"""

import struct
import zipfile
import zlib

_ENCRYPTED = 1
_BLOCK = 1 << 16
# NotImplementedError and RuntimeError: a method that zipfile does not know.
_TROUBLE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, struct.error),
    *(NotImplementedError, RuntimeError, KeyError),
)
_LARGEST = 1 << 28  # bytes of an entry that are unpacked to know


def clear_false_flags(archive: zipfile.ZipFile) -> int:
    """How many entries were flagged and are plain; they can be opened from here on."""
    flagged = [entry for entry in archive.infolist() if entry.flag_bits & _ENCRYPTED]
    return sum(_is_plain(archive, entry) for entry in flagged)


def is_flagged(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry says that it is encrypted."""
    return bool(entry.flag_bits & _ENCRYPTED)


def _is_plain(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    stored = entry.compress_type == zipfile.ZIP_STORED
    if entry.file_size > _LARGEST or (stored and entry.compress_size != entry.file_size):
        return False
    flags = entry.flag_bits
    entry.flag_bits = flags & ~_ENCRYPTED
    try:
        with archive.open(entry) as stream:
            while len(stream.read(_BLOCK)) > 0:
                pass
    except _TROUBLE:
        entry.flag_bits = flags
        return False
    return True
