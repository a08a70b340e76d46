"""`/object/<sha256>`: one file, a screen at a time, with everything that is known of it beside.

- What has pages shows the page's picture with its places in their boxes, and its text beside it;
  everything else is text that was set anew. Nothing of the file is sent as itself.
- Every list on the page is a window; what lies outside is one link away.
"""

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from muniment.app.web.asked import asked_digest, asked_place, asked_query
from muniment.app.web.margin import margin_of
from muniment.app.web.pages_of import around
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.segments import segments
from muniment.app.web.templating import page as show
from muniment.catalog import (
    Document,
    ObjectView,
    Screen,
    View,
    alike,
    arrival_count,
    arrivals,
    chain,
    custody_count,
    custody_of,
    lines_of,
    member_at,
    members,
    neighbours,
    object_view,
    open_document,
    opened_with,
    orientation_of,
    properties,
    property_number,
    screen,
    screen_of,
    trouble_count,
    troubles,
)
from muniment.catalog.mail import senders_of
from muniment.core import Area, Citation, Digest, Field, Member, Place, UsageError, Whole
from muniment.readers.page_raster import RASTER_TYPES

router = APIRouter()

_MEMBERS, _PROPERTIES, _ARRIVALS, _TROUBLES, _EVENTS = 100, 40, 20, 20, 20
_SENDERS = 5
_NUMBER = Query(ge=0, le=10**12)
_ON_ITS_SIDE = 5  # from this EXIF orientation on, what was high is wide
_PICTURES = tuple(kind for kind in RASTER_TYPES if kind.startswith("image/"))


class Asked(msgspec.Struct, frozen=True):
    """What the address asks for."""

    digest: Digest
    place: Place
    query: str
    number: int | None
    cut: int
    after: int | None
    entries: int
    ways: int
    events: int
    stored: bool


class Picture(msgspec.Struct, frozen=True):
    """The picture of a screen: its page (None for a picture without pages), size and turn."""

    page: int | None
    width: float
    height: float
    turn: int

    @property
    def turned(self) -> tuple[float, float]:
        """Width and height as it is looked at."""
        sideways = self.turn >= _ON_ITS_SIDE
        return (self.height, self.width) if sideways else (self.width, self.height)

    @property
    def matrix(self) -> str:
        """What brings a place of the raster as stored to where it is seen (SVG `transform`)."""
        w, h = f"{self.width:g}", f"{self.height:g}"
        return {
            2: f"matrix(-1 0 0 1 {w} 0)",
            3: f"matrix(-1 0 0 -1 {w} {h})",
            4: f"matrix(1 0 0 -1 0 {h})",
            5: "matrix(0 1 1 0 0 0)",
            6: f"matrix(0 1 -1 0 {h} 0)",
            7: f"matrix(0 -1 -1 0 {h} {w})",
            8: f"matrix(0 -1 1 0 0 {w})",
        }.get(self.turn, "matrix(1 0 0 1 0 0)")


@router.get("/object/{sha256}")
def document(  # noqa: PLR0913, PLR0917 - one parameter for each of the address
    request: Request,
    room: TheRoom,
    sha256: str,
    page: Annotated[int | None, Query(ge=1, le=10**9)] = None,
    at: str = "",
    q: str = "",
    cut: Annotated[int, _NUMBER] = 0,
    after: Annotated[int | None, Query(ge=-(10**9), le=10**9)] = None,
    entries: Annotated[int | None, _NUMBER] = None,
    ways: Annotated[int, _NUMBER] = 0,
    events: Annotated[int, _NUMBER] = 0,
    stored: bool = False,  # noqa: FBT001, FBT002 - a word of the address
) -> Response:
    """One file."""
    digest, place = asked_digest(sha256), asked_place(at)
    viewed = _object(room, digest)
    opened = open_document(room.case, digest)
    if isinstance(place, Member) and after is None:
        number = member_at(room.ledger, digest, place.index)
        after = None if number is None else number - 1
    if isinstance(place, Field) and entries is None:
        entries = property_number(opened, place) // _PROPERTIES * _PROPERTIES
    asked = Asked(digest, place, q, page, cut, after, entries or 0, ways, events, stored)
    is_lines = lines_of(room.ledger, digest) is not None
    shown = _text(opened, asked) | _beside(room, viewed, asked)
    return show(request, "document.html", is_lines=is_lines, **shown)


def _object(room: Room, digest: Digest) -> ObjectView:
    try:
        return object_view(room.ledger, digest)
    except UsageError as why:
        raise HTTPException(404, why.message) from why


def _text(opened: Document, asked: Asked) -> dict[str, Any]:
    """What was read of it, a screen of it, and the picture of that screen."""
    number = asked.number or screen_of(opened, asked.place)
    view = View(asked.place, asked_query(asked.query), asked.cut)
    shown = screen(opened, number, view)
    return {
        "screen": shown,
        "picture": _picture(opened, shown, asked),
        "strip": around(shown.number, shown.of) if shown.paged else (),
        "segments": segments,
        "properties": properties(opened, asked.entries, _PROPERTIES, asked.place),
        "property_count": opened.outline.count("metadata"),
        "has_cells": opened.outline.count("cell") > 0,
        "only_cells": opened.outline.count("text") == 0 and not shown.paged,
    }


def _picture(opened: Document, shown: Screen, asked: Asked) -> Picture | None:
    if opened.media_type not in RASTER_TYPES or not (shown.paged or shown.width > 0):
        return None
    turn = 1 if asked.stored else orientation_of(opened)
    page = shown.number if shown.paged else None
    return Picture(page, shown.width, shown.height, turn)


def _beside(room: Room, viewed: ObjectView, asked: Asked) -> dict[str, Any]:
    """What stands beside the text."""
    ledger, digest, place = room.ledger, asked.digest, asked.place
    told = custody_of(ledger, digest, room.case.journal_folder, asked.events, _EVENTS)
    held = members(ledger, digest, asked.after, _MEMBERS + 1)
    citation = Citation(digest, place)
    return {
        "object": viewed,
        "asked": asked,
        "citation": str(citation),
        "whole": str(Citation(digest)),
        "is_place": not isinstance(place, Whole),
        "crop": place if isinstance(place, Area) and place.box is not None else None,
        "way": chain(ledger, digest),
        "neighbours": neighbours(ledger, digest),
        "members": held[:_MEMBERS],
        "more_members": held[_MEMBERS - 1].number if len(held) > _MEMBERS else None,
        "arrivals": arrivals(ledger, digest, asked.ways, _ARRIVALS),
        "arrival_count": arrival_count(ledger, digest),
        "senders": senders_of(ledger, digest.hex, limit=_SENDERS),
        "troubles": troubles(ledger, digest, 0, _TROUBLES),
        "trouble_count": trouble_count(ledger, digest),
        "alike": alike(ledger, digest, _ARRIVALS),
        "opened_with": opened_with(ledger, digest),
        "custody": told,
        "custody_count": custody_count(ledger, digest),
        "margin": margin_of(room, citation),
        "here": lambda **changes: _address(asked, **changes),
    }


def _address(asked: Asked, **changes: object) -> str:
    """This page with some of its address changed; what is None or empty is left out."""
    now: dict[str, object] = {"q": asked.query, "stored": 1 if asked.stored else None}
    wanted = {key: value for key, value in (now | changes).items() if value not in (None, "")}
    return f"/object/{asked.digest.hex}" + ("?" + urlencode(wanted) if len(wanted) > 0 else "")
