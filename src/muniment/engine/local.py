"""Runs one step over many items in processes of this machine.

- A task that kills its process, hangs or raises costs that task only; the others go on.
- Outcomes come as they are ready, in no promised order: whoever needs an order sorts.
- At most a few tasks a worker are under way at once, so memory does not grow with the work.
- Tasks and results are our own records; bytes of source files never cross this border.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from itertools import islice
from typing import Self, cast

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from muniment.core import Error
from muniment.engine.outcome import Done, Lost, Result, Task

_LOOK_S = 1.0  # seconds between two looks at whether the starter is still there
_AHEAD = 4  # tasks under way for each worker: enough to keep it busy


class NoWorkersError(Error):
    """Raised where no process can be started to work; nothing was changed."""


class Local:
    """Worker processes of this machine, started when first needed and ended with the `with`."""

    def __init__(self, workers: int, timeout_s: float, preload: tuple[str, ...] = ()) -> None:
        """`timeout_s` is one task's; `preload` are modules that each worker starts with."""
        self._workers = workers
        self._timeout_s = timeout_s
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        self._pool = ProcessPool(
            max_workers=workers, context=context, initializer=_end_with, initargs=[os.getpid()]
        )

    def __enter__(self) -> Self:
        """The workers themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop what is under way and end the workers."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
        self._pool.join()

    def one(self, step: Callable[[Task], Result], task: Task) -> Done[Task, Result] | Lost[Task]:
        """The outcome of one task, waited for; several threads may ask at once.

        Raises:
            NoWorkersError: this system does not let us start any.
        """
        future = self._scheduled(step, task)
        wait([future])
        return _outcome(task, future)

    def run(
        self, step: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Done[Task, Result] | Lost[Task]]:
        """One outcome for each task. `step` and tasks must be importable and picklable.

        Raises:
            NoWorkersError: this system does not let us start any.
        """
        waiting = iter(tasks)
        under_way: dict[ProcessFuture[Result], Task] = {}
        try:
            yield from self._drain(step, waiting, under_way)
        finally:
            for future in under_way:
                future.cancel()  # type: ignore[no-untyped-call]  # pebble leaves it untyped

    def _drain(
        self,
        step: Callable[[Task], Result],
        waiting: Iterator[Task],
        under_way: dict[ProcessFuture[Result], Task],
    ) -> Iterator[Done[Task, Result] | Lost[Task]]:
        while True:
            for task in islice(waiting, _AHEAD * self._workers - len(under_way)):
                under_way[self._scheduled(step, task)] = task
            if len(under_way) == 0:
                return
            ready, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in ready:
                finished = cast("ProcessFuture[Result]", future)
                yield _outcome(under_way.pop(finished), finished)

    def _scheduled(self, step: Callable[[Task], Result], task: Task) -> ProcessFuture[Result]:
        try:
            return self._pool.schedule(step, args=[task], timeout=self._timeout_s)
        except OSError as why:
            # A pipe to the process that starts the workers, which is not there: without this, a
            # command would take it for the reader of its output that has gone.
            raise NoWorkersError(
                f"no worker can be started: {why.strerror or why}",
                next_step=f"make sure that this user may run {sys.executable}, and has memory and "
                "room for processes",
            ) from why


def _end_with(starter: int) -> None:
    """Let this worker end soon after the process that started the work is gone, however it went.

    A timer and not a thread: workers fork, and only single-threaded processes do that safely.
    """

    def _look(_signal: int, _frame: object) -> None:
        try:
            os.kill(starter, 0)
        except ProcessLookupError:
            os._exit(1)

    signal.signal(signal.SIGALRM, _look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK_S, _LOOK_S)


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
            return Lost(task, "raised", trouble)
