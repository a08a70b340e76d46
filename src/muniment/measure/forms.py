"""A table as people keep it: which of the usual forms its text has, and the overlaps it holds.

    lists and count     A,B,C,count  1,0,1,12     the count in any column; headerless too
    patterns, count     pattern,count  101,12     one digit a list; or its names: A+C,12
    one row a person    person,A,B,C  p1,1,0,1
    records             person,list  p1,A         a row for each time somebody is on a list

- Each form may have a column `stratum`; there is then a table for each, all with the same lists.
- A form is taken when header and cells leave no other; what is unclear is an error that says so.
- Under a header a count is called one, or is stated: a column `share` may hold whole numbers too.
- A blank is never a 0: nobody said that the person is not on the list.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from muniment.measure.errors import TableError
from muniment.measure.table import (
    BLANK,
    OverlapTable,
    from_patterns,
    from_records,
    from_stratified_records,
    membership,
    whole_text,
)

BYTE_ORDER_MARK = "\ufeff"
Rows = Sequence[Sequence[str]]

SEPARATORS = (",", ";", "\t", "|")
COUNT = ("count", "counts", "n", "freq", "frequency", "number", "people", "persons", "cases")
PERSON = ("person", "person_id", "id")
LIST = ("list", "source")
STRATUM = ("stratum", "strata")
PATTERN = ("pattern", "history", "capture_history", "lists")
JOINTS = ("+", "&", ":", ";", "|", ",")  # between the names of a pattern
FEWEST_DIGITS = 2  # a pattern of one digit is a column of 0 and 1
_UNNAMED = "name it, or call it `unknown`: those people are then estimated by themselves"
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*", re.IGNORECASE)
_DIGITS = re.compile(r"[01]+")


class Overlaps(msgspec.Struct, frozen=True):
    """What was read: one table, or one for each stratum."""

    form: str  # what the rows were taken for, in words
    tables: tuple[tuple[str, OverlapTable], ...]  # (stratum, table); "" where there are no strata

    @property
    def strata(self) -> dict[str, OverlapTable]:
        """The tables by stratum; empty where there are no strata."""
        return {name: table for name, table in self.tables if name != ""}


class _Sheet(msgspec.Struct, frozen=True):
    """Rows of equal length under a header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int  # the number that the first row has in the text

    def column(self, place: int) -> tuple[str, ...]:
        return tuple(row[place].strip() for row in self.rows)

    def named(self, names: Sequence[str]) -> list[int]:
        return [i for i, name in enumerate(self.header) if name.casefold() in names]


def from_text(text: str, count: str | None = None) -> Overlaps:
    """The overlaps in the text of a CSV file; raises `TableError` with the row that is wrong.

    `count` is the column of counts where its name does not say so.
    """
    return from_cells(cells_of(text), count)


def from_cells(rows: Rows, count: str | None = None) -> Overlaps:
    """The overlaps in rows of cells, the header first where there is one."""
    sheet = _sheet([tuple(row) for row in rows if any(cell.strip() for cell in row)])
    if len(sheet.rows) == 0:
        raise TableError("the table has a header and no row")
    counts = _named_count(sheet, count)
    stratum = _only(sheet, STRATUM)
    person, listed = _only(sheet, PERSON), _only(sheet, LIST)
    if person is not None and listed is not None and len(sheet.header) == 2 + (stratum is not None):
        return _from_records(sheet, person, listed, stratum)
    if person is not None and len(counts) == 0:
        return _from_people(sheet, person, stratum)
    return _from_counts(sheet, stratum, counts)


def cells_of(text: str) -> Rows:
    """The cells of a CSV text, by the separator that gives every row the same number of them."""
    text = text.removeprefix(BYTE_ORDER_MARK)
    found: list[Rows] = []
    for separator in SEPARATORS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        except csv.Error:
            continue
        filled = [row for row in rows if any(cell.strip() for cell in row)]
        if len({len(row) for row in filled}) == 1 and len(filled[0]) > 1:
            return rows
        if len(filled) > 0:
            found.append(rows)
    if len(found) == 0:
        raise TableError("the table is empty or is not CSV")
    return max(found, key=lambda rows: max(len(row) for row in rows))


