"""`POST /notes…`: the forms by which people write beside the evidence.

    POST /notes                    kind (note, tag, highlight), c (citation), body, back
    POST /notes/searches           saved_as, q, back, and every further field of the search
    POST /notes/<id>/correction    body
    POST /notes/<id>/withdrawal    body, back

- A form that is refused comes back with the text that was typed.
- `back` is an address of this room; whatever else it says, nobody is led elsewhere.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from muniment.app.web.links import local, place_url
from muniment.app.web.margin import notebook_of
from muniment.app.web.pages.notes import id_of
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.catalog import allow
from muniment.core import Error, PolicyError, parse_citation
from muniment.vault import (
    Annotation,
    Correction,
    Highlight,
    Note,
    SavedSearch,
    Tag,
    Withdrawal,
    tidy,
    tidy_name,
)

router = APIRouter()

_OWN = ("saved_as", "q", "back", "csrf")  # fields of the form that are none of the search's


async def _fields(request: Request) -> tuple[tuple[str, str], ...]:
    """The fields of a form whose names are not known beforehand, in order."""
    form = await request.form()
    return tuple((name, value) for name, value in form.multi_items() if isinstance(value, str))


TheFields = Annotated[tuple[tuple[str, str], ...], Depends(_fields)]


@router.post("/notes")
def write(request: Request, room: TheRoom, fields: TheFields) -> Response:
    """Write a note, set tags, or mark a place."""
    typed = dict(fields)
    kind, where, body = (typed.get(name, "") for name in ("kind", "c", "body"))
    try:
        back = local(typed.get("back", "")) or place_url(where)
        return _decide(room, _asked(kind, where, body), back)
    except (Error, ValueError) as why:
        return _again(request, why, "/notes", fields)


@router.post("/notes/searches")
def save_search(request: Request, room: TheRoom, fields: TheFields) -> Response:
    """Save a search under a name; the fields of its address come along in the form."""
    typed = dict(fields)
    filters = tuple((name, value) for name, value in fields if name not in _OWN and value != "")
    name, query = tidy_name(typed.get("saved_as", "")), tidy(typed.get("q", ""))
    try:
        asked = (SavedSearch(name, query, filters),)
        return _decide(room, asked, local(typed.get("back", "")) or "/notes?kind=search")
    except (Error, ValueError) as why:
        return _again(request, why, "/notes/searches", fields)


@router.post("/notes/{name}/correction")
def correct(
    request: Request, room: TheRoom, name: str, body: Annotated[str, Form()] = ""
) -> Response:
    """Give a note of one's own another text."""
    try:
        return _decide(room, (Correction(id_of(name), tidy(body)),), f"/notes/{name}")
    except (Error, ValueError) as why:
        return _again(request, why, f"/notes/{name}/correction", (("body", body),))


@router.post("/notes/{name}/withdrawal")
def withdraw(
    request: Request,
    room: TheRoom,
    name: str,
    body: Annotated[str, Form()] = "",
    back: Annotated[str, Form(max_length=8_000)] = "",
) -> Response:
    """Take back a note of one's own, or take off a tag."""
    try:
        asked = (Withdrawal(id_of(name), tidy(body)),)
        return _decide(room, asked, local(back) or f"/notes/{name}")
    except (Error, ValueError) as why:
        typed = (("body", body), ("back", back))
        return _again(request, why, f"/notes/{name}/withdrawal", typed)


def _asked(kind: str, c: str, body: str) -> tuple[Annotation, ...]:
    """What a form asks for.

    Raises:
        ValueError: it is no annotation; the sentence says why.
    """
    place, text = parse_citation(c), tidy(body)
    match kind:
        case "note":
            return (Note(place, text),)
        case "highlight":
            return (Highlight(place, text),)
        case "tag":
            words = dict.fromkeys(tidy_name(word) for word in text.replace("\n", ",").split(","))
            return tuple(Tag(place, word) for word in words if word != "") or (Tag(place, ""),)
        case _:
            raise ValueError("choose a note, a tag or a highlight")


def _decide(room: Room, asked: tuple[Annotation, ...], back: str) -> Response:
    for each in asked:
        allow(room.ledger, each, room.reader)
    notebook_of(room).decide(asked)
    return RedirectResponse(back, 303)


def _again(
    request: Request, why: Error | ValueError, action: str, typed: tuple[tuple[str, str], ...]
) -> Response:
    """The form once more, with what was typed and what is wrong with it."""
    body = next((value for name, value in typed if name in ("body", "saved_as")), "")
    return page(
        request,
        "note_again.html",
        403 if isinstance(why, PolicyError) else 400,
        message=why.message if isinstance(why, Error) else str(why),
        next_step=why.next_step if isinstance(why, Error) else "change it, and send it again",
        action=action,
        field="saved_as" if action == "/notes/searches" else "body",
        body=body,
        hidden=[pair for pair in typed if pair[0] not in ("body", "saved_as", "csrf")],
    )
