"""What a table's own running numbers and totals say about rows that are not there.

    1  …            1 …  10
    2  …            2 …  20
    3  …            3 …  30
    5  …  ← 4?      Total 80   ← 60?

- Works on any cells, wherever they were read: a sheet, a page, a picture.
- Silent in doubt: numbers that are years, shares or averages are no running numbers or sums, and
  a total that other readings of its column's decimal signs make right is right.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, islice, pairwise
from operator import itemgetter

import msgspec

from muniment.core import Cell, Place, Problem

_RUNNING = re.compile(r"(\d{1,9})\s*[.):]?", re.ASCII)
_FIRST_COLUMNS = 2  # in which running numbers stand
_FEWEST_FROM_ONE = 4  # rows that make a run which begins with 0 or 1
_FEWEST = 8  # rows of any other run
_REGULAR = 0.7  # of the steps of a run are steps of one
_YEARS = range(1_700, 2_200)
_MOST_CELLS = 1_000_000  # of one table that are looked at
_FEWEST_ADDED = 3
_NEAR = Decimal("0.5")  # of a total, by which a sum may differ and still be meant as its sum
_NONE = frozenset(("", "-", "–", "—", "−", ".", "..", "..."))
_GROUPED = re.compile(r"[-+−]?\d{1,3}(?:([.,'’\s])\d{3})(?:\1\d{3})*(?:[.,]\d+)?", re.ASCII)
_PLAIN = re.compile(r"[-+−]?\d+(?:[.,]\d+)?", re.ASCII)
_TOTAL = re.compile(
    r"(grand |overall |eu )?total\b|sum\b|(в)?сего\b|итог|合计|总计|總計|合計|总数|مجموع|المجموع|"
    r"جەمئىي|ئومۇمىي|toplam|gesamt|summe|insgesamt|totale\b|totaal|suma\b|razem|жами|барлығы",
    re.IGNORECASE,
)


class _Row(msgspec.Struct, frozen=True):
    number: int
    cells: tuple[Cell, ...]
    columns: tuple[int, ...]  # of each of the cells


def doubts(cells: Iterable[Cell]) -> Iterator[Problem]:
    """Missing running numbers and totals that do not add up, table by table.

    The cells of a table follow each other, its rows in order.
    """
    for _, table in groupby(cells, key=lambda cell: cell.in_table.sheet):
        rows = _rows(table)
        yield from _missing_numbers(rows)
        yield from _wrong_totals(rows)


def _rows(cells: Iterable[Cell]) -> list[_Row]:
    held = [(cell.in_table, cell) for cell in islice(cells, _MOST_CELLS)]
    placed = sorted(((at.row, at.column, cell) for at, cell in held), key=itemgetter(0, 1))
    rows = []
    for number, row in groupby(placed, key=itemgetter(0)):
        _, columns, found = zip(*row, strict=True)
        rows.append(_Row(number, found, columns))
    return rows


def _missing_numbers(rows: list[_Row]) -> Iterator[Problem]:
    for column in range(1, _FIRST_COLUMNS + 1):
        found = False
        for run in _runs(_integers(rows, column)):
            if _is_running(run):
                found = True
                yield from _gaps(run)
        if found:
            return


def _integers(rows: list[_Row], column: int) -> Iterator[tuple[int, Place]]:
    for row in rows:
        for stands_in, cell in zip(row.columns, row.cells, strict=True):
            if stands_in == column:
                match = _RUNNING.fullmatch(cell.written.strip())
                if match is not None:
                    yield int(match[1]), cell.at


def _runs(numbers: Iterable[tuple[int, Place]]) -> Iterator[list[tuple[int, Place]]]:
    """Numbers that rise; a new run begins where one does not."""
    run: list[tuple[int, Place]] = []
    for number, at in numbers:
        if len(run) > 0 and number <= run[-1][0]:
            yield run
            run = []
        run.append((number, at))
    yield run


def _is_running(run: list[tuple[int, Place]]) -> bool:
    numbers = [number for number, _ in run]
    if len(numbers) < _FEWEST_FROM_ONE or all(number in _YEARS for number in numbers):
        return False
    if numbers[0] > 1 and len(numbers) < _FEWEST:
        return False
    single = sum(after - before == 1 for before, after in pairwise(numbers))
    return single >= _REGULAR * (len(numbers) - 1)


def _gaps(run: list[tuple[int, Place]]) -> Iterator[Problem]:
    for (before, _), (after, at) in pairwise(run):
        if after - before == 2:  # noqa: PLR2004 - one is missing
            message = f"after row number {before} comes {after}: {before + 1} is missing"
            yield Problem(at, "row-number-missing", message)
        elif after - before > 1:
            missing = f"{before + 1} to {after - 1} are missing"
            message = f"after row number {before} comes {after}: {missing}"
            yield Problem(at, "row-number-missing", message)


def _wrong_totals(rows: list[_Row]) -> Iterator[Problem]:
    start = 0
    for place, row in enumerate(rows):
        if not _is_total(row):
            continue
        above = rows[start:place]
        results = [
            _added(cell, column, above)
            for column, cell in zip(row.columns[1:], row.cells[1:], strict=True)
        ]
        for cell, result in zip(row.cells[1:], results, strict=True):
            if result is not None and not result.agrees and _is_near(result):
                yield Problem(cell.at, "total-differs", _sentence(cell, result))
        start = place + 1


def _is_total(row: _Row) -> bool:
    return _TOTAL.match(row.cells[0].written.strip()) is not None


class _Sum(msgspec.Struct, frozen=True):
    total: Decimal
    agrees: bool
    sum: Decimal
    count: int


def _added(total: Cell, column: int, above: list[_Row]) -> _Sum | None:
    """The sum of the numbers above a total; None where that is not what they are."""
    written = [
        cell.written.strip()
        for row in above
        for stands_in, cell in zip(row.columns, row.cells, strict=True)
        if stands_in == column
    ]
    while len(written) > 0 and not _is_number(written[0]) and written[0] not in _NONE:
        written.pop(0)  # headings
    numbers = [text for text in written if text not in _NONE]
    if len(numbers) < _FEWEST_ADDED or not all(map(_is_number, [*numbers, total.written.strip()])):
        return None
    first: _Sum | None = None
    for comma in (False, True):
        values = [_value(text, comma=comma) for text in [*numbers, total.written.strip()]]
        said, added = values[-1], sum(values[:-1], Decimal(0))
        found = _Sum(said, _agrees(said, added, values), added, len(numbers))
        if found.agrees:
            return found
        first = first or found
    return first


def _is_number(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None or _GROUPED.fullmatch(text) is not None


def _value(text: str, *, comma: bool) -> Decimal:
    """The number; `comma` says whether commas are decimal signs, and points are not."""
    plain = re.sub(r"[\s'’]", "", text).replace("−", "-")
    point, group = (",", ".") if comma else (".", ",")
    return Decimal(plain.replace(group, "").replace(point, "."))


def _agrees(said: Decimal, added: Decimal, values: list[Decimal]) -> bool:
    """Equal, as far as rounded numbers can be; or the sum of parts and of their subtotals."""
    last = min((int(value.as_tuple().exponent) for value in values), default=0)
    slack = Decimal(10) ** last * len(values) / 2 if last < 0 else Decimal(0)
    return abs(said - added) <= slack or abs(2 * said - added) <= slack


def _is_near(found: _Sum) -> bool:
    """Whether the total is at least about the sum: an average or a share is far from it."""
    return found.total != 0 and abs(found.total - found.sum) <= _NEAR * abs(found.total)


def _sentence(cell: Cell, found: _Sum) -> str:
    return (
        f"the printed total is {cell.written.strip()}; "
        f"the {found.count} numbers above it add up to {found.sum.normalize():f}"
    )