def _sheet(rows: list[tuple[str, ...]]) -> _Sheet:
    if len(rows) == 0:
        raise TableError("the table is empty")
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise TableError(f"row {number} has {len(row)} cells, the first row {width}")
    if width == 1:
        raise TableError("the table has one column: lists and a count, or person and list, need 2")
    if all(_NUMBER.fullmatch(cell) for cell in rows[0]):
        return _Sheet(tuple("" for _ in rows[0]), tuple(rows), 1)
    header = tuple(name.strip() for name in rows[0])
    sheet = _Sheet(header, tuple(rows[1:]), 2)
    numbered = tuple(str(i) for i in range(1, len(sheet.rows) + 1))
    if header[0] == "" and sheet.column(0) == numbered:  # row numbers, as R writes them
        return _Sheet(header[1:], tuple(row[1:] for row in sheet.rows), 2)
    for place, name in enumerate(header):
        if name == "":
            raise TableError(f"column {place + 1} has no name")
        if header.count(name) > 1:
            raise TableError(f"two columns are called {name!r}: a list is in the table once")
    return sheet


def _only(sheet: _Sheet, names: Sequence[str]) -> int | None:
    """The one column of these names; None where there is none."""
    found = sheet.named(names)
    if len(found) > 1:
        called = ", ".join(sheet.header[place] for place in found)
        raise TableError(f"several columns could be the {names[0]}: {called}")
    return found[0] if len(found) == 1 else None


def _from_records(sheet: _Sheet, person: int, listed: int, stratum: int | None) -> Overlaps:
    for number, row in enumerate(sheet.rows, start=sheet.first):
        if any(cell.strip() == "" for cell in row):
            raise TableError(
                f"row {number} has a blank: each row needs a person and a list",
                "fill it, or take the row out: who is on which list is not guessed",
            )
    people, lists = sheet.column(person), sheet.column(listed)
    form = f"records of {len(set(people))} people"
    if stratum is None:
        return Overlaps(form, (("", from_records(zip(people, lists, strict=True))),))
    triples = zip(people, lists, sheet.column(stratum), strict=True)
    return Overlaps(f"{form} in strata", tuple(from_stratified_records(triples).items()))


def _from_people(sheet: _Sheet, person: int, stratum: int | None) -> Overlaps:
    """One row a person: a column of 0 and 1 for each list."""
    people = sheet.column(person)
    for number, name in enumerate(people, start=sheet.first):
        if name == "":
            raise TableError(f"row {number} names no person", "give each person a name or number")
    twice = next((name for name, times in Counter(people).items() if times > 1), None)
    if twice is not None:
        raise TableError(
            f"person {twice!r} has two rows",
            "decide which lists they are on, and make one row of both",
        )
    lists = [i for i in range(len(sheet.header)) if i not in (person, stratum)]
    members = _members(sheet, lists)
    form = "a row for each person"
    return _stratified(sheet, stratum, lists, members, [1] * len(members), form)


def _from_counts(sheet: _Sheet, stratum: int | None, named: list[int]) -> Overlaps:
    """Rows of a pattern and a number of people."""
    free = [i for i in range(len(sheet.header)) if i != stratum]
    count = _count_column(sheet, free, named)
    lists = [i for i in free if i != count]
    if len(lists) == 1 and _holds_patterns(sheet, lists[0]):
        names, members = _patterns(sheet, lists[0])
        form = "patterns and a count"
    else:
        names, members = None, _members(sheet, lists)
        form = "a column for each list and a count"
    counts = []
    for number, (cell, on) in enumerate(
        zip(sheet.column(count), members, strict=True), start=sheet.first
    ):
        unseen = len(on) == 0 and cell.casefold() in BLANK  # the place of the people nobody saw
        counts.append(0 if unseen else whole_text(cell, f"row {number}"))
    strata = sheet.column(stratum) if stratum is not None else ("",) * len(members)
    if len(set(zip(strata, map(frozenset, members), strict=True))) < len(members):
        form += "; rows of one pattern were added up"
    if sheet.first == 1 and names is None:
        form += "; without a header lists are called by their place"
    return _stratified(sheet, stratum, lists, members, counts, form, names)


def _named_count(sheet: _Sheet, stated: str | None) -> list[int]:
    """The column stated, or those called like a count; `count` itself before any other."""
    if stated is not None:
        if stated not in sheet.header:
            raise TableError(f"no column is called {stated!r}: {', '.join(sheet.header)}")
        return [sheet.header.index(stated)]
    exact = sheet.named(("count",))
    return exact if len(exact) > 0 else sheet.named(COUNT)


