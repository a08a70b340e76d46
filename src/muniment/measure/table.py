"""The overlap table: how many people were seen with each pattern of lists.

- A pattern is a whole number whose bit *i* is set when the person is on list *i*; `counts[pattern]`
  is a number of people.
- `counts[0]` is always 0: nobody sees the people who are on no list, and that number is what is
  estimated.
- A table is a sum: equal patterns merge, the order of rows is forgotten, and the order of lists is
  only a naming.
- Counts are whole and not negative. A table that breaks this is never built, so no estimator has to
  ask.

    pattern  EXH ABA OSCE HRW  people
    0b0001    1   0   0    0    1131
    0b0011    1   1   0    0     177
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from numbers import Integral, Real

import msgspec

from muniment.measure.errors import TableError
from muniment.measure.list_names import check_names

MAX_LISTS = 16  # a table is dense: 2^16 patterns; no published study comes near
MOST_PEOPLE = 10**10  # more than live: a table above it does not count people
BLANK = ("", "na", "nan", "none")


class OverlapTable(msgspec.Struct, frozen=True):
    """Counts of people by pattern of lists; built by one of the functions below."""

    lists: tuple[str, ...]
    counts: tuple[int, ...]  # length 2^len(lists), people

    def __post_init__(self) -> None:
        _check_lists(self.lists)
        if len(self.counts) != 1 << len(self.lists):
            raise TableError(
                f"{len(self.lists)} lists need {1 << len(self.lists)} counts, not "
                f"{len(self.counts)}"
            )
        if self.counts[0] != 0:
            raise TableError("people on no list cannot have been counted: counts[0] must be 0")
        whole = tuple(whole_count(count, "counts") for count in self.counts)
        if sum(whole) > MOST_PEOPLE:
            raise TableError(f"{sum(whole):,} people are more than live")
        # a count of 3.0, or a NumPy number, is kept as the whole number it is
        msgspec.structs.force_setattr(self, "lists", tuple(self.lists))
        msgspec.structs.force_setattr(self, "counts", whole)

    @property
    def observed(self) -> int:
        """The number of different people on at least one list."""
        return sum(self.counts)

    def size(self, index: int) -> int:
        """The number of people on the list at this index."""
        return self.overlap((index,))

    def overlap(self, indices: Sequence[int]) -> int:
        """The number of people who are on all of these lists, and perhaps on others."""
        wanted = sum(1 << index for index in set(indices))
        return sum(c for pattern, c in enumerate(self.counts) if pattern & wanted == wanted)

    def frequencies(self) -> tuple[int, ...]:
        """How many people are on exactly 1, 2, … k lists: f_1 … f_k of Chao (1987)."""
        seen = [0] * (len(self.lists) + 1)
        for pattern, count in enumerate(self.counts):
            seen[pattern.bit_count()] += count
        return tuple(seen[1:])

    def patterns(self) -> tuple[tuple[tuple[str, ...], int], ...]:
        """The non-empty patterns as (names of lists, people), in the order of pattern numbers."""
        return tuple(
            (self.names(pattern), count) for pattern, count in enumerate(self.counts) if count > 0
        )

    def names(self, pattern: int) -> tuple[str, ...]:
        """The names of the lists in a pattern."""
        return tuple(name for i, name in enumerate(self.lists) if pattern >> i & 1)

    def reordered(self, order: Sequence[str]) -> "OverlapTable":
        """The same people with the lists in another order; a missing list is left out.

        Whoever is only on lists left out is no longer observed.
        """
        _check_lists(tuple(order))
        unknown = [name for name in order if name not in self.lists]
        if unknown:
            raise TableError(f"no list is called {unknown[0]!r}: the lists are {self.lists}")
        places = [self.lists.index(name) for name in order]
        counts = [0] * (1 << len(places))
        for pattern, count in enumerate(self.counts):
            counts[sum((pattern >> old & 1) << new for new, old in enumerate(places))] += count
        counts[0] = 0
        return OverlapTable(tuple(order), tuple(counts))

    def without(self, name: str) -> "OverlapTable":
        """The table of the people who are on at least one other list."""
        return self.reordered([other for other in self.lists if other != name])

    def merged(self, names: Sequence[str], into: str) -> "OverlapTable":
        """The table in which several lists are one list called `into`, placed last."""
        kept = tuple(name for name in self.lists if name not in names)
        table: dict[tuple[str, ...], int] = {}
        for members, count in self.patterns():
            outside = tuple(name for name in members if name in kept)
            pattern = outside if len(outside) == len(members) else (*outside, into)
            table[pattern] = table.get(pattern, 0) + count
        return from_patterns((*kept, into), table)

    def with_counts(self, counts: Sequence[int]) -> "OverlapTable":
        """The same lists with other counts, as in a resample."""
        return OverlapTable(self.lists, tuple(int(count) for count in counts))


def from_patterns(
    lists: Sequence[str],
    people: Mapping[tuple[str, ...], int] | Iterable[tuple[Iterable[str], int]],
) -> OverlapTable:
    """The table of these (names of lists, people); equal patterns are added up.

    Raises `TableError` when a name is unknown, a count is not a whole number of people, or somebody
    is on no list.
    """
    names = tuple(lists)
    _check_lists(names)
    place = {name: i for i, name in enumerate(names)}
    counts = [0] * (1 << len(names))
    pairs = people.items() if isinstance(people, Mapping) else people
    for members, untrusted_count in pairs:
        count = whole_count(untrusted_count, " + ".join(members) or "the empty pattern")
        pattern = 0
        for member in members:
            if member not in place:
                raise TableError(f"no list is called {member!r}: the lists are {names}")
            pattern |= 1 << place[member]
        if pattern == 0 and count > 0:
            raise TableError(
                "a row says that people are on no list; that number is what is estimated",
                "take the row out, or leave its count blank: no list can have counted them",
            )
        counts[pattern] += count
    return OverlapTable(names, tuple(counts))


def from_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> OverlapTable:
    """The table of a CSV file's cells: a column of 0 and 1 for each list, then the count.

    Patterns that have no row count 0. Raises `TableError` with the row's number (the header is row
    1).
    """
    names = tuple(name.strip() for name in header[:-1])
    if len(header) == 0 or header[-1].strip().lower() != "count":
        raise TableError("the last column must be called 'count', the others are the lists")
    pairs: list[tuple[tuple[str, ...], int]] = []
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise TableError(f"row {number} has {len(row)} cells, the header {len(header)}")
        members = tuple(
            name
            for name, cell in zip(names, row[:-1], strict=True)
            if membership(cell, f"row {number}, {name}")
        )
        untrusted_count = row[-1].strip()
        if len(members) == 0 and untrusted_count.lower() in BLANK:
            continue  # a table may keep an empty place for the people nobody saw
        pairs.append((members, whole_text(untrusted_count, f"row {number}")))
    return from_patterns(names, pairs)


def from_matrix(
    lists: Sequence[str], rows: Iterable[Sequence[int]], counts: Iterable[int] | None = None
) -> OverlapTable:
    """The table of rows of 0 and 1, one column a list, as lists or as an array.

    Each row is one person, or as many as its place in `counts` says. A person's row of zeros is an
    error: nobody saw people who are on no list.
    """
    names = tuple(lists)
    pairs: list[tuple[tuple[str, ...], int]] = []
    people = None if counts is None else list(counts)
    for number, row in enumerate(rows, start=1):
        if len(row) != len(names):
            raise TableError(f"row {number} has {len(row)} cells for {len(names)} lists")
        for cell in row:
            if cell not in (0, 1):
                raise TableError(f"row {number}: {cell!r} is neither 0 nor 1")
        on = tuple(name for name, cell in zip(names, row, strict=True) if cell == 1)
        if people is not None and number > len(people):
            raise TableError(f"there are {len(people)} counts for {number} rows or more")
        pairs.append((on, 1 if people is None else people[number - 1]))
    if people is not None and len(pairs) != len(people):
        raise TableError(f"there are {len(people)} counts for {len(pairs)} rows")
    return from_patterns(names, pairs)


def from_records(
    memberships: Iterable[tuple[str, str]], lists: Sequence[str] | None = None
) -> OverlapTable:
    """The table of (person, list) pairs; a person twice on a list counts once.

    `lists` fixes the order and allows a list nobody is on; without it lists are in the order of
    their names.
    """
    people: dict[str, set[str]] = {}
    for person, name in memberships:
        people.setdefault(person, set()).add(name)
    names = tuple(lists) if lists is not None else tuple(sorted(set().union(*people.values())))
    return from_patterns(names, ((members, 1) for members in people.values()))


def from_stratified_records(
    memberships: Iterable[tuple[str, str, str]], lists: Sequence[str] | None = None
) -> dict[str, OverlapTable]:
    """A table for each stratum of (person, list, stratum), all with the same lists.

    Raises `TableError` when a person is in two strata: strata must split people, not records.
    """
    stratum_of: dict[str, str] = {}
    rows: dict[str, list[tuple[str, str]]] = {}
    seen: set[str] = set()
    for person, name, stratum in memberships:
        if stratum_of.setdefault(person, stratum) != stratum:
            raise TableError(
                f"person {person!r} is in strata {stratum_of[person]!r} and {stratum!r}: decide "
                f"on one"
            )
        rows.setdefault(stratum, []).append((person, name))
        seen.add(name)
    names = tuple(lists) if lists is not None else tuple(sorted(seen))
    return {stratum: from_records(rows[stratum], names) for stratum in sorted(rows)}


def whole_count(untrusted_count: object, where: str) -> int:
    """The count as an int; `TableError` when it is not a whole number of people."""
    if isinstance(untrusted_count, bool) or not isinstance(untrusted_count, Real):
        raise TableError(f"{where}: {untrusted_count!r} is not a number of people")
    if isinstance(untrusted_count, Integral):  # NumPy's whole numbers too; a float would round
        count = int(untrusted_count)
    else:
        number = float(untrusted_count)
        if not math.isfinite(number):
            raise TableError(f"{where}: {untrusted_count!r} is not a number of people")
        if not number.is_integer():
            raise TableError(f"{where}: {untrusted_count!r} people is not a whole number")
        count = int(number)
    if count < 0:
        raise TableError(f"{where}: {count} people is negative")
    return count


def whole_text(untrusted_text: str, where: str) -> int:
    """The count that a text gives; `12.0` and `1e6` are whole too, `1.000` could be a thousand."""
    text = untrusted_text.strip()
    if re.fullmatch(r"\d{1,18}", text):
        return whole_count(int(text), where)  # exactly: a float would round the largest
    if re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,2})?(e\+?\d{1,2})?", text, re.IGNORECASE):
        return whole_count(float(text), where)
    raise TableError(f"{where}: {untrusted_text!r} is not a number of people")


def membership(untrusted_cell: str, where: str) -> bool:
    """Whether a cell says that the person is on the list: 1 or 0, and nothing else."""
    cell = untrusted_cell.strip()
    if cell not in ("0", "1"):
        raise TableError(f"{where}: {untrusted_cell!r} is neither 0 nor 1")
    return cell == "1"


def _check_lists(lists: tuple[str, ...]) -> None:
    if len(lists) == 0:
        raise TableError("a table needs at least one list")
    if len(lists) > MAX_LISTS:
        raise TableError(f"{len(lists)} lists are more than {MAX_LISTS}: merge lists of one kind")
    check_names(lists)
