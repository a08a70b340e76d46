"""Stata, SPSS and SAS: stored values, labels beside them, dates as their format says."""

import os
import string
import struct
from pathlib import Path
from typing import ClassVar

import pytest

from muniment.core import Cell, CellArea, CellKind, Metadata, State
from muniment.readers import READERS
from muniment.readers.statistics_file import STATISTICS_FILES
from tests.readers.contract import ReaderContract, codes, kinds, read_bytes

TROVE = Path(os.environ.get("MUNIMENT_DATA", "../shared/data")) / "trove" / "tika"
_with_real_files = pytest.mark.skipif(not TROVE.is_dir(), reason="no collection of real files")
NAMES, TYPES = ("sex", "day", "name", "share"), (251, 253, 6, 255)
FORMATS = ("%8.0g", "%td", "%6s", "%9.0g")


def stata() -> bytes:
    """Format 114, written field by field: three rows, a value label, a date, a missing value."""
    count = len(NAMES)
    out = bytes((114, 2, 1, 0)) + struct.pack("<hi", count, 2) + b"A list".ljust(81, b"\0")
    out += b"23 May 2018 10:30".ljust(18, b"\0") + bytes(TYPES)
    out += b"".join(name.encode().ljust(33, b"\0") for name in NAMES) + bytes(2 * (count + 1))
    out += b"".join(name.encode().ljust(49, b"\0") for name in FORMATS)
    out += b"sexes".ljust(33, b"\0") + bytes(33 * (count - 1))
    out += b"Sex as written".ljust(81, b"\0") + bytes(81 * (count - 1)) + bytes(5)
    out += struct.pack("<bi6sd", 1, 21_327, b"one", 0.1)
    out += struct.pack("<bi6sd", 2, 0x7FFFFFE5, b"two", float.fromhex("0x1.0p1023"))
    texts = b"male\0female\0"
    table = struct.pack("<2i2i2i", 2, len(texts), 0, 5, 1, 2) + texts
    return out + struct.pack("<i", len(table)) + b"sexes".ljust(33, b"\0") + bytes(3) + table


class TestStata(ReaderContract):
    reader = STATISTICS_FILES[0]
    samples: ClassVar = {"labels and dates": stata()}


def spss() -> bytes:
    """Format 2, written field by field: two rows of one number."""
    head = b"$FL2" + b"@(#) a program".ljust(60) + struct.pack("<5id", 2, 1, 0, 0, 2, 100.0)
    head += b"23 May 18" + b"10:30:00" + b"A list".ljust(64) + bytes(3)
    form = (5 << 16) | (8 << 8) | 2
    variable = struct.pack("<6i8s", 2, 0, 0, 0, form, form, b"AGE".ljust(8))
    return head + variable + struct.pack("<2i2d", 999, 0, 49.0, 0.5)


def portable() -> bytes:
    """A number of two rows as SPSS writes it for other machines: in figures to the base of 30."""
    letters = bytes(64) + string.digits.encode() + string.ascii_uppercase.encode()
    letters += string.ascii_lowercase.encode() + b" .<(+|&[]!$*);^-/"
    text = b"SPSSPORTA8/201805236/10300041/70/3/AGE5/8/2/5/8/2/F1J/2/Z"
    whole = b" " * 200 + letters.ljust(256, b"0") + text
    whole = whole.ljust(-(-len(whole) // 80) * 80, b"Z")
    return b"".join(whole[at : at + 80] + b"\r\n" for at in range(0, len(whole), 80))


class TestSpss(ReaderContract):
    reader = STATISTICS_FILES[1]
    samples: ClassVar = {"a number": spss()}


class TestPortable(ReaderContract):
    reader = STATISTICS_FILES[2]
    samples: ClassVar = {"a number": portable()}


def _real(*names: str) -> dict[str, bytes]:
    return {name: (TROVE / name).read_bytes() for name in names if (TROVE / name).exists()}


@_with_real_files
class TestSas(ReaderContract):
    reader = STATISTICS_FILES[3]
    samples: ClassVar = _real("test-columnar.sas7bdat")


@_with_real_files
class TestTransport(ReaderContract):
    reader = STATISTICS_FILES[4]
    samples: ClassVar = _real("testSAS.xpt", "test-columnar.xpt")


def test_values_stand_with_their_labels_and_dates(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(stata(), tmp_path)
    assert kinds(parts, Cell) == [
        Cell(CellArea(1, 1), CellKind.NUMBER, "1", shown="male", number_format="%8.0g"),
        Cell(CellArea(1, 2), CellKind.DATE, "21327", shown="2018-05-23", number_format="%td"),
        Cell(CellArea(1, 3), CellKind.TEXT, "one", number_format="%6s"),
        Cell(CellArea(1, 4), CellKind.NUMBER, "0.1", number_format="%9.0g"),
        Cell(CellArea(2, 1), CellKind.NUMBER, "2", shown="female", number_format="%8.0g"),
        Cell(CellArea(2, 3), CellKind.TEXT, "two", number_format="%6s"),
    ]
    assert Metadata(CellArea(1, 1), "column label", "Sex as written") in parts
    assert (reading.state, codes(parts)) == (State.READ, [])


def test_all_of_them_are_registered() -> None:
    assert set(STATISTICS_FILES) <= set(READERS)


FILES = {
    "testStataDTA.dta": ("stata", 9),
    "testSAS.sas7bdat": ("sas", 22),
    "test-columnar.sas7bdat": ("sas", 88),
    "testSAS.xpt": ("sas-transport", 22),
    "test-columnar.xpt": ("sas-transport", 87),
}


@_with_real_files
@pytest.mark.parametrize("name", FILES)
def test_files_that_the_programs_wrote_give_every_cell(tmp_path: Path, name: str) -> None:
    reading, parts, _ = read_bytes((TROVE / name).read_bytes(), tmp_path)
    assert (reading.reader, len(kinds(parts, Cell))) == FILES[name]


SIGNS = {
    "spss": b"$FL2@(#) IBM SPSS STATISTICS" + bytes(200),
    "spss-portable": b" " * 464 + b"SPSSPORT" + b" " * 100,
}


@pytest.mark.parametrize("reader", SIGNS)
def test_a_damaged_file_is_known_and_unreadable(tmp_path: Path, reader: str) -> None:
    reading, _, _ = read_bytes(SIGNS[reader], tmp_path)
    assert (reading.reader, reading.state) == (reader, State.UNREADABLE)
