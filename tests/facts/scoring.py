"""How many columns were proposed right, over tables whose truth is known.

- A column is right when the answer of the highest confidence is one its truth accepts; saying
  nothing is right where nothing is accepted.
- `Person:idNumber` and `LegalEntity:idNumber` are one answer: the schema that declares a property
  of people in FollowTheMoney says the same as `Person`.
- Nothing here knows how proposals are made: `suggest` takes the path of a table and yields, for
  each column (from 1, or by its heading), a property.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from tests.facts.layouts.truth import NOTHING, ColumnTruth, TableTruth

Suggest = Callable[[Path], Iterable[Mapping[str, Any]]]
_DECLARED_ABOVE = {"Thing", "LegalEntity"}


class Miss(msgspec.Struct, frozen=True):
    """One column that was not proposed right."""

    table: str
    heading: str
    content: str
    expected: tuple[str, ...]
    proposed: str


class Score(msgspec.Struct, frozen=True):
    """Counts over tables; `by_language` holds columns right and columns in all."""

    columns: int
    stated: int  # columns of which something must be said
    right: int
    misses: tuple[Miss, ...]
    by_language: dict[str, tuple[int, int]]
    tables: int
    headers_right: int | None  # None where nobody was asked for header rows

    @property
    def share(self) -> float:
        """Columns proposed right, from 0 to 1."""
        return self.right / self.columns

    @property
    def share_of_stated(self) -> float:
        """The same over the columns of which something must be said, where silence is no help."""
        missed = sum(NOTHING not in miss.expected for miss in self.misses)
        return 1 - missed / self.stated

    @property
    def wrong(self) -> int:
        """Columns with an answer that is not accepted; the other misses are silences."""
        return sum(miss.proposed != NOTHING for miss in self.misses)


def score(
    suggest: Suggest,
    tables: Mapping[Path, TableTruth],
    *,
    header_rows: Callable[[Path], Sequence[int]] | None = None,
) -> Score:
    """The score of `suggest` over `tables`; `header_rows` says which rows (from 1) are headings."""
    right, asked = Counter[str](), Counter[str]()
    misses: list[Miss] = []
    headers = stated = 0
    for path, truth in tables.items():
        answers = _answers(suggest(path), truth)
        for column in truth.columns:
            proposed = answers.get(column.column, NOTHING)
            asked[truth.language] += 1
            stated += NOTHING not in column.expected
            if accepted(proposed, column.expected):
                right[truth.language] += 1
            else:
                misses.append(
                    Miss(truth.name, column.heading, column.content, column.expected, proposed)
                )
        headers += header_rows is not None and tuple(header_rows(path)) == truth.header_rows
    return Score(
        asked.total(),
        stated,
        right.total(),
        tuple(misses),
        {language: (right[language], asked[language]) for language in sorted(asked)},
        len(tables),
        None if header_rows is None else headers,
    )


def accepted(proposed: str, expected: Iterable[str]) -> bool:
    """Whether an answer is among those a truth accepts."""
    schema, _, name = proposed.partition(":")
    same = {proposed, f"Person:{name}"} if schema in _DECLARED_ABOVE else {proposed}
    return any(fnmatchcase(one, pattern) for one in same for pattern in expected)


def _answers(suggested: Iterable[Mapping[str, Any]], truth: TableTruth) -> dict[int, str]:
    """The surest answer for each column."""
    best: dict[int, tuple[float, str]] = {}
    for one in suggested:
        column = _column(one["column"], truth.columns)
        sure = float(one.get("confidence") or 0)
        if column is not None and (column not in best or sure > best[column][0]):
            best[column] = (sure, one["property"] or NOTHING)
    return {column: answer for column, (_, answer) in best.items()}


def _column(named: int | str, columns: Sequence[ColumnTruth]) -> int | None:
    if isinstance(named, int):
        return named
    found = [c.column for c in columns if _plain(c.heading) == _plain(named)]
    return found[0] if len(found) == 1 else None


def _plain(heading: str) -> str:
    return " ".join(heading.rpartition(" > ")[2].split()).casefold()
