"""Applies a mapping to a table: statements by column, each with its cell, and what did not fit.

- Each different value of a column is read once; rows are handled as arrays of numbers, so that a
  table of millions of cells needs no object a cell.
- A filled cell of a mapped column in a row of data makes a statement, read or unread. What makes
  none is counted: cells outside the mapping, cells whose row has no subject, rows that are no data.
- The value of a merged range belongs to each of its rows where the mapping fills that column down,
  and is cited at the range's own cell; an entity whose first column is filled so is the one of the
  range's first row.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from muniment.core import CellArea, Citation, parse_digest, parse_place
from muniment.facts.changing import FEWEST_ROWS, changed_rows, is_day
from muniment.facts.contradictions import Dates, contradictions
from muniment.facts.doubting import doubted
from muniment.facts.layout import Layout, RowKind, Rows, rows_of
from muniment.facts.mapping import ColumnRule, EntityRule, LinkRule, Mapping, Scope
from muniment.facts.model import is_a
from muniment.facts.readings import WORKBOOK_EPOCH, CellFacts, Reading, read_value
from muniment.facts.shifting import (
    FEWEST,
    STRICT,
    does_not_belong,
    shifted_rows,
    unread_of_shifted,
)
from muniment.facts.splitting import Parted, parted
from muniment.facts.statement import (
    By,
    Doubt,
    Statement,
    Unread,
    key_entity,
    row_entities,
    row_entity,
    table_scope,
)
from muniment.facts.table import NOTHING, Codes, Column, Held, Mask, Table

HIDDEN, MERGED, CONTINUED, UNSURE, NO_KEY, SHARED = (
    1,
    2,
    4,
    8,
    16,
    32,
)  # bits of a statement's flags
FLAG_DOUBTS = (
    (HIDDEN, Doubt.HIDDEN_CELL),
    (MERGED, Doubt.MERGED_RANGE),
    (CONTINUED, Doubt.CONTINUED),
    (UNSURE, Doubt.LOW_CONFIDENCE),
    (NO_KEY, Doubt.NO_KEY),
    (SHARED, Doubt.SEVERAL),
)
MOST_MISFITS = 10_000  # of one table that are listed one by one; all are counted


class Misfit(msgspec.Struct, frozen=True):
    """Something of a table that its mapping does not fit; `column` is 0 for a row."""

    row: int
    column: int
    code: str
    says: str


class Values(msgspec.Struct, frozen=True):
    """The different values of a column, and what was read of each."""

    held: tuple[Held, ...]
    readings: tuple[Reading, ...]


class Block(msgspec.Struct, frozen=True):
    """Statements of one property of one entity, as arrays of equal length.

    `rows` are positions of the rows that state, `codes` the values that stand there, `cited` the
    positions of the cited cells, `subjects` the entities by their numbers in `Applied.entities`.
    For a link, `targets` are the entities that are linked to; otherwise it is empty.
    """

    entity: str
    schema: str
    property: str
    column: int  # cited
    values: Values
    rows: NDArray[Any]
    codes: NDArray[Any]
    cited: NDArray[Any]
    flags: NDArray[Any]
    subjects: NDArray[Any]
    targets: NDArray[Any]


class Entities(msgspec.Struct, frozen=True):
    """The entities of a table: id, schema, and the position of the row that each was met in."""

    ids: tuple[str, ...]
    names: tuple[str, ...]  # in the mapping
    schemas: tuple[str, ...]
    rows: Codes


class Applied(msgspec.Struct, frozen=True):
    """What came of applying a mapping to a table."""

    table: Table
    source: str
    blocks: tuple[Block, ...]
    entities: Entities
    constants: tuple[Statement, ...]
    counts: dict[str, int]
    unread: dict[str, int]  # statements that were not read, by reason
    misfits: tuple[Misfit, ...]
    left_out: int  # misfits beyond those listed


class _Cells(msgspec.Struct, frozen=True):
    """The cells of a column as the mapping sees them: codes, where each stands, and flags."""

    codes: Codes
    cited: Codes
    flags: Codes

    def only(self, rows: Mask) -> "_Cells":
        """Those of these rows."""
        return _Cells(np.where(rows, self.codes, NOTHING), self.cited, self.flags)

    def filled(self) -> Mask:
        """Which rows have one."""
        return np.asarray(self.codes != NOTHING, np.bool_)


def apply_mapping(
    table: Table, mapping: Mapping, layout: Layout, source: str, *, as_of: str | None = None
) -> Applied:
    """The statements that a confirmed mapping makes of a table; `source` names its decision.

    `as_of` is the day, ISO 8601, than which no birth in it can be later.
    """
    found = rows_of(table, layout)
    apart = parted(table, found, mapping, found.of(RowKind.DATA))
    table, rows = apart.table, apart.rows
    data = rows.of(RowKind.DATA)
    cells = {
        rule.column: _of_each(
            _cells(table, column, rule, data, fill=rule.column in mapping.fill_down), rule, apart
        )
        for rule in mapping.columns
        if rule.is_mapped and (column := table.column(rule.column)) is not None
    }
    values = {
        rule.column: _read(apart, mapping, rule, cells[rule.column])
        for rule in mapping.columns
        if rule.column in cells
    }
    misread = _misread(mapping, cells, values)
    shifted = _shifted(table, mapping, cells, misread)
    rows = _with_changes(rows, mapping, cells, values, shifted)
    data = rows.of(RowKind.DATA)
    cells = {column: held.only(data) for column, held in cells.items()}
    misread = np.where(data, misread, 0)
    cells, values = _without_shifted(cells, values, shifted)
    subjects = _Subjects(apart, mapping, cells, values, data & ~_silent(cells, values, data))
    blocks = [
        _block(subjects, mapping, rule, values[rule.column])
        for rule in mapping.columns
        if rule.column in cells
    ]
    links = [
        block for link in mapping.links for block in _link_blocks(subjects, mapping, link, values)
    ]
    entities = subjects.entities()
    every = (*blocks, *links)
    misfits = _Misfits(
        table, mapping, rows, cells, values, subjects, misread, shifted, as_of
    ).found()
    return Applied(
        table,
        source,
        every,
        entities,
        _constants(mapping, entities, source),
        _counts(mapping, rows, subjects, every),
        _unread_counts(every),
        tuple(misfits[:MOST_MISFITS]),
        max(0, len(misfits) - MOST_MISFITS),
    )


def _with_changes(
    rows: Rows,
    mapping: Mapping,
    cells: dict[int, _Cells],
    values: dict[int, Values],
    shifted: dict[int, int],
) -> Rows:
    """The rows, with those apart in which the sheet has another shape than above.

    Of rows whose cells have moved it is known what they are.
    """
    odd, filled = {}, {}
    for rule in mapping.columns:
        if rule.column in cells:
            mine, codes = values[rule.column], cells[rule.column].codes
            filled[rule.column] = codes != NOTHING
            if rule.reader in STRICT:
                odd[rule.column] = does_not_belong(mine.readings)[codes]
    data = rows.of(RowKind.DATA)
    data[list(shifted)] = False
    if not any(mask.sum() >= FEWEST_ROWS for mask in odd.values()):
        return rows  # columns of words are looked at only where one that is read says something
    for rule in mapping.columns:
        if rule.column in cells and rule.reader in ("name", "text", "place"):
            days = np.array([*map(is_day, values[rule.column].held), False], np.bool_)
            odd[rule.column] = days[cells[rule.column].codes]
    changed = changed_rows(odd, filled, data)
    if len(changed) == 0:
        return rows
    kinds = rows.kinds.copy()
    kinds[changed] = RowKind.CHANGED
    why = "its columns hold other things than above: the sheet has changed its shape"
    return Rows(kinds, rows.reasons | dict.fromkeys(changed.tolist(), why))


def _misread(mapping: Mapping, cells: dict[int, _Cells], values: dict[int, Values]) -> Codes:
    """How many cells of each row cannot belong to their columns."""
    found = np.zeros(len(next(iter(cells.values())).codes) if len(cells) > 0 else 0, np.int64)
    for rule in mapping.columns:
        if rule.column in cells and rule.reader in STRICT:
            found += does_not_belong(values[rule.column].readings)[cells[rule.column].codes]
    return found


def _shifted(
    table: Table, mapping: Mapping, cells: dict[int, _Cells], misread: Codes
) -> dict[int, int]:
    """By how many columns the cells of rows have moved, by position."""
    strict = {
        rule: options_of(rule, table)
        for rule in mapping.columns
        if rule.column in cells and rule.reader in STRICT
    }
    return shifted_rows(table, strict, misread)


def _without_shifted(
    cells: dict[int, _Cells], values: dict[int, Values], shifted: dict[int, int]
) -> tuple[dict[int, _Cells], dict[int, Values]]:
    """Cells and values of which those in rows that have moved are not read."""
    if len(shifted) == 0:
        return cells, values
    moved = np.array(sorted(shifted), np.int64)
    left, unread = {}, {}
    for column, mine in cells.items():
        held, readings = values[column].held, values[column].readings
        codes = mine.codes.copy()
        codes[moved] += np.where(codes[moved] == NOTHING, 0, len(held))
        left[column] = _Cells(codes, mine.cited, mine.flags)
        unread[column] = Values((*held, *held), (*readings, *unread_of_shifted(readings)))
    return left, unread


def _silent(cells: dict[int, _Cells], values: dict[int, Values], data: Mask) -> Mask:
    """Rows whose mapped cells all say that there is nothing: no person stands in them."""
    filled, telling = np.zeros(len(data), np.bool_), np.zeros(len(data), np.bool_)
    for column, tells in _telling(cells, values).items():
        filled |= cells[column].filled()
        telling |= tells
    return filled & ~telling & data


def _telling(cells: dict[int, _Cells], values: dict[int, Values]) -> dict[int, Mask]:
    """Which rows of each column hold more than that there is nothing."""
    return {
        column: np.array(
            [*(each.unread != Unread.NO_VALUE for each in values[column].readings), False], np.bool_
        )[held.codes]
        for column, held in cells.items()
    }


def statements_of(applied: Applied) -> list[Statement]:
    """The statements one by one: for tests, pages and small tables."""
    table, found = applied.table, []
    for block in applied.blocks:
        column = _column(table, block.column)
        for number in range(len(block.rows)):
            code = int(block.codes[number])
            reading = block.values.readings[code]
            if len(block.targets) > 0:
                reading = Reading(applied.entities.ids[int(block.targets[number])])
            flags = int(block.flags[number])
            found.append(
                Statement(
                    entity=applied.entities.ids[int(block.subjects[number])],
                    schema=block.schema,
                    property=block.property,
                    written=block.values.held[code].written,
                    read=reading.read,
                    unread=reading.unread,
                    at=citation_at(table, column, int(block.cited[number])),
                    by=By.MAPPING,
                    source=applied.source,
                    doubts=(*reading.doubts, *doubts_of(flags)),
                )
            )
    return [*found, *applied.constants]


def citation_at(table: Table, column: Column, position: int) -> Citation:
    """The citation of the cell of a column in a row, by its position."""
    place = column.places.get(position)
    if place is not None:
        return Citation(table.digest, parse_place(place))
    return Citation(table.digest, CellArea(int(table.rows[position]), column.number, table.sheet))


def doubts_of(flags: int) -> tuple[str, ...]:
    """The doubts that a statement's flags stand for."""
    return tuple(doubt.value for bit, doubt in FLAG_DOUBTS if flags & bit)


