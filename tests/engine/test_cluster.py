"""A real Ray cluster of two nodes on this machine."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from muniment.core import UsageError
from muniment.engine import Done, Lost, start_workers, where
from tests.app.cli import muniment, muniment_json

pytest.importorskip("ray", reason="the extra muniment[ray] is not installed")
# Ray's own code warns of its own future; that is not this project's to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


def square(number: int) -> int:
    return number * number


def misbehave(number: int) -> int:
    match number:
        case 3:
            os.kill(os.getpid(), signal.SIGKILL)
        case 5:
            time.sleep(60)
        case 7:
            raise ValueError("seven")
    return number


def slow(number: int) -> int:
    time.sleep(0.3)
    return number


@pytest.fixture
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster  # noqa: PLC0415 - it takes a second

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    made.add_node(num_cpus=1)
    made.wait_for_nodes()
    try:
        yield made
    finally:
        made.shutdown()


@pytest.mark.parametrize(
    "named",
    ["", "ray", "ray://", "ray://host", "ray://host:0", "ray://host:65536", "ray://a/b:1", "spark"],
)
def test_what_names_no_engine_is_refused(named: str) -> None:
    with pytest.raises(UsageError):
        where(named)


@pytest.mark.parametrize("named", ["local", "ray://127.0.0.1:6379", "ray://[::1]:10001"])
def test_an_engine_is_named_as_it_is(named: str) -> None:
    assert where(named) == named


def test_a_cluster_that_is_not_there_is_said_at_once() -> None:
    with pytest.raises(UsageError, match="no Ray cluster answers"):
        start_workers("ray://127.0.0.1:1", 1, 5.0)


def test_a_cluster_does_what_one_machine_does_and_poison_costs_itself(cluster: Any) -> None:
    with start_workers(f"ray://{cluster.address}", 2, 4.0) as workers:
        outcomes = list(workers.run(square, range(20)))
        assert sorted((e.task, e.result) for e in outcomes if isinstance(e, Done)) == [
            (number, number * number) for number in range(20)
        ]
        outcomes = list(workers.run(misbehave, range(12)))
    assert len(outcomes) == 12
    lost = {each.task: each.why for each in outcomes if isinstance(each, Lost)}
    assert lost == {3: "crashed", 5: "timeout", 7: "raised"}


@pytest.mark.night
def test_a_node_that_is_killed_costs_nothing(cluster: Any) -> None:
    doomed = cluster.add_node(num_cpus=4)
    cluster.wait_for_nodes()
    done: list[int] = []
    with start_workers(f"ray://{cluster.address}", 4, 30.0) as workers:
        for outcome in workers.run(slow, range(120)):
            assert isinstance(outcome, Done)
            done.append(outcome.task)
            if len(done) == 20:
                cluster.remove_node(doomed, allow_graceful=False)
    assert sorted(done) == list(range(120))


@pytest.mark.night
def test_a_case_is_the_same_wherever_it_was_processed(cluster: Any, tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    muniment("simulate", "--seed", 9, "--people", 200, "--out", leak)
    digests = set()
    for name, how in {
        "one": ("--workers", 1),
        "four": ("--workers", 4),
        "ray": ("--workers", 2, "--engine", f"ray://{cluster.address}"),
    }.items():
        case = tmp_path / name
        muniment("init", case)
        muniment("intake", case, leak / "leak")
        muniment("process", case, *how)
        digests.add(muniment_json("rebuild", case, *how)["digest"])
    assert len(digests) == 1
