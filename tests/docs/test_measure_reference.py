"""docs/reference/measure.md names everything the room hands out, and nothing that is not there."""

import re
from pathlib import Path

import muniment.measure as room
from muniment.measure import ESTIMATORS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "measure.md").read_text()
UNLISTED = {"overlap_graph"}  # shown in the tutorial


def test_every_function_of_the_room_is_on_the_page() -> None:
    functions = {name for name in room.__all__ if name.islower()} - UNLISTED
    missing = [name for name in sorted(functions) if re.search(rf"\b{name}\b", PAGE) is None]
    assert missing == []


def test_the_table_of_methods_has_every_estimator_and_no_other() -> None:
    section = PAGE.split("## Estimators")[1].split("## After")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    assert named == {estimator.name for estimator in ESTIMATORS}
