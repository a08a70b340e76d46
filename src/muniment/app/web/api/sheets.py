"""`/tables` and `/table`: the tables of the case, and windows of them under conditions."""

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query

from muniment.app.web.api.models import (
    CellModel,
    RowModel,
    Sha256,
    TableModel,
    TablesModel,
    WindowModel,
    given,
)
from muniment.app.web.room import TheRoom
from muniment.catalog.sheets import (
    After,
    SeenRow,
    Sheet,
    TableView,
    Wanted,
    open_sheet,
    question_of,
    tables_in_case,
    window,
)
from muniment.core import UsageError, parse_digest

router = APIRouter(tags=["tables"])

_MOST_TABLES = 500
_MOST_ROWS = 200
_MOST_COLUMNS = 100
_AFTER = re.compile(r"([0-9]{1,15})-([0-9a-f]{64})-([0-9]{1,9})", re.ASCII)
_Condition = Annotated[str, Query(max_length=1_200)]


@router.get("/tables")
def tables(
    room: TheRoom,
    after: Annotated[str, Query(max_length=100)] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST_TABLES - 1)] = 100,
    name: Annotated[str, Query(max_length=200)] = "",
) -> TablesModel:
    """Every table, those of most cells first; `name` is a part of its or its file's name."""
    found = tables_in_case(room.ledger, Wanted(name), after=_after(after), limit=limit + 1)
    shown = found[:limit]
    more = None
    if len(found) > limit:
        last = shown[-1]
        fields = {"after": f"{last.cells}-{last.sha256}-{last.number}", "limit": limit}
        more = "/api/v1/tables?" + urlencode(fields | ({} if name == "" else {"name": name}))
    return TablesModel(tables=[_table(each) for each in shown], next=more)


@router.get("/table/{sha256}")
def table(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    room: TheRoom,
    sha256: Annotated[Sha256, Path()],
    sheet: Annotated[str | None, Query(max_length=1_000)] = None,
    sort: Annotated[str, Query(max_length=200)] = "",
    where: Annotated[list[_Condition] | None, Query(max_length=20)] = None,
    start: Annotated[int, Query(ge=0, le=10**12)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST_ROWS)] = 50,
    first: Annotated[int, Query(ge=1, le=10**6)] = 1,
) -> WindowModel:
    """Some rows of a table as the table's page orders and chooses them, each cell cited.

    `sort` is written `C,-D`, a condition `C has word`. `columns` names the first hundred columns
    that hold a cell, from `first` on.
    """
    question = question_of(sort, where or [])
    opened = open_sheet(room.case, room.ledger, parse_digest(sha256), sheet)
    columns = [number for number in opened.columns if number >= first][:_MOST_COLUMNS]
    seen = window(opened, question, columns=columns, start=start, count=limit)
    more = None
    if seen.start + len(seen.rows) < seen.total and len(seen.rows) > 0:
        fields = [("sheet", sheet), ("sort", sort), *(("where", each) for each in where or [])]
        fields += [("first", str(first)), ("start", str(start + limit)), ("limit", str(limit))]
        chosen = [(key, value) for key, value in fields if value not in (None, "")]
        more = f"/api/v1/table/{sha256}?{urlencode(chosen)}"
    return WindowModel(
        sha256=sha256,
        sheet=opened.sheet,
        total=seen.total,
        start=seen.start,
        columns=columns,
        rows=[_row(opened, columns, row) for row in seen.rows],
        next=more,
    )


def _table(view: TableView) -> TableModel:
    query = "" if view.sheet is None else "?" + urlencode({"sheet": view.sheet})
    return TableModel(**given(TableModel, view, page=f"/table/{view.sha256}{query}"))


def _row(opened: Sheet, columns: list[int], row: SeenRow) -> RowModel:
    position = opened.position(row.number)
    cells = []
    for number, cell in zip(columns, row.cells, strict=True):
        if cell is None or position is None:
            continue
        cells.append(
            CellModel(
                column=number,
                citation=str(opened.citation(position, opened.column(number))),
                shown=cell.value.displayed,
                written=cell.value.written,
                hidden=cell.hidden,
            )
        )
    return RowModel(row=row.number, cells=cells)


def _after(written: str) -> After | None:
    """The table behind which a page begins.

    Raises:
        UsageError: it is none that a page named.
    """
    if written == "":
        return None
    found = _AFTER.fullmatch(written)
    if found is None:
        raise UsageError(
            "that is no place in the list of tables",
            next_step="ask for the first page, then for what each page names as the next",
        )
    return After(int(found[1]), found[2], int(found[3]))
