"""What a zip or an OLE file holds: the type of the document that the container wraps.

- Office files are known by their content types, not by the names of their members alone.
- An OLE file is known by the names at the top of its directory ([MS-CFB] §2.6); what lies deeper
  is what it embeds. Only where the top cannot be followed do all names count.
"""

import re
import struct
import zipfile
import zlib

import msgspec

from muniment.readers.signatures import OLE, ZIP
from muniment.readers.source import Source
from muniment.readers.zip_flags import clear_false_flags
from muniment.readers.zip_mended import open_zip

ENCRYPTED_OOXML = "application/x-ooxml-encrypted"
RIGHTS_MANAGED = "application/x-ole-rights-managed"
SOLIDWORKS = "application/sldworks"
VBA_PROJECT = "application/vnd.ms-office.vbaproject"

_CONTENT_TYPES = "[Content_Types].xml"
_MOST_TYPES_BYTES = 1 << 20
_OOXML = "application/vnd.openxmlformats-officedocument."
# The content type of the main part → the type of the file (ECMA-376 Part 1, §15.2).
_MAIN_PARTS: tuple[tuple[str, str], ...] = (
    ("wordprocessingml.document.main+xml", _OOXML + "wordprocessingml.document"),
    ("wordprocessingml.template.main+xml", _OOXML + "wordprocessingml.template"),
    (
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.document.macroenabled.12",
    ),
    (
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "application/vnd.ms-word.template.macroenabled.12",
    ),
    ("spreadsheetml.sheet.main+xml", _OOXML + "spreadsheetml.sheet"),
    ("spreadsheetml.template.main+xml", _OOXML + "spreadsheetml.template"),
    (
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.macroenabled.12",
    ),
    (
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.macroenabled.12",
    ),
    (
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    ),
    ("presentationml.presentation.main+xml", _OOXML + "presentationml.presentation"),
    ("presentationml.slideshow.main+xml", _OOXML + "presentationml.slideshow"),
    ("presentationml.template.main+xml", _OOXML + "presentationml.template"),
    (
        "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    ),
    ("application/vnd.ms-visio.drawing.main+xml", "application/vnd.ms-visio.drawing"),
    (
        "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
        "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
    ),
    (
        "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
        "application/vnd.ms-powerpoint.template.macroenabled.12",
    ),
    (
        "application/vnd.ms-powerpoint.addin.macroEnabled.main+xml",
        "application/vnd.ms-powerpoint.addin.macroenabled.12",
    ),
    (
        "application/vnd.ms-visio.drawing.macroEnabled.main+xml",
        "application/vnd.ms-visio.drawing.macroenabled.12",
    ),
    ("application/vnd.ms-visio.stencil.main+xml", "application/vnd.ms-visio.stencil"),
    ("application/vnd.ms-visio.template.main+xml", "application/vnd.ms-visio.template"),
    (
        "application/vnd.ms-visio.stencil.macroEnabled.main+xml",
        "application/vnd.ms-visio.stencil.macroenabled.12",
    ),
    (
        "application/vnd.ms-visio.template.macroEnabled.main+xml",
        "application/vnd.ms-visio.template.macroenabled.12",
    ),
    ("application/vnd.ms-package.xps-fixeddocument", "application/vnd.ms-xpsdocument"),
)
_MAIN_NAMES = frozenset(
    (
        *("word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml"),
        *("content.xml", "visio/document.xml", "contents/section0.xml", "meta-inf/container.xml"),
        *("index.xml", "index.apxl", "index/document.iwa", "index/presentation.iwa"),
    )
)
_BY_MAIN_PART = (
    ("word/document.xml", _OOXML + "wordprocessingml.document"),
    ("xl/workbook.xml", _OOXML + "spreadsheetml.sheet"),
    ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("ppt/presentation.xml", _OOXML + "presentationml.presentation"),
)
_LONGEST_MIMETYPE = 200
_STATED_TYPE = re.compile(rb"application/[a-z0-9][a-z0-9.+-]{0,120}")
_BY_MEMBER: tuple[tuple[str, str], ...] = (
    ("Index/Document.iwa", "application/vnd.apple.iwork"),
    ("index.apxl", "application/vnd.apple.keynote"),
    ("index.xml", "application/vnd.apple.iwork"),
    ("Index/Presentation.iwa", "application/vnd.apple.iwork"),
    ("META-INF/MANIFEST.MF", "application/java-archive"),
    ("doc.kml", "application/vnd.google-earth.kmz"),
)

_APPLE_PARTS = ("index.xml", "index.apxl")  # names that any other archive may hold too
# How iWork '09 marks members that its password encrypts, by the method they are packed with.
APPLE_LOCKED = (25_451, 25_452)
_APPLE_SPACE = b"http://developer.apple.com/namespaces/"
_APPLE_WITHIN = 4_096

_STREAMS: tuple[tuple[str, str], ...] = (
    # [MS-OFFCRYPTO] §1.3.2: beside it lies a document that only says that one may not read this.
    ("\tDRMContent", RIGHTS_MANAGED),
    ("EncryptedPackage", ENCRYPTED_OOXML),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("VisioDocument", "application/vnd.visio"),
    ("Quill", "application/x-mspublisher"),
    ("SwDocContentMgr", SOLIDWORKS),
    ("ISolidWorksInformation", SOLIDWORKS),
    ("MatOST", "application/vnd.ms-works"),
    ("MN0", "application/vnd.ms-works"),
    ("FileHeader", "application/x-hwp"),
    ("StarWriterDocument", "application/vnd.stardivision.writer"),
    ("StarCalcDocument", "application/vnd.stardivision.calc"),
    ("StarDrawDocument3", "application/vnd.stardivision.draw"),
    ("CONTENTS", "application/vnd.ms-works"),
    ("VBA", VBA_PROJECT),
)
_EMBEDDED = frozenset(("\x01ole", "contents"))
_ENTRY = 128
_MOST_SECTORS = 4_096
_END_OF_CHAIN = 0xFFFFFFFA  # this and above mark no sector
_HEADER_FAT = 109


def type_of_zip(source: Source) -> str:
    """The type of the document in a zip; application/zip where it is just an archive."""
    try:
        archive, mended = open_zip(source)
        with archive:
            clear_false_flags(archive)
            if mended and not _has_main_part(archive, source.size):
                return ZIP
            return _type_of_members(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError):
        return ZIP
    except (NotImplementedError, RuntimeError, ValueError, KeyError, struct.error):
        # zipfile's way of saying: unknown method, encrypted, or a field out of range.
        return ZIP


def _has_main_part(archive: zipfile.ZipFile, size: int) -> bool:
    """Whether what a document cannot be read without is whole; as a zip the rest comes out."""
    return any(
        entry.filename.lower() in _MAIN_NAMES and entry.header_offset + entry.compress_size < size
        for entry in archive.infolist()
    )


def _type_of_members(archive: zipfile.ZipFile) -> str:
    # Some programs write backslashes between folders, or a slash in front.
    names = {
        entry.filename.replace("\\", "/").removeprefix("/"): entry for entry in archive.infolist()
    }
    if _CONTENT_TYPES in names:
        written = _read_some(archive, names[_CONTENT_TYPES], _MOST_TYPES_BYTES)
        text = written.decode("utf-16" if written[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1")
        found = next((kind for part, kind in _MAIN_PARTS if part in text), None)
        if found is not None:
            return found
    if "mimetype" in names:
        stated = _read_some(archive, names["mimetype"], _LONGEST_MIMETYPE).strip()
        if _STATED_TYPE.fullmatch(stated) is not None:
            return stated.decode("ascii")
    if _CONTENT_TYPES not in names and "_rels/.rels" in names:
        # Its list of types is lost; what is a document without it is one still.
        found = next((kind for part, kind in _BY_MAIN_PART if part in names), None)
        if found is not None:
            return found
    member, kind = next(((name, kind) for name, kind in _BY_MEMBER if name in names), ("", ZIP))
    if member in _APPLE_PARTS and names[member].compress_type not in APPLE_LOCKED:
        head = _read_some(archive, names[member], _APPLE_WITHIN)
        return kind if _APPLE_SPACE in head else ZIP
    return kind


def _read_some(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(entry) as member:
        return member.read(most)


def type_of_ole(source: Source) -> str:
    """The type of the document in an OLE compound file; case does not count in its names."""
    names = {name.casefold() for name in ole_names(source)}
    if names >= _EMBEDDED and "matost" not in names:
        return OLE  # what it wraps is told by its own bytes; Works documents have MatOST
    return next((kind for name, kind in _STREAMS if name.casefold() in names), OLE)


def ole_names(source: Source) -> frozenset[str]:
    """The names at the top of a compound file's directory; empty where it cannot be followed."""
    try:
        entries = _directory(source)
    except (struct.error, ValueError):
        return frozenset()
    top = _top(entries)
    return frozenset(top or {entry.name for entry in entries if entry.name != ""})


class _Entry(msgspec.Struct, frozen=True):
    """A directory entry: its name, and the numbers of its siblings and first child."""

    name: str
    left: int
    right: int
    child: int


def _top(entries: list[_Entry]) -> set[str]:
    """The names of the root's own children; each entry is visited once at most."""
    names: set[str] = set()
    pending = [entries[0].child] if len(entries) > 0 else []
    seen = {0}  # the root is nobody's child, whatever a damaged directory says
    while len(pending) > 0:
        number = pending.pop()
        if number in seen or number >= len(entries):
            continue
        seen.add(number)
        names.add(entries[number].name)
        pending += [entries[number].left, entries[number].right]
    return names - {""}


def _directory(source: Source) -> list[_Entry]:
    header = source.read_at(0, 512)
    sector_size = 1 << struct.unpack_from("<H", header, 30)[0]
    if sector_size not in (512, 4096):
        raise ValueError("no sector size of a compound file")
    sector = struct.unpack_from("<I", header, 48)[0]
    fat_sectors = struct.unpack_from(f"<{_HEADER_FAT}I", header, 76)
    entries: list[_Entry] = []
    for _ in range(_MOST_SECTORS):
        if sector >= _END_OF_CHAIN:
            break
        block = source.read_at((sector + 1) * sector_size, sector_size)
        entries += _entries(block)
        sector = _next_sector(source, fat_sectors, sector, sector_size)
    return entries


def _entries(block: bytes) -> list[_Entry]:
    entries = []
    for start in range(0, len(block) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", block, start + 64)[0]
        fits = 2 <= length <= 64  # noqa: PLR2004 - [MS-CFB] §2.6.1: bytes with the closing zero
        raw = block[start : start + length - 2] if fits else b""
        links = struct.unpack_from("<III", block, start + 68)
        entries.append(_Entry(raw.decode("utf-16-le", "replace"), *links))
    return entries


def _next_sector(
    source: Source, fat_sectors: tuple[int, ...], sector: int, sector_size: int
) -> int:
    per_sector = sector_size // 4
    table, entry = divmod(sector, per_sector)
    if table >= len(fat_sectors) or fat_sectors[table] >= _END_OF_CHAIN:
        return _END_OF_CHAIN  # beyond the 109 tables in the header: a directory this deep is rare
    at = (fat_sectors[table] + 1) * sector_size + entry * 4
    return int(struct.unpack("<I", source.read_at(at, 4))[0])
