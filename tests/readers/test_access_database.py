"""Access: rows keep their columns, whatever is missing in them; a made database of a few pages."""

import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Cell, CellArea, CellKind, Child, Metadata, State, digest_of
from muniment.readers.access_database import ACCESS_DATABASE
from muniment.readers.jet_pages import rc4
from tests.readers import samples
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

PAGE = 4096
LONG, TEXT, MEMO, OBJECT, MONEY, DATE, SINGLE, BOOLEAN = 4, 10, 12, 11, 5, 8, 6, 1
FIXED = {LONG: 4, MONEY: 8, DATE: 8, SINGLE: 4, BOOLEAN: 1}
Columns = tuple[tuple[str, int], ...]


def header(key: int = 0, sign: bytes = b"Standard Jet DB") -> bytes:
    clear = bytearray(128)
    clear[0x3E - 0x18 : 0x42 - 0x18] = key.to_bytes(4, "little")
    start = b"\0\1\0\0" + sign + b"\0" + b"\1\0\0\0"
    masked = rc4(bytes.fromhex("c7da396b"), bytes(clear))
    return (start + masked).ljust(PAGE, b"\0")


def definition(columns: Columns, rows: int) -> bytes:
    page = bytearray(b"\x02\x01" + bytes(61))
    struct.pack_into("<I", page, 16, rows)
    struct.pack_into("<H", page, 45, len(columns))
    fixed_at = variable = 0
    for number, (_, kind) in enumerate(columns):
        entry = bytearray(25)
        entry[0] = kind
        struct.pack_into("<HH", entry, 5, number, variable)
        entry[15] = 1 if kind in FIXED else 0
        struct.pack_into("<HH", entry, 21, fixed_at, FIXED.get(kind, 0))
        fixed_at += FIXED.get(kind, 0) if kind != BOOLEAN else 0
        variable += kind not in FIXED
        page += entry
    for name, _ in columns:
        written = name.encode("utf-16-le")
        page += struct.pack("<H", len(written)) + written
    return bytes(page).ljust(PAGE, b"\0")


