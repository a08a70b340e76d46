"""`/raster/<sha256>`: a page, a picture or a box of either, as pixels that were drawn here.

    ?page=N&w=W                 a page as displayed, about W pixels wide
    ?page=N&w=W&xywh=x,y,w,h    a box of it and what stands around it, the box framed

- The bytes that are sent were made of bare pixels: nothing of the file is in them but colours.
- What cannot be shown is answered by a picture that says why.
"""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from muniment.app.web.asked import asked_digest, asked_place
from muniment.app.web.not_shown import drawn_reason
from muniment.app.web.room import TheRoom
from muniment.catalog import RasterWanted, Shown
from muniment.core import Area

router = APIRouter()

_HOUR = {"cache-control": "private, max-age=3600"}
_NOT_KEPT = {"cache-control": "no-store"}
_LATER = {"cache-control": "no-store", "retry-after": "2"}
_LAST_TURN = 8  # of EXIF orientations


@router.get("/raster/{sha256}", response_class=Response)
def raster(  # noqa: PLR0913, PLR0917 - one parameter for each of the address
    room: TheRoom,
    sha256: str,
    page: Annotated[int | None, Query(ge=1, le=10**9)] = None,
    w: Annotated[int, Query(ge=1, le=10_000)] = 1_400,
    xywh: str = "",
    turn: Annotated[int, Query(ge=1, le=_LAST_TURN)] = 1,
) -> Response:
    """The picture, or one that says why there is none."""
    place = asked_place(f"xywh={xywh}" if xywh != "" else "")
    box = place.box if isinstance(place, Area) else None
    wanted = RasterWanted(asked_digest(sha256), page, w, box, turn)
    found = room.rasters.picture(wanted)
    if isinstance(found, Shown):
        return Response(found.data, media_type=found.media_type, headers=_HOUR)
    reason = drawn_reason(found.reason)
    if found.code in ("busy", "no-workers"):
        return Response(reason, 503, media_type="image/png", headers=_LATER)
    return Response(reason, 422, media_type="image/png", headers=_NOT_KEPT)
