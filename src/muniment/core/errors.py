"""The errors this program raises about itself, each with a next step and an exit code.

    Error                 1   something in us went wrong
    ├── UsageError        2   the call was wrong; nothing was changed
    ├── IntegrityError    3   bytes or the journal are not what was recorded
    └── PolicyError       4   refused: a rule forbids it, or no honest answer exists

Trouble in a source file is never one of these: it is a recorded `Problem`.
"""

from collections.abc import Callable
from typing import ClassVar


class Error(Exception):
    """Something in this program or its surroundings stopped the work.

    The door shows `message` and, on a line of its own, `next_step`, and leaves with `exit_code`.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, next_step: str) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __reduce__(self) -> tuple[Callable[..., "Error"], tuple[type["Error"], str, str]]:
        """How an error crosses from a worker process: with its next step."""
        return _again, (type(self), self.message, self.next_step)


class UsageError(Error):
    """Raised by any room when it is asked for what cannot be meant; nothing has been changed."""

    exit_code: ClassVar[int] = 2


class IntegrityError(Error):
    """Raised by the vault when stored bytes or journal events differ from what was recorded."""

    exit_code: ClassVar[int] = 3


class PolicyError(Error):
    """Raised where a rule forbids an action, or where no honest answer exists."""

    exit_code: ClassVar[int] = 4


def _again(kind: type[Error], message: str, next_step: str) -> Error:
    return kind(message, next_step=next_step)
