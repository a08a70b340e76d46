"""What becomes of a task: the step returned, or it did not and here is why."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, Self, TypeVar

import msgspec

Task = TypeVar("Task")
Result = TypeVar("Result")


class Done(msgspec.Struct, Generic[Task, Result], frozen=True):
    """The step returned."""

    task: Task
    result: Result


class Lost(msgspec.Struct, Generic[Task], frozen=True):
    """The step did not return: `timeout`, `crashed`, or `raised`, and then what it raised."""

    task: Task
    why: str
    trouble: BaseException | None = None


Outcome = Done[Task, Result] | Lost[Task]


class Workers(Protocol):
    """Processes that run a step over tasks, until the end of the `with`."""

    def __enter__(self) -> Self:
        """The workers themselves."""
        ...

    def __exit__(self, *_: object) -> None:
        """Stop what is under way and end the workers."""
        ...

    def run(
        self, step: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[Done[Task, Result] | Lost[Task]]:
        """One outcome for each task, in no promised order."""
        ...
