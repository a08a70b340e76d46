"""Archives, disk images and PDFs that do not begin as what they are.

- A program that unpacks itself has its archive behind it: looked for in its first mebibytes.
- A zip, some disk images and a PDF without its head are known by their last bytes.
- Only asked for bytes that are nothing else: neither a known signature nor text.

Sources: PKWARE APPNOTE 6.3.10 §4.3.16; Apple's "koly" trailer as libdmg writes it; Virtual Hard
Disk Image Format 1.0, hard disk footer.
"""

from muniment.readers.disk_images import image_type
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
        found = _behind(source.read_at(0, _WITHIN))
        if found is not None:
            return found
    return _ZIP if _ends_as_zip(source, program=head.startswith(_PROGRAMS)) else None


def _ends_as_zip(source: Source, *, program: bool) -> bool:
    """Whether the end record of a zip is the end of the file; behind a program, also before it.

    Other files hold whole zips within them, with bytes of their own behind.
    """
    tail = source.read_at(max(0, source.size - _LONGEST_END), _LONGEST_END)
    at = tail.rfind(_END_MAGIC)
    while at >= 0:
        end = at + _END_RECORD + int.from_bytes(tail[at + 20 : at + 22], "little")
        if end == len(tail) or (program and end <= len(tail)):
            return True
        at = tail.rfind(_END_MAGIC, 0, at)
    return False


def _behind(program: bytes) -> str | None:
    found = [(program.find(start), media_type) for start, media_type in _BEHIND]
    there = [pair for pair in found if pair[0] > 0]
    return min(there)[1] if len(there) > 0 else None
