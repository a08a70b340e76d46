"""What is asked of a table: in which order, and which rows.

sort     C              by column C            -C    the other way round    C,-D
where    C has word     what is shown holds the word, as search folds letters
         C lacks word   it shows something, and that does not hold the word
         C is text      exactly this is shown
         C not text     something else is shown
         C from 10      numbers from 10 on, dates from a day on, texts from a word on
         C to 20        … and up to it, a day or a beginning of a text whole
         C empty        nothing is shown                     C filled
         C kind number  text, number, date, boolean, error or blank, as the file stores it
         C mark hidden  hidden, comment or formula
         * has word     some column holds it
"""

from enum import StrEnum

import msgspec

from muniment.catalog.sheets.letters import column_of, letters
from muniment.core import CellKind, UsageError

MOST_CONDITIONS = 20
_LONGEST = 1_000  # letters of a value


class Test(StrEnum):
    """What a condition asks of a cell."""

    __test__ = False  # no test of ours

    HAS = "has"
    LACKS = "lacks"
    IS = "is"
    NOT = "not"
    FROM = "from"
    TO = "to"
    EMPTY = "empty"
    FILLED = "filled"
    KIND = "kind"
    MARK = "mark"


class Mark(StrEnum):
    """What a cell may carry beside its value."""

    HIDDEN = "hidden"
    COMMENT = "comment"
    FORMULA = "formula"


_BARE = (Test.EMPTY, Test.FILLED)
_CHOICES = {Test.KIND: tuple(CellKind), Test.MARK: tuple(Mark)}


class Where(msgspec.Struct, frozen=True):
    """A condition on one column; on any of them where `column` is None."""

    column: int | None
    test: Test
    value: str = ""

    def __str__(self) -> str:
        """As a person writes it."""
        column = "*" if self.column is None else letters(self.column)
        return f"{column} {self.test.value} {self.value}".rstrip(" ")


class Sort(msgspec.Struct, frozen=True):
    """An order by one column."""

    column: int
    descending: bool = False

    def __str__(self) -> str:
        """As a person writes it."""
        return ("-" if self.descending else "") + letters(self.column)


class Question(msgspec.Struct, frozen=True):
    """The order, the first column first, and conditions that all hold."""

    sort: tuple[Sort, ...] = ()
    where: tuple[Where, ...] = ()


def parse_sort(written: str) -> tuple[Sort, ...]:
    """The order that a person wrote; none where it is empty.

    Raises:
        UsageError: it names no columns.
    """
    named = [part.strip() for part in written.split(",") if part.strip() != ""]
    _require_few(len(named))
    found: dict[int, Sort] = {}
    for part in named:
        column = column_of(part.removeprefix("-"))
        found.setdefault(column, Sort(column, part.startswith("-")))
    return tuple(found.values())


def parse_where(written: str) -> Where:
    """The condition that a person wrote.

    Raises:
        UsageError: it is none.
    """
    column, _, rest = written.strip().partition(" ")
    test, _, value = rest.strip().partition(" ")
    return where_of(column, test.lower(), value)


def where_of(column: str, test: str, value: str) -> Where:
    """The condition of three fields.

    Raises:
        UsageError: they make none.
    """
    if test not in tuple(Test):
        raise UsageError(
            f"{test!r} is no condition",
            next_step="write a column, one of " + ", ".join(Test) + ", and a value: C has word",
        )
    asked = Test(test)
    if column.strip() == "*" and asked is not Test.HAS:
        raise UsageError(
            f"{asked.value!r} is asked of one column", next_step="name the column: C " + asked.value
        )
    bare = asked in _BARE
    if not bare:
        _require_value(asked, value)
    where = None if column.strip() == "*" else column_of(column)
    return Where(where, asked, "" if bare else value)


def question_of(sort: str, where: list[str]) -> Question:
    """The question of an order and conditions as a person wrote them; empty ones are left out.

    Raises:
        UsageError: one of them cannot be understood.
    """
    conditions = dict.fromkeys(parse_where(each) for each in where if each.strip() != "")
    _require_few(len(conditions))
    return Question(parse_sort(sort), tuple(conditions))


def _require_value(asked: Test, value: str) -> None:
    if value == "":
        raise UsageError(
            f"{asked.value!r} asks for a value",
            next_step="write what the cell holds, or ask whether it is empty",
        )
    if len(value) > _LONGEST:
        raise UsageError(
            f"a condition of {len(value):,} letters is too long",
            next_step=f"write at most {_LONGEST:,} letters",
        )
    choices = _CHOICES.get(asked)
    if choices is not None and value not in choices:
        raise UsageError(
            f"{value!r} is no {asked.value}", next_step="write one of " + ", ".join(choices)
        )


def _require_few(count: int) -> None:
    if count > MOST_CONDITIONS:
        raise UsageError(
            f"{count} columns or conditions are too many at once",
            next_step=f"write at most {MOST_CONDITIONS}",
        )