def _column(table: Table, number: int) -> Column:
    found = table.column(number)
    if found is None:
        raise KeyError(number)  # callers ask only for columns that the table has
    return found


def _cells(table: Table, column: Column, rule: ColumnRule, data: Mask, *, fill: bool) -> _Cells:
    """The cells of a column in rows of data, filled down where the mapping says so."""
    shown = column.filled()
    codes = np.where(shown, column.codes, NOTHING)
    cited = np.arange(len(codes), dtype=np.int64)
    flags = np.zeros(len(codes), np.int64)
    if column.hidden is not None:
        flags |= np.where(column.hidden, HIDDEN, 0)
    if column.unsure is not None:
        flags |= np.where(column.unsure, UNSURE, 0)
    if fill:
        _fill_ranges(table, column.number, codes, cited, flags)
    if ("blank", "above") in rule.options:
        _fill_blanks(data, codes, cited, flags)
    codes = np.where(data, codes, NOTHING)
    return _Cells(codes, cited, flags)


def _fill_ranges(table: Table, number: int, codes: Codes, cited: Codes, flags: Codes) -> None:
    """Let rows of a merged range have the value of its first row."""
    for area in table.merged:
        last = area.last_row or area.row
        if area.column != number or last == area.row:
            continue
        first = table.position(area.row)
        if first is None or codes[first] == NOTHING:
            continue
        start, end = first + 1, int(np.searchsorted(table.rows, last, "right"))
        blank = np.flatnonzero(codes[start:end] == NOTHING) + start
        codes[blank], cited[blank] = codes[first], first
        flags[blank] |= MERGED


