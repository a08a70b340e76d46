"""`/notes`: what people wrote beside the evidence.

    GET  /notes                    all of it, by kind, person, tag, word and day; a page at a time
    GET  /notes.csv, /notes.json   the same choice as a table, or one JSON object a line
    GET  /notes/at?c=<citation>    what was written at one place, with the forms to write more
    GET  /notes/<id>               one of them with its place, its history and its event

- What cannot be recorded at this moment is kept; every list says so until it is in the journal.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from muniment.app.web.downloads import attachment
from muniment.app.web.margin import margin_of, notebook_of, waiting_in
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.catalog import (
    AnnotationsWanted,
    AnnotationView,
    actors_counted,
    annotation,
    annotations,
    chain,
    count_annotations,
    saved_searches,
    tags_counted,
)
from muniment.catalog.sheets import guarded
from muniment.core import Digest, UsageError, parse_citation, parse_digest
from muniment.vault import ANNOTATION_KINDS, LONGEST_CITATION, LONGEST_NAME

router = APIRouter()

_SHOWN = 50
_AT_ONCE = 1_000  # rows fetched at once for a file
_COLUMNS = (
    *("id", "citation", "event", "kind", "actor", "at", "written", "target", "sha256"),
    *("body", "first", "standing", "query"),
)


class Choice(BaseModel):
    """All fields by which a list is narrowed; what is empty asks for all."""

    model_config = ConfigDict(extra="forbid")

    kind: str = ""
    by: str = ""
    tag: str = ""
    words: str = ""
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    since: str = ""
    until: str = ""
    withdrawn: bool = False
    before: Annotated[int | None, Field(ge=0, le=2**53)] = None

    def wanted(self) -> AnnotationsWanted:
        """What is asked for.

        Raises:
            UsageError: a day is none, or there is no such kind.
        """
        if self.kind not in ("", *ANNOTATION_KINDS):
            raise UsageError(
                f"there is no kind {self.kind[:40]!r}",
                next_step=f"choose among {', '.join(ANNOTATION_KINDS)}",
            )
        return AnnotationsWanted(
            kind=self.kind,
            actor=self.by,
            tag=self.tag,
            words=self.words[:LONGEST_NAME],
            sha256=self.sha256,
            since=_day(self.since),
            until=_day(self.until, later=1),
            withdrawn=self.withdrawn,
        )

    def address(self, before: int | None = None, path: str = "/notes") -> str:
        """The address of the list, from the event `before` on."""
        chosen = self.model_dump(exclude={"before"})
        fields = {name: str(value) for name, value in chosen.items() if value}
        if before is not None:
            fields["before"] = str(before)
        return path if len(fields) == 0 else f"{path}?{urlencode(fields)}"


TheChoice = Annotated[Choice, Query()]


@router.get("/notes")
def notes(request: Request, room: TheRoom, choice: TheChoice) -> Response:
    """All that was written and is asked for, the newest first."""
    tried = notebook_of(room).record_waiting()
    wanted = choice.wanted()
    found = annotations(room.ledger, wanted, _SHOWN + 1, choice.before)
    shown = found[:_SHOWN]
    return page(
        request,
        "notes.html",
        choice=choice,
        kinds=ANNOTATION_KINDS,
        found=shown,
        count=count_annotations(room.ledger, wanted),
        first=choice.address() if choice.before is not None else None,
        after=choice.address(shown[-1].event) if len(found) > _SHOWN else None,
        csv=choice.address(path="/notes.csv"),
        jsonl=choice.address(path="/notes.json"),
        searches=saved_searches(room.ledger),
        tags=tags_counted(room.ledger),
        people=actors_counted(room.ledger),
        waiting=waiting_in(room),
        tried=tried,
    )


@router.get("/notes.csv", response_class=Response)
def as_csv(room: TheRoom, choice: TheChoice) -> Response:
    """What is asked for as a table in UTF-8, the newest first."""
    lines = _csv(_all(room, choice.wanted()))
    head = attachment("notes", "csv")
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=head)


@router.get("/notes.json", response_class=Response)
def as_json(room: TheRoom, choice: TheChoice) -> Response:
    """What is asked for with its history, one JSON object a line, the newest first."""
    head = attachment("notes", "jsonl")
    lines = (msgspec.json.encode(each) + b"\n" for each in _all(room, choice.wanted()))
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=head)


@router.get("/notes/at")
def at(
    request: Request, room: TheRoom, c: Annotated[str, Query(max_length=LONGEST_CITATION)]
) -> Response:
    """What was written at one place, and the forms to write more."""
    try:
        place = parse_citation(c)
    except ValueError as why:
        raise UsageError(
            f"that is no citation: {why}", next_step="copy one from a page of this room"
        ) from why
    return page(
        request,
        "notes_at.html",
        links=chain(room.ledger, place.digest),
        margin=margin_of(room, place),
    )


@router.get("/notes/{name}")
def one(request: Request, room: TheRoom, name: str) -> Response:
    """One annotation with its history."""
    found = annotation(room.ledger, id_of(name))
    if found is None:
        raise HTTPException(404, "nothing was written under this id")
    return page(request, "note.html", each=found, mine=found.actor == room.reader)


def id_of(name: str) -> Digest:
    try:
        return parse_digest(name)
    except ValueError as why:
        raise HTTPException(404, "an annotation is named by 64 hexadecimal digits") from why


def _day(written: str, *, later: int = 0) -> str:
    if written == "":
        return ""
    try:
        return (date.fromisoformat(written) + timedelta(days=later)).isoformat()
    except (ValueError, OverflowError) as why:
        raise UsageError(f"{written[:40]!r} is no day", next_step="write it as 2026-01-31") from why


def _all(room: Room, wanted: AnnotationsWanted) -> Iterator[AnnotationView]:
    before = None
    while len(found := annotations(room.ledger, wanted, _AT_ONCE, before)) > 0:
        yield from found
        before = found[-1].event


def _csv(found: Iterator[AnnotationView]) -> Iterator[str]:
    # The mark lets spreadsheets know that it is UTF-8.
    yield "\ufeff" + _line(_COLUMNS)
    for each in found:
        fields = msgspec.structs.asdict(each)
        cells = ("" if fields[name] is None else str(fields[name]) for name in _COLUMNS)
        yield _line([guarded(cell) for cell in cells])


def _line(cells: Sequence[str]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow(cells)
    return held.getvalue()
