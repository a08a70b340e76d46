"""A formula that cells share, as it reads in each of them.

- Relative references move with the cell, absolute ones ($) stay; texts, names and functions are
  left as they are. What would leave the sheet becomes #REF!, as Excel shows it.

Source: ECMA-376 Part 1, §18.3.1.40 (shared formulas) and §18.17.2 (references).
"""

import re

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LETTERS = 26
# Quoted texts and sheet names first, so that nothing inside them is taken for a reference.
_TOKEN = re.compile(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|\[[^\]]*\]'
    r"|(?<![\w.\\$])(?:"
    r"(?P<c>\$?[A-Za-z]{1,3})(?P<r>\$?[1-9][0-9]{0,6})(?![\w.(\\!])"
    r"|(?P<c1>\$?[A-Za-z]{1,3}):(?P<c2>\$?[A-Za-z]{1,3})(?![\w.(\\!$])"
    r"|(?P<r1>\$?[1-9][0-9]{0,6}):(?P<r2>\$?[1-9][0-9]{0,6})(?![\w.(\\!$]))"
)


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads so many rows below and columns to the right."""

    def moved(match: re.Match[str]) -> str:
        if match["c"] is not None:
            ends = _column(match["c"], columns) + _row(match["r"], rows)
        elif match["c1"] is not None:
            ends = f"{_column(match['c1'], columns)}:{_column(match['c2'], columns)}"
        elif match["r1"] is not None:
            ends = f"{_row(match['r1'], rows)}:{_row(match['r2'], rows)}"
        else:
            return match[0]
        return "#REF!" if "#" in ends else ends

    return _TOKEN.sub(moved, formula)


def _row(written: str, rows: int) -> str:
    if written.startswith("$"):
        return written
    row = int(written) + rows
    return str(row) if 1 <= row <= _LAST_ROW else "#"


def _column(written: str, columns: int) -> str:
    if written.startswith("$"):
        return written
    column = columns
    number = 0
    for letter in written.upper():
        number = number * _LETTERS + ord(letter) - 64
    column += number
    return column_letters(column) if 1 <= column <= _LAST_COLUMN else "#"


def column_letters(column: int) -> str:
    """1 as A, 26 as Z, 27 as AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(65 + rest) + letters
    return letters