def _fill_blanks(data: Mask, codes: Codes, cited: Codes, flags: Codes) -> None:
    """Let blank cells in rows of data repeat the one above them."""
    places = np.arange(len(codes))
    above = np.maximum.accumulate(np.where(data & (codes != NOTHING), places, -1))
    blank = data & (codes == NOTHING) & (above >= 0)
    codes[blank], cited[blank] = codes[above[blank]], above[blank]
    flags[blank] |= CONTINUED


def _of_each(cells: _Cells, rule: ColumnRule, apart: Parted) -> _Cells:
    """The cells of rows that come of one: cited at the first of them, but for the names."""
    if not apart.shared.any():
        return cells
    own = rule.column in apart.named
    cited = cells.cited if own else apart.homes[cells.cited]
    flags = cells.flags
    if rule.entity in apart.entities and not own:
        flags = flags | np.where(apart.shared, SHARED, 0)
    return _Cells(cells.codes, cited, flags)


def _read(apart: Parted, mapping: Mapping, rule: ColumnRule, cells: _Cells) -> Values:
    """Read each different value of a column that a row of data has."""
    table = apart.table
    column, entity = _column(table, rule.column), mapping.entity(rule.entity)
    named = apart.named.get(rule.column, {})
    options = options_of(rule, table)
    wanted = np.unique(cells.codes)
    readings = [_NOT_READ] * len(column.values)
    for code in wanted[wanted != NOTHING]:
        held = column.values[int(code)]
        facts = CellFacts(held.kind, held.shown, held.number_format)
        text = named.get(int(code), held.written)
        readings[int(code)] = read_value(rule.reader, text, facts, options)
    held_values = tuple(column.values)
    schema = "" if entity is None else entity.schema
    return Values(held_values, doubted(rule, schema, held_values, tuple(readings), cells.codes))


