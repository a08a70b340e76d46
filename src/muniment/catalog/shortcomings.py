"""What is missing and what is doubtful in a case, and what to do about it, the weightiest first.

- First what was not read, by reason; then trouble inside of what was read, by code.
- Counts are those that the ledger keeps, and no list of files is walked; where one step mends
  several things, the files that have them are looked up, so that none is counted twice.
"""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, select, union
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.kinds import general
from muniment.catalog.ledger import Ledger
from muniment.catalog.listing_tables import (
    FILES,
    LACK_COUNTS,
    NAME_DOUBTS,
    PROBLEM_COUNTS,
    TALLIES,
)
from muniment.catalog.next_steps import NOTHING, step_for_problem, step_for_state
from muniment.catalog.problem_words import explanation
from muniment.catalog.tables import ARRIVAL_PROBLEMS, PROBLEMS
from muniment.catalog.views import disagreements
from muniment.core import State

NAME_DOUBT = "type-disagrees"
_COMMANDS = ("`muniment process", "`muniment unlock")


class Shortcoming(msgspec.Struct, frozen=True):
    """One reason for which files were not read, or one code of problems in files.

    `state` is empty for a problem, `code` for a reason. `key` is what `FileQuery.why` takes.
    `objects` counts files, `times` occurrences; `said` is the reason or what the code means.
    """

    state: str
    code: str
    key: str
    said: str
    objects: int
    times: int
    next_step: str

    @property
    def is_unread(self) -> bool:
        """Whether it is about files that were not read, rather than trouble within."""
        return self.state != ""


class NextStep(msgspec.Struct, frozen=True):
    """One thing to do, the shortcomings that it would mend, and how many files have any of them."""

    step: str
    objects: int
    about: tuple[Shortcoming, ...]


def shortcomings(ledger: Ledger) -> tuple[Shortcoming, ...]:
    """Every reason for which something was not read, then every code; most files first."""
    with ledger.engine.connect() as connection:
        unread = sorted((*_waiting(connection), *_unread(connection)), key=_most)
        return (*unread, *sorted(_problems(connection), key=_most))


def next_steps(ledger: Ledger) -> tuple[NextStep, ...]:
    """What to do, the weightiest first.

    What waits; what a command does; what a person can do about what was not read; what is doubtful.
    """
    return ledger.remembered(("next steps",), lambda: _next_steps(ledger))


def _next_steps(ledger: Ledger) -> tuple[NextStep, ...]:
    by_step: dict[str, list[Shortcoming]] = {}
    for each in shortcomings(ledger):
        if each.next_step != NOTHING:
            by_step.setdefault(each.next_step, []).append(each)
    with ledger.engine.connect() as connection:
        steps = [
            (min(map(_class, about)), NextStep(step, _files(connection, about), tuple(about)))
            for step, about in by_step.items()
        ]
    return tuple(step for _, step in sorted(steps, key=lambda pair: (pair[0], -pair[1].objects)))


def _files(connection: Connection, about: Sequence[Shortcoming]) -> int:
    """How many files have any of these: one that is locked and says so is one."""
    if len(about) == 1:
        return about[0].objects
    codes = [each.code for each in about if each.code != ""]
    keys = [each.key for each in about if each.key != ""]
    waiting = sum(each.objects for each in about if each.code == each.key == "")
    found = union(
        select(FILES.c.digest).where(FILES.c.why.in_(keys)),
        select(PROBLEMS.c.digest).where(PROBLEMS.c.code.in_(codes)),
        select(ARRIVAL_PROBLEMS.c.digest).where(
            ARRIVAL_PROBLEMS.c.code.in_(codes), ARRIVAL_PROBLEMS.c.digest != ""
        ),
        *([select(NAME_DOUBTS.c.digest)] if NAME_DOUBT in codes else []),
    )
    nameless = select(func.count()).where(
        ARRIVAL_PROBLEMS.c.code.in_(codes), ARRIVAL_PROBLEMS.c.digest == ""
    )
    counted = select(func.count()).select_from(found.subquery())
    return waiting + int(connection.scalar(counted) or 0) + int(connection.scalar(nameless) or 0)


def find_name_doubts(ledger: Ledger) -> None:
    """Look anew for names that promise another type than the bytes have."""
    with ledger.engine.begin() as connection:
        found = [
            {"digest": each.sha256, "name": each.name, "message": each.message}
            for each in disagreements(connection)
        ]
        connection.execute(delete(NAME_DOUBTS))
        if len(found) > 0:
            connection.execute(insert(NAME_DOUBTS).on_conflict_do_nothing(), found)


def _class(each: Shortcoming) -> int:
    if each.state == State.PENDING.value:
        return 0
    if any(command in each.next_step for command in _COMMANDS):
        return 1
    return 2 if each.is_unread else 3


def _most(each: Shortcoming) -> tuple[bool, int, int, str]:
    return (each.state != State.PENDING.value, -each.objects, -each.times, each.said)


def _waiting(connection: Connection) -> Iterator[Shortcoming]:
    pending = State.PENDING
    counted = select(func.sum(TALLIES.c.objects)).where(TALLIES.c.state == pending.value)
    waiting = int(connection.scalar(counted) or 0)
    if waiting > 0:
        step = step_for_state(pending, "")
        yield Shortcoming(pending.value, "", "", "they wait to be read", waiting, waiting, step)


def _unread(connection: Connection) -> Iterator[Shortcoming]:
    for row in connection.execute(select(LACK_COUNTS).where(LACK_COUNTS.c.objects > 0)):
        step = step_for_state(State(row.state), row.reason)
        said = general(row.reason)
        yield Shortcoming(row.state, "", row.why, said, row.objects, row.objects, step)


def _problems(connection: Connection) -> Iterator[Shortcoming]:
    counts: dict[str, tuple[int, int]] = {}
    kept = select(PROBLEM_COUNTS).where(PROBLEM_COUNTS.c.times > 0)
    for row in connection.execute(kept):
        counts[row.code] = (row.objects, row.times)
    arrived = select(ARRIVAL_PROBLEMS.c.code, func.count().label("times"))
    for row in connection.execute(arrived.group_by(ARRIVAL_PROBLEMS.c.code)):
        objects, times = counts.get(row.code, (0, 0))
        counts[row.code] = (objects + row.times, times + row.times)
    doubted = select(func.count(NAME_DOUBTS.c.digest.distinct()), func.count())
    objects, times = connection.execute(doubted).one()
    if times > 0:
        counts[NAME_DOUBT] = (objects, times)
    for code, (objects, times) in counts.items():
        step = step_for_problem(code)
        yield Shortcoming("", code, "", explanation(code), objects, times, step)


def of_why(ledger: Ledger, why: str) -> Shortcoming | None:
    """The reason that goes by this key; None where no file has it."""
    chosen = select(LACK_COUNTS).where(LACK_COUNTS.c.why == why, LACK_COUNTS.c.objects > 0)
    with ledger.engine.connect() as connection:
        row = connection.execute(chosen).one_or_none()
    if row is None:
        return None
    step = step_for_state(State(row.state), row.reason)
    return Shortcoming(row.state, "", why, general(row.reason), row.objects, row.objects, step)
