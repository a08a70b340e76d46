"""`/items`, `/problems`, `/status`: the objects of the case, their text, and what is wrong."""

from collections.abc import Mapping
from itertools import islice
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from starlette.exceptions import HTTPException

from muniment import __version__
from muniment.app.web.api.models import (
    ItemModel,
    ItemsModel,
    LinkModel,
    LogModel,
    OneItemModel,
    ProblemModel,
    ProblemsModel,
    SessionModel,
    Sha256,
    StatusModel,
    TextModel,
    given,
)
from muniment.app.web.gate import csrf_token
from muniment.app.web.links import object_url, place_url
from muniment.app.web.room import TheRoom
from muniment.catalog import (
    ProblemQuery,
    chain,
    full_text,
    item,
    items,
    list_problems,
    parts_of,
    reading_of,
    step_for_problem,
    step_for_state,
    totals,
)
from muniment.core import IntegrityError, State, parse_digest
from muniment.vault import custody

router = APIRouter(tags=["objects"])

_MOST = 1_000
_LONGEST_WINDOW = 200_000  # letters
TheLimit = Annotated[int, Query(ge=1, le=_MOST)]
TheObject = Annotated[Sha256, Path()]


@router.get("/items")
def list_items(
    room: TheRoom,
    after: Annotated[str, Query(pattern="^([0-9a-f]{64})?$")] = "",
    limit: TheLimit = 100,
) -> ItemsModel:
    """Every object, by digest, from the one after `after` on."""
    found = list(islice(items(room.ledger, after, limit + 1), limit + 1))
    shown = [ItemModel.model_validate(each) for each in found[:limit]]
    more = {"after": shown[-1].sha256, "limit": limit} if len(found) > limit else None
    return ItemsModel(items=shown, next=None if more is None else _next("items", more))


@router.get("/items/{sha256}")
def one_item(room: TheRoom, sha256: TheObject) -> OneItemModel:
    """One object, and its way from the delivery."""
    digest = parse_digest(sha256)
    found = item(room.ledger, digest)
    if found is None:
        raise HTTPException(404, f"the case has no object {sha256}")
    links = {
        "page": object_url(sha256),
        "place": place_url(str(digest.ni)),
        "text": f"/api/v1/items/{sha256}/text",
    }
    return OneItemModel(
        **ItemModel.model_validate(found).model_dump(),
        chain=[LinkModel.model_validate(link) for link in chain(room.ledger, digest)],
        next_step=step_for_state(State(found.state), found.reason),
        links=links,
    )


@router.get("/items/{sha256}/text")
def text_of_item(
    room: TheRoom,
    sha256: TheObject,
    start: Annotated[int, Query(ge=0, le=2**53)] = 0,
    length: Annotated[int, Query(ge=1, le=_LONGEST_WINDOW)] = 20_000,
) -> TextModel:
    """The text of an object in reading order, from the letter `start` on."""
    digest = parse_digest(sha256)
    record = reading_of(room.case, digest)
    if record is None:
        raise HTTPException(404, f"{sha256} has not been read, or is not in this case")
    window, position = [], 0
    wanted = length + 1  # one letter more says whether there is a next window
    for line in full_text(parts_of(room.case, digest), record.media_type):
        stop = position + len(line)
        if stop > start:
            piece = line[max(0, start - position) :][:wanted]
            window.append(piece)
            wanted -= len(piece)
        position = stop
        if wanted == 0:
            break
    text = "".join(window)
    more = None if len(text) <= length else {"start": start + length, "length": length}
    return TextModel(
        sha256=sha256,
        start=start,
        text=text[:length],
        next=None if more is None else _next(f"items/{sha256}/text", more),
    )


@router.get("/problems")
def problems(
    room: TheRoom,
    after: Annotated[str, Query(max_length=20_000)] = "",
    limit: TheLimit = 100,
    code: Annotated[str, Query(max_length=100)] = "",
    sha256: Annotated[str, Query(pattern="^([0-9a-f]{64})?$")] = "",
) -> ProblemsModel:
    """All trouble in the sources, each with its place and what to do."""
    wanted = ProblemQuery(code, None if sha256 == "" else parse_digest(sha256))
    found = list_problems(room.ledger, wanted, limit, after or None)
    shown = [
        ProblemModel(
            sha256=each.sha256,
            at=each.citation,
            code=each.code,
            message=each.message,
            name=each.name,
            next_step=step_for_problem(each.code),
        )
        for each in found.rows
    ]
    if found.after is None:
        return ProblemsModel(problems=shown, next=None)
    more = {"after": found.after, "limit": limit, "code": code, "sha256": sha256}
    chosen = {name: value for name, value in more.items() if value != ""}
    return ProblemsModel(problems=shown, next=_next("problems", chosen))


@router.get("/status")
def status(room: TheRoom) -> StatusModel:
    """What the case holds, in counts, and how long its journal is, as was signed last."""
    whole = totals(room.ledger)
    signed = custody(room.case)
    if signed.trouble != "" or signed.root is None:
        raise IntegrityError(
            f"the newest checkpoint of the journal: {signed.trouble or 'there is none'}",
            next_step="run `muniment verify CASE`, and restore the file from a copy",
        )
    log = LogModel(size=signed.covered, root=signed.root.hex)
    return StatusModel(**given(StatusModel, whole, name=room.name, log=log, version=__version__))


@router.get("/session")
def session(request: Request, room: TheRoom) -> SessionModel:
    """Who reads here, and the token that a request that changes something sends."""
    held = request.state.session
    return SessionModel(reader=room.reader, csrf=None if held is None else csrf_token(held))


def _next(path: str, fields: Mapping[str, object]) -> str:
    return f"/api/v1/{path}?{urlencode(fields)}"
