"""`/missing`, `/problems`, `/locked`: what was not read, what is doubtful, what to do about it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from muniment.app.web.as_csv import csv_response
from muniment.app.web.asked import only_fields
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.app.web.wording import capital, command, with_commands
from muniment.catalog import (
    EXPLANATIONS,
    ProblemQuery,
    Shortcoming,
    every_problem,
    explanation,
    holdings,
    list_locked,
    list_problems,
    lossy_containers,
    openings,
    shortcomings,
    step_for_problem,
)
from muniment.core import Digest, UsageError, parse_digest

router = APIRouter()
AfterId = Annotated[int | None, Query(ge=0, le=2**63 - 1)]  # a row behind which a page goes on
_ROWS = 50
_COMMANDS = (
    ("With the passwords that stand in the case", "muniment unlock CASE"),
    (
        "With passwords that you were told, one a line in a file",
        "muniment process CASE --passwords PASSWORDS.txt",
    ),
    ("Longer, and with more candidates", "muniment unlock CASE --most 100000 --seconds 7200"),
)


def shortcoming_url(each: Shortcoming) -> str:
    """The page that lists what a shortcoming is about."""
    if each.code != "":
        return problem_url(each.code)
    return "/files?" + urlencode({"why": each.key} if each.key != "" else {"state": each.state})


def problem_url(code: str, file: str = "") -> str:
    """The page that lists the problems of a code, or of a file."""
    asked = {"code": code, "file": file}
    return "/problems?" + urlencode({name: value for name, value in asked.items() if value != ""})


@router.get("/missing")
def missing(request: Request, room: TheRoom) -> Response:
    """What was not read, by reason."""
    found = [each for each in shortcomings(room.ledger) if each.is_unread]
    return page(
        request,
        "missing.html",
        held=holdings(room.ledger),
        reasons=found,
        lossy=lossy_containers(room.ledger, _ROWS),
        problem_url=problem_url,
        pieces=lambda text: with_commands(capital(text), room.case.folder),
        shortcoming_url=shortcoming_url,
    )


@router.get("/problems")
def problems(
    request: Request,
    room: TheRoom,
    *,
    code: Annotated[str, Query(max_length=60)] = "",
    file: Annotated[str, Query(max_length=64)] = "",
    after: Annotated[str | None, Query(max_length=20_000)] = None,
) -> Response:
    """Problems within files: by code, or those of one code or file with their places."""
    only_fields(request, ("code", "file", "after"))
    digest = _digest(file)
    asked = ProblemQuery(_code(code), digest)
    listed = code != "" or digest is not None
    codes = [each for each in shortcomings(room.ledger) if not each.is_unread]
    return page(
        request,
        "problems.html",
        codes=codes,
        counted={each.code: each for each in codes}.get(code),
        code=code,
        file=file,
        meaning=explanation(code) if code != "" else "",
        step=step_for_problem(code) if code != "" else "",
        listed=list_problems(room.ledger, asked, _ROWS, after) if listed else None,
        first=None if after is None else problem_url(code, file),
        following=lambda mark: f"{problem_url(code, file)}&{urlencode({'after': mark})}",
        pieces=lambda text: with_commands(capital(text), room.case.folder),
        problem_url=problem_url,
    )


@router.get("/problems.csv")
def problems_as_csv(
    request: Request,
    room: TheRoom,
    code: Annotated[str, Query(max_length=60)] = "",
    file: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The same problems, all of them, as a table."""
    only_fields(request, ("code", "file"))
    asked = ProblemQuery(_code(code), _digest(file))
    rows = (
        (each.sha256 or "", each.name, each.code, each.message, each.citation or "")
        for each in every_problem(room.ledger, asked)
    )
    return csv_response("problems", ("sha256", "name", "code", "message", "citation"), rows)


@router.get("/locked")
def locked(request: Request, room: TheRoom, after: AfterId = None) -> Response:
    """What is locked, how it could be opened, and what was tried."""
    return page(
        request,
        "locked.html",
        locked=list_locked(room.case, room.ledger, _ROWS, after),
        first=None if after is None else "/locked",
        opened=openings(room.ledger),
        commands=_COMMANDS,
        command=lambda written: command(written, room.case.folder),
        pieces=lambda text: with_commands(capital(text), room.case.folder),
    )


def _code(code: str) -> str:
    if code not in ("", *EXPLANATIONS):
        raise UsageError(
            f"no problem is called {code!r}",
            next_step=f"there is: {', '.join(sorted(EXPLANATIONS))}",
        )
    return code


def _digest(file: str) -> Digest | None:
    if file == "":
        return None
    try:
        return parse_digest(file)
    except ValueError as why:
        raise UsageError(
            "a file is named by 64 hexadecimal digits", next_step="choose it on the page of files"
        ) from why
