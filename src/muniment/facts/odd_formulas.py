"""Formulas of a column that are unlike those of their neighbours: somebody wrote over one of them.

    B2 =HYPERLINK("…/1","Ali")     B3 =HYPERLINK("…/2","Bek")     B4 =B2&" junior"   ← unlike

- Formulas are compared by what they do from where they stand: a reference to the row above is the
  same in every row, and texts in quotes do not count.
- What a cell states is what it shows; that its formula is unlike the others is listed.
"""

import re
from collections import Counter
from collections.abc import Mapping

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.])(\$?[A-Za-z]{1,3})(\$?)(\d{1,7})(?![A-Za-z0-9_(])")
_FEWEST = 3  # formulas of a column that say what is usual in it
_MOSTLY = 0.8  # share of them that are alike


def odd_formulas(formulas: Mapping[int, str]) -> frozenset[int]:
    """The rows whose formula is unlike those of the column; none where they are of many kinds."""
    if len(formulas) < _FEWEST:
        return frozenset()
    kinds = {row: _kind(formula, row) for row, formula in formulas.items()}
    ((usual, count),) = Counter(kinds.values()).most_common(1)
    if count < max(_FEWEST, _MOSTLY * len(kinds)):
        return frozenset()
    return frozenset(row for row, kind in kinds.items() if kind != usual)


def _kind(formula: str, row: int) -> str:
    """What a formula does, told from the row in which it stands."""
    bare = _TEXT.sub('""', formula).replace(" ", "").upper()
    return _REFERENCE.sub(lambda found: _from(found, row), bare)


def _from(found: re.Match[str], row: int) -> str:
    column, fixed, number = found.groups()
    return f"{column}${number}" if fixed else f"{column}[{int(number) - row}]"
