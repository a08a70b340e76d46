"""A page whose letters were read badly stays one without text, and has no language of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from muniment.catalog import Ledger, ProblemQuery, list_problems
from muniment.catalog.ledger import Joined
from muniment.catalog.ocr_ledger import Candidate, plan_object, take_task, waiting
from muniment.catalog.searching.describing import _described
from muniment.core import (
    Area,
    Metadata,
    Part,
    Problem,
    Reading,
    State,
    TextSpan,
    Whole,
    digest_of,
)
from muniment.readers.ocr import sureness

SCAN = digest_of(b"scan")
PARTS = digest_of(b"parts")
PDF = "application/pdf"


def reading() -> Reading:
    return Reading(SCAN, 9, PDF, "pdf", 1, State.READ, "", (), 0, 0, 0, PARTS)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of a scan of one page that has no text."""
    opened = Ledger(tmp_path / "ledger.sqlite")
    opened.take_joined(Joined(SCAN, 9, "scan.pdf", (digest_of(b"volume"),)))
    without = Problem(Area(page=1), "page-without-text", "it is a picture")
    opened.take_reading(reading(), (), (without,))
    plan_object(opened, Candidate(SCAN, PDF, PARTS.hex, (1,)), "eng", [(1,)])
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("quality", "left"),
    [("0.91", []), ("0.20", ["page-without-text"]), ("", [])],
    ids=["well", "badly", "a blank page"],
)
def test_only_a_page_that_was_read_is_no_longer_one_without_text(
    ledger: Ledger, quality: str, left: list[str]
) -> None:
    at = Area(page=1)
    parts: list[Part] = [Metadata(at, "ocr", "tesseract 5 eng: 3 lines")]
    if quality != "":
        parts.append(Metadata(at, "ocr quality", quality))
    (task,) = waiting(ledger)
    assert take_task(ledger, task, reading(), parts) == 1
    found = list_problems(ledger, ProblemQuery(), 10).rows
    assert [each.code for each in found] == left


def test_a_language_is_not_concluded_from_letters_that_are_not_sure() -> None:
    english = "The police office of the county wrote to all of its stations on the third of May."

    def described(confidence: float | None) -> str:
        span = TextSpan(Whole(), english, confidence=confidence, source="tesseract 5.5 eng")
        return _described(SCAN, lambda _: iter([span])).language

    assert described(None) == "en"
    assert described(0.95) == "en"
    assert described(0.60) == "unknown"


def test_engines_are_sure_on_one_scale() -> None:
    assert sureness("rapidocr 3.4 en", 0.88) == sureness("tesseract 5.5 rus", 0.60) == 0
    assert sureness("rapidocr 3.4 en", 0.96) == sureness("tesseract 5.5 rus", 0.99) == 1