def _count_column(sheet: _Sheet, free: list[int], named: list[int]) -> int:
    """The column of counts: the one called so; without a header the only one not of 0 and 1."""
    named = [i for i in named if i in free]
    other = [i for i in free if not all(cell in ("0", "1") for cell in sheet.column(i))]
    if len(named) > 1:
        named = [i for i in named if i in other]
    if len(named) == 1:
        return named[0]
    if len(other) == 2 and len(free) == 2:  # noqa: PLR2004 - a pattern and its count
        other = [i for i in other if not _holds_patterns(sheet, i)]
    if len(other) != 1:
        raise TableError(
            "no single column can be the count: call it `count`, or name each row's person in a "
            "column `person`"
        )
    if sheet.header[other[0]] != "":
        raise _unnamed_count(sheet.header[other[0]])
    lists = [i for i in free if i != other[0]]
    rows = [tuple(row[i] for i in lists) for row in sheet.rows]
    if len(set(rows)) < len(rows):  # perhaps people's rows with a slip of the pen
        raise TableError(
            f"patterns repeat, so it is unclear whether {_name(sheet, other[0])} counts people: "
            "call it `count`"
        )
    return other[0]


def _unnamed_count(name: str) -> TableError:
    """It may be a share, an age, or a list with a slip of the pen."""
    return TableError(
        f"column {name!r} is not of 0 and 1, and its name does not say that it counts people",
        f"if it does, call it `count`, or say so: muniment mse --count {name!r}, "
        f"from_text(…, count={name!r})",
    )


def _holds_patterns(sheet: _Sheet, place: int) -> bool:
    """Whether a column is of patterns: called so, or words of 0 and 1 of one length."""
    if place in sheet.named(PATTERN):
        return True
    cells = sheet.column(place)
    lengths = {len(cell) for cell in cells}
    return (
        all(_DIGITS.fullmatch(cell) for cell in cells)
        and len(lengths) == 1
        and max(lengths) >= FEWEST_DIGITS
    )


def _patterns(sheet: _Sheet, place: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """(names of the lists, the names in each row's pattern)."""
    cells = sheet.column(place)
    if all(_DIGITS.fullmatch(cell) for cell in cells):
        if len({len(cell) for cell in cells}) > 1:
            raise TableError(
                "patterns have different lengths: a spreadsheet may have dropped their leading "
                "zeros; store them as text"
            )
        names = tuple(f"list {i + 1}" for i in range(len(cells[0])))
        digits = (zip(names, cell, strict=True) for cell in cells)
        return names, [tuple(name for name, digit in row if digit == "1") for row in digits]
    joints = [joint for joint in JOINTS if any(joint in cell for cell in cells)]
    if len(joints) > 1:
        raise TableError(f"patterns are joined in several ways: {' and '.join(joints)}")
    members = [_taken_apart(cell, joints) for cell in cells]
    return tuple(sorted({name for names in members for name in names})), members


def _taken_apart(cell: str, joints: list[str]) -> tuple[str, ...]:
    parts = cell.split(joints[0]) if len(joints) > 0 else [cell]
    return tuple(part.strip() for part in parts if part.strip() != "")


def _members(sheet: _Sheet, lists: list[int]) -> list[tuple[str, ...]]:
    """The names of the lists in each row."""
    named = [(place, _name(sheet, place)) for place in lists]
    return [
        tuple(name for i, name in named if membership(row[i], f"row {number}, {name}"))
        for number, row in enumerate(sheet.rows, start=sheet.first)
    ]


def _name(sheet: _Sheet, place: int) -> str:
    return sheet.header[place] or f"list {place + 1}"


def _stratified(  # noqa: PLR0913, PLR0917 - the parts of one table
    sheet: _Sheet,
    stratum: int | None,
    lists: list[int],
    members: list[tuple[str, ...]],
    counts: list[int],
    form: str,
    names: tuple[str, ...] | None = None,
) -> Overlaps:
    called = tuple(_name(sheet, place) for place in lists) if names is None else names
    pairs = list(zip(members, counts, strict=True))
    if stratum is None:
        return Overlaps(form, (("", from_patterns(called, pairs)),))
    by_stratum: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, (name, pair) in enumerate(
        zip(sheet.column(stratum), pairs, strict=True), start=sheet.first
    ):
        if name == "":
            raise TableError(f"row {number} names no stratum", _UNNAMED)
        by_stratum.setdefault(name, []).append(pair)
    tables = ((name, from_patterns(called, by_stratum[name])) for name in sorted(by_stratum))
    return Overlaps(f"{form}, in strata", tuple(tables))
