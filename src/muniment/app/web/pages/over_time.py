"""`/facilities`, `/timeline`: places on an offline map at a date; orders and posts in time."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from muniment.app.web.atlas_land import drawn_land
from muniment.app.web.atlas_lines import meridians, parallels, place_name, scale_bar
from muniment.app.web.atlas_window import HEIGHT, WIDTH, Window, window_around
from muniment.app.web.fact_words import property_label, schema_label
from muniment.app.web.pages.asked_box import box_asked
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.catalog import first_names
from muniment.catalog.facts import TIMED, FacilityView, TimedView, check_date, facilities, timeline
from muniment.catalog.pictures import Box
from muniment.core import UsageError, parse_citation

router = APIRouter()

_SPARE = 0.08  # of the window, around the outermost places
_LEAST = 0.05  # degrees
_LISTED = 100  # a page
_STATES = {True: "open", False: "closed", None: "unknown"}


class Spot(msgspec.Struct, frozen=True):
    """A facility on the map."""

    x: float
    y: float
    state: str
    facility: FacilityView


class Bar(msgspec.Struct, frozen=True):
    """A thing of the timeline and its share of the whole span, from 0 to 1000."""

    item: TimedView
    left: float
    width: float


class _Pages(msgspec.Struct, frozen=True):
    """Where the pages before and after are, and which part this one shows."""

    before: str | None
    after: str | None
    told: str


@router.get("/facilities")
def facility_map(
    *,
    request: Request,
    room: TheRoom,
    on: Annotated[str, Query(max_length=10)] = "",
    box: Annotated[str, Query(max_length=200)] = "",
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Facilities whose coordinates are stated, as they were on a date."""
    when = check_date(on)
    found = facilities(room.facts)
    placed = [(each, each.position) for each in found]
    points = [position for _, position in placed if position is not None]
    listed = found[start : start + _LISTED]
    window = window_around(box_asked(box) or _extent(points))
    land, borders = drawn_land(window)
    spots = [
        Spot(round(window.x(at[1]), 1), round(window.y(at[0]), 1), _state(each, when), each)
        for each, at in placed
        if at is not None and _is_inside(window, at)
    ]
    return page(
        request,
        "facilities.html",
        found=found,
        spots=spots,
        without=sum(at is None for _, at in placed),
        when=when,
        years=_years(found),
        window=window,
        size=(WIDTH, HEIGHT),
        land=land,
        borders=borders,
        meridians=meridians(window),
        parallels=parallels(window),
        bar=scale_bar(window),
        place_name=place_name,
        states={each.entity: _state(each, when) for each in found},
        headcounts={each.entity: _headcounts(each, when) for each in found},
        listed=listed,
        named_in=_named_in(room, listed),
        pages=_pages("/facilities", {"on": when, "box": box}, start, len(found)),
    )


def _named_in(room: Room, listed: Sequence[FacilityView]) -> dict[str, tuple[str, str]]:
    """Where each facility is first named, and the file: lists that name one may mean two."""
    said = {each.entity: each.names[0].citation for each in listed if len(each.names) > 0}
    of = {entity: parse_citation(citation).digest for entity, citation in said.items()}
    names = first_names(room.ledger, sorted(set(of.values()), key=lambda digest: digest.hex))
    return {
        entity: (citation, names.get(of[entity].hex, of[entity].hex[:16]).rpartition("/")[2])
        for entity, citation in said.items()
    }