def row(columns: Columns, values: tuple[bytes | None, ...]) -> bytes:
    """One row: count, fixed part, variable part, offsets from the back, mask."""
    fixed = variable = b""
    offsets = []
    mask = 0
    width = sum(FIXED.get(kind, 0) for _, kind in columns if kind != BOOLEAN)
    for number, ((_, kind), value) in enumerate(zip(columns, values, strict=True)):
        mask |= (value is not None) << number
        if kind == BOOLEAN:
            continue
        if kind in FIXED:
            fixed += (value or b"").ljust(FIXED[kind], b"\0")
        else:
            offsets.append(2 + width + len(variable))
            variable += value or b""
    offsets.append(2 + width + len(variable))
    table = b"".join(struct.pack("<H", offset) for offset in reversed(offsets))
    mask_bytes = mask.to_bytes((len(columns) + 7) // 8, "little")
    count = struct.pack("<H", len(offsets) - 1)
    return struct.pack("<H", len(columns)) + fixed + variable + table + count + mask_bytes


def rows(owner: int, *content: bytes, flags: tuple[int, ...] = ()) -> bytes:
    page, end, offsets = bytearray(PAGE), PAGE, b""
    for number, one in enumerate(content):
        end -= len(one)
        page[end : end + len(one)] = one
        flag = flags[number] if number < len(flags) else 0
        offsets += struct.pack("<H", end | flag)
    page[:14] = (
        b"\x01\x01\0\0" + struct.pack("<I", owner) + bytes(4) + struct.pack("<H", len(content))
    )
    page[14 : 14 + len(offsets)] = offsets
    return bytes(page)


CATALOGUE: Columns = (("Id", LONG), ("Type", LONG), ("Flags", LONG), ("Name", TEXT))
PEOPLE: Columns = (
    ("id", LONG), ("name", TEXT), ("paid", MONEY), ("at", DATE), ("share", SINGLE),
    ("note", MEMO), ("photo", OBJECT), ("adult", BOOLEAN),
)  # fmt: skip


def number(value: int) -> bytes:
    return struct.pack("<i", value)


def inline(value: bytes) -> bytes:
    return struct.pack("<III", len(value) | 0x80000000, 0, 0) + value


def elsewhere(value: bytes, page: int) -> bytes:
    return struct.pack("<III", len(value) | 0x40000000, page << 8, 0)


LONG_TEXT = "a long note ".encode("utf-16-le") * 50
FULL = (
    number(1), "甲".encode("utf-16-le"), struct.pack("<q", 15_000), struct.pack("<d", 43_243.4375),
    struct.pack("<f", 0.1), elsewhere(LONG_TEXT, 6), inline(samples.picture()), b"1",
)  # fmt: skip
SPARSE = (number(2), b"\xff\xfecompressed", None, None, None, None, None, None)


def database(key: int = 0, *, sign: bytes = b"Standard Jet DB", stated: int = 2) -> bytes:
    entries = [
        (number(4), number(1), number(0), "people".encode("utf-16-le")),
        (number(9), number(1), number(2), "MSysOther".encode("utf-16-le")),
        (number(0), number(5), number(0), "adults".encode("utf-16-le")),
    ]
    kept = (row(PEOPLE, FULL), row(PEOPLE, SPARSE), row(PEOPLE, SPARSE))
    pages = [
        header(key, sign),
        bytes(PAGE),
        definition(CATALOGUE, 3),
        rows(2, *(row(CATALOGUE, entry) for entry in entries)),
        definition(PEOPLE, stated),
        rows(4, *kept, flags=(0, 0, 0x8000)),
        rows(0, LONG_TEXT),
    ]
    if key != 0:
        masked = [rc4((key ^ n).to_bytes(4, "little"), page) for n, page in enumerate(pages)]
        pages = [pages[0], *masked[1:]]
    return b"".join(pages)


class TestAccessDatabase(ReaderContract):
    reader = ACCESS_DATABASE
    samples: ClassVar = {"a table": database(), "encoded": database(0x1234_5678)}


@pytest.mark.parametrize("key", [0, 0x1234_5678])
def test_each_value_stands_in_its_own_column(tmp_path: Path, key: int) -> None:
    reading, parts, _ = read_bytes(database(key), tmp_path)
    at = {cell.at.column: cell for cell in kinds(parts, Cell) if cell.at.row == 1}  # type: ignore[union-attr]
    assert {column: cell.written for column, cell in at.items()} == {  # type: ignore[union-attr]
        1: "1", 2: "甲", 3: "1.5000", 4: "2018-05-23T10:30:00", 5: "0.1",
        6: LONG_TEXT.decode("utf-16-le"), 8: "true",
    }  # fmt: skip
    assert [cell for cell in kinds(parts, Cell) if cell.at.row == 2] == [  # type: ignore[union-attr]
        Cell(CellArea(2, 1, "people"), CellKind.NUMBER, "2"),
        Cell(CellArea(2, 2, "people"), CellKind.TEXT, "compressed"),
        Cell(CellArea(2, 8, "people"), CellKind.BOOLEAN, "false"),
    ]
    assert (reading.emitted, codes(parts)) == (1, [])


def test_columns_queries_and_stored_files_are_given(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(database(), tmp_path)
    (child,) = kinds(parts, Child)
    assert (child.at, child.digest) == (CellArea(1, 7, "people"), digest_of(samples.picture()))  # type: ignore[union-attr]
    assert Metadata(CellArea(1, 3, "people"), "column type", "currency") in parts
    assert "adults" in [part.written for part in kinds(parts, Metadata)]  # type: ignore[union-attr]
    assert "MSysOther" not in repr(parts)


def test_rows_that_are_missing_are_told(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(database(stated=9), tmp_path)
    assert codes(parts) == ["directory-disagrees"]


def test_a_database_with_a_password_is_locked(tmp_path: Path) -> None:
    data = database(sign=b"Standard ACE DB")
    data = data[:PAGE] + bytes(byte ^ 0x5A for byte in data[PAGE:])
    reading, _, _ = read_bytes(data, tmp_path)
    assert reading.state is State.LOCKED


def test_a_memo_that_points_in_a_circle_ends(tmp_path: Path) -> None:
    circle = struct.pack("<III", 1 << 29, 6 << 8, 0)
    values = (*FULL[:5], circle, None, None)
    data = database()
    page = rows(4, row(PEOPLE, values))
    data = data[: 5 * PAGE] + page + rows(0, struct.pack("<I", 6 << 8) + b"x" * 3000)
    reading, _, _ = read_bytes(data, tmp_path)
    assert reading.state is State.READ
