import errno
import os
import time
from collections.abc import Iterator

import pytest

from muniment.engine import Done, Local, Lost, NoWorkersError


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
    with Local(workers, 20.0) as pool:
        outcomes = list(pool.run(square, range(30)))
    done = {each.task: each.result for each in outcomes if isinstance(each, Done)}
    assert done == {number: number * number for number in range(30)}
    assert len(outcomes) == 30


def test_a_crash_a_hang_and_an_exception_cost_only_themselves() -> None:
    with Local(2, 2.0) as pool:
        outcomes = list(pool.run(misbehave, range(20)))
    lost = {each.task: each.why for each in outcomes if isinstance(each, Lost)}
    assert lost == {3: "crashed", 5: "timeout", 7: "raised"}
    (raised,) = [each.trouble for each in outcomes if isinstance(each, Lost) and each.trouble]
    assert isinstance(raised, ValueError)
    assert len(outcomes) == 20


def test_tasks_are_taken_only_as_fast_as_they_are_done() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(200):
            taken.append(number)
            yield number

    with Local(1, 20.0) as pool:
        next(pool.run(square, tasks()))
        assert len(taken) < 20


def test_no_tasks_no_outcomes() -> None:
    with Local(2, 1.0) as pool:
        assert list(pool.run(square, ())) == []


def test_the_same_workers_run_one_step_after_another() -> None:
    with Local(2, 20.0) as pool:
        first = sorted(each.task for each in pool.run(square, range(5)))
        second = sorted(each.task for each in pool.run(square, range(5, 9)))
    assert first + second == list(range(9))


def test_where_no_worker_can_be_started_it_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    with Local(1, 2.0) as pool:
        monkeypatch.setattr(pool._pool, "schedule", broken)
        with pytest.raises(NoWorkersError, match="no worker can be started: Broken pipe") as told:
            pool.one(square, 2)
        assert "may run" in told.value.next_step
        with pytest.raises(NoWorkersError):
            list(pool.run(square, range(3)))
