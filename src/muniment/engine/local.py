"""Runs one step over many items in processes of this machine.

- A task that kills its process, hangs or raises costs that task only; the others go on.
- Outcomes come as they are ready, in no promised order: whoever needs an order sorts.
- At most a few tasks a worker are under way at once, so memory does not grow with the work.
- Tasks and results are our own records; bytes of source files never cross this border.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from itertools import islice
from typing import Generic, TypeVar, cast

import msgspec
from pebble import ProcessExpired, ProcessFuture, ProcessPool

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 4  # tasks under way for each worker: enough to keep it busy


class Done(msgspec.Struct, Generic[Task, Result], frozen=True):
    """The step returned."""

    task: Task
    result: Result


class Lost(msgspec.Struct, Generic[Task], frozen=True):
    """The step did not return; `why` is `timeout`, `crashed` or the exception's name."""

    task: Task
    why: str


class Local(msgspec.Struct, frozen=True):
    """Worker processes of this machine; `preload` are modules that each worker starts with."""

    workers: int
    timeout_s: float
    preload: tuple[str, ...] = ()

    def run(
        self, step: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Done[Task, Result] | Lost[Task]]:
        """One outcome for each task. `step` and tasks must be importable and picklable."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(self.preload))
        waiting = iter(tasks)
        with ProcessPool(max_workers=self.workers, context=context) as pool:
            under_way: dict[ProcessFuture[Result], Task] = {}
            try:
                yield from self._drain(pool, step, waiting, under_way)
            finally:
                for future in under_way:
                    future.cancel()  # type: ignore[no-untyped-call]  # pebble leaves it untyped

    def _drain(
        self,
        pool: ProcessPool,
        step: Callable[[Task], Result],
        waiting: Iterator[Task],
        under_way: dict[ProcessFuture[Result], Task],
    ) -> Iterator[Done[Task, Result] | Lost[Task]]:
        while True:
            for task in islice(waiting, _AHEAD * self.workers - len(under_way)):
                under_way[pool.schedule(step, args=[task], timeout=self.timeout_s)] = task
            if len(under_way) == 0:
                return
            ready, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in ready:
                finished = cast("ProcessFuture[Result]", future)
                yield _outcome(under_way.pop(finished), finished)


def _outcome(task: Task, future: ProcessFuture[Result]) -> Done[Task, Result] | Lost[Task]:
    trouble = future.exception()
    match trouble:
        case None:
            return Done(task, future.result())
        case TimeoutError():
            return Lost(task, "timeout")
        case ProcessExpired():
            return Lost(task, "crashed")
        case _:
            return Lost(task, type(trouble).__name__)
