"""Real workbooks, cell by cell: value, formula, number format, visibility and true row number."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from muniment.core import Cell, CellArea, CellKind, Part
from tests.quality.workbook_truth import At, TrueCell, truth
from tests.readers.contract import read_bytes
from tests.readers.trove import trove

_SMALL = 250_000  # bytes; the larger ones are read at night
_LOCKED = {"password.xls", "protect.xlsx"}
_WORKBOOKS = 40  # at the least, and 20 of them with numbers or formulas
_PLAIN = "#,##0.00"

# Written down cell by cell: from the XML of the packages, and from what xlrd prints of old files.
BY_HAND: dict[str, dict[At, TrueCell]] = {
    "CVLKRA-KYC_Download_File_Structure_V3.1.xlsx": {
        ("KYC", 4, 1): TrueCell(2.0, "+A3+1", None, hidden=False),
        ("KYC", 90, 1): TrueCell(88.0, "+A89+1", None, hidden=False),
        ("KYC", 91, 1): TrueCell(89.0, None, None, hidden=False),
        ("ADDL INFO", 1, 3): TrueCell("Field Type", None, None, hidden=True),
        ("Country Master (2)", 1, 4): TrueCell("Country Codes", None, None, hidden=True),
    },
    "testEXCEL_extra_metadata.xls": {
        ("hidden-sheet", 1, 1): TrueCell("hidden sheet", None, None, hidden=True),
        ("very-hidden-sheet", 1, 1): TrueCell("very hidden sheet", None, None, hidden=True),
        ("hidden-columns-and-hidden-rows", 1, 1): TrueCell(1.0, None, None, hidden=False),
        ("hidden-columns-and-hidden-rows", 1, 2): TrueCell(2.0, None, None, hidden=True),
        ("hidden-columns-and-hidden-rows", 2, 3): TrueCell(6.0, None, None, hidden=True),
        ("Sheet4", 1, 1): TrueCell("anchor cell", None, None, hidden=False),
    },
    "testEXCEL.xlsx": {
        ("Feuil1", 6, 3): TrueCell(1.0, "+B6*B6", None, hidden=False),
        ("Feuil1", 20, 2): TrueCell(15.0, "+B19+1", None, hidden=False),
        ("Feuil1", 20, 3): TrueCell(225.0, "+B20*B20", None, hidden=False),
    },
    "testEXCEL.xls": {
        ("Feuil1", 6, 3): TrueCell(1.0, "+B6*B6", None, hidden=False),
        ("Feuil1", 20, 2): TrueCell(15.0, "+B19+1", None, hidden=False),
        ("Feuil1", 20, 3): TrueCell(225.0, "+B20*B20", None, hidden=False),
    },
    "testEXCEL.strict.xlsx": {
        ("First Sheet", 4, 1): TrueCell("This one is red", None, None, hidden=False),
        ("Sheet Number 2", 7, 4): TrueCell(13.0, "SUM(A7:C7)", None, hidden=False),
    },
    "testEXCEL_big_numbers.xls": {
        ("Sheet1", 1, 1): TrueCell(123456789012345.0, None, None, hidden=False),
        ("Sheet1", 2, 2): TrueCell(1234567890123451.0, "A2+1", None, hidden=False),
    },
    "testEXCEL-formats.xls": {
        ("Format Examples", 4, 5): TrueCell(-1599.99, None, _PLAIN, hidden=False),
        ("Format Examples", 7, 5): TrueCell(0.025, None, "0.00%", hidden=False),
        ("Format Examples", 11, 4): TrueCell(40089.84792480324, None, "mm-dd-yy", hidden=False),
    },
    "testEXCEL_4.xls": {
        ("Sheet 1", 48, 7): TrueCell("N/A", None, None, hidden=False),
        ("Sheet 1", 147, 1): TrueCell("[5] Not computed.", None, None, hidden=False),
    },
    "testEXCEL_labels-govdocs-515858.xls": {
        ("Cabbage and other brassicas", 5, 4): TrueCell("1,000 US$", None, None, hidden=False),
        ("Cabbage and other brassicas", 12, 2): TrueCell(2.0, None, _PLAIN, hidden=False),
        ("Cabbage and other brassicas", 12, 3): TrueCell("nd", None, None, hidden=False),
    },
    "testEXCEL_1img.xls": {
        ("Sheet1", 7, 3): TrueCell(2.0, "A7*B7", None, hidden=False),
    },
}


def read(path: Path, folder: Path) -> dict[At, Cell]:
    """Every cell that holds a value or a formula, as Muniment reads it."""
    return dict(_held(read_bytes(path.read_bytes(), folder)[1]))


def _held(parts: list[Part]) -> Iterator[tuple[At, Cell]]:
    for part in parts:
        if not isinstance(part, Cell) or not isinstance(part.at, CellArea):
            continue
        if part.kind is not CellKind.BLANK or part.formula is not None:
            yield (str(part.at.sheet), part.at.row, part.at.column), part


def as_true(cell: Cell) -> TrueCell:
    """A cell in the words of the truth, which says a format of numbers alone."""
    if cell.kind in {CellKind.NUMBER, CellKind.DATE}:
        return TrueCell(float(cell.written), cell.formula, cell.number_format, cell.hidden)
    written = None if cell.kind is CellKind.BLANK else cell.written
    return TrueCell(written, cell.formula, None, cell.hidden)


def differences(path: Path, folder: Path) -> tuple[int, list[tuple[object, ...]]]:
    """How many cells were compared, and those that are not as they should be."""
    true, found = truth(path), {at: as_true(cell) for at, cell in read(path, folder).items()}
    if path.suffix == ".xls":  # whose formulas the truth does not hold
        found = {at: cell._replace(formula=None) for at, cell in found.items()}
    keys = sorted(true.keys() | found.keys())
    wrong = [(path.name, at, true.get(at), found.get(at)) for at in keys]
    return len(true), [each for each in wrong if each[2] != each[3]]


def workbooks(smallest: int, largest: int) -> list[Path]:
    folder = Path(trove("testEXCEL.xlsx")).parent
    more = folder.parents[1] / "lists" / "chile_rettig" / "pinochet.xlsx"
    found = [p for p in sorted(folder.glob("*.xls*")) if p.suffix in {".xls", ".xlsx", ".xlsm"}]
    known = [p for p in (*found, more) if p.exists() and smallest <= p.stat().st_size < largest]
    return [p for p in known if "protected_passtika" not in p.name and p.name not in _LOCKED]


def test_every_cell_of_small_real_workbooks_is_right(tmp_path: Path) -> None:
    counts = []
    for path in workbooks(0, _SMALL):
        count, wrong = differences(path, tmp_path)
        assert wrong == []
        counts.append(count)
    assert len(counts) >= _WORKBOOKS
    assert sum(counts) > 5_000


@pytest.mark.night
def test_every_cell_of_large_real_workbooks_is_right(tmp_path: Path) -> None:
    for path in workbooks(_SMALL, 1 << 30):
        assert differences(path, tmp_path)[1] == []


@pytest.mark.parametrize("name", BY_HAND)
def test_cells_are_as_they_were_written_down(name: str, tmp_path: Path) -> None:
    found = read(Path(trove(name)), tmp_path)
    assert {at: as_true(found[at]) for at in BY_HAND[name]} == BY_HAND[name]


TWINS = {
    "testEXCEL.xls": 29,
    "testEXCEL_1img.xls": 2,
    "testEXCEL_big_numbers.xls": 2,
    "testEXCEL_embeded.xls": 2,
}


@pytest.mark.parametrize("name", TWINS)
def test_formulas_are_those_of_the_same_workbook_saved_as_xlsx(name: str, tmp_path: Path) -> None:
    path = Path(trove(name))
    true = {at: cell.formula for at, cell in truth(path.with_suffix(".xlsx")).items()}
    assert {at: cell.formula for at, cell in read(path, tmp_path).items()} == true
    assert sum(formula is not None for formula in true.values()) == TWINS[name]
