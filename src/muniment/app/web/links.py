"""Where things stand in the room: one spelling of each address, used by every page."""

from urllib.parse import quote, urlencode

from muniment.core import Area, CellArea, Citation, Whole, print_place


def object_url(sha256: str) -> str:
    """The page of one object."""
    return f"/object/{quote(sha256)}"


def place_url(citation: str) -> str:
    """An address that leads to the page that shows a place."""
    return "/at?" + urlencode({"c": citation})


def trace_url(citation: str) -> str:
    """The way from a place back to the delivery."""
    return "/trace?" + urlencode({"c": citation})


def api_url(citation: str) -> str:
    """The place as JSON."""
    return "/api/v1/citation?" + urlencode({"c": citation})


def raster_url(
    sha256: str,
    page: int | None,
    width: int,
    box: tuple[float, float, float, float] | None = None,
    turn: int = 1,
) -> str:
    """The picture of a page, or of a box of it and what stands around it."""
    asked: dict[str, str] = {} if page is None else {"page": str(page)}
    asked["w"] = str(width)
    if box is not None:
        asked["xywh"] = print_place(Area(box=box)).removeprefix("xywh=")
    if turn != 1:
        asked["turn"] = str(turn)
    return f"/raster/{sha256}?" + urlencode(asked, safe=",")


def local(back: str) -> str:
    """An address of this room, or nothing: a form never leads elsewhere."""
    inside = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if inside else ""


def shown_at(citation: Citation) -> str:
    """The page that shows a place, with the place marked on it."""
    sha256, place = citation.digest.hex, citation.place
    match place:
        case Whole():
            return object_url(sha256)
        case CellArea():
            where = {} if place.sheet is None else {"sheet": place.sheet}
            where |= {"row": str(place.row), "cell": f"{place.row},{place.column}"}
            return f"/table/{sha256}?{urlencode(where)}#r{place.row}c{place.column}"
        case Area() if place.page is not None:
            where = {"page": str(place.page), "at": print_place(place)}
            return f"/object/{sha256}?{urlencode(where)}#here"
        case _:
            return f"/object/{sha256}?{urlencode({'at': print_place(place)})}#here"
