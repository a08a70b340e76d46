"""dBase: every record, deleted ones marked, letters in the table's own code page."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Cell, CellArea, CellKind, Metadata
from muniment.readers.dbase_table import DBASE_TABLE
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

FIELDS = (("NAME", "C", 10), ("BORN", "D", 8), ("N", "N", 6), ("YES", "L", 1))


def made(
    *rows: tuple[bytes, ...],
    fields: tuple[tuple[str, str, int], ...] = FIELDS,
    code_page: int = 0,
    deleted: int = -1,
    version: int = 3,
) -> bytes:
    length = 1 + sum(field[2] for field in fields)
    head = struct.pack("<4BIHH", version, 118, 5, 23, len(rows), 33 + 32 * len(fields), length)
    out = head + bytes(17) + bytes([code_page]) + bytes(2)
    for name, kind, width in fields:
        out += (
            name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([width]) + bytes(15)
        )
    out += b"\r"
    for number, row in enumerate(rows):
        out += b"*" if number == deleted else b" "
        out += b"".join(v.ljust(f[2]) for v, f in zip(row, fields, strict=True))
    return out + b"\x1a"


ROWS = (("甲".encode("gb18030"), b"20180523", b"  1.50", b"T"), (b"two", b"", b"**", b"?"))


class TestDbaseTable(ReaderContract):
    reader = DBASE_TABLE
    samples: ClassVar = {"a table": made(*ROWS, code_page=0x4D, deleted=1)}


def test_each_value_stands_at_its_record_and_field(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made(*ROWS, code_page=0x4D, deleted=1), tmp_path)
    assert kinds(parts, Cell) == [
        Cell(CellArea(1, 1), CellKind.TEXT, "甲"),
        Cell(CellArea(1, 2), CellKind.TEXT, "20180523", shown="2018-05-23"),
        Cell(CellArea(1, 3), CellKind.NUMBER, "1.50"),
        Cell(CellArea(1, 4), CellKind.BOOLEAN, "true"),
        Cell(CellArea(2, 1), CellKind.TEXT, "two", hidden=True),
        Cell(CellArea(2, 3), CellKind.TEXT, "**", hidden=True),
    ]
    assert Metadata(CellArea(1, 3), "column", "N") in parts


CODED = {
    0x65: ("Иванов", "cp866"), 0xC9: ("Иванов", "cp1251"), 0x7E: ("قائمة", "cp1256"),
    0x4F: ("名單", "big5"), 0x13: ("名簿", "cp932"), 0xC8: ("Łódź", "cp1250"),
}  # fmt: skip


@pytest.mark.parametrize("code_page", CODED)
def test_the_code_page_byte_says_how_letters_are_read(tmp_path: Path, code_page: int) -> None:
    text, codec = CODED[code_page]
    _, parts, _ = read_bytes(
        made((text.encode(codec), b"", b"", b""), code_page=code_page), tmp_path
    )
    assert [cell.written for cell in kinds(parts, Cell)] == [text]  # type: ignore[union-attr]
    assert codes(parts) == []


def test_binary_fields_of_foxpro_are_read(tmp_path: Path) -> None:
    fields = (("I", "I", 4), ("Y", "Y", 8), ("T", "T", 8), ("B", "B", 8), ("M", "M", 4))
    moment = struct.pack("<II", 2_458_262, 37_800_000)
    row = (struct.pack("<i", -7), struct.pack("<q", 15_000), moment, struct.pack("<d", 0.5), b"1")
    data = made(row, fields=fields, version=0x30)
    _, parts, _ = read_bytes(data, tmp_path)
    written = [cell.written for cell in kinds(parts, Cell)]  # type: ignore[union-attr]
    assert written == ["-7", "1.5000", "2018-05-23T10:30:00", "0.5"]
    assert codes(parts) == ["memo-elsewhere"]


def test_a_table_that_is_cut_short_gives_what_is_there(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(made(*ROWS, code_page=0x4D)[:-20], tmp_path)
    assert codes(parts) == ["directory-disagrees"]
    assert {cell.at.row for cell in kinds(parts, Cell)} == {1}  # type: ignore[union-attr]
