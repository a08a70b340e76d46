"""`/at` leads to the page that shows a place; `/trace` shows the whole way from it to the delivery.

- The way can be gone by hand: the commands beside each step need nothing of this program but the
  file that was received.
"""

from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from muniment.app.web.asked import asked_citation, asked_query
from muniment.app.web.links import object_url, shown_at
from muniment.app.web.margin import margin_of
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page as show
from muniment.catalog import Trace, object_view, trace
from muniment.core import (
    Area,
    CellArea,
    Chars,
    Citation,
    Element,
    Field,
    Member,
    Place,
    Span,
    UsageError,
    Whole,
)

router = APIRouter()


class Check(msgspec.Struct, frozen=True):
    """A step anybody can take: what it shows, and the command."""

    shows: str
    command: str


@router.get("/at")
def at(room: TheRoom, c: str, q: str = "") -> Response:
    """The page that shows a place, with what was searched marked where `q` says it."""
    citation = asked_citation(c)
    _require(room, citation)
    path, hash_sign, anchor = shown_at(citation).partition("#")
    if asked_query(q) is not None:
        path += ("&" if "?" in path else "?") + urlencode({"q": q})
    return RedirectResponse(path + hash_sign + anchor, 303)


@router.get("/trace")
def traced(request: Request, room: TheRoom, c: str) -> Response:
    """The way of a citation back to the delivery."""
    citation = asked_citation(c)
    _require(room, citation)
    way = trace(room.case, room.ledger, citation)
    place = citation.place
    return show(
        request,
        "trace.html",
        way=way,
        citation=str(citation),
        whole=str(Citation(citation.digest)),
        shown_at=shown_at(citation),
        place=_place_in_words(place),
        crop=place if isinstance(place, Area) else None,
        has_place=not isinstance(place, Whole),
        checks=_checks(way),
        margin=margin_of(room, citation),
        outer=object_url(way.steps[-1].object.sha256),
    )


def _require(room: Room, citation: Citation) -> None:
    try:
        object_view(room.ledger, citation.digest)
    except UsageError as why:
        raise HTTPException(404, why.message) from why


def _place_in_words(place: Place) -> str:
    """Where in the file it stands, for people."""
    match place:
        case Whole():
            return "the whole file"
        case Area():
            return _area_in_words(place)
        case Field(name=name, nth=nth):
            return f"the property {name}" + ("" if nth == 1 else f", number {nth} of that name")
        case Member(index=index):
            return f"entry {index} of its directory, counted from 0"
        case Span(start_s=start, end_s=end):
            return f"second {start:g} to second {end:g}"
        case CellArea(row=row, column=column, sheet=sheet):
            return f"row {row}, column {column}" + ("" if sheet is None else f" of {sheet}")
        case Chars(start=start, end=end, section=section):
            of = "" if section is None else f" of section {section}"
            return f"characters {start:,} to {end:,}{of}, counted from 0"
        case Element(member=member, path=path):
            return f"element /{'/'.join(map(str, path))} of {member}"


def _area_in_words(area: Area) -> str:
    if area.page is None:
        return "a rectangle of the picture, in pixels"
    if area.box is None:
        return f"page {area.page}"
    return f"a rectangle on page {area.page}, in its own units from its top left"


def _checks(way: Trace) -> tuple[Check, ...]:
    """What a stranger who has the delivery can do with stock tools."""
    outer = way.steps[-1]
    letters = str(Citation(way.citation.digest)).rpartition(";")[2]
    found = [
        Check(
            "The citation's letters are this SHA-256, written in base64url.",
            "python3 -c 'import base64, sys; "
            f'print(base64.urlsafe_b64decode(sys.argv[1] + "=").hex())\' {letters}',
        ),
        Check(f"The received file has the SHA-256 {outer.object.sha256}.", "sha256sum FILE"),
    ]
    for step in reversed(way.steps[:-1]):
        lay = f"entry {step.link.index}" if step.link.relation == "member" else step.link.relation
        found.append(
            Check(
                f"Taken out of it ({lay}), the file inside has the SHA-256 {step.object.sha256}.",
                "sha256sum FILE-INSIDE",
            )
        )
    if way.arrived is not None:
        found.append(
            Check(
                f"Event {way.arrived.seq} of the journal names it, under a signature.",
                f"muniment log prove CASE {way.arrived.seq} --out PROOF",
            )
        )
    if way.intake is not None and way.intake.receipt:
        found.append(
            Check(
                f"Whoever handed the files over computes the same receipt, {way.intake.receipt}.",
                "cd FILES; find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum -z "
                "| sha256sum",
            )
        )
    return tuple(found)
