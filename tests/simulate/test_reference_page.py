"""The reference page states the numbers of one run; they are run and compared here."""

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from muniment.simulate import SimulationRequest, SimulationSummary, simulate

PAGE = Path(__file__).parents[2] / "docs/reference/simulated-leak.md"
DRAWN = {"scan", "list-scan", "page-photograph"}  # depend on the fonts of the machine


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> SimulationSummary:
    out = tmp_path_factory.mktemp("reference") / "county"
    return simulate(SimulationRequest(seed=7, people=500, out=out))


def test_the_page_states_the_files_of_every_kind(summary: SimulationSummary) -> None:
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    totals: dict[str, Any] = msgspec.json.decode((summary.truth / "truth.json").read_bytes())
    made = {kind: str(number) for kind, number in totals["files_by_kind"].items()}
    if summary.remarks:  # fonts are missing here, and the run has said so
        told, made = (
            {kind: number for kind, number in counts.items() if kind not in DRAWN}
            for counts in (told, made)
        )
    assert told == made


def test_the_page_states_the_county_of_seed_seven(summary: SimulationSummary) -> None:
    totals: dict[str, Any] = msgspec.json.decode((summary.truth / "truth.json").read_bytes())
    recorded = totals["counts"]["recorded_detained_adults"]
    rate = 100 * summary.detained_adults / summary.adults
    row = f"| {summary.people} | {summary.adults} | {summary.detained_adults} | {recorded} | "
    assert f"{row}{rate:.1f} % |" in PAGE.read_text("utf-8")
