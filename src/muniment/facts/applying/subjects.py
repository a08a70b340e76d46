"""Which entity each row of a table has, by the mapping's names.

- An entity whose first column is a merged range is the one of the range's first row.
"""

import numpy as np

from muniment.facts.applying.applied import Entities, Values
from muniment.facts.applying.cells import Cells
from muniment.facts.applying.rows_apart import telling_rows
from muniment.facts.mapping import EntityRule, Mapping, Scope
from muniment.facts.model import is_a
from muniment.facts.splitting import Parted
from muniment.facts.statement import key_entity, row_entities, row_entity, table_scope
from muniment.facts.table import NOTHING, Codes, Mask, Table


class Subjects:
    """Which entity each row has, by the mapping's names."""

    def __init__(
        self,
        apart: Parted,
        mapping: Mapping,
        cells: dict[int, Cells],
        values: dict[int, Values],
        data: Mask,
    ) -> None:
        self.table = apart.table
        self.apart = apart
        self.cells = cells
        self.telling = telling_rows(cells, values)
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
