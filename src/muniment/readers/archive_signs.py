"""Archives and disk images that do not begin as what they are.

- A program that unpacks itself has its archive behind it: looked for in its first mebibytes.
- A zip and some disk images are known by their last bytes.
- Only asked for bytes that are nothing else: neither a known signature nor text.

Sources: PKWARE APPNOTE 6.3.10 §4.3.16; Apple's "koly" trailer as libdmg writes it; Virtual Hard
Disk Image Format 1.0, hard disk footer.
"""

import zipfile

from muniment.readers.source import Source

_PROGRAMS = (b"MZ", b"\x7fELF")
_WITHIN = 1 << 21
_BEHIND = (
    (b"7z\xbc\xaf\x27\x1c\x00", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
)
_TRAILER = 512
_TRAILERS = ((b"koly", "application/x-apple-diskimage"), (b"conectix", "application/x-vhd"))
_ZIP = "application/zip"
_END_RECORD = 22  # bytes of the shortest zip


def by_other_bytes(source: Source, head: bytes) -> str | None:
    """The type that bytes other than the first name; None where they name none."""
    trailer = source.read_at(max(0, source.size - _TRAILER), _TRAILER)
    for start, media_type in _TRAILERS:
        if trailer.startswith(start):
            return media_type
    if head.startswith(_PROGRAMS):
        found = _behind(source.read_at(0, _WITHIN))
        if found is not None:
            return found
    if source.size < _END_RECORD:
        return None
    return _ZIP if zipfile.is_zipfile(source.stream()) else None


def _behind(program: bytes) -> str | None:
    found = [(program.find(start), media_type) for start, media_type in _BEHIND]
    there = [pair for pair in found if pair[0] > 0]
    return min(there)[1] if len(there) > 0 else None