def options_of(rule: ColumnRule, table: Table) -> dict[str, str]:
    """The options of a column, with the day from which its workbook says that it counts dates."""
    options = dict(rule.options)
    if table.epoch is not None:
        options[WORKBOOK_EPOCH] = table.epoch
    return options


_NOT_READ = Reading(None, "not-asked-for")


class _Subjects:
    """Which entity each row has, by the mapping's names."""

    def __init__(
        self,
        apart: Parted,
        mapping: Mapping,
        cells: dict[int, _Cells],
        values: dict[int, Values],
        data: Mask,
    ) -> None:
        self.table = apart.table
        self.apart = apart
        self.cells = cells
        self.telling = _telling(cells, values)
        self.exists: dict[str, Mask] = {}
        self.numbers: dict[str, Codes] = {}  # of each row's entity
        self.no_key: dict[str, Mask] = {}
        self._ids: list[str] = []
        self._names: list[str] = []
        self._schemas: list[str] = []
        self._rows: list[int] = []
        self._known: dict[str, int] = {}
        says = {each.name: self._saying(each, mapping) for each in mapping.entities}
        for entity in mapping.entities:
            self.exists[entity.name] = self._existing(entity, mapping, data, says)
        self._bare(mapping)
        for entity in mapping.entities:
            self._number(entity, mapping, values)

    def entities(self) -> Entities:
        """All of them."""
        rows = np.array(self._rows, np.int64)
        return Entities(tuple(self._ids), tuple(self._names), tuple(self._schemas), rows)

    def _saying(self, entity: EntityRule, mapping: Mapping) -> Mask:
        """In which rows something is said of an entity: more than that there is nothing."""
        own = {rule.column for rule in mapping.columns if rule.entity == entity.name}
        found = np.zeros(len(self.table.rows), np.bool_)
        for column in own.union(entity.required) & self.telling.keys():
            found |= self.telling[column]
        return found

    def _existing(
        self, entity: EntityRule, mapping: Mapping, data: Mask, says: dict[str, Mask]
    ) -> Mask:
        """Where an entity is: where it is named, and something is said of it.

        Of a person whose name is not known something is said, too, where what is tied to them says
        it: somebody unknown was detained that day.
        """
        own = [rule.column for rule in mapping.columns if rule.entity == entity.name]
        found = np.zeros(len(data), np.bool_)
        for column in entity.required or own:
            if column in self.cells:
                found |= self.cells[column].filled()
        said = says[entity.name].copy()
        if is_a(entity.schema, "Person"):
            for link in mapping.links:
                if link.target == entity.name and link.entity in says:
                    said |= says[link.entity]
        return found & said & data

    def _bare(self, mapping: Mapping) -> None:
        """An entity without columns is there where all that it links to are."""
        for entity in mapping.entities:
            if any(rule.entity == entity.name for rule in mapping.columns) or entity.required:
                continue
            targets = [link.target for link in mapping.links if link.entity == entity.name]
            masks = [self.exists[target] for target in targets if target in self.exists]
            if len(masks) > 0:
                self.exists[entity.name] = np.logical_and.reduce(masks)

    def _number(self, entity: EntityRule, mapping: Mapping, values: dict[int, Values]) -> None:
        exists = self.exists[entity.name]
        numbers = np.full(len(exists), NOTHING, np.int64)
        self.no_key[entity.name] = np.zeros(len(exists), np.bool_)
        keyed = np.zeros(len(exists), np.bool_)
        if entity.scope is not Scope.ROW:
            keyed = self._by_key(entity, mapping, values, numbers)
            self.no_key[entity.name] = exists & ~keyed
        own = np.flatnonzero(exists & ~keyed)
        homes, which = np.unique(self._homes(entity, mapping)[own], return_inverse=True)
        made = self._own_ids(entity.name, homes)
        met = [self._met(each, entity, int(home)) for each, home in zip(made, homes, strict=True)]
        numbers[own] = np.array(met, np.int64)[which] if len(met) > 0 else NOTHING
        self.numbers[entity.name] = numbers

    def _own_ids(self, name: str, homes: Codes) -> list[str]:
        """The ids of entities of a row each; of several in one row, the later are numbered."""
        table = self.table
        rows = (int(row) for row in table.rows[homes])
        made = row_entities(table.digest, table.sheet, rows, name)
        people = self.apart.parts if name in self.apart.entities else np.zeros_like(table.rows)
        records = np.zeros_like(table.rows) if table.parts is None else table.parts
        for place in np.flatnonzero((people[homes] > 0) | (records[homes] > 0)):
            home = int(homes[place])
            numbered = _numbered(name, int(records[home]), int(people[home]))
            row = int(table.rows[home])
            made[int(place)] = row_entity(table.digest, table.sheet, row, numbered)
        return made

    def _by_key(
        self, entity: EntityRule, mapping: Mapping, values: dict[int, Values], numbers: Codes
    ) -> Mask:
        """Number the entities of rows whose key can be read; which rows those are."""
        exists = self.exists[entity.name]
        usable = [column for column in entity.keys if column in self.cells]
        if len(usable) != len(entity.keys):
            return np.zeros(len(exists), np.bool_)
        codes = np.stack([self.cells[column].codes for column in usable])
        rows = np.flatnonzero(exists & (codes != NOTHING).all(axis=0))
        scope, scheme = _scope(entity, mapping, self.table), _scheme(entity, mapping)
        keyed = np.zeros(len(exists), np.bool_)
        found: dict[tuple[int, ...], int | None] = {}
        for position in rows:
            key = tuple(int(code) for code in codes[:, position])
            if key not in found:
                read = [values[c].readings[code].read for c, code in zip(usable, key, strict=True)]
                compact = _compact_key(read)
                found[key] = (
                    None
                    if compact is None
                    else self._met(key_entity(scope, scheme, compact), entity, int(position))
                )
            number = found[key]
            if number is not None:
                numbers[position], keyed[position] = number, True
        return keyed

    def _homes(
        self, entity: EntityRule, mapping: Mapping, asked: frozenset[str] = frozenset()
    ) -> Codes:
        """The row that each row's entity is named after: its own, or that of a merged range.

        A range joins what stands in its rows only where it also joins what that is tied to: one
        place written over the rows of three people is no detention of all three.
        """
        own = [rule.column for rule in mapping.columns if rule.entity == entity.name]
        first = next((column for column in entity.required or own if column in self.cells), None)
        rows = np.arange(len(self.table.rows))
        if first is None:
            return rows
        homes = self.cells[first].cited
        asked |= {entity.name}
        for link in mapping.links:
            target = mapping.entity(link.target)
            if link.entity == entity.name and target is not None and target.name not in asked:
                ends = self._homes(target, mapping, asked)
                homes = np.where(ends == ends[homes], homes, rows)
        return homes

    def _met(self, made: str, entity: EntityRule, position: int) -> int:
        number = self._known.get(made)
        if number is None:
            number = self._known[made] = len(self._ids)
            self._ids.append(made)
            self._names.append(entity.name)
            self._schemas.append(entity.schema)
            self._rows.append(position)
        return number


