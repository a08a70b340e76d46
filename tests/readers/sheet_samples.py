# ruff: noqa: E501 - the XML of a package reads best unbroken
"""Spreadsheets of many writers' shapes, written out by hand: nothing and nobody is real."""

import struct
from collections.abc import Iterable

from tests.readers import samples

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    _HEAD
    + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.{0}" ContentType="{1}"/></Types>'
)
_SHEET_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_BINARY_MAIN = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
STYLES = (
    f'<styleSheet xmlns="{S}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="2"/></cellXfs></styleSheet>'
)


def rels(*links: tuple[str, str, str], of: str = _R, outside: Iterable[str] = ()) -> str:
    """Relationships: id, kind, target; those in `outside` lead out of the package."""
    written = "".join(
        f'<Relationship Id="{key}" Type="{of}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if key in outside else "/>")
        for key, kind, target in links
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{written}</Relationships>'


def sheet(rows: str, before: str = "", after: str = "", of: str = S) -> str:
    """A worksheet part."""
    return f'{_HEAD}<worksheet xmlns="{of}" xmlns:r="{_R}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def book(  # noqa: PLR0913 - a package has that many parts
    sheets: dict[str, str],
    *,
    strings: str | None = None,
    states: dict[str, str] | None = None,
    more: dict[str, str | bytes] | None = None,
    links: tuple[tuple[str, str, str], ...] = (),
    inside: str = "",
    of: str = S,
) -> bytes:
    """An xlsx package of these sheets, by name, with further parts."""
    states = states or {}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"'
        + (f' state="{states[name]}"/>' if name in states else "/>")
        for n, name in enumerate(sheets, start=1)
    )
    found = tuple(
        (f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)
    )
    found += (("rIdS", "sharedStrings", "sharedStrings.xml"),) if strings is not None else ()
    found += (("rIdF", "styles", "styles.xml"), *links)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES.format("xml", _SHEET_MAIN),
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{of}" xmlns:r="{_R}">{inside}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(*found),
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": data for n, data in enumerate(sheets.values(), start=1)},
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{of}">{strings}</sst>'
    parts |= more or {}
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    return samples.zipped(
        *((name, data.encode() if isinstance(data, str) else data) for name, data in parts.items())
    )


# --- BIFF ----------------------------------------------------------------------------------------


def record(opcode: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", opcode, len(data)) + data


def short_text(text: str, count_bytes: int = 1) -> bytes:
    """A string of BIFF8, in Latin-1 where it fits."""
    head = len(text).to_bytes(count_bytes, "little")
    if all(ord(letter) < 256 for letter in text):
        return head + b"\0" + text.encode("latin-1")
    return head + b"\1" + text.encode("utf-16-le")


def bof(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6))


END = record(0x0A)


def biff8(
    sheets: dict[str, tuple[int, bytes]], strings: tuple[str, ...] = (), before: bytes = b""
) -> bytes:
    """A stream of BIFF8: sheets by name, each with its state and its records."""
    table = struct.pack("<II", len(strings), len(strings))
    table += b"".join(short_text(text, 2) for text in strings)
    formats = record(0x41E, struct.pack("<H", 164) + short_text("yyyy-mm-dd", 2))
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, number)) for number in (0, 164, 10))
    rest = before + formats + styles + record(0xFC, table) + END
    names = [short_text(name) for name in sheets]
    start = len(bof(5)) + sum(10 + len(name) for name in names) + len(rest)
    bounds, bodies = b"", b""
    for name, (state, content) in zip(names, sheets.values(), strict=True):
        bounds += record(0x85, struct.pack("<IBB", start + len(bodies), state, 0) + name)
        bodies += bof(0x10) + content + END
    return bof(5) + bounds + rest + bodies


def biff5(name: bytes, content: bytes, page: int = 936) -> bytes:
    """A stream of BIFF5 with one sheet, in a code page."""
    globals_before = bof(5, 0x0500) + record(0x42, struct.pack("<H", page))
    bound = struct.pack("<IBBB", 0, 0, 0, len(name)) + name
    start = len(globals_before) + 4 + len(bound) + len(END)
    bound = struct.pack("<I", start) + bound[4:]
    return globals_before + record(0x85, bound) + END + bof(0x10, 0x0500) + content + END


def label(row: int, column: int, index: int, style: int = 0) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, style, index))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def formula(row: int, column: int, result: bytes, tokens: bytes) -> bytes:
    head = struct.pack("<HHH8sHIH", row, column, 0, result, 0, 0, len(tokens))
    return record(0x06, head + tokens)


# --- BIFF12 --------------------------------------------------------------------------------------


def binary_record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if size == 0:
            return head + length + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_book(sheet_records: bytes, strings: tuple[str, ...] = ()) -> bytes:
    """An xlsb package of one hidden sheet."""
    bound = struct.pack("<II", 1, 1) + wide("rId1") + wide("名单")
    styles = binary_record(44, struct.pack("<H", 164) + wide("yyyy-mm-dd")) + binary_record(617)
    styles += b"".join(binary_record(47, struct.pack("<HH12x", 0, n)) for n in (0, 164))
    return zipped(
        {
            "[Content_Types].xml": _TYPES.format("bin", _BINARY_MAIN),
            "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": binary_record(156, bound)
            + binary_record(39, struct.pack("<IBI", 0, 0, 0) + wide("Everyone")),
            "xl/_rels/workbook.bin.rels": rels(
                ("rId1", "worksheet", "worksheets/sheet1.bin"),
                ("rId2", "sharedStrings", "sharedStrings.bin"),
                ("rId3", "styles", "styles.bin"),
            ),
            "xl/worksheets/sheet1.bin": sheet_records,
            "xl/sharedStrings.bin": b"".join(
                binary_record(19, b"\0" + wide(text)) for text in strings
            ),
            "xl/styles.bin": styles + binary_record(618),
        }
    )


# --- OpenDocument --------------------------------------------------------------------------------

_NAMESPACES = (
    " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for key, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("number", "datastyle"),
            ("draw", "drawing"),
            ("meta", "meta"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def open_content(tables: str, styles: str = "") -> str:
    return (
        f"{_HEAD}<office:document-content {_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def open_book(tables: str, styles: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """An ods package."""
    header = (
        f"{_HEAD}<office:document-styles {_NAMESPACES}><office:master-styles><style:master-page>"
        "<style:header><text:p>top secret</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    meta = f"{_HEAD}<office:document-meta {_NAMESPACES}><office:meta><dc:creator>Nobody</dc:creator></office:meta></office:document-meta>"
    return zipped(
        {
            "mimetype": _ODS,
            "content.xml": open_content(tables, styles),
            "styles.xml": header,
            "meta.xml": meta,
            **(more or {}),
        }
    )


def flat_book(tables: str) -> bytes:
    return (
        f'{_HEAD}<office:document {_NAMESPACES} office:mimetype="{_ODS}" office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>"
    ).encode()
