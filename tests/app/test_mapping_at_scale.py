"""The lists of 300,000 simulated people, mapped; at night."""

from pathlib import Path

import pytest

from muniment.simulate import SimulationRequest, simulate
from tests.app.cli import muniment, muniment_json
from tests.app.test_mapping import LISTS, accuracy, confirm


@pytest.mark.night
@pytest.mark.timeout(7200)
def test_statements_of_a_county_are_what_the_truth_says(tmp_path: Path) -> None:
    leak = simulate(SimulationRequest(7, 300_000, tmp_path / "county")).leak
    case = tmp_path / "case"
    muniment("init", case)
    lists = tmp_path / "lists"
    lists.mkdir()
    for folder in ("01 人口", "02 收押", "07 其他语言"):
        (leak / folder).rename(lists / folder)
    muniment("intake", case, lists, "--from", "a test")
    muniment("process", case, "--ocr", "off")
    for name in LISTS:
        confirm(case, name, tmp_path)
    wanted, right, wrong = accuracy(case, leak.parent / "truth")
    assert wanted.total() > 3_000_000
    assert right.total() >= 0.99 * wanted.total(), wrong[:20]
    assert muniment_json("map", "apply", case)["cells_without_subject"] == 0