@router.get("/timeline")
def in_time(
    request: Request,
    room: TheRoom,
    schema: Annotated[str, Query(max_length=60)] = "",
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Orders, posts and states with their dates, in the order of time."""
    if schema not in ("", *TIMED):
        raise UsageError(
            f"a timeline has no {schema!r}", next_step=f"choose among {', '.join(TIMED)}"
        )
    found = timeline(room.facts, TIMED if schema == "" else (schema,))
    return page(
        request,
        "timeline.html",
        bars=_bars(found, start),
        count=len(found),
        undated=sum(each.start == "" and each.end == "" for each in found),
        offered=[(name, schema_label(name, many=True)) for name in TIMED],
        schema=schema,
        label=schema_label,
        property_label=property_label,
        places={each.entity: each.caption for each in facilities(room.facts)},
        pages=_pages("/timeline", {"schema": schema}, start, len(found)),
    )


def _pages(address: str, asked: dict[str, str], start: int, count: int) -> _Pages:
    """The addresses of the pages before and after one."""

    def at(first: int) -> str:
        fields = asked | ({"start": str(first)} if first > 0 else {})
        query = urlencode({name: value for name, value in fields.items() if value != ""})
        return f"{address}?{query}" if query else address

    last = min(start + _LISTED, count)
    return _Pages(
        at(max(0, start - _LISTED)) if start > 0 else None,
        at(start + _LISTED) if last < count else None,
        f"{start + 1:,} to {last:,} of {count:,}" if last > start else "",
    )


def _state(facility: FacilityView, when: str) -> str:
    return "open" if when == "" else _STATES[facility.is_open(when)]


def _headcounts(facility: FacilityView, when: str) -> list[tuple[str, str, str]]:
    """Date, number and citation of what is stated for the date asked for."""
    return [
        (date, said.value, said.citation)
        for date, said in facility.headcounts
        if when == "" or date[: len(when)] == when or when[: len(date)] == date
    ]


def _extent(points: list[tuple[float, float]]) -> Box:
    """A box around points, with some room; the world where there are none."""
    if len(points) == 0:
        return Box(-180, -90, 180, 90)
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    spare = max(_LEAST, _SPARE * max(north - south, east - west))
    return Box(
        max(-180.0, west - spare),
        max(-90.0, south - spare),
        min(180.0, east + spare),
        min(90.0, north + spare),
    )


def _is_inside(window: Window, at: tuple[float, float]) -> bool:
    box = window.box
    return box.south <= at[0] <= box.north and box.west <= at[1] <= box.east


def _years(found: tuple[FacilityView, ...]) -> list[tuple[str, str]]:
    """Every year from the first that is stated to the last, with its address."""
    stated = [
        int(date[:4])
        for each in found
        for date in (
            *(said.value for said in (*each.starts, *each.ends)),
            *(when for when, _ in each.headcounts),
        )
        if date[:4].isdecimal()
    ]
    if len(stated) == 0 or max(stated) - min(stated) > 300:  # noqa: PLR2004 - a slip of the pen
        return []
    return [
        (str(year), "/facilities?" + urlencode({"on": year}))
        for year in range(min(stated), max(stated) + 1)
    ]


def _bars(every: tuple[TimedView, ...], start: int) -> list[Bar]:
    """Those of a page, each with its share of the time between the first and last day of all."""
    found = every[start : start + _LISTED]
    days = [day for each in every for day in (each.start, each.end) if day != ""]
    if len(days) == 0:
        return [Bar(each, 0, 0) for each in found]
    first, last = _number(min(days)), _number(max(days), end=True)
    span = max(last - first, 1e-6)
    bars = []
    for each in found:
        if each.start == "" and each.end == "":
            bars.append(Bar(each, 0, 0))
            continue
        left = _number(each.start or each.end)
        right = _number(each.end or each.start, end=True)
        width = max(4.0, 1000 * (right - left) / span)
        bars.append(Bar(each, min(996.0, round(1000 * (left - first) / span, 1)), round(width, 1)))
    return bars


def _number(date: str, *, end: bool = False) -> float:
    """A date as years; of one that is not precise, its first or its last day."""
    parts = [int(part) for part in date.split("-")[:3] if part.isdecimal()]
    if len(parts) == 0:
        return 0.0
    number = float(parts[0])
    unit = 1.0
    if len(parts) > 1:
        number, unit = number + (parts[1] - 1) / 12, 1 / 12
    if len(parts) > 2:  # noqa: PLR2004 - year, month, day
        number, unit = number + (parts[2] - 1) / 372, 1 / 372
    return number + (unit if end else 0)
