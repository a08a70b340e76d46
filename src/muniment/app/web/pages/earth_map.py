"""`/map`: where files say that they were made, on a map that asks nothing of any other machine."""

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from muniment.app.web.atlas_land import drawn_land
from muniment.app.web.atlas_lines import meridians, parallels, place_name, scale_bar
from muniment.app.web.atlas_window import HEIGHT, WIDTH, WORLD, Window, moved, window_around
from muniment.app.web.pages.asked_box import box_asked, box_written
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog.pictures import Box, Spot, located, spots

router = APIRouter()

_COLUMNS, _ROWS = 20, 10  # cells of 48 points in which pictures are put together
_HALF_STEP = 0.0000005  # degrees; addresses are written to twice that
_NEAREST = 0.02  # degrees around one point when it is looked at closely
_LISTED = 60


class Shown(msgspec.Struct, frozen=True):
    """A circle on the map: where, how large, and what it leads to."""

    x: float
    y: float
    radius: float
    pictures: int
    name: str
    list_url: str
    closer_url: str


@router.get("/map")
def map_(
    request: Request, room: TheRoom, *, box: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """The map, or a window of it."""
    count, extent = located(room.ledger)
    asked = box_asked(box) or extent or WORLD
    window = window_around(asked)
    found = spots(room.ledger, window.box, columns=_COLUMNS, rows=_ROWS)
    land, borders = drawn_land(window)
    shown = [_shown(window, spot) for spot in found]
    return page(
        request,
        "map.html",
        count=count,
        here=sum(spot.pictures for spot in found),
        window=window,
        size=(WIDTH, HEIGHT),
        land=land,
        borders=borders,
        meridians=meridians(window),
        parallels=parallels(window),
        bar=scale_bar(window),
        shown=shown,
        listed=_LISTED,
        corners=(
            place_name(window.box.south, window.box.west),
            place_name(window.box.north, window.box.east),
        ),
        ways=_ways(window.box),
        all_url=None if extent is None else _map_url(extent),
        world_url=_map_url(WORLD),
    )


def _shown(window: Window, spot: Spot) -> Shown:
    tight = _around(spot, _HALF_STEP * 2)
    return Shown(
        x=round(window.x(spot.longitude), 1),
        y=round(window.y(spot.latitude), 1),
        radius=round(min(7 + 3.5 * len(str(spot.pictures)) ** 1.2, 22), 1),
        pictures=spot.pictures,
        name=place_name(spot.latitude, spot.longitude),
        list_url="/images?" + urlencode({"box": box_written(tight)}, safe=","),
        closer_url=_map_url(_around(spot, max(_NEAREST, _wide(spot) / 4))),
    )


def _wide(spot: Spot) -> float:
    return max(spot.east - spot.west, spot.north - spot.south)


def _around(spot: Spot, spare: float) -> Box:
    """A window that holds all pictures of a spot, with degrees to spare."""
    return Box(
        max(-180.0, spot.west - spare),
        max(-90.0, spot.south - spare),
        min(180.0, spot.east + spare),
        min(90.0, spot.north + spare),
    )


def _ways(box: Box) -> tuple[tuple[str, str, str], ...]:
    """Sign, name and address of each step from here."""
    return (
        ("+", "closer", _map_url(moved(box, closer=2))),
        ("−", "further away", _map_url(moved(box, closer=0.5))),
        ("←", "to the west", _map_url(moved(box, right=-0.5))),
        ("→", "to the east", _map_url(moved(box, right=0.5))),
        ("↑", "to the north", _map_url(moved(box, up=0.5))),
        ("↓", "to the south", _map_url(moved(box, up=-0.5))),
    )


def _map_url(box: Box) -> str:
    return "/map?" + urlencode({"box": box_written(box)}, safe=",")
