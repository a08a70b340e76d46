"""What was not read is counted, explained, and leads to a next step."""

from pathlib import Path
from typing import Any

import pytest

from muniment.catalog.next_steps import STEPS
from tests.app.cli import muniment, muniment_json, muniment_lines


@pytest.fixture(scope="module")
def covered(case: Path) -> Any:
    return muniment_json("coverage", case)


def test_kinds_add_up_to_the_case(case: Path, covered: Any) -> None:
    items = muniment_lines("items", case)
    for name in ("objects", "read", "locked", "refused", "unreadable", "bytes", "bytes_read"):
        assert sum(kind[name] for kind in covered["kinds"]) == covered["total"][name]
    assert covered["total"]["objects"] == len(items)
    assert covered["total"]["bytes"] == sum(item["bytes"] for item in items)
    for state in ("read", "empty", "locked", "refused", "unreadable"):
        of_state = [item for item in items if item["state"] == state]
        assert covered["total"][state] == len(of_state)


def test_every_unread_object_and_every_problem_has_a_next_step(case: Path, covered: Any) -> None:
    said = {lack["what"]: lack for lack in covered["lacks"]}
    problems = muniment_lines("problems", case)
    for code in {problem["code"] for problem in problems} - {"unreadable"}:
        assert said[code]["count"] == len([p for p in problems if p["code"] == code])
        assert said[code]["next_step"] == STEPS[code]
    unread = [i for i in muniment_lines("items", case) if i["state"] not in ("read", "empty")]
    states = ("locked", "refused", "unreadable")
    counted = [
        lack for lack in covered["lacks"] if lack["what"] in states and lack["what"] != "unreadable"
    ]
    assert sum(lack["objects"] for lack in counted) == len(
        [item for item in unread if item["state"] != "unreadable"]
    )
    assert all(lack["next_step"] != "" for lack in covered["lacks"])


def test_the_container_that_lost_most_comes_first(covered: Any) -> None:
    lost = [container["failed"] for container in covered["containers"]]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > 0


def test_the_same_can_be_asked_in_sql(case: Path, covered: Any) -> None:
    rows = muniment_lines("sql", case, "SELECT * FROM coverage ORDER BY bytes DESC, kind")
    wanted = [{k: v for k, v in each.items() if k != "read_share"} for each in covered["kinds"]]
    assert rows == wanted
    lacks = muniment_lines("sql", case, "SELECT * FROM lacks")
    assert lacks == covered["lacks"]


def test_people_are_told_what_to_do(case: Path) -> None:
    shown = muniment("coverage", case, "--limit", 100).stdout.decode()
    assert "what is missing, and what to do" in shown
    assert shown.count("→") > 5
    for command in ("status", "items"):
        assert "muniment unlock CASE" in muniment(command, case).stdout.decode()


def test_an_empty_case_lacks_nothing(tmp_path: Path) -> None:
    muniment("init", tmp_path / "case")
    found = muniment_json("coverage", tmp_path / "case")
    assert found["kinds"] == found["lacks"] == found["containers"] == []
    assert "nothing is missing" in muniment("coverage", tmp_path / "case").stdout.decode()
