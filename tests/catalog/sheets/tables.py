"""Tables for tests: cells by hand and by Hypothesis, and the plain answer to any question."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from muniment.catalog.sheets import Question, Sheet, Sort, Test, Where
from muniment.catalog.sheets.laying import lay_out, spool_of
from muniment.catalog.sheets.sheet import open_laid_out
from muniment.catalog.sheets.value import Rank, Value, is_day, order_key, rank_of, rank_of_text
from muniment.core import Area, Cell, CellArea, CellKind, Part, digest_of
from muniment.text import fold

DIGEST = digest_of(b"a workbook")
Rows = dict[int, dict[int, Cell]]


def laid_out(parts: Iterable[Part], source: str = "as read") -> bytes:
    """The file that these parts make."""
    target = io.BytesIO()
    with spool_of(parts) as spool:
        lay_out(spool, source, target)
    return target.getvalue()


def opened(parts: Iterable[Part], sheet: str | None = "S") -> Sheet:
    """One of the tables that these parts make."""
    return open_laid_out(DIGEST, laid_out(parts), "as read", sheet)


def text(row: int, column: int, written: str, **more: Any) -> Cell:
    """A text in a sheet called S."""
    return Cell(CellArea(row, column, "S"), CellKind.TEXT, written, **more)


def number(row: int, column: int, written: str, **more: Any) -> Cell:
    """A number in a sheet called S."""
    return Cell(CellArea(row, column, "S"), CellKind.NUMBER, written, **more)


_WORDS = ("Ali", "ali", "ALI", "ürümchi", "Urumchi", "收押", "收", "مەمەت", "=1+1", "", "-5", "007")
_NUMBERS = ("0", "-0", "3", "12", "0.5", "1e3", "-7", "5", "650100199001010011", "nonsense")
_DATES = (("43223", "2018-05-03"), ("43223.5", "2018-05-03 12:00:00"), ("2018-05-04", None))
_texts = st.sampled_from((*_WORDS, *_NUMBERS, "2018-05-03", "2018-13-40")) | st.text(max_size=3)


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    """A cell of any kind, somewhere in a small sheet called S."""
    at = CellArea(draw(st.integers(1, 9)), draw(st.integers(1, 4)), "S")
    kind = draw(st.sampled_from(CellKind))
    shown = None
    match kind:
        case CellKind.NUMBER:
            written = draw(st.sampled_from(_NUMBERS))
            shown = draw(st.none() | st.sampled_from(("3.00", "50%")))
        case CellKind.DATE:
            written, shown = draw(st.sampled_from(_DATES))
        case CellKind.BLANK:
            written = ""
        case _:
            written = draw(_texts)
    some = st.none() | st.sampled_from(("a", "b"))
    if draw(st.booleans()):
        return Cell(at, kind, written, shown)
    place = draw(st.none() | st.just(Area(2, (1.0, 2.0, float(at.row), 4.0))))
    return Cell(
        place or at,
        kind,
        written,
        shown,
        formula=draw(some),
        number_format=draw(some),
        hidden=draw(st.booleans()),
        comment=draw(some),
        grid=None if place is None else at,
        confidence=draw(st.none() | st.just(0.5)),
        source=draw(st.sampled_from(("", "an engine"))),
    )


def rows_of(parts: Iterable[Cell]) -> Rows:
    """The first cell of each row and column."""
    rows: Rows = {}
    for cell in parts:
        rows.setdefault(cell.in_table.row, {}).setdefault(cell.in_table.column, cell)
    return dict(sorted(rows.items()))


def displayed(cell: Cell | None) -> str:
    """What a reader sees; nothing where there is no cell."""
    if cell is None:
        return ""
    return cell.written if cell.shown is None else cell.shown


def plain_answer(rows: Rows, question: Question) -> list[int]:
    """The numbers of the rows that a question asks for, worked out the long way."""
    held = [
        row for row, cells in rows.items() if all(_holds(cells, each) for each in question.where)
    ]
    if len(question.sort) > 0 and question.sort[0].descending:
        held.reverse()
    for sort in reversed(question.sort):
        held = _sorted(rows, held, sort)
    return held


def _sorted(rows: Rows, held: Sequence[int], sort: Sort) -> list[int]:
    shows = [row for row in held if displayed(rows[row].get(sort.column)) != ""]
    blank = [row for row in held if displayed(rows[row].get(sort.column)) == ""]
    keys = {row: order_key(_value(rows[row][sort.column])) for row in shows}
    # Stable both ways: what is equal stays in the order that it came in.
    ordered = sorted(shows, key=keys.__getitem__, reverse=False)
    if sort.descending:
        values = sorted(set(keys.values()), reverse=True)
        ordered = [row for value in values for row in shows if keys[row] == value]
    no_cell = [row for row in blank if sort.column not in rows[row]]
    without = [row for row in blank if sort.column in rows[row]]
    by_key = sorted(without, key=lambda row: order_key(_value(rows[row][sort.column])))
    return [*ordered, *by_key, *no_cell]


def _value(cell: Cell) -> Value:
    return Value(cell.kind, cell.written, cell.shown, cell.number_format)


def _holds(cells: dict[int, Cell], where: Where) -> bool:
    if where.column is None:
        return any(_cell_holds(cell, where) for cell in cells.values())
    return _cell_holds(cells.get(where.column), where)


def _cell_holds(cell: Cell | None, where: Where) -> bool:
    seen = displayed(cell)
    match where.test:
        case Test.EMPTY:
            return seen == ""
        case Test.FILLED:
            return seen != ""
        case Test.KIND:
            return cell is not None and cell.kind.value == where.value
        case Test.MARK:
            return cell is not None and bool(
                {"hidden": cell.hidden, "comment": cell.comment, "formula": cell.formula}[
                    where.value
                ]
            )
        case Test.HAS:
            return seen != "" and fold(where.value) in fold(seen)
        case Test.LACKS:
            return seen != "" and fold(where.value) not in fold(seen)
        case Test.IS:
            return seen != "" and seen == where.value
        case Test.NOT:
            return seen not in ("", where.value)
        case Test.FROM | Test.TO:
            return cell is not None and seen != "" and _lies(cell, where)


def _lies(cell: Cell, where: Where) -> bool:
    """Whether a cell lies on the right side of a bound of its own sort."""
    rank, bound = rank_of_text(where.value)
    own, value = rank_of(cell.kind, cell.written, displayed(cell))
    if own is not rank:
        return False
    if rank is Rank.TEXT:
        word, seen = fold(where.value), fold(displayed(cell))
        return seen >= word if where.test is Test.FROM else seen <= word or seen.startswith(word)
    if where.test is Test.FROM:
        return value >= bound
    return value < bound + 1 if rank is Rank.DATE and is_day(where.value) else value <= bound


@st.composite
def questions(draw: st.DrawFn, columns: Sequence[int]) -> Question:
    """Any question about these columns."""
    named = st.sampled_from(columns)
    sorts = st.builds(Sort, named, st.booleans())
    values = st.sampled_from(("a", "l", "Ali", "收", "3", "-5", "2018-05-03", "10", "5", "=1"))
    tests = st.sampled_from([each for each in Test if each not in (Test.KIND, Test.MARK)])
    free = st.builds(_where, named, tests, values)
    kinds = st.builds(Where, named, st.just(Test.KIND), st.sampled_from(CellKind).map(str))
    marks = st.builds(
        Where, named, st.just(Test.MARK), st.sampled_from(("hidden", "comment", "formula"))
    )
    anywhere = st.builds(Where, st.none(), st.just(Test.HAS), values)
    return Question(
        tuple(draw(st.lists(sorts, max_size=3, unique_by=lambda each: each.column))),
        tuple(draw(st.lists(st.one_of(free, kinds, marks, anywhere), max_size=2))),
    )


def _where(column: int, test: Test, value: str) -> Where:
    return Where(column, test, "" if test in (Test.EMPTY, Test.FILLED) else value)
