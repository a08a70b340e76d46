"""Whatever was not read, there is a sentence that says what a person can do."""

import pytest

from muniment.catalog import step_for_problem, step_for_state
from muniment.catalog.kinds import kind_of
from muniment.catalog.next_steps import STEPS
from muniment.core import State
from tools.reference_words import CODES


def test_every_problem_code_has_a_next_step() -> None:
    assert sorted(set(CODES) - set(STEPS)) == []


def test_a_code_that_nobody_foresaw_has_one_too() -> None:
    assert "muniment problems" in step_for_problem("never-heard-of")


REASONS = {
    "encrypted": (State.LOCKED, "it is encrypted and needs a password", "muniment unlock"),
    "rights management": (
        State.LOCKED,
        "rights management (IRM): its licence server opens it, no password does",
        "without rights management",
    ),
    "no reader": (State.REFUSED, "no reader yet for application/x-hwp", "readers.md"),
    "no type": (State.REFUSED, "no reader yet for application/octet-stream", "like no known type"),
    "a bomb": (State.REFUSED, "unpacks to more than 1100 times its size", "hostile"),
    "no library": (State.REFUSED, "libarchive is not on this machine; apt", "install libarchive"),
    "missing volumes": (State.REFUSED, "its first volume is not here", "volumes"),
    "a limit": (State.REFUSED, "has 90000 pages, more than 50000", "split"),
    "damage": (State.UNREADABLE, "it is cut short", "another copy"),
    "too slow": (State.UNREADABLE, "pdf took longer than 300 s", "split"),
    "not read yet": (State.PENDING, "", "muniment process"),
}


@pytest.mark.parametrize("what", REASONS)
def test_a_reason_leads_to_its_step(what: str) -> None:
    state, reason, word = REASONS[what]
    assert word in step_for_state(state, reason)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_step(state: State) -> None:
    assert step_for_state(state, "") != ""


KINDS = {
    "": "not read yet",
    "application/pdf": "PDF",
    "application/x-ooxml-encrypted": "encrypted document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "spreadsheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.oasis.opendocument.presentation": "presentation",
    "application/vnd.ms-outlook": "mail",
    "message/rfc822": "mail",
    "application/gzip": "archive",
    "application/x-7z-compressed": "archive",
    "image/svg+xml": "picture",
    "text/html": "web page",
    "text/x-python": "text",
    "application/octet-stream": "other",
}


def test_a_type_is_of_one_kind() -> None:
    assert {media_type: kind_of(media_type) for media_type in KINDS} == KINDS
