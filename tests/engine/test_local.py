import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from muniment.engine import Done, Local, Lost


def square(number: int) -> int:
    return number * number


def misbehave(number: int) -> int:
    match number:
        case 3:
            os.kill(os.getpid(), 9)
        case 5:
            time.sleep(60)
        case 7:
            raise ValueError("seven")
    return number


@pytest.mark.parametrize("workers", [1, 3])
def test_every_task_has_one_outcome(workers: int) -> None:
    outcomes = list(Local(workers, 20.0).run(square, range(30)))
    done = {each.task: each.result for each in outcomes if isinstance(each, Done)}
    assert done == {number: number * number for number in range(30)}
    assert len(outcomes) == 30


def test_a_crash_a_hang_and_an_exception_cost_only_themselves() -> None:
    outcomes = list(Local(2, 2.0).run(misbehave, range(20)))
    lost = {each.task: each.why for each in outcomes if isinstance(each, Lost)}
    assert lost == {3: "crashed", 5: "timeout", 7: "ValueError"}
    assert len(outcomes) == 20


def test_tasks_are_taken_only_as_fast_as_they_are_done() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(200):
            taken.append(number)
            yield number

    run = Local(1, 20.0).run(square, tasks())
    next(run)
    assert len(taken) < 20
    run.close()  # type: ignore[attr-defined]  # a generator: its workers end with it


def test_no_tasks_no_outcomes(tmp_path: Path) -> None:
    assert list(Local(2, 1.0).run(square, ())) == []