def _numbered(name: str, record: int, person: int) -> str:
    """What an entity is called that is not the first of its name in a row."""
    called = name if record == 0 else f"{name}, record {record + 1}"
    return called if person == 0 else f"{called} {person + 1}"


def _scope(entity: EntityRule, mapping: Mapping, table: Table) -> str:
    match entity.scope:
        case Scope.TABLE:
            return table_scope(table.digest, table.sheet)
        case Scope.MAPPING:
            return f"mapping {mapping.shape}"
        case Scope.CASE | Scope.ROW:
            return "case"


def _scheme(entity: EntityRule, mapping: Mapping) -> str:
    """What kind of key it is: schema and properties, so that equal numbers of two kinds differ."""
    names = {rule.column: rule.property for rule in mapping.columns}
    return " ".join([entity.schema, *(names.get(column, "") for column in entity.keys)])


def _compact_key(read: list[str | None]) -> str | None:
    parts = ["".join(each.split()).casefold() for each in read if each is not None]
    return None if len(parts) < len(read) or "" in parts else "\x1f".join(parts)


def _block(subjects: _Subjects, mapping: Mapping, rule: ColumnRule, values: Values) -> Block:
    cells = subjects.cells[rule.column]
    numbers = subjects.numbers[rule.entity]
    rows = np.flatnonzero((cells.codes != NOTHING) & (numbers != NOTHING))
    if subjects.apart.shared.any() or (cells.flags[rows] & (MERGED | CONTINUED)).any():
        # The value of a range is stated once of one entity, not again in each of its rows.
        rows = rows[_first_of_each(numbers[rows], cells.cited[rows])]
    flags = cells.flags[rows] | np.where(subjects.no_key[rule.entity][rows], NO_KEY, 0)
    entity = mapping.entity(rule.entity)
    return Block(
        rule.entity,
        "" if entity is None else entity.schema,
        rule.property,
        rule.column,
        values,
        _small(rows),
        _small(cells.codes[rows]),
        _small(cells.cited[rows]),
        _small(flags),
        _small(numbers[rows]),
        np.zeros(0, np.int32),
    )


