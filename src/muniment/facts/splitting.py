"""A row whose cell names several people, as one row for each: only where the mapping says so.

    张三、李四 | 2017-03-05        option split=yes        张三 | 2017-03-05
                                   ───────────────▶       李四 | 2017-03-05

- The rows that come of it have the number of the row they come from, so that every citation is
  still that of the cell; what is written stays the whole cell, what is read is the one name.
- What else stands in such a row is stated of each of these people, with the doubt that the names
  have, and each has a detention, a sentence or an age of their own; what is not theirs (a place, an
  order) is stated once.
"""

from typing import Any, NamedTuple

import numpy as np

from muniment.facts.layout import Rows
from muniment.facts.mapping import Mapping
from muniment.facts.readings.several import names_in
from muniment.facts.table import NOTHING, Codes, Column, Mask, Table

SPLIT = ("split", "yes")


class Parted(NamedTuple):
    """A table with such rows apart. Arrays have one entry for each of its rows.

    `parts` counts the people of a row from 0, `homes` is the position of the first, `shared` are
    the rows that come of one; `named` has, by column, the name that the code of a part stands for.
    """

    table: Table
    rows: Rows
    parts: Codes
    homes: Codes
    shared: Mask
    entities: frozenset[str]
    named: dict[int, dict[int, str]]


def parted(table: Table, rows: Rows, mapping: Mapping, data: Mask) -> Parted:
    """The table as the mapping splits it; where it splits nothing, as it is."""
    rules = [rule for rule in mapping.columns if rule.is_mapped and SPLIT in rule.options]
    names = {
        rule.column: {
            code: found
            for code, value in enumerate(column.values)
            if len(found := names_in(value.displayed)) > 1
        }
        for rule in rules
        if (column := table.column(rule.column)) is not None
    }
    counts = np.ones(len(table.rows), np.int64)
    for number, of_code in names.items():
        column = table.column(number)
        if column is not None and len(of_code) > 0:
            sizes = np.ones(len(column.values) + 1, np.int64)
            sizes[list(of_code)] = [len(found) for found in of_code.values()]
            counts = np.maximum(counts, np.where(data, sizes[column.codes], 1))
    source = np.repeat(np.arange(len(counts)), counts)
    homes = np.searchsorted(source, source)
    parts = np.arange(len(source)) - homes
    entities = _apart(mapping, {rule.entity for rule in rules})
    shared = np.asarray(counts[source] > 1, np.bool_)
    if not shared.any():
        return Parted(table, rows, parts, homes, shared, entities, {})
    kinds = Rows(rows.kinds[source], _moved(rows.reasons, homes, source))
    columns, named = [], {}
    for column in table.columns:
        of_code = names.get(column.number, {})
        columns.append(_parted_column(column, of_code, source, parts))
        if len(of_code) > 0:
            every = [name for found in of_code.values() for name in found]
            named[column.number] = dict(enumerate(every, start=len(column.values)))
    apart = Table(
        table.digest,
        table.sheet,
        table.rows[source],
        columns,
        table.merged,
        beyond=table.beyond,
        epoch=table.epoch,
        arrangement=table.arrangement,
        headers=table.headers,
        kinds=None if table.kinds is None else table.kinds[source],
        parts=None if table.parts is None else table.parts[source],
    )
    return Parted(apart, kinds, parts, homes, shared, entities, named)


def _apart(mapping: Mapping, entities: set[str]) -> frozenset[str]:
    """Entities that each person of a cell has: the people, and what is tied to them."""
    while True:
        tied = {link.entity for link in mapping.links if link.target in entities} - entities
        if len(tied) == 0:
            return frozenset(entities)
        entities |= tied


def _parted_column(
    column: Column,
    of_code: dict[int, tuple[str, ...]],
    source: Codes,
    parts: Codes,
) -> Column:
    """A column of the rows apart; a cell of several names has a code for each of them."""
    codes, values = column.codes[source], list(column.values)
    for code, found in of_code.items():
        start = len(values)
        whole = column.values[code]
        values += [whole] * len(found)
        here = codes == code
        codes = np.where(here & (parts < len(found)), start + parts, codes)
        codes = np.where(here & (parts >= len(found)), NOTHING, codes)
    return Column(
        column.number,
        codes,
        values,
        name=column.name,
        hidden=_of(column.hidden, source),
        unsure=_of(column.unsure, source),
        places=_everywhere(column.places, source),
        resultless=_of(column.resultless, source),
        odd_formula=_of(column.odd_formula, source),
    )


def _of(mask: Any, source: Codes) -> Any:
    return None if mask is None else mask[source]


def _everywhere(places: dict[int, str], source: Codes) -> dict[int, str]:
    if len(places) == 0:
        return places
    return {
        position: places[int(home)] for position, home in enumerate(source) if int(home) in places
    }


def _moved(reasons: dict[int, str], homes: Codes, source: Codes) -> dict[int, str]:
    first = {int(source[home]): int(home) for home in np.unique(homes)}
    return {first[position]: why for position, why in reasons.items()}
