"""`rate` and `suppress`: a share with its bounds, and a table that gives no small cell away."""

from pathlib import Path

import pytest

from tests.app.cli import muniment, muniment_json

_ASKED = ("--estimand", "adults of the county held on one day")
_HELD = ("--column", "held", "--value", "yes")
_REGISTER = "\ufeffperson;held\n1;yes\n2;no\n3;\n4;yes\n5;NA\n6;released\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Six people: two held, two of whom nothing is said."""
    path = tmp_path / "register.csv"
    path.write_text(_REGISTER)
    return path


def test_a_register_is_counted_and_each_person_counted_is_cited(register: Path) -> None:
    found = muniment_json("rate", register, *_ASKED, *_HELD, "--absent", 2)
    assert (found["having"], found["people"], found["blank"]) == (2, 6, 2)
    assert found["bounds"] == [0.25, 0.75]
    assert found["coverage"] == 0.75
    assert found["cells"] == ["cell=2,2", "cell=5,2"]
    assert found["wilson"] is None
    assert "no sampling error" in found["sentence"]


def test_what_was_read_as_not_having_the_property_is_said(register: Path) -> None:
    said = muniment("rate", register, *_ASKED, *_HELD).stdout.decode()
    assert "read as not having it: “no”, “released”" in said


def test_counts_alone_are_enough_and_a_sample_has_its_intervals() -> None:
    counts = ("--having", 12, "--people", 100, "--sample", "every 50th page")
    found = muniment_json("rate", *_ASKED, *counts, "--false-links", 0.01, 0.02)
    assert found["linkage"] == pytest.approx([0.1176, 0.1188])
    assert found["wilson"] == pytest.approx([0.0700, 0.1981], abs=1e-4)  # Wilson 1927
    assert found["clopper_pearson"] == pytest.approx([0.0636, 0.2002], abs=1e-4)


WRONG = {
    "no counts": ("--having", 5),
    "more than there are": ("--having", 5, "--people", 4),
    "values without a table": ("--having", 5, "--people", 9, *_HELD),
    "an error above one": ("--having", 5, "--people", 9, "--false-links", 0.1, 1.2),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_share_that_cannot_be_meant_says_what_to_do(wrong: tuple[str | int, ...]) -> None:
    left = muniment("rate", *_ASKED, *wrong, check=False)
    assert left.returncode == 2
    assert "next: " in left.stderr.decode()


@pytest.mark.parametrize(
    "asked", [("--column", "hold", "--value", "yes"), ("--column", "held", "--value", "Yes")]
)
def test_a_column_or_value_that_is_not_there_is_refused(register: Path, asked: list[str]) -> None:
    assert muniment("rate", register, *_ASKED, *asked, check=False).returncode == 2


def test_a_small_cell_and_those_around_it_are_withheld(tmp_path: Path) -> None:
    counts, out = tmp_path / "counts.csv", tmp_path / "published.csv"
    counts.write_text("region,men,women,children\neast,3,40,12\nwest,25,60,9\n")
    found = muniment_json("suppress", counts, "--out", out)
    assert found["cells"] == [[None, 40, None, 55], [None, 60, None, 94], [28, 100, 21, 149]]
    # not a word on which of the withheld were small
    assert set(found) == {"columns", "rows", "cells", "withheld", "threshold"}
    assert out.read_text().splitlines()[1] == "east,*,40,*,55"
    assert muniment("suppress", counts, "--out", out, check=False).returncode == 2


@pytest.mark.parametrize(
    "text",
    ["", "a\n1\n", "r,men\neast,2.5\n", "r,men,total\neast,1,1\n", "r,men\neast,1\neast,2\n"],
)
def test_what_is_no_table_of_counts_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(text)
    left = muniment("suppress", path, check=False)
    assert left.returncode == 2
    assert "next: " in left.stderr.decode()