def _small(numbers: Codes) -> NDArray[Any]:
    """The same numbers in half the memory: no table has two thousand million rows."""
    return numbers.astype(np.int32)


def _first_of_each(one: Codes, other: Codes) -> Codes:
    """The places of the first of each different pair, in order."""
    _, first = np.unique(np.stack([one, other]), axis=1, return_index=True)
    return np.sort(first)


def _link_blocks(
    subjects: _Subjects, mapping: Mapping, link: LinkRule, values: dict[int, Values]
) -> Iterator[Block]:
    """Links of one kind, each cited at the first filled cell by which the target is there."""
    rule, target = mapping.entity(link.entity), mapping.entity(link.target)
    if rule is None or target is None:
        return
    ours, theirs = subjects.numbers[rule.name], subjects.numbers[target.name]
    left = (ours != NOTHING) & (theirs != NOTHING)
    own = [each.column for each in mapping.columns if each.entity == target.name]
    for column in target.required or own:
        if column not in subjects.cells:
            continue
        cells = subjects.cells[column]
        rows = np.flatnonzero(left & (cells.codes != NOTHING))
        left[rows] = False
        if len(rows) == 0:
            continue
        rows = rows[_first_of_each(ours[rows], theirs[rows])]
        yield Block(
            rule.name,
            rule.schema,
            link.property,
            column,
            values[column],
            _small(rows),
            _small(cells.codes[rows]),
            _small(cells.cited[rows]),
            _small(cells.flags[rows]),
            _small(ours[rows]),
            _small(theirs[rows]),
        )


def _constants(mapping: Mapping, entities: Entities, source: str) -> tuple[Statement, ...]:
    """What the person who confirmed states of every entity of a name, cited at the decision."""
    at = Citation(parse_digest(source)) if len(mapping.constants) > 0 else None
    if at is None:
        return ()
    return tuple(
        Statement(
            entity=made,
            schema=schema,
            property=constant.property,
            written=constant.value,
            read=constant.value,
            unread="",
            at=at,
            by=By.PERSON,
            source=source,
        )
        for constant in mapping.constants
        for made, name, schema in zip(entities.ids, entities.names, entities.schemas, strict=True)
        if name == constant.entity
    )


def _unread_counts(blocks: tuple[Block, ...]) -> dict[str, int]:
    """How many statements were not read, by reason."""
    found: Counter[str] = Counter()
    for block in blocks:
        if len(block.targets) > 0:
            continue
        codes, counts = np.unique(block.codes, return_counts=True)
        for code, count in zip(codes, counts, strict=True):
            why = block.values.readings[int(code)].unread
            if why != "":
                found[why] += int(count)
    return dict(sorted(found.items()))


