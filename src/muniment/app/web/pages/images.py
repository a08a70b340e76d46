"""`/images`: a contact sheet of all pictures, and what each of them states of itself."""

import json
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from muniment.app.web.atlas_lines import place_name
from muniment.app.web.pages.asked_box import box_asked, box_written
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog import chain, parts_of, step_for_state
from muniment.catalog.mail import carriers, shown
from muniment.catalog.pictures import (
    BITS,
    COUNTED,
    FAR,
    Box,
    PictureQuery,
    all_stated,
    facets,
    picture_view,
    pictures,
)
from muniment.core import State, UsageError, parse_digest

router = APIRouter()

_ON_A_SHEET = 60
_AROUND = 0.5  # degrees that the map shows around a picture
Word = Annotated[str, Query(max_length=700)]
Hash = Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$")]


@router.get("/images")
def images(  # noqa: PLR0913 - one parameter for each field of the form
    request: Request,
    room: TheRoom,
    *,
    camera: Word = "",
    year: Annotated[str, Query(pattern=r"^(\d{4}|-)?$")] = "",
    size: Literal["", "small", "medium", "large", "not known"] = "",
    located: Literal["", "yes", "no"] = "",
    container: Hash = "",
    box: Annotated[str, Query(max_length=200)] = "",
    inner: bool = False,
    after: Word = "",
) -> Response:
    """Pictures, filtered, by the time they say they were taken."""
    window = box_asked(box)
    asked = PictureQuery(
        camera=camera,
        year=year,
        size=size,
        located=located,
        container=container,
        box=window,
        inner=inner,
    )
    found = pictures(room.ledger, asked, limit=_ON_A_SHEET, after=_after(after))
    later = "" if found.after is None else json.dumps(found.after)
    return page(
        request,
        "images.html",
        asked=asked,
        box=box,
        map_url="" if window is None else _map_url(window),
        found=found,
        counted=COUNTED,
        facets=facets(room.ledger),
        later="" if later == "" else _asked(request, {"after": later}),
        beginning=_asked(request, {}) if after != "" else "",
        place_name=place_name,
        shown=shown,
    )


@router.get("/images/{sha256}")
def image(request: Request, room: TheRoom, sha256: str) -> Response:
    """One picture."""
    try:
        digest = parse_digest(sha256)
    except ValueError as why:
        raise HTTPException(404, "this is not the sha256 of a file: 64 hex digits") from why
    view = picture_view(room.ledger, digest.hex)
    if view is None:
        raise HTTPException(404, "no picture of this case has these bytes")
    stated, left_out = all_stated(digest, parts_of(room.case, digest))
    return page(
        request,
        "image.html",
        view=view,
        stated=stated,
        left_out=left_out,
        way=chain(room.ledger, digest),
        carried=carriers(room.ledger, digest.hex, limit=1),
        near_url=_near_url(view.row.latitude, view.row.longitude),
        place_name=place_name,
        shown=shown,
        bits=BITS,
        far=FAR,
        step=step_for_state(State(view.state), view.reason) if view.reason != "" else "",
    )


def _near_url(latitude: float | None, longitude: float | None) -> str:
    """The map around a place; nothing where there is none."""
    if latitude is None or longitude is None:
        return ""
    return _map_url(
        Box(
            max(-180.0, longitude - _AROUND),
            max(-90.0, latitude - _AROUND),
            min(180.0, longitude + _AROUND),
            min(90.0, latitude + _AROUND),
        )
    )


def _map_url(box: Box) -> str:
    return "/map?" + urlencode({"box": box_written(box)}, safe=",")


def _asked(request: Request, more: dict[str, str]) -> str:
    kept = {name: value for name, value in request.query_params.items() if name != "after"}
    asked = urlencode({name: value for name, value in (kept | more).items() if value != ""})
    return request.url.path + (f"?{asked}" if asked != "" else "")


def _after(written: str) -> tuple[str, str] | None:
    if written == "":
        return None
    try:
        ordered, digest = json.loads(written)
    except (ValueError, TypeError, RecursionError) as why:
        raise UsageError(
            "the address of this page is damaged", next_step="begin again at /images"
        ) from why
    return str(ordered), str(digest)
