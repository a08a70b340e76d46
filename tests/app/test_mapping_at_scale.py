"""The lists of 300,000 simulated people, mapped; at night."""

import json
from pathlib import Path
from typing import Any

import pytest

from muniment.simulate import SimulationRequest, simulate
from tests.app import dirty
from tests.app.cli import muniment, muniment_json
from tests.app.test_mapping import LISTS, accuracy, confirm

PEOPLE = 300_000


@pytest.fixture(scope="module")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "county"
    return simulate(SimulationRequest(7, PEOPLE, folder, dirty=True)).leak


@pytest.mark.night
@pytest.mark.timeout(7200)
def test_statements_of_a_county_are_what_the_truth_says(leak: Path, tmp_path: Path) -> None:
    case = _case(leak, tmp_path, "01 人口", "02 收押", "07 其他语言")
    for name in LISTS:
        confirm(case, name, tmp_path)
    wanted, right, wrong = accuracy(case, leak.parent / "truth")
    assert wanted.total() > 2_300_000
    assert right.total() >= 0.99 * wanted.total(), wrong[:20]
    assert _applied(case)["cells_without_subject"] == 0


@pytest.mark.night
@pytest.mark.timeout(7200)
def test_statements_of_dirty_lists_of_a_county_are_so(leak: Path, tmp_path: Path) -> None:
    case = _case(leak, tmp_path, dirty.FOLDER)
    for name in dirty.LISTS:
        file = tmp_path / "mapping.json"
        file.unlink(missing_ok=True)
        muniment("map", "suggest", case, name, "--out", file)
        plain = dirty.corrected(name, json.loads(file.read_text("utf-8")))
        file.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        muniment("map", "confirm", case, file)
    found = dirty.judged(case, leak.parent / "truth")
    assert found.cells.total() > 300_000
    assert found.so.total() >= 0.95 * found.cells.total(), found.wrong[:20]
    assert found.said.total() >= 0.99 * found.cells.total(), found.wrong[:20]
    assert found.false.total() == 0, found.wrong[:20]
    # Nothing is made of a cell alone that says that nothing is known; all others have a subject.
    unsaid = found.soiled["unknown"] - found.soiled_said["unknown"]
    assert _applied(case)["cells_without_subject"] == unsaid


def _case(leak: Path, folder: Path, *folders: str) -> Path:
    """A case of some folders of the leak, read."""
    case, lists = folder / "case", folder / "lists"
    lists.mkdir()
    for each in folders:
        (leak / each).rename(lists / each)
    muniment("init", case)
    muniment("intake", case, lists, "--from", "a test")
    muniment("process", case, "--ocr", "off")
    return case


def _applied(case: Path) -> Any:
    return muniment_json("map", "apply", case)
