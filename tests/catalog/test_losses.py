"""What was read in part is told apart from what was read, and each reason is told once, whole."""

from pathlib import Path

import pytest

from muniment.catalog.coverage import coverage
from muniment.catalog.ledger import Joined, Ledger
from muniment.catalog.losses import IN_PART, LOSING, reason_with_losses
from muniment.catalog.next_steps import STEPS, step_for_state
from muniment.catalog.views import items, unread_without_problem
from muniment.core import Digest, Problem, Reading, State, Whole, digest_of


def reading(of: bytes, state: State = State.READ, reason: str = "", failed: int = 0) -> Reading:
    return Reading(
        digest_of(of), len(of), "application/zip", "zip", 3, state, reason, (), 5, 5 - failed,
        failed, digest_of(b""),
    )  # fmt: skip


def ledger_of(folder: Path, *taken: tuple[Reading, tuple[Problem, ...]]) -> Ledger:
    ledger = Ledger(folder / "ledger.sqlite")
    for each, problems in taken:
        ledger.take_joined(Joined(each.digest, each.size, "a", ()))
        ledger.take_reading(each, (), problems)
    return ledger


def trouble(code: str, message: str = "so it is") -> Problem:
    return Problem(Whole(), code, message)


def test_every_code_that_means_a_loss_is_a_code() -> None:
    assert set(STEPS) >= LOSING


# What came of reading → what is said of it.
SAID = {
    "whole": (reading(b"a"), (), ""),
    "trouble that costs nothing": (reading(b"a"), (trouble("encoding-guessed"),), ""),
    "a part is missing": (
        reading(b"a"),
        (trouble("part-missing", "xl/sharedStrings.xml is not in the package"),),
        IN_PART + "part-missing, xl/sharedStrings.xml is not in the package",
    ),
    "files lost": (
        reading(b"a", failed=4),
        (),
        IN_PART + "4 of the 5 files in it did not come out",
    ),
    "several": (
        reading(b"a", failed=2),
        (trouble("crc-mismatch", "wrong"), trouble("crc-mismatch"), trouble("repaired")),
        IN_PART
        + "2 of the 5 files in it did not come out; crc-mismatch, wrong, and 1 more problems of "
        "such kinds",
    ),
    "refused": (
        reading(b"a", State.REFUSED, "too large", 2),
        (trouble("part-missing"),),
        "too large",
    ),
}


@pytest.mark.parametrize("sort", SAID)
def test_what_is_lacking_is_said_where_something_was_read(sort: str, tmp_path: Path) -> None:
    given, problems, said = SAID[sort]
    assert reason_with_losses(given, problems) == said
    ledger = ledger_of(tmp_path, (given, problems))
    (item,) = items(ledger)
    assert (item.state, item.reason) == (given.state.value, said)
    assert coverage(ledger).total.read_in_part == said.startswith(IN_PART)
    if said.startswith(IN_PART):
        assert "before you count" in step_for_state(State.READ, item.reason)
    ledger.close()


def test_reasons_are_told_whole_and_once(tmp_path: Path) -> None:
    broken = "it breaks off after 3 pages"
    ledger = ledger_of(
        tmp_path,
        (reading(b"a", State.REFUSED, "has more than 1000 cells"), ()),
        (reading(b"b", State.REFUSED, "has more than 2000 cells"), ()),
        (reading(b"c", State.UNREADABLE, broken), (trouble("unreadable", broken),)),
        (reading(b"d", State.UNREADABLE, "it took 60 s"), (trouble("timeout", "it took 60 s"),)),
    )
    found = {(lack.what, lack.reason): lack for lack in coverage(ledger).lacks}
    first = min(digest_of(b"a"), digest_of(b"b"), key=lambda digest: digest.hex)
    number = 1000 if first == digest_of(b"a") else 2000
    assert set(found) == {
        ("refused", f"has more than {number} cells"),
        ("unreadable", broken),
        ("timeout", "it took 60 s"),
    }
    refused = found["refused", f"has more than {number} cells"]
    assert (refused.objects, refused.count, refused.example) == (2, 2, first.hex)
    ledger.close()


def test_what_no_problem_tells_of_is_told_as_unread(tmp_path: Path) -> None:
    ledger = ledger_of(
        tmp_path,
        (reading(b"a", State.REFUSED, "no reader yet for image/bpg"), ()),
        (reading(b"b", State.LOCKED, "locked"), (trouble("member-locked"),)),
        (reading(b"c"), ()),
    )
    (only,) = unread_without_problem(ledger)
    assert (Digest(bytes.fromhex(only.sha256)), only.state) == (digest_of(b"a"), "refused")
    assert only.reason == "no reader yet for image/bpg"
    ledger.close()