def _counts(
    mapping: Mapping, rows: Rows, subjects: _Subjects, blocks: tuple[Block, ...]
) -> dict[str, int]:
    """What came of a table, in numbers that add up."""
    table, cells = subjects.table, subjects.cells
    once = subjects.apart.parts == 0  # rows that come of one row count as that one
    data = rows.of(RowKind.DATA) & once
    outside = sum(
        int((column.filled() & data).sum())
        for column in table.columns
        if column.number not in cells
    )
    outside += table.beyond.cells
    elsewhere = np.isin(rows.kinds, _ELSEWHERE) & once
    beside = sum(int((column.filled() & elsewhere).sum()) for column in table.columns)
    mapped = without = 0
    for rule in mapping.columns:
        if rule.column in cells:
            filled = cells[rule.column].filled() & once
            mapped += int(filled.sum())
            without += int((filled & (subjects.numbers[rule.entity] == NOTHING)).sum())
    kinds = {
        f"rows_{kind.name.lower()}": int(((rows.kinds == kind) & once).sum()) for kind in RowKind
    }
    unread_count = sum(_unread_counts(blocks).values())
    statements = sum(len(block.rows) for block in blocks)
    return {
        "rows": int(once.sum()),
        **kinds,
        "cells_mapped": mapped,
        "cells_outside": outside,
        "cells_elsewhere": beside,
        "cells_without_subject": without,
        "statements": statements,
        "links": sum(len(block.rows) for block in blocks if len(block.targets) > 0),
        "read": statements - unread_count,
        "unread": unread_count,
        "entities": len(subjects.entities().ids),
    }


