"""Planted near-copies are found, and little else is called one."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from muniment.simulate.portraits import draw_portrait, jpeg
from tests.app.cli import muniment, muniment_lines

Pairs = set[frozenset[str]]


@pytest.fixture(scope="module")
def by_name(case: Path) -> dict[str, str]:
    return {
        name: item["sha256"] for item in muniment_lines("items", case) for name in item["names"]
    }


@pytest.fixture(scope="module")
def planted(truth: Path, by_name: dict[str, str]) -> Pairs:
    lines = (truth / "planted.jsonl").read_text("utf-8").splitlines()
    near = [each for each in map(json.loads, lines) if each["what"] == "near-duplicate"]
    return {
        frozenset((by_name[each["where"]], by_name[each["expect"].split("differ from ")[1]]))
        for each in near
    }


@pytest.fixture(scope="module")
def found(case: Path) -> list[dict[str, Any]]:
    return muniment_lines("similar", case, "--limit", 1000)


def test_every_planted_near_copy_is_found(found: list[dict[str, Any]], planted: Pairs) -> None:
    assert len(planted) > 0
    assert planted <= {frozenset((pair["sha256"], pair["other"])) for pair in found}


def test_what_is_not_planted_is_the_same_text_or_a_version_of_a_list(
    found: list[dict[str, Any]], planted: Pairs, by_name: dict[str, str]
) -> None:
    names = {sha256: name for name, sha256 in by_name.items()}
    pairs = [
        (names[pair["sha256"]], names[pair["other"]])
        for pair in found
        if pair["kind"] == "near text" and frozenset((pair["sha256"], pair["other"])) not in planted
    ]
    # What is left of a notice whose download was cut off is like its whole versions.
    other = [pair for pair in pairs if not any("下载中断" in name for name in pair)]
    assert all("名单" in one and "名单" in another for one, another in other), other
    assert len(other) <= len(planted)


def test_one_object_is_asked_for_by_citation(case: Path, planted: Pairs) -> None:
    one, other = sorted(next(iter(planted)))
    pairs = {pair["other"]: pair for pair in muniment_lines("similar", case, other)}
    pair = pairs[one]
    assert (pair["sha256"], pair["kind"]) == (other, "near text")
    assert 0.85 < pair["similarity"] < 1


def test_equal_bytes_are_told_apart(case: Path, truth: Path, by_name: dict[str, str]) -> None:
    lines = map(json.loads, (truth / "planted.jsonl").read_text("utf-8").splitlines())
    copy = next(each for each in lines if each["what"] == "duplicate")["where"]
    shown = muniment("similar", case, by_name[copy]).stdout.decode()
    names = [name for name, sha256 in by_name.items() if sha256 == by_name[copy]]
    assert f"the same bytes lie under {len(names)} names" in shown
    assert all(name in shown for name in names)


def test_an_object_that_is_not_there_is_refused(case: Path) -> None:
    assert muniment("similar", case, "0" * 64, check=False).returncode == 2


def test_pictures_that_were_saved_again_are_found(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    for number in range(6):
        image = draw_portrait(random.Random(number), man=True)
        (delivery / f"{number}.jpg").write_bytes(jpeg(image, 85))
        if number == 0:
            (delivery / "again.jpg").write_bytes(jpeg(image.resize((160, 213)), 60))
    muniment("init", tmp_path / "case")
    muniment("intake", tmp_path / "case", delivery)
    muniment("process", tmp_path / "case", "--workers", 1)
    assert muniment_lines("similar", tmp_path / "case") == []
    (pair,) = muniment_lines("similar", tmp_path / "case", "--pictures", "--workers", 1)
    names = {item["sha256"]: item["names"] for item in muniment_lines("items", tmp_path / "case")}
    assert {names[pair["sha256"]][0], names[pair["other"]][0]} == {"0.jpg", "again.jpg"}
    assert pair["kind"] == "near picture"
    rows = muniment_lines("sql", tmp_path / "case", "SELECT kind FROM near_duplicates")
    assert rows == [{"kind": "near picture"}]
