"""Real workbooks of many writers: what is laid out is what was read of them."""

from pathlib import Path

import pytest

from muniment.catalog.sheets import Question, column_statistics, headings, parse_sort, window
from muniment.catalog.sheets.laying import counted, spool_of
from muniment.catalog.sheets.sheet import open_laid_out
from muniment.core import Cell, digest_of
from muniment.readers import DEFAULT_LIMITS, READERS, Desk, Request, read_isolated, read_parts
from tests.catalog.sheets.tables import DIGEST, displayed, laid_out, plain_answer, rows_of

_ENDINGS = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv", ".dbf", ".wk1", ".numbers"}
_LARGEST = 200_000  # bytes
_MOST = 24


@pytest.fixture(scope="module")
def workbooks(real_material: Path) -> list[Path]:
    """Some real files that hold tables, in a fixed order."""
    folder = real_material / "trove" / "tika"
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _ENDINGS and path.stat().st_size <= _LARGEST
    )
    if len(found) == 0:
        pytest.skip(f"no workbooks below {folder}")
    return found[:: max(1, len(found) // _MOST)]


def test_what_was_read_of_real_workbooks_is_what_is_laid_out(
    workbooks: list[Path], tmp_path: Path
) -> None:
    tables = 0
    for number, path in enumerate(workbooks):
        children, target = tmp_path / f"children {number}", str(tmp_path / "parts")
        children.mkdir()
        request = Request(path=str(path), digest=digest_of(path.read_bytes()))
        read_isolated(request, Desk(READERS, DEFAULT_LIMITS, str(children)), target)
        parts = list(read_parts(target))
        with spool_of(parts) as spool:
            sheets = [table.sheet for table in counted(spool)]
        data = laid_out(parts)
        for name in sheets:
            tables += 1
            sheet = open_laid_out(DIGEST, data, "as read", name)
            cells = [part for part in parts if isinstance(part, Cell)]
            held = [cell for cell in cells if cell.in_table.sheet == name]
            rows = rows_of(held)
            for cell in held:
                assert cell in sheet.cells_at(cell.in_table.row, cell.in_table.column)
            for column in (sheet.columns[0], sheet.columns[-1]):
                question = Question(parse_sort(f"-{column}"))
                seen = window(sheet, question, count=200)
                assert [row.number for row in seen.rows] == plain_answer(rows, question)[:200]
                filled = sum(displayed(row.get(column)) != "" for row in rows.values())
                assert column_statistics(sheet, column).filled == filled
            headings(sheet)
    assert tables > len(workbooks) // 2