class _Misfits(msgspec.Struct, frozen=True):
    """What a table has that the mapping does not fit."""

    table: Table
    mapping: Mapping
    rows: Rows
    cells: dict[int, _Cells]
    values: dict[int, Values]
    subjects: _Subjects
    misread: Codes  # cells of each row that cannot belong to their columns
    shifted: dict[int, int]  # by how many columns the cells of rows have moved
    as_of: str | None = None

    def found(self) -> list[Misfit]:
        """All of it: columns, then by row; cells that say there is nothing come last.

        Only so many are listed, and a list with `NA` in every other cell must not hide the rest.
        """
        none = Unread.NO_VALUE.value
        return [
            *self._columns(),
            *self._epochs(),
            *sorted(
                dict.fromkeys(self._of_rows()),
                key=lambda each: (each.code == none, each.row, each.column),
            ),
        ]

    def _columns(self) -> Iterator[Misfit]:
        data = self.rows.of(RowKind.DATA)
        known = {rule.column for rule in self.mapping.columns}
        for rule in self.mapping.columns:
            if rule.is_mapped and rule.column not in self.cells:
                says = f"the mapping reads column {rule.column}, in which no cell stands"
                yield Misfit(0, rule.column, "missing-column", says)
        for column in self.table.columns:
            held = int((column.filled() & data).sum())
            if column.number not in known and held > 0:
                says = f"{held:,} cells stand in a column that the mapping does not list"
                yield Misfit(0, column.number, "extra-column", says)
        beyond = self.table.beyond
        if beyond.columns > 0:
            says = f"{beyond.columns:,} more columns with {beyond.cells:,} cells are not looked at"
            yield Misfit(0, 0, "extra-columns", says)

    def _epochs(self) -> Iterator[Misfit]:
        """Columns of which the mapping counts dates from another day than the workbook does."""
        for rule in self.mapping.columns:
            asked = dict(rule.options).get("epoch")
            own = self.table.epoch
            if rule.column in self.cells and asked is not None and own not in (None, asked):
                says = f"the mapping counts dates from {asked}, the workbook from {own}"
                yield Misfit(0, rule.column, "epochs-differ", says)

    def _contradictions(self) -> Iterator[Misfit]:
        """Dates of one row that cannot all be true."""
        dates = {
            rule.column: Dates(
                rule, self.cells[rule.column].codes, self.values[rule.column].readings
            )
            for rule in self.mapping.columns
            if rule.column in self.cells
        }
        for found in contradictions(self.mapping, dates, self.as_of):
            position = int(self.cells[found.column].cited[found.position])
            yield self._at(found.column, position, found.code, found.says)

    def _at(self, column: int, position: int, code: str, says: str) -> Misfit:
        """A misfit of one cell, by where it stands in the sheet."""
        row, standing = self.table.stands_at(column, position)
        return Misfit(row, standing, code, says)

    def _row(self, position: int, code: str, says: str) -> Misfit:
        """A misfit of a row; of a record that is not a row of the sheet, at its first cell."""
        if self.table.arrangement != "":
            for column in self.table.columns:
                if column.codes[position] != NOTHING:
                    return self._at(column.number, position, code, says)
        return Misfit(int(self.table.rows[position]), 0, code, says)

    def _no_data(self) -> Iterator[Misfit]:
        """Rows that are no data; a title above the headers fits, but two cells are no title."""
        for kind, code in _LISTED.items():
            for position in np.flatnonzero(self.rows.kinds == kind).tolist():
                why, cells = self.rows.reasons.get(position, ""), len(self.table.texts(position))
                if why != "":
                    yield self._row(position, code, why)
                elif cells >= _NO_TITLE:
                    says = f"{cells} filled cells stand above the headers, and are not read"
                    yield self._row(position, "above-headers", says)

    def _of_rows(self) -> Iterator[Misfit]:
        yield from self._contradictions()
        yield from self._odd_formulas()
        table = self.table
        yield from self._no_data()
        silent = _silent(self.cells, self.values, self.rows.of(RowKind.DATA))
        for position in np.flatnonzero(silent):
            says = (
                "the mapped cells of this row only say that there is nothing: nobody stands in it"
            )
            yield self._row(int(position), "nothing-said", says)
        still = np.ones(len(table.rows), np.bool_)
        still[list(self.shifted)] = False
        for rule in self.mapping.columns:
            if rule.column not in self.cells:
                continue
            cells = self.cells[rule.column]
            yield from self._unread(rule, cells, still)
            yield from self._resultless(rule)
            nobody = self.subjects.numbers[rule.entity] == NOTHING
            lone = self.subjects.telling[rule.column] & nobody
            for position in np.flatnonzero(lone & ~silent & still):
                says = f"nothing in this row says whose {rule.property} it is"
                yield self._at(rule.column, int(position), "no-subject", says)
        for moved, by in self.shifted.items():
            yield self._row(moved, "shifted-row", _how_shifted(by))
        for position in np.flatnonzero((self.misread >= FEWEST) & still):
            count = int(self.misread[position])
            says = f"{count} cells do not read as their columns do: perhaps shifted"
            yield self._row(int(position), "row-shape", says)

    def _unread(self, rule: ColumnRule, cells: _Cells, still: Mask) -> Iterator[Misfit]:
        values = self.values[rule.column]
        why = [reading.unread for reading in values.readings]
        # A cell that says that there is nothing fits: it is unread, and no misfit.
        odd = np.array([*(each not in ("", Unread.NO_VALUE) for each in why), False], np.bool_)
        found = odd[cells.codes] & still
        for position in np.flatnonzero(found):
            code = int(cells.codes[position])
            says = f"{rule.property}: not read"
            yield self._at(rule.column, int(cells.cited[position]), why[code], says)

    def _resultless(self, rule: ColumnRule) -> Iterator[Misfit]:
        """Cells that show nothing only because the file was saved before it was calculated."""
        column = _column(self.table, rule.column)
        if column.resultless is None:
            return
        for position in np.flatnonzero(column.resultless & self.rows.of(RowKind.DATA)):
            says = f"{rule.property}: a formula of which the file stores no result"
            yield self._at(rule.column, int(position), "no-stored-result", says)

    def _odd_formulas(self) -> Iterator[Misfit]:
        """Cells of any column that are computed unlike their neighbours."""
        data = self.rows.of(RowKind.DATA)
        for column in self.table.columns:
            if column.odd_formula is None:
                continue
            for position in np.flatnonzero(column.odd_formula & data):
                says = "a formula unlike the others of its column"
                yield self._at(column.number, int(position), "odd-formula", says)


def _how_shifted(by: int) -> str:
    side = "right" if by > 0 else "left"
    return f"its cells have moved {abs(by)} to the {side} of their columns: nothing of it is read"


_NO_TITLE = 2  # filled cells of a row above the headers
# Rows in which nothing is read, though something stands in them.
_ELSEWHERE = (
    RowKind.TITLE,
    RowKind.TOTAL,
    RowKind.OTHER,
    RowKind.NOTE,
    RowKind.CHANGED,
)
_LISTED = {
    RowKind.TOTAL: "total-row",
    RowKind.OTHER: "other-headers",
    RowKind.CHANGED: "shape-changed",
    RowKind.TITLE: "title-row",
    RowKind.NOTE: "note-row",
    RowKind.REPEATED: "repeated-headers",
}
