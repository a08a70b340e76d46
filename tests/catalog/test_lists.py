"""Pages of files and of problems, put together, are the whole list, each thing once."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.catalog import (
    FileOrder,
    FileQuery,
    Ledger,
    ProblemQuery,
    every_file,
    holdings,
    items,
    kind_of,
    list_files,
    list_problems,
    lossy_containers,
    next_steps,
    problems,
    shortcomings,
    totals,
    views,
)
from muniment.catalog.ledger import Joined
from muniment.catalog.shortcomings import find_name_doubts
from muniment.core import (
    Child,
    Digest,
    Member,
    Problem,
    Reading,
    Relation,
    State,
    UsageError,
    Whole,
)
from muniment.text import fold
from tests.catalog.test_listing import OBJECTS, readings

Happened = list[tuple[Reading, tuple[Child, ...], tuple[Problem, ...]]]


@contextmanager
def ledger_of(happened: Happened) -> Iterator[Ledger]:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        ledger.take_joined(Joined(OBJECTS[0], 5, "whole.zip", (OBJECTS[1],)))
        for reading, children, found in happened:
            ledger.take_reading(reading, children, found)
        yield ledger
        ledger.close()


def paged(ledger: Ledger, query: FileQuery) -> list[str]:
    seen, after = [], None
    while True:
        page = list_files(ledger, query, 2, after)
        seen += [row.sha256 for row in page.rows]
        if page.after is None:
            return seen
        after = page.after


@given(st.lists(readings(), max_size=10), st.sampled_from(["", *State]), st.booleans())
@settings(max_examples=8)
def test_pages_of_files_are_the_whole_list(happened: Happened, state: str, largest: bool) -> None:
    with ledger_of(happened) as ledger:
        order = FileOrder.LARGEST if largest else FileOrder.NAME
        known = [each for each in items(ledger) if state in ("", each.state)]
        for kind in ("", "text", "PDF"):
            query = FileQuery(state=state, kind=kind, order=order)
            wanted = {each.sha256 for each in known if kind in ("", kind_of(each.type))}
            seen = paged(ledger, query)
            assert (len(seen), set(seen)) == (len(wanted), wanted)
            assert list_files(ledger, query, 50).total == len(wanted)
        rows = list(every_file(ledger, FileQuery(order=order)))
        keys = [-row.size if largest else (row.name == "", fold(row.name)) for row in rows]
        assert keys == sorted(keys)  # type: ignore[type-var]
        for row in rows:
            assert row.sha256 in paged(ledger, FileQuery(name=row.name[1:3].upper()))


@given(st.lists(readings(), max_size=10))
@settings(max_examples=8)
def test_what_lies_in_a_container_comes_in_its_order_each_file_once(happened: Happened) -> None:
    with ledger_of(happened) as ledger:
        last = {reading.digest: children for reading, children, _ in happened}
        for parent, children in last.items():
            inside = [child.digest.hex for child in children]
            joined = [OBJECTS[0].hex] if parent == OBJECTS[1] else []
            wanted = list(dict.fromkeys(joined + inside))
            seen = paged(ledger, FileQuery(within=parent))
            assert (sorted(seen), seen[-1:] if not joined else []) == (
                sorted(wanted), wanted[-1:] if not joined else [],
            )  # fmt: skip


@given(st.lists(readings(), max_size=10))
@settings(max_examples=8)
def test_pages_of_problems_are_the_whole_list(happened: Happened) -> None:
    with ledger_of(happened) as ledger:
        told = [each for each in problems(ledger) if each.code != "type-disagrees"]
        for code in ("", "crc-mismatch", "page-without-text"):
            seen, after = [], None
            while True:
                page = list_problems(ledger, ProblemQuery(code=code), 2, after)
                seen += [(row.sha256, row.citation, row.code, row.message) for row in page.rows]
                if page.after is None:
                    break
                after = page.after
            wanted = [(e.sha256, e.at, e.code, e.message) for e in told if code in ("", e.code)]
            assert seen == wanted


@given(st.lists(readings(), max_size=10))
@settings(max_examples=8)
def test_counts_and_steps_leave_nothing_out(happened: Happened) -> None:
    with ledger_of(happened) as ledger:
        held, found = holdings(ledger), shortcomings(ledger)
        assert sum(each.objects for each in found if each.is_unread) == held.unread
        assert sum(kind.objects for kind in held.kinds) == held.objects
        assert sum(each.failed for each in lossy_containers(ledger, 100)) == held.failed
        about = [each for step in next_steps(ledger) for each in step.about]
        assert {e for e in found if not e.next_step.startswith("nothing")} == set(about)
        find_name_doubts(ledger)
        whole, times = totals(ledger), Counter(each.code for each in problems(ledger))
        assert whole.problems == dict(times)
        assert whole.by_state == dict(Counter(each.state for each in items(ledger)))
        assert whole.items == held.objects
        waits = [step for step in next_steps(ledger) if step.about[0].state == "pending"]
        assert waits in ([], list(next_steps(ledger)[:1]))


def test_totals_look_at_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with ledger_of([(read(OBJECTS[0]), (), ())]) as ledger:
        monkeypatch.setattr(views, "disagreements", None)
        assert totals(ledger).problems == {}


def lying_in(names: dict[str, int]) -> tuple[Child, ...]:
    """Files of these names: which of the objects has each."""
    return tuple(
        Child(Member(number), number, Relation.MEMBER, name.encode(), name, OBJECTS[held], 1)
        for number, (name, held) in enumerate(names.items())
    )


def read(digest: Digest, state: State = State.READ, reason: str = "") -> Reading:
    return Reading(digest, 1, "application/zip", "r", 1, state, reason, (), 0, 0, 0, digest)


def test_a_file_is_found_by_each_of_its_names_and_listed_by_the_least() -> None:
    names = {"zebra.txt": 2, "Apfel.txt": 2, "middle.txt": 2, "other.txt": 3}
    with ledger_of([(read(OBJECTS[1]), lying_in(names), ())]) as ledger:
        for part in ("ZEBRA", "apfel", "middle"):
            (row,) = list_files(ledger, FileQuery(name=part), 9).rows
            assert row.name == "Apfel.txt"
            assert set(row.others) == {"zebra.txt", "middle.txt"}
        order = [row.name for row in list_files(ledger, FileQuery(), 9).rows]
        assert order.index("Apfel.txt") < order.index("other.txt")


def test_a_file_that_two_things_are_wrong_with_is_one_file_of_the_step() -> None:
    locked = read(OBJECTS[0], State.LOCKED, "an archive whose files are encrypted")
    inside = Problem(Whole(), "member-locked", "it needs a password")
    with ledger_of([(locked, (), (inside,))]) as ledger:
        (step,) = [step for step in next_steps(ledger) if "unlock" in step.step]
        assert {each.code for each in step.about} == {"", "member-locked"}
        assert step.objects == 1


def test_one_thing_to_do_is_told_once() -> None:
    damaged = read(OBJECTS[0], State.UNREADABLE, "its bytes end too early or are damaged")
    told = Problem(Whole(), "unreadable", "its bytes end too early or are damaged")
    with ledger_of([(damaged, (), (told,))]) as ledger:
        steps = [step for step in next_steps(ledger) if step.about[0].state != "pending"]
        assert [step.objects for step in steps if "another copy" in step.step] == [1]


def test_what_no_file_can_be_is_refused() -> None:
    for wrong in ({"state": "gone"}, {"kind": "<script>"}):
        with pytest.raises(UsageError, match="no file is"):
            FileQuery(**wrong)
