"""Columns by letter, as spreadsheets name them: A for 1, Z for 26, AA for 27."""

from muniment.core import UsageError

_LETTERS = 26
_MOST = 10  # digits or letters


def letters(column: int) -> str:
    """The letters of a column."""
    written = ""
    while column > 0:
        column, last = divmod(column - 1, _LETTERS)
        written = chr(ord("A") + last) + written
    return written


def column_of(written: str) -> int:
    """The column that a person named, by letters or by number.

    Raises:
        UsageError: it is neither.
    """
    named = written.strip().upper()
    if named.isascii() and 0 < len(named) <= _MOST:
        if named.isdecimal() and int(named) > 0:
            return int(named)
        if named.isalpha():
            number = 0
            for letter in named:
                number = number * _LETTERS + ord(letter) - ord("A") + 1
            return number
    raise UsageError(
        f"{written!r} names no column", next_step="name a column by its letters, such as B or AA"
    )
