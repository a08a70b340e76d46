"""`/totals`, `/totals/<sha256>`, `/proposed/<sha256>`: figures computed again; prose.

- Neither states anything: a finding is two numbers and their places, a proposal a place to look at.
- Small tables are computed again for the list; larger ones when somebody opens them.
"""

from collections import Counter
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from muniment.app.web.fact_words import property_label, schema_label
from muniment.app.web.pages.table import digest_in_address
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog import object_view
from muniment.catalog.facts import MOST_CELLS, Prose, Rechecked, proposed_of_prose, rechecked
from muniment.catalog.judging import decided_of, state_of, suggested
from muniment.catalog.sheets import TableView, tables_in_case, tables_of
from muniment.catalog.sheets import Wanted as TablesWanted
from muniment.core import UsageError

router = APIRouter()

_TABLES, _PROPOSED = 100, 200
_AT_ONCE = 1_500  # cells of a table that is computed again for the list
_SORTS = ("date", "quantity", "identifier", "phone", "quote", "post")


class CheckedTable(msgspec.Struct, frozen=True):
    """A table of the list; `checked` is None where nobody asked yet."""

    view: TableView
    checked: Rechecked | None
    address: str


@router.get("/totals")
def all_tables(
    request: Request, room: TheRoom, name: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """The tables of the case, and what of the small ones does not agree."""
    views = tables_in_case(room.ledger, TablesWanted(name, least_rows=2), limit=_TABLES + 1)
    listed = [
        CheckedTable(
            view,
            rechecked(room.case, room.ledger, view) if view.cells <= _AT_ONCE else None,
            _address(view),
        )
        for view in views[:_TABLES]
    ]
    # What differs comes first; the order is otherwise that of the tables.
    listed.sort(key=lambda each: each.checked is None or len(each.checked.findings) == 0)
    return page(
        request,
        "totals.html",
        tables=listed,
        name=name,
        more=len(views) > _TABLES,
        most=MOST_CELLS,
    )


@router.get("/totals/{sha256}")
def of_a_table(
    request: Request,
    room: TheRoom,
    sha256: str,
    sheet: Annotated[str | None, Query(max_length=2_000)] = None,
) -> Response:
    """Each printed figure of an object's tables that is not what its cells give."""
    views = [
        view
        for view in tables_of(room.ledger, digest_in_address(sha256), start=0, limit=_TABLES)
        if sheet is None or view.sheet == sheet
    ]
    if len(views) == 0:
        raise HTTPException(404, "no table with this address")
    return page(
        request,
        "totals_of.html",
        view=views[0],
        sheet=sheet,
        checked=[
            rechecked(room.case, room.ledger, view) for view in views if view.cells <= MOST_CELLS
        ],
        too_large=[view for view in views if view.cells > MOST_CELLS],
        most=MOST_CELLS,
    )


@router.get("/proposed/{sha256}")
def of_prose(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    request: Request,
    room: TheRoom,
    sha256: str,
    sort: Annotated[str, Query(max_length=20)] = "",
    rejected: bool = False,
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """What the text of a document seems to state, each with its narrowest place."""
    if sort not in ("", *_SORTS):
        raise UsageError(
            f"nothing of the sort {sort!r} is proposed", next_step=f"there is {', '.join(_SORTS)}"
        )
    digest = digest_in_address(sha256)
    try:
        viewed = object_view(room.ledger, digest)
    except UsageError as why:
        raise HTTPException(404, why.message) from why
    prose: Prose = room.ledger.remembered(
        ("proposed of prose", sha256), lambda: proposed_of_prose(room.case, digest)
    )
    decided = decided_of(room.ledger, sha256)
    refused = {name for name, view in decided.items() if state_of(view) == "rejected"}
    shown = [each for each in prose.proposed if (each.id in refused) == rejected]
    found = [each for each in shown if sort in ("", each.sort)]

    def address(at: int) -> str:
        fields = {
            "sort": sort,
            "rejected": "1" if rejected else "",
            "start": str(at) if at > 0 else "",
        }
        return f"/proposed/{sha256}?" + urlencode(
            {key: fields[key] for key in fields if fields[key]}
        )

    return page(
        request,
        "proposed.html",
        object=viewed,
        prose=prose,
        counts=Counter(each.sort for each in shown),
        shown=len(shown),
        sorts=_SORTS,
        sort=sort,
        decided=decided,
        rejected=rejected,
        refused=sum(each.id in refused for each in prose.proposed),
        state_of=state_of,
        likely=[(name, _in_words(name)) for name in suggested(sort)],
        here=address(start),
        found=found[start : start + _PROPOSED],
        before=None if start == 0 else address(max(0, start - _PROPOSED)),
        after=address(start + _PROPOSED) if start + _PROPOSED < len(found) else None,
    )


def _in_words(qualified: str) -> str:
    schema, _, name = qualified.partition(":")
    return f"{schema_label(schema)}: {property_label(schema, name)}"


def _address(view: TableView) -> str:
    query = "" if view.sheet is None else "?" + urlencode({"sheet": view.sheet})
    return f"/totals/{view.sha256}{query}"
