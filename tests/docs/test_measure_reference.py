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


# what a function does that no paper says: it reads, arranges, draws or tells
_WITHOUT_SOURCE = {
    "agreement", "answer", "answer_by_stratum", "answered", "answered_by_stratum",
    "cells_of", "draw_intervals",
    "draw_sensitivity", "draw_traces", "draw_upset", "estimate", "estimate_by_stratum",
    "from_cells", "from_matrix", "from_patterns", "from_records", "from_rows",
    "from_stratified_records", "from_text", "inhabited", "overlap_graph", "remarks",
    "report", "report_by_stratum",
}  # fmt: skip


def test_every_function_that_computes_names_its_source_with_year_and_page() -> None:
    functions = {name for name in room.__all__ if name.islower()} - _WITHOUT_SOURCE
    source = re.compile(r"\b(18|19|20)\d\d\b[^()]*[:,] ?(\d+|p\.|pp\.|eq|ch)|docs/")
    missing = [
        name
        for name in sorted(functions)
        if source.search(" ".join(str(getattr(room, name).__doc__).split())) is None
    ]
    assert missing == []
