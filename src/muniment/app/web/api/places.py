"""`/citation`: what stands at a place, as JSON, as text and as a picture.

- The picture was drawn here from bare pixels, like those on the pages.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from muniment.app.place_fields import place_fields
from muniment.app.web.api.models import Addresses, LinkModel, PlaceModel, Trouble, WrittenCitation
from muniment.app.web.links import object_url, place_url, trace_url
from muniment.app.web.room import Room, TheRoom
from muniment.catalog import (
    RasterWanted,
    Shown,
    Standing,
    chain,
    parts_of,
    standing_at,
    values_at,
)
from muniment.core import Area, Citation, UsageError, Whole, parse_citation

router = APIRouter(tags=["places"])

_MOST_PARTS = 200
_MOST_LETTERS = 200_000  # of `text`, `value` and `written`, each
_ADDRESS = "/api/v1/citation"
TheCitation = Annotated[WrittenCitation, Query()]


@router.get(
    "/citation",
    response_model=PlaceModel,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def citation(request: Request, room: TheRoom, c: TheCitation) -> Any:
    """What stands at a citation. With `Accept: text/plain`, its text alone."""
    place = read_citation(c)
    accepted = request.headers.get("accept", "")
    if "text/plain" in accepted and "json" not in accepted:
        return PlainTextResponse(str(_standing(room, place)["shown"]))
    links = chain(room.ledger, place.digest)
    found = _standing(room, place)
    written = str(place)
    return PlaceModel(
        citation=written,
        sha256=place.digest.hex,
        text=found["text"],
        value=found["value"],
        written=found["written"],
        parts=found["parts"],
        truncated=found["truncated"],
        chain=[LinkModel.model_validate(link) for link in links],
        links=Addresses(
            page=place_url(written),
            object=object_url(place.digest.hex),
            trace=trace_url(written),
            text=_address("txt", place),
            picture=_address("png", place),
        ),
    )


@router.get("/citation.txt", response_class=PlainTextResponse)
def citation_text(room: TheRoom, c: TheCitation) -> Response:
    """The text that stands at a citation."""
    place = read_citation(c)
    chain(room.ledger, place.digest)
    return PlainTextResponse(str(_standing(room, place)["shown"]))


@router.get(
    "/citation.png",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {}}, "description": "The place, framed, and around it."},
        503: {"model": Trouble, "description": "All hands draw; ask again in a moment."},
    },
)
def citation_picture(
    room: TheRoom, c: TheCitation, width: Annotated[int, Query(ge=1, le=10_000)] = 700
) -> Response:
    """The picture of a place on a page: drawn here, the place framed."""
    place = read_citation(c)
    chain(room.ledger, place.digest)
    area = place.place
    if not isinstance(area, Area):
        raise HTTPException(404, "this place is not one on a page or a picture")
    wanted = RasterWanted(place.digest, area.page, width, area.box, form="png")
    found = room.rasters.picture(wanted)
    if isinstance(found, Shown):
        return Response(found.data, media_type=found.media_type)
    if found.code == "busy":
        raise HTTPException(503, found.reason)
    raise HTTPException(404, f"it cannot be shown: {found.reason}")


def read_citation(written: str) -> Citation:
    """The citation that was asked for.

    Raises:
        UsageError: it is none.
    """
    try:
        return parse_citation(written)
    except ValueError as why:
        raise UsageError(
            f"that is no citation: {why}",
            next_step="copy one from a page, a search or an object, with the part after # encoded",
        ) from why


def _standing(room: Room, place: Citation) -> dict[str, Any]:
    """The members of what stands at a place, bounded; `shown` is its text or value."""
    found = _found(room, place)
    fields = place_fields(place, found[:_MOST_PARTS])
    texts = {name: fields.get(name) for name in ("text", "value", "written")}
    long = any(text is not None and len(text) > _MOST_LETTERS for text in texts.values())
    cut = {name: None if text is None else text[:_MOST_LETTERS] for name, text in texts.items()}
    shown = cut["value"] if cut["text"] is None else cut["text"]
    truncated = long or len(found) > _MOST_PARTS
    return cut | {"parts": fields["parts"], "shown": shown or "", "truncated": truncated}


def _found(room: Room, place: Citation) -> Sequence[Standing]:
    """What stands there, and one thing more where there is too much."""
    if isinstance(place.place, Whole):
        parts = parts_of(room.case, place.digest)
        return list(islice(standing_at(parts, place.place), _MOST_PARTS + 1))
    return values_at(room.case, room.ledger, place, _MOST_PARTS + 1)


def _address(form: str, place: Citation) -> str:
    return place_url(str(place)).replace("/at?", f"{_ADDRESS}.{form}?", 1)
