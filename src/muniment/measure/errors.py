"""What measuring raises when it is asked for what cannot be meant.

    UsageError
    ├── TableError     the table breaks a rule of tables: negative people, a row of the wrong length
    └── RequestError   an argument cannot be meant: a method that does not exist, a negative number

A table on which no honest estimate exists is not an error: the outcome is then a `Refusal`.
"""

from muniment.core import UsageError

_FORM = "give each list a column of 0 and 1, and a column `count` of whole numbers"


class TableError(UsageError):
    """Raised while a table is built; the message names the row or the pattern."""

    def __init__(self, message: str, next_step: str = _FORM) -> None:
        """Keep the message, and what to do where the form of the table is not to blame."""
        super().__init__(message, next_step=next_step)


class RequestError(UsageError):
    """Raised by a function of this room for an argument it cannot mean."""

    def __init__(self, message: str) -> None:
        """Keep the message; the reference says what may be asked."""
        super().__init__(message, next_step="see docs/reference/measure.md for what may be asked")
