"""Statements of one property or one kind of link, gathered from all rows; and constants."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from muniment.core import Citation, parse_digest
from muniment.facts.applying.applied import Block, Entities, Values
from muniment.facts.applying.flags import CONTINUED, MERGED, NO_KEY
from muniment.facts.applying.subjects import Subjects
from muniment.facts.mapping import ColumnRule, LinkRule, Mapping
from muniment.facts.statement import By, Statement
from muniment.facts.table import NOTHING, Codes


def block_of(subjects: Subjects, mapping: Mapping, rule: ColumnRule, values: Values) -> Block:
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


def link_blocks(
    subjects: Subjects, mapping: Mapping, link: LinkRule, values: dict[int, Values]
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


def constants_of(mapping: Mapping, entities: Entities, source: str) -> tuple[Statement, ...]:
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


def _small(numbers: Codes) -> NDArray[Any]:
    """The same numbers in half the memory: no table has two thousand million rows."""
    return numbers.astype(np.int32)


def _first_of_each(one: Codes, other: Codes) -> Codes:
    """The places of the first of each different pair, in order."""
    _, first = np.unique(np.stack([one, other]), axis=1, return_index=True)
    return np.sort(first)
