"""`mse` on the command line: what is drawn and written beside the one answer."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.app.cli import muniment, muniment_json

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_WHO = "students infected at one college"
_TABLE = """P,Q,E,count
1,0,0,69
0,1,0,55
0,0,1,63
1,1,0,21
1,0,1,17
0,1,1,18
1,1,1,28
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Students of one college named by three sources, printed by Chao and others (2001)."""
    path = tmp_path / "hav.csv"
    path.write_text(_TABLE)
    return path


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path, str]:
    """(the JSON, the folder of plots, the report) of one command."""
    folder = tmp_path_factory.mktemp("reported")
    table, drawn, told = folder / "hav.csv", folder / "plots", folder / "report.txt"
    table.write_text(_TABLE)
    options = ("--method", "sparse", "--plots", drawn, "--report", told, "--estimand", _WHO)
    return muniment_json("mse", table, *options), drawn, told.read_text()


def test_plots_and_report_stand_beside_the_answer(
    reported: tuple[dict[str, Any], Path, str],
) -> None:
    _, drawn, told = reported
    names = {path.name for path in drawn.iterdir()}
    assert {"overlaps.svg", "methods.svg", "prior-weight.svg", "number-of-classes.svg"} <= names
    assert "chains-latent-class.svg" in names
    assert not any(name.endswith(".partial") for name in names)
    for path in drawn.glob("*.svg"):
        assert path.read_bytes().startswith(b"<svg")
        assert "data" in path.with_suffix(".vl.json").read_text()
    assert _WHO in told


def test_a_method_that_ends_under_a_lower_bound_is_told(table: Path) -> None:
    found = muniment_json("mse", table, "--method", "graphs")
    assert any("lower bound" in each or "disagree" in each for each in found["warnings"])


def test_json_holds_what_the_other_patterns_foretell(table: Path, tmp_path: Path) -> None:
    alike = tmp_path / "alike.csv"
    alike.write_text(_TABLE.split("69", maxsplit=1)[0] + "100\n0,1,0,100\n0,0,1,100\n"
                     "1,1,0,100\n1,0,1,100\n0,1,1,100\n1,1,1,160\n")  # fmt: skip
    found = muniment_json("mse", alike, "--method", "loglinear")["patterns"]
    assert {"+".join(each["lists"]) for each in found} >= {"P", "Q", "P+Q", "P+Q+E"}
    for each in found:
        low, high = each["interval"]
        assert each["surprising"] == (not low <= each["count"] <= high)
    # a model with a term for every pattern foretells none of them
    assert muniment_json("mse", table, "--method", "loglinear")["patterns"] == []
    assert len(muniment_json("mse", table, "--method", "graphs")["patterns"]) == 7
    assert "patterns" not in muniment_json("mse", table, "--method", "chao")


def _figures(found: object) -> set[str]:
    """Every number of a JSON value as a report writes it, those inside its texts included."""
    if isinstance(found, dict):
        return set().union(*(_figures(each) for each in found.values()))
    if isinstance(found, list):
        return set().union({f"{len(found):,}"}, *(_figures(each) for each in found))
    if isinstance(found, str):
        return set(_NUMBER.findall(found))
    return set() if found is None or isinstance(found, bool) else {f"{found:,.0f}"}


def test_every_figure_of_a_report_is_in_the_json(
    reported: tuple[dict[str, Any], Path, str],
) -> None:
    """One computation is told in two forms: a figure of people that differs would be a second."""
    found, _, told = reported
    figures = _figures(found)
    assert [each["method"] for each in found["methods"]][:2] == ["loglinear", "sparse"]
    lines = told.replace("95%", "").splitlines()
    said = {number for line in lines for number in _NUMBER.findall(line.partition("do not")[2])}
    said |= {
        number
        for line in lines
        if not line.startswith("Check of") or "each list" in line
        for number in _NUMBER.findall(line)
    }
    assert len(said) > 30
    counted = {"1", "2", "5", "7"}  # surprises, and how many chance alone gives
    assert said - figures <= counted


@pytest.mark.parametrize(
    "name",
    ["uk_2013_4list", "uk_2013_5list", pytest.param("uk_2013_6list", marks=pytest.mark.night)],
)
def test_lists_whose_methods_part_end_in_a_warning(real_material: Path, name: str) -> None:
    found = muniment_json("mse", real_material / f"mse/{name}.csv", "--method", "graphs")
    assert any("disagree" in each for each in found["warnings"])


def test_what_is_there_is_not_written_over(table: Path) -> None:
    refused = muniment("mse", table, "--method", "chao", "--plots", table, check=False)
    assert refused.returncode == 2
    assert table.read_text() == _TABLE


def test_a_report_without_its_estimand_is_refused(table: Path, tmp_path: Path) -> None:
    asked = ("--method", "chao", "--report", tmp_path / "report.txt")
    assert muniment("mse", table, *asked, check=False).returncode == 2
    assert json.loads(muniment("mse", table, "--method", "chao", "--json").stdout)["estimate"] > 271


def test_strata_are_answered_with_their_sum(tmp_path: Path) -> None:
    path = tmp_path / "strata.csv"
    rows = [line.split(",") for line in _TABLE.splitlines()[1:]]
    both = [[stratum, *row] for stratum in ("north", "south") for row in rows]
    path.write_text("stratum,P,Q,E,count\n" + "\n".join(",".join(row) for row in both))
    found = muniment_json("mse", path, "--method", "chao")
    assert found["observed"] == 542
    assert [each["stratum"] for each in found["strata"]] == ["north", "south"]
    assert found["estimate"] == pytest.approx(sum(each["estimate"] for each in found["strata"]))


@pytest.mark.night  # every method on two strata: 20 CPU seconds
@pytest.mark.timeout(1800)
def test_plots_and_report_hold_every_stratum_and_the_sum(tmp_path: Path) -> None:
    path, drawn, told = tmp_path / "strata.csv", tmp_path / "plots", tmp_path / "report.txt"
    rows = [line.split(",") for line in _TABLE.splitlines()[1:]]
    both = [[stratum, *row] for stratum in ("../north", "south") for row in rows]
    path.write_text("stratum,P,Q,E,count\n" + "\n".join(",".join(row) for row in both))
    options = ("--method", "chao", "--plots", drawn, "--report", told, "--estimand", "people")
    muniment("mse", path, *options)
    assert (drawn / "methods.svg").is_file()
    # a stratum's name is never a path
    assert {each.name for each in drawn.iterdir() if each.is_dir()} == {"stratum-1", "stratum-2"}
    charts = drawn / "stratum-1"
    assert {"overlaps.svg", "methods.svg"} <= {each.name for each in charts.iterdir()}
    assert "stratum ../north" in (charts / "overlaps.vl.json").read_text()
    text = told.read_text()
    together, *strata = text.split("STRATUM ")
    assert "ALL STRATA TOGETHER" in together
    assert "Counted: 542 different people" in together
    assert [part.splitlines()[0] for part in strata] == ["../north", "south"]
    assert all("Check of latent-class" in part for part in strata)


@pytest.mark.parametrize(
    ("rows", "code"),
    [("A,B,C,count\n1,0,0,5\n0,1,0,5\n0,0,1,6\n", 4), ("A,B,C\n1,2,3\n", 2)],
)
def test_what_cannot_be_answered_leaves_with_its_code(tmp_path: Path, rows: str, code: int) -> None:
    path = tmp_path / "table.csv"
    path.write_text(rows)
    left = muniment("mse", path, "--method", "graphs", "--json", check=False)
    assert left.returncode == code
    if code == 4:
        assert json.loads(left.stdout)["refused"][0].startswith("lists share nobody")
