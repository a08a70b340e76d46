"""What a BIFF workbook says before its sheets: sheets, strings, formats, names, links.

- Whatever cannot be read is counted by kind of record; the rest is read all the same.
- Workbooks of Excel 2 to 4 have no globals: the stream is one sheet.

Source: [MS-XLS] §2.4.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec

from muniment.readers.biff_records import BOFS, EOF, Record, Spelling, Strings, records
from muniment.readers.number_formats import BUILT_IN, Formats, formats_of

_BOUNDSHEET, _SST, _XF, _SUPBOOK, _CRN = 0x85, 0xFC, 0xE0, 0x1AE, 0x5A
_OLD_XFS = (0x43, 0x243, 0x443)
_OLD_FORMATS = (0x1E, 0x41E)
_FOR_FORMULAS = (0x17, 0x18, 0x23, 0x42, 0x85, 0x1AE)
_STATES = ("visible", "hidden", "veryHidden")
_KINDS = {0: "worksheet", 1: "macro sheet", 2: "chart", 6: "Visual Basic module"}
_UNICODE = 1200
_WESTERN = 1252
_MOST_STRINGS = 1 << 22
_MOST_FORMULA_RECORDS = 20_000
_GLOBALS_KINDS = (0x05, 0x100)
_EARLY_KINDS = {0x10: "worksheet", 0x20: "chart", 0x40: "macro sheet", 0x8000: "chart data"}
_SHEET_HEADER = 0x8F
_OLDEST = 2
_PROTECTIONS = {0x12: "PROTECT", 0x19: "WINDOWPROTECT", 0x86: "WRITEPROTECT"}
_SHEETS_FROM = 5  # the first version with more than one sheet
_UNICODE_FROM = 8


class BoundSheet(msgspec.Struct, frozen=True):
    """A sheet as the workbook announces it; `position` is where its stream begins."""

    name: str
    state: str
    kind: str
    position: int


class Globals(msgspec.Struct):
    """What was found before the sheets; filled record by record."""

    version: int
    page: int = _WESTERN
    from_1904: bool = False
    sheets: list[BoundSheet] = []
    protection: list[str] = []
    strings: Sequence[str] = ()
    phonetics: dict[int, str] = {}
    announced_strings: int = 0
    formats: Formats = Formats()
    user: str = ""
    drawings: list[bytes] = []
    locked: bool = False
    for_formulas: list[Record] = []
    external: list[str] = []
    trouble: Counter[str] = msgspec.field(default_factory=Counter)

    @property
    def spelling(self) -> Spelling:
        """How texts in the workbook are written."""
        return Spelling(self.version, self.page)


def version_of(stream: bytes) -> int:
    """The version of BIFF that the first record names: 2, 3, 4, 5 (also 7) or 8; 0 for none."""
    if len(stream) < 8:  # noqa: PLR2004 - a BOF with its version and kind
        return 0
    opcode, length, version = struct.unpack_from("<HHH", stream)
    if opcode not in BOFS or not 4 <= length <= 20:  # noqa: PLR2004 - [MS-XLS] §2.4.21
        return 0
    if opcode != BOFS[0]:
        return {0x0409: 4, 0x0209: 3, 0x0009: 2}[opcode]
    return {0x0600: 8, 0x0680: 8, 0x0500: 5, 0x0400: 4, 0x0300: 3}.get(version, 2)


def read_globals(stream: bytes) -> Globals:
    """What stands before the sheets; empty where the version has none."""
    book = Globals(version_of(stream))
    custom: dict[int, str] = {}
    styles: list[int] = []
    depth = 0
    for record in records(stream):
        if record.opcode in BOFS:
            depth += 1
        elif record.opcode == EOF:
            depth -= 1
            if depth == 0 and book.version >= _SHEETS_FROM:
                break
        try:
            _note(book, record, custom, styles)
        except (struct.error, ValueError, IndexError):
            book.trouble[f"{record.opcode:#x}"] += 1
        if book.locked:
            break
    if len(book.sheets) == 0:
        book.sheets = list(_early_sheets(stream, book.spelling))
    if book.version == _OLDEST:
        styles = list(range(len(custom)))  # cells name formats, there are no styles
    book.formats = formats_of(styles, custom, BUILT_IN)
    return book


def _early_sheets(stream: bytes, spelling: Spelling) -> Iterator[BoundSheet]:
    """The one sheet of a worksheet, or those of a workbook of Excel 4 (OpenOffice.org §5.96)."""
    name = "Sheet 1"
    for record in records(stream):
        if record.opcode == _SHEET_HEADER:
            name, _ = spelling.text(record.data, 4, 1)
        elif record.opcode in BOFS and len(record.data) >= 4:  # noqa: PLR2004 - with its kind
            kind = int.from_bytes(record.data[2:4], "little")
            if kind not in _GLOBALS_KINDS:
                described = _EARLY_KINDS.get(kind, f"sheet of kind {kind:#x}")
                yield BoundSheet(name, "visible", described, record.position)


def _note(book: Globals, record: Record, custom: dict[int, str], styles: list[int]) -> None:
    """Take one record in."""
    data, opcode = record.data, record.opcode
    if opcode in _FOR_FORMULAS and len(book.for_formulas) < _MOST_FORMULA_RECORDS:
        book.for_formulas.append(record)
    if opcode in _OLD_FORMATS:
        _format(book, data, opcode, custom)
    elif opcode == _XF or opcode in _OLD_XFS:
        # Where the format's number stands: [MS-XLS] §2.4.353; OpenOffice.org §5.115.
        styles.append(struct.unpack_from("<H", data, 2)[0] if opcode == _XF else data[1])
    elif opcode == _BOUNDSHEET and book.version >= _SHEETS_FROM:
        book.sheets.append(_sheet(book, data))
    elif opcode == _SST:
        book.strings = _shared(book, record)
    elif opcode in (_SUPBOOK, _CRN):
        _external(book, record)
    else:
        _state(book, record)


def _state(book: Globals, record: Record) -> None:
    """What concerns the workbook as a whole."""
    data = record.data
    match record.opcode:
        case 0x2F:  # FILEPASS
            book.locked = True
        case 0x42:  # CODEPAGE; 0x8001 is Windows Latin 1
            page = struct.unpack_from("<H", data)[0]
            book.page = _WESTERN if page in (_UNICODE, 0x8001) else page
        case 0x22:  # DATEMODE
            book.from_1904 = struct.unpack_from("<H", data)[0] == 1
        case 0x12 | 0x19 | 0x86 if any(data[:2]) or record.opcode == 0x86:  # noqa: PLR2004
            # PROTECT, WINDOWPROTECT and WRITEPROTECT: against changes, nothing is encrypted.
            book.protection.append(f"against changes ({_PROTECTIONS[record.opcode]})")
        case 0x5B if any(data[:4]):  # FILESHARING: recommended, then a digest of a password
            by = "by a password" if any(data[2:4]) else "opening for reading is recommended"
            book.protection.append(f"against changes, {by} (FILESHARING)")
        case 0x5C:  # WRITEACCESS
            book.user = _user(book, data)
        case 0xEB:  # MSODRAWINGGROUP
            book.drawings.extend((data, *record.more))
        case _:
            return


def _sheet(book: Globals, data: bytes) -> BoundSheet:
    position, state, kind = struct.unpack_from("<IBB", data)
    name, _ = book.spelling.text(data, 6, 1)
    written = _STATES[state & 3] if state & 3 < len(_STATES) else "visible"
    return BoundSheet(name, written, _KINDS.get(kind, f"sheet of kind {kind}"), position)


def _shared(book: Globals, record: Record) -> list[str]:
    book.announced_strings = struct.unpack_from("<I", record.data, 4)[0]
    strings = Strings((record.data, *record.more), 8)
    found: list[str] = []
    # Where it breaks off, how many were announced says so.
    with suppress(struct.error):
        for number in range(min(book.announced_strings, _MOST_STRINGS)):
            found.append(strings.unicode_string())
            if strings.phonetic != "":
                book.phonetics[number] = strings.phonetic
    return found


def _format(book: Globals, data: bytes, opcode: int, custom: dict[int, str]) -> None:
    if book.version >= _SHEETS_FROM:
        number = struct.unpack_from("<H", data)[0]
        custom[number] = book.spelling.text(data, 2, 2 if book.version >= _UNICODE_FROM else 1)[0]
    else:
        # Numbered as they come; version 4 keeps two bytes free in front.
        at = 2 if opcode != _OLD_FORMATS[0] else 0
        custom[len(custom)] = book.spelling.text(data, at, 1)[0]


def _user(book: Globals, data: bytes) -> str:
    wide = book.version >= _UNICODE_FROM
    return book.spelling.text(data, 0, 2 if wide else 1)[0].strip(" \0")


def _external(book: Globals, record: Record) -> None:
    """Addresses of linked workbooks and the values kept of them."""
    data = record.data
    if record.opcode == _SUPBOOK:
        count, length = struct.unpack_from("<HH", data)
        if length in (0x0401, 0x3A01):  # this workbook, or an add-in
            return
        strings = Strings((data, *record.more), 2)
        names = [strings.unicode_string() for _ in range(min(count, 256) + 1)]
        book.external.append("linked workbook: " + " | ".join(names))
        return
    last, first, row = struct.unpack_from("<BBH", data)
    at, values = 4, []
    for _ in range(first, last + 1):
        kind = data[at]
        if kind == 1:
            values.append(repr(struct.unpack_from("<d", data, at + 1)[0]).removesuffix(".0"))
            at += 9
        elif kind == 2:  # noqa: PLR2004 - [MS-XLS] §2.5.230, SerStr
            text, at = book.spelling.text(data, at + 1, 2)
            values.append(text)
        else:
            values.append("")
            at += 9
    book.external.append(f"linked row {row + 1}: " + " | ".join(values))
