"""`/work`: long work, started or seen here: how far it is, how it ended, what to do next."""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from muniment.app.jobs import Action, Job, JobState, Wanted, job_of, jobs, start, stop, working
from muniment.app.web.language_names import language_named
from muniment.app.web.room import Room, TheRoom
from muniment.app.web.templating import page
from muniment.app.web.wording import capital, with_commands
from muniment.app.web.work_words import ACTIONS, counts_told, lasting, next_step_of
from muniment.catalog import holdings, recorded_settings, tasks_counted
from muniment.core import State, UsageError
from muniment.readers.ocr import readable_languages
from muniment.vault import holder_of

router = APIRouter()
_AUTO = "auto"
_COMMANDS = {
    Action.READ: "process",
    Action.LETTERS: "process",
    Action.UNLOCK: "unlock",
    Action.VERIFY: "verify",
}
_OPTIONS = {
    Action.READ: ("--ocr", "off"),
    Action.UNLOCK: (),
    Action.VERIFY: (),
}


@router.get("/work")
def work(request: Request, room: TheRoom) -> Response:
    """What can be started, what is under way, what was done."""
    settings = recorded_settings(room.ledger)
    return page(
        request,
        "work.html",
        at_work=working(room.case),
        held_by=_held_elsewhere(room),
        done=jobs(room.case),
        held=holdings(room.ledger),
        waiting=holdings(room.ledger).count(State.PENDING),
        locked=holdings(room.ledger).count(State.LOCKED),
        languages=sorted((language_named(each), each) for each in readable_languages()),
        chosen=() if settings is None else settings.languages,
        named=language_named,
        tasks=tasks_counted(room.ledger),
        words=_words(room),
    )


@router.post("/work/start")
def begin(
    room: TheRoom,
    action: Annotated[Action, Form()],
    language: Annotated[tuple[str, ...], Form()] = (),
) -> Response:
    """Start work, and go to where it is seen."""
    if action not in _COMMANDS:
        raise UsageError(
            "a mapping is confirmed beside its table", next_step="choose the table under Facts"
        )
    options = _letters(language) if action is Action.LETTERS else _OPTIONS[action]
    if action is not Action.VERIFY and _held_elsewhere(room) is not None:
        raise UsageError(
            "another process is working in this case",
            next_step="wait until it has ended, or stop it where it was started with Ctrl-C, which "
            "loses nothing that it did; then start this again",
        )
    # A verification changes nothing and needs no key.
    key = None if action is Action.VERIFY else room.passphrase_file
    wanted = Wanted(action, _COMMANDS[action], options, room.reader, key)
    return RedirectResponse(f"/work/{start(room.case, wanted, room.clock())}", 303)


@router.get("/work/{job}")
def one(request: Request, room: TheRoom, job: str) -> Response:
    """One piece of work; with a script the part that changes is asked for again and again."""
    found = _found(room, job)
    template = "work_state.html" if request.headers.get("hx-request") == "true" else "work_one.html"
    return page(request, template, job=found, words=_words(room))


@router.post("/work/{job}/stop")
def end(room: TheRoom, job: str, *, at_once: Annotated[bool, Form()] = False) -> Response:
    """Ask work to stop; what it did stays done."""
    found = _found(room, job)
    if found.state is JobState.WORKING:
        stop(room.case, job, at_once=at_once)
    return RedirectResponse(f"/work/{job}", 303)


def _held_elsewhere(room: Room) -> int | None:
    """The number of a process that works in the case and was not started in a room."""
    held = None if working(room.case) is not None else holder_of(room.case)
    return None if held == os.getpid() else held  # a note is being written here


def _found(room: Room, job: str) -> Job:
    found = job_of(room.case, job)
    if found is None:
        raise HTTPException(404, "there is no such work in this case")
    return found


def _letters(languages: tuple[str, ...]) -> tuple[str, ...]:
    known = readable_languages()
    unknown = [each for each in languages if each not in (*known, _AUTO)]
    if len(unknown) > 0:
        raise UsageError(
            "pictures cannot be read in a language without a model",
            next_step=f"choose among {', '.join(known)}",
        )
    chosen = _AUTO if len(languages) == 0 or _AUTO in languages else "+".join(languages)
    return ("--ocr", chosen)


class _Words(msgspec.Struct, frozen=True):
    """What the templates of work ask for words."""

    room: Room
    now: datetime

    actions = ACTIONS
    counts_told = staticmethod(counts_told)
    lasting = staticmethod(lasting)
    next_step_of = staticmethod(next_step_of)

    def pieces(self, text: str) -> Iterator[tuple[bool, str]]:
        """A next step, its commands apart."""
        return with_commands(capital(text), self.room.case.folder)


def _words(room: Room) -> _Words:
    return _Words(room, room.clock())
