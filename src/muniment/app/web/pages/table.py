"""`/table/<sha256>`: a table as its file has it, in any order, under any condition, all cited.

- Nothing is kept between requests: the address says all, so it can be sent to a colleague.
- Asking changes nothing: a row called headings stays a row, a hidden column stays marked.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from muniment.app.web.links import object_url
from muniment.app.web.margin import margin_of
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.sql_examples import in_sql
from muniment.app.web.table_address import COLUMNS_SHOWN, ROWS_SHOWN, TableAddress
from muniment.app.web.table_grid import Grid, cut, range_name, steps
from muniment.app.web.table_panels import CONDITIONS, beside
from muniment.app.web.templating import page
from muniment.catalog import chain, lines_of
from muniment.catalog.sheets import (
    Question,
    Sheet,
    TableView,
    Test,
    column_of,
    headings,
    letters,
    question_of,
    rank_of_row,
    table_of,
    tables_of,
    where_of,
    window,
)
from muniment.core import Citation, Digest, UsageError, parse_citation, parse_digest

router = APIRouter()

_TABS = 60
_MOST_COLUMNS = 200  # that a person may choose
TESTS = (
    (Test.HAS, "holds the word"),
    (Test.LACKS, "does not hold"),
    (Test.IS, "shows exactly"),
    (Test.NOT, "shows something else than"),
    (Test.FROM, "from … on"),
    (Test.TO, "up to …"),
    (Test.EMPTY, "shows nothing"),
    (Test.FILLED, "shows something"),
    (Test.KIND, "is stored as"),
    (Test.MARK, "carries (hidden, comment, formula)"),
)


class TableQuery(msgspec.Struct, frozen=True):
    """What an address or a form says of a view of a table."""

    sheet: str | None
    question: Question
    columns: tuple[int, ...]
    head: int | None
    by_form: bool


async def table_query(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    sheet: str | None = None,
    sort: str = "",
    where: Annotated[list[str] | None, Query()] = None,
    columns: str = "",
    col: Annotated[list[str] | None, Query()] = None,
    head: Annotated[int | None, Query(ge=0, le=10**15)] = None,
    on: str = "",
    test: str = "",
    value: str = "",
) -> TableQuery:
    """The view that the fields of an address ask for; `on`, `test`, `value` are a form's condition.

    Raises:
        UsageError: one of them cannot be understood.
    """
    question = question_of(sort, where or [])
    if on != "" and test != "":
        added = where_of(on, test, value)
        question = Question(question.sort, tuple(dict.fromkeys((*question.where, added))))
    named = [part for each in (columns, *(col or ())) for part in each.split(",") if part != ""]
    if len(named) > _MOST_COLUMNS:
        raise UsageError(
            f"{len(named):,} columns are too many at once",
            next_step=f"choose at most {_MOST_COLUMNS}",
        )
    chosen = tuple(dict.fromkeys(map(column_of, named)))
    return TableQuery(sheet, question, chosen, head, by_form=on != "" or col is not None)


Asked = Annotated[TableQuery, Depends(table_query)]


def digest_in_address(sha256: str) -> Digest:
    """The digest that an address names; what is none is nowhere."""
    try:
        return parse_digest(sha256)
    except ValueError as why:
        raise HTTPException(
            404, "no file has that address: a file is named by its SHA-256"
        ) from why


def known_table(room: Room, digest: Digest, sheet: str | None) -> TableView:
    """The table that an address names; what is none is nowhere."""
    found = table_of(room.ledger, digest, sheet)
    if found is None:
        raise HTTPException(404, "this file holds no such table, or it has not been laid out yet")
    return found


@router.get("/table/{sha256}")
def table(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    request: Request,
    room: TheRoom,
    asked: Asked,
    sha256: str,
    first: str = "",
    start: Annotated[int, Query(ge=0)] = 0,
    row: Annotated[int | None, Query(ge=1, le=10**15)] = None,
    cell: str = "",
    column: str = "",
) -> Response:
    """One view of a table."""
    digest = digest_in_address(sha256)
    if lines_of(room.ledger, digest) is not None:  # its statements are its table
        return RedirectResponse(_in_the_file(digest, cell, row), 303)
    view = known_table(room, digest, asked.sheet)
    address = TableAddress(
        sha256=sha256,
        sheet=view.sheet,
        question=asked.question,
        columns=asked.columns,
        head=asked.head,
        first=None if first == "" else column_of(first),
        start=start,
        row=row,
        cell=_picked_cell(cell),
        column=None if column == "" else column_of(column),
    )
    if asked.by_form:  # what it makes has an address of its own
        return RedirectResponse(msgspec.structs.replace(address, start=0).address, 303)
    opened = room.sheets.open(view)
    address = _led_to_row(opened, address, given="start" in request.query_params)
    columns = _columns_shown(opened, address)
    panels = beside(opened, address)
    seen = window(opened, asked.question, columns=columns, start=address.start, count=ROWS_SHOWN)
    return page(
        request,
        "table.html",
        at=address.plain,
        address=address,
        view=view,
        seen=seen,
        heads=headings(opened, asked.head),
        all_columns=opened.columns,
        chosen=frozenset(asked.columns or opened.columns),
        beside=panels,
        margin=margin_of(room, _written_about(digest, panels)),
        tabs=tables_of(room.ledger, digest, start=max(0, view.number - _TABS // 2), limit=_TABS),
        links=chain(room.ledger, digest),
        grid=Grid(seen, address, opened.hidden_columns),
        steps=steps(address, seen, opened),
        tests=TESTS,
        letters=letters,
        range_name=range_name,
        cut=cut,
        in_sql=in_sql(view, opened.columns),
        **CONDITIONS,
    )


def _written_about(digest: Digest, panels: Mapping[str, Any]) -> Citation:
    """What a note on this view is about: the cell or the row beside the grid, or the file."""
    cell, row = panels["cell"], panels["row"]
    if cell is not None and len(cell.cells) > 0:
        return parse_citation(cell.cells[0][1])
    if row is not None and row.citation != "":
        return parse_citation(row.citation)
    return Citation(digest)


def _picked_cell(written: str) -> tuple[int, int] | None:
    """The row and column of `5,7`."""
    if written == "":
        return None
    parts = written.split(",")
    if len(parts) != 2 or not all(each.isascii() and each.isdecimal() for each in parts):  # noqa: PLR2004 - a row and a column
        raise UsageError(
            f"{written!r} names no cell", next_step="write row and column, such as cell=5,7"
        )
    row, column = (int(each[:16]) for each in parts)
    return (row, column) if row > 0 and column > 0 else None


def _in_the_file(digest: Digest, cell: str, row: int | None) -> str:
    """The page of the file, at a cell or row of it."""
    place = cell or f"{row or 1},1"
    return f"{object_url(digest.hex)}?{urlencode({'at': f'cell={place}'})}#here"


def _led_to_row(sheet: Sheet, address: TableAddress, *, given: bool) -> TableAddress:
    """The view that shows the row asked for, where the address says nothing of where to begin."""
    row = address.row if address.cell is None else address.cell[0]
    if row is None or given:
        return address
    rank = rank_of_row(sheet, address.question, row)
    if rank is None:
        return address
    return msgspec.structs.replace(address, start=rank // ROWS_SHOWN * ROWS_SHOWN)


def _columns_shown(sheet: Sheet, address: TableAddress) -> tuple[int, ...]:
    """The columns that fit: from the one asked for on, or those around the cell picked."""
    known = set(sheet.columns)
    chosen = tuple(each for each in address.columns if each in known) or tuple(sheet.columns)
    wanted = address.first
    if wanted is None and address.cell is not None and address.cell[1] in chosen:
        place = chosen.index(address.cell[1])
        wanted = chosen[place // COLUMNS_SHOWN * COLUMNS_SHOWN]
    place = 0
    if wanted is not None:
        place = next((n for n, each in enumerate(chosen) if each >= wanted), 0)
    return chosen[place : place + COLUMNS_SHOWN]
