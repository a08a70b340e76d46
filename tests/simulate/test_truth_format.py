"""The page that defines the truth files names every field that is written."""

import csv
import re
from pathlib import Path

import pytest

from tests.simulate.conftest import Leak

PAGE = Path(__file__).parents[2] / "docs/formats/truth-file.md"


@pytest.fixture(scope="module")
def defined() -> set[str]:
    return set(re.findall(r"`([a-z_0-9]+)`", PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["files.jsonl", "claims.jsonl", "planted.jsonl"])
def test_every_field_of_a_line_is_defined(leak: Leak, defined: set[str], name: str) -> None:
    written = {field for line in leak.lines(name) for field in line}
    assert written - defined - {"chain"} == set()


def test_every_field_of_the_summary_is_defined(leak: Leak, defined: set[str]) -> None:
    assert set(leak.totals) - defined == set()
    assert set(leak.totals["counts"]) - defined == set()


@pytest.mark.parametrize("name", ["people.csv", "relations.csv"])
def test_every_column_is_defined(leak: Leak, defined: set[str], name: str) -> None:
    with (leak.summary.truth / name).open(encoding="utf-8", newline="") as opened:
        header = next(csv.reader(opened))
    page = PAGE.read_text(encoding="utf-8")
    assert set(header) - defined == set() or ",".join(header) in page


def test_the_names_of_the_truth_files_are_pinned(leak: Leak) -> None:
    assert sorted(path.name for path in leak.summary.truth.iterdir()) == [
        "cells.jsonl.gz",
        "claims.jsonl",
        "files.jsonl",
        "people.csv",
        "planted.jsonl",
        "relations.csv",
        "truth.json",
    ]
    assert leak.totals["format"] == "muniment-simulated-leak/1"
