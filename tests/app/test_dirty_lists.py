"""Lists that many hands kept: what is stated of soiled cells, merged ranges, pages with totals."""

import csv
import json
from pathlib import Path

import pytest

from muniment.simulate import SimulationRequest, simulate
from tests.app.dirty import FOLDER, LISTS, Judged, corrected, judged
from tests.app.inside import inside, inside_json

PEOPLE = 1_200
SILENT = ("two-digit-year", "impossible-date", "unknown")  # soilings of which nothing can be read


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the dirty lists alone, mapped; the truth lies beside it."""
    folder = tmp_path_factory.mktemp("dirty")
    leak = simulate(SimulationRequest(7, PEOPLE, folder / "county", dirty=True)).leak
    (folder / "lists").mkdir()
    (leak / FOLDER).rename(folder / "lists" / FOLDER)
    inside("init", folder / "case")
    inside("intake", folder / "case", folder / "lists", "--from", "a test")
    inside("process", folder / "case", "--workers", 1)
    for name in LISTS:
        file = folder / "mapping.json"
        file.unlink(missing_ok=True)
        inside("map", "suggest", folder / "case", name, "--out", file)
        plain = corrected(name, json.loads(file.read_text("utf-8")))
        file.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        inside("map", "confirm", folder / "case", file)
    return folder / "case"


@pytest.fixture(scope="module")
def found(case: Path) -> Judged:
    return judged(case, case.parent / "county/truth")


def test_soiled_cells_say_what_stands_in_them_or_nothing(case: Path, found: Judged) -> None:
    assert found.cells.total() > 1_200
    assert set(found.soiled) > {"swapped-date", "lost-digits", "full-width", "merged"}
    assert found.said.total() >= 0.99 * found.cells.total(), found.wrong[:20]
    assert found.false.total() == 0
    # A word for nothing makes nobody: where all of an entity is such words, they are counted.
    nobodys = inside_json("map", "apply", case)["cells_without_subject"]
    silent = sum(found.soiled[what] - found.soiled_said[what] for what in SILENT)
    assert 0 <= silent == nobodys < 5


def test_most_of_what_dirty_lists_state_is_so(found: Judged) -> None:
    assert found.so.total() >= 0.95 * found.cells.total(), found.wrong[:20]


def test_headers_that_come_again_and_totals_state_nobody(case: Path) -> None:
    people = inside_json(
        "sql", case, "SELECT count(*) AS n FROM entities WHERE \"schema\" = 'Person'"
    )
    with (case.parent / "county/truth/people.csv").open(encoding="utf-8", newline="") as file:
        taken = sum(row["status"] != "" for row in csv.DictReader(file))
    assert people["n"] == 2 * taken  # once in each list
