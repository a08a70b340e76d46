"""`/tables`: every table of the case, those of most cells first."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog.sheets import After, Wanted, tables_counted, tables_in_case
from muniment.core import UsageError

router = APIRouter()

_A_PAGE = 50


@router.get("/tables")
def tables(  # noqa: PLR0913 - one parameter for each field of the form
    *,
    request: Request,
    room: TheRoom,
    name: Annotated[str, Query(max_length=200)] = "",
    rows: Annotated[int, Query(ge=0, le=10**9)] = 0,
    hidden: bool = False,
    comments: bool = False,
    formulas: bool = False,
    after: str = "",
) -> Response:
    """A page of the list of tables."""
    wanted = Wanted(name, rows, hidden=hidden, comments=comments, formulas=formulas)
    found = tables_in_case(room.ledger, wanted, after=_after(after), limit=_A_PAGE + 1)
    count, cells = tables_counted(room.ledger, wanted)
    shown = found[:_A_PAGE]
    asked = [
        (field, value)
        for field, value in request.query_params.multi_items()
        if field != "after" and value not in ("", "0")
    ]
    last = shown[-1] if len(found) > _A_PAGE else None
    behind = [] if last is None else [("after", f"{last.cells},{last.sha256},{last.number}")]
    return page(
        request,
        "tables.html",
        wanted=wanted,
        tables=shown,
        count=count,
        cells=cells,
        first="/tables?" + urlencode(asked) if after != "" else None,
        following=None if last is None else "/tables?" + urlencode([*asked, *behind]),
    )


def _after(written: str) -> After | None:
    """The table behind which a page begins."""
    if written == "":
        return None
    parts = written.split(",")
    if len(parts) != 3 or not (parts[0].isdecimal() and parts[2].isdecimal()):  # noqa: PLR2004 - cells, digest, number
        raise UsageError(
            "the address does not say behind which table to go on",
            next_step="begin at the first page of the list",
        )
    return After(int(parts[0][:18]), parts[1], int(parts[2][:9]))
