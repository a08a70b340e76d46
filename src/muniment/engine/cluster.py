"""Runs one step over many items on a Ray cluster.

    driver ──tasks──▶ actor, one a worker, spread over the nodes ──▶ its own `Local` of one process

- A Ray worker has threads, and processes with threads must not fork: so each actor keeps a pool
  of one plain process, and the step runs there as it does on one machine.
- A task that kills, hangs or raises costs that task; an actor or a node that dies costs nothing:
  its tasks go to others, and only what took three actors with it is lost.
- The nodes see the case's folder under the same path, and have the same Muniment installed.

Source: Ray 2 documentation, "Actor fault tolerance" and "Ray Client".
"""

import importlib
import logging
import os
import socket
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Self

from muniment.core import UsageError
from muniment.engine.local import Local
from muniment.engine.outcome import Done, Lost, Result, Task

_AHEAD = 2  # tasks under way for each actor: one that runs, one that waits
_TRIES = 3  # actors that a task may take with it
_REACH_S = 5.0
_CLIENT_CALL = "/ray.rpc.RayletDriver/ClusterInfo"  # what only a client server answers


class _Remote:
    """What lives on a node: one process that runs steps."""

    def __init__(self, timeout_s: float, preload: tuple[str, ...]) -> None:
        self._local = Local(1, timeout_s, preload)

    def run(self, step: Any, task: Any) -> Any:
        (outcome,) = self._local.run(step, (task,))
        return outcome


class Cluster:
    """Workers on the nodes of a cluster, started at once and ended with the `with`."""

    def __init__(
        self, address: str, workers: int, timeout_s: float, preload: tuple[str, ...] = ()
    ) -> None:
        """`address` is HOST:PORT; `workers` actors are spread over the nodes.

        Raises:
            UsageError: the cluster cannot be reached, or Ray is not installed.
        """
        self._ray = _ray()
        _connect(self._ray, address)
        # Without a claim on cores: when a node is gone, its workers move to those that are left.
        kind = self._ray.remote(num_cpus=0, scheduling_strategy="SPREAD")(_Remote)
        self._new: Callable[[], Any] = lambda: kind.remote(timeout_s, preload)
        self._actors = [self._new() for _ in range(workers)]

    def __enter__(self) -> Self:
        """The workers themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop what is under way, end the workers and leave the cluster."""
        for actor in self._actors:
            self._ray.kill(actor)
        self._ray.shutdown()

    def run(
        self, step: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Done[Task, Result] | Lost[Task]]:
        """One outcome for each task. `step` and tasks must be importable and picklable."""
        return _Run(self._ray, self._actors, self._new, step).outcomes(iter(tasks))


class _Run:
    """One step over many tasks: which actor has which."""

    def __init__(self, ray: Any, actors: list[Any], new: Callable[[], Any], step: Any) -> None:
        self._ray = ray
        self._actors = actors
        self._new = new
        self._step = step
        self._under_way: dict[Any, tuple[Any, int, Any]] = {}  # future → actor, number, task
        self._deaths: Counter[int] = Counter()

    def outcomes(self, waiting: Iterator[Any]) -> Iterator[Any]:
        """Hand tasks out, the least busy actor first, and take outcomes in as they come."""
        numbered = enumerate(waiting)
        again: deque[tuple[int, Any]] = deque()
        most = _AHEAD * len(self._actors)
        try:
            while True:
                while len(again) > 0 and len(self._under_way) < most:
                    self._hand_out(*again.popleft())
                for number, task in islice(numbered, most - len(self._under_way)):
                    self._hand_out(number, task)
                if len(self._under_way) == 0:
                    return
                yield from self._take_in(again)
        finally:
            for future in self._under_way:
                self._ray.cancel(future)

    def _hand_out(self, number: int, task: Any) -> None:
        load = Counter(id(actor) for actor, _, _ in self._under_way.values())
        actor = min(self._actors, key=lambda each: load[id(each)])
        future = actor.run.remote(self._step, task)
        self._under_way[future] = (actor, number, task)

    def _take_in(self, again: deque[tuple[int, Any]]) -> Iterator[Any]:
        ready, _ = self._ray.wait(list(self._under_way), num_returns=1)
        for future in ready:
            actor, number, task = self._under_way.pop(future)
            try:
                yield self._ray.get(future)
            except self._ray.exceptions.RayError:
                self._replace(actor)
                self._deaths[number] += 1
                if self._deaths[number] < _TRIES:
                    again.append((number, task))
                else:
                    yield Lost(task, "crashed")

    def _replace(self, dead: Any) -> None:
        """Put a new actor in the place of one that died, wherever there is room for it."""
        for place, actor in enumerate(self._actors):
            if actor is dead:
                self._actors[place] = self._new()


def _ray() -> Any:
    # Read by Ray when it is imported: nothing about a case leaves for anybody's statistics.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        return importlib.import_module("ray")
    except ModuleNotFoundError as why:
        raise UsageError(
            "Ray is not installed here", next_step="install it: pip install 'muniment[ray]'"
        ) from why


def _connect(ray: Any, address: str) -> None:
    """Join the cluster at HOST:PORT."""
    host, _, port = address.rpartition(":")
    step = "start one with `ray start --head`, and give the address that it prints"
    try:
        socket.create_connection((host.strip("[]"), int(port)), _REACH_S).close()
    except OSError as why:
        raise UsageError(f"no Ray cluster answers at {address}: {why}", next_step=step) from why
    try:
        target = f"ray://{address}" if _is_client_server(address) else address
        ray.init(target, log_to_driver=False, logging_level=logging.WARNING)
    except (ConnectionError, RuntimeError, ValueError) as why:
        raise UsageError(f"the Ray cluster at {address} refused: {why}", next_step=step) from why


def _is_client_server(address: str) -> bool:
    """Whether the port is a cluster's client server and not its head."""
    # Comes with the extra; asked once.
    import grpc  # type: ignore[import-untyped]  # noqa: PLC0415

    with grpc.insecure_channel(address) as channel:
        try:
            channel.unary_unary(_CLIENT_CALL)(b"", timeout=_REACH_S)
        except grpc.RpcError as why:
            return bool(why.code() is not grpc.StatusCode.UNIMPLEMENTED)
    return True
