"""`/search` and `/search.csv`: what was read is found, counted, narrowed down and taken along."""

import csv
import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from muniment.app.web.asked import only_fields
from muniment.app.web.downloads import attachment
from muniment.app.web.links import shown_at
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.search_address import (
    ORDERS,
    SearchAddress,
    address_of,
    choice_lists,
)
from muniment.app.web.segments import Segment
from muniment.app.web.templating import page
from muniment.catalog import (
    FACETS,
    Answer,
    Hit,
    Holdings,
    Order,
    Window,
    answer,
    every_hit,
    holdings,
    not_in_the_index,
    require_filled,
    saved_searches,
)
from muniment.catalog.sheets import guarded
from muniment.core import Area, UsageError, parse_citation, print_place

router = APIRouter()

_ROWS = 20  # hits a page
_LAST_PAGE = 500  # beyond it, the list as CSV is the better way
_MOST_ROWS = 100_000  # of the CSV
_COLUMNS = ("citation", "sha256", "file", "type", "where", "found", "found as", "score")
Words = Annotated[str, Query()]  # how long they may be is the query's own rule, told in words


@router.get("/search")
def search(
    request: Request,
    room: TheRoom,
    *,
    q: Words = "",
    order: Order = "relevance",
    page_number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    """The hits of a query, a page of them, and what all of them have in common."""
    asked = _asked(request, q, order, page_number)
    found, trouble = _found(room, asked)
    context = {
        "asked": asked,
        "orders": ORDERS,
        "found": found,
        "lists": () if found is None else choice_lists(asked, found.facets),
        "trouble": trouble,
        "unread": _unread(holdings(room.ledger)),
        "behind": not_in_the_index(room.ledger),
        "saved": saved_searches(room.ledger),
        "segments": marked_segments,
        "crop": crop_address,
        "opened": opened_at,
        "first": (page_number - 1) * _ROWS + 1,
        "last": page_number * _ROWS,
        "before": asked.link(page=page_number - 1) if page_number > 1 else "",
        "after": _after(asked, found),
        "most": _MOST_ROWS,
    }
    return page(request, "search.html", 200 if trouble is None else 400, **context)


@router.get("/search.csv", response_class=Response)
def as_csv(
    request: Request, room: TheRoom, *, q: Words = "", order: Order = "relevance"
) -> Response:
    """Every hit with its citation, one a row."""
    asked = _asked(request, q, order, 1)
    if asked.is_empty:
        raise UsageError("nothing was asked for", next_step="search first, then take the list")
    query = asked.query
    require_filled(room.case, room.engine)
    answer(room.ledger, room.engine, query, Window(limit=1))  # trouble is a page, no broken file
    hits = every_hit(room.ledger, room.engine, query, order, _MOST_ROWS)
    return StreamingResponse(
        _lines(hits), media_type="text/csv; charset=utf-8", headers=attachment("search", "csv")
    )


def marked_segments(hit: Hit) -> tuple[Segment, ...]:
    """The snippet of a hit, cut where its marks begin and end."""
    ends = sorted({0, len(hit.snippet), *(end for mark in hit.marks for end in mark)})
    return tuple(
        Segment(hit.snippet[start:end], False, any(a <= start < b for a, b in hit.marks))  # noqa: FBT003 - not cited
        for start, end in pairwise(ends)
    )


def crop_address(hit: Hit) -> str:
    """The address of a picture of the place of a hit on a page, and of what stands around it.

    Empty where the hit has no place on a page or picture.
    """
    area = hit.area
    if area is None or area.box is None:
        return ""
    box = print_place(Area(None, area.box)).removeprefix("xywh=")
    page_of = {} if area.page is None else {"page": str(area.page)}
    return f"/raster/{hit.sha256}?{urlencode(page_of | {'xywh': box, 'w': '900'})}"


def opened_at(hit: Hit, q: str) -> str:
    """The page that shows where a hit stands, with the words of the query marked on it."""
    parts = urlsplit(shown_at(parse_citation(hit.citation)))
    if not parts.path.startswith("/object/") or q == "":
        return urlunsplit(parts)
    asked = urlencode([*parse_qsl(parts.query), ("q", q)])
    return urlunsplit(parts._replace(query=asked))


def _asked(request: Request, q: str, order: Order, number: int) -> SearchAddress:
    only_fields(request, ("q", *FACETS, "order", "page"))
    chosen = [(name, value) for name, value in request.query_params.multi_items() if name in FACETS]
    return address_of(q, chosen, order, number)


def _found(room: Room, asked: SearchAddress) -> tuple[Answer | None, UsageError | None]:
    """The answer, or why there is none: a query that makes no sense is told beside its field."""
    if asked.is_empty:
        return None, None
    try:
        query = asked.query
        require_filled(room.case, room.engine)
        window = Window((asked.page - 1) * _ROWS, _ROWS, asked.order, facets=True)
        return answer(room.ledger, room.engine, query, window), None
    except UsageError as why:
        return None, why


def _after(asked: SearchAddress, found: Answer | None) -> str:
    more = found is not None and found.total > asked.page * _ROWS and asked.page < _LAST_PAGE
    return asked.link(page=asked.page + 1) if more else ""


def _unread(held: Holdings) -> tuple[tuple[str, int], ...]:
    """What is not searched, by what became of it."""
    return tuple((state, count) for state, count in held.states if state not in ("read", "empty"))


def _lines(hits: Iterator[Hit]) -> Iterator[bytes]:
    yield "\ufeff".encode()  # spreadsheet programs take it for UTF-8 then
    yield _line(_COLUMNS)
    for hit in hits:
        way = " › ".join(link.name or link.sha256[:16] for link in reversed(hit.way))
        found_as = ", ".join(hit.found_as)
        row = (hit.citation, hit.sha256, way, hit.type, hit.property or hit.sort, hit.snippet)
        yield _line((*row, found_as, f"{hit.score:g}"))


def _line(fields: tuple[str, ...]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerow([guarded(each) for each in fields])
    return target.getvalue().encode("utf-8", "replace")
