"""A mapping: how the columns of tables of one shape become statements.

    Mapping ── columns    column → entity, property, reader with options
            ├─ entities   name in this mapping → schema; one a row, or one a key
            ├─ links      entity · property → entity
            └─ constants  entity · property = value, stated by whoever confirms

- A mapping is proposed by `propose`, edited and confirmed by a person, and recorded in the journal
  as canonical JSON; the same JSON is the file that a person edits. docs/formats/mapping.md.
- `parse_mapping` accepts only a mapping that means something: every entity that is used is
  declared, no column is mapped twice, keys are columns.
"""

import builtins
import json
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

from muniment.core import UsageError, canonical_json
from muniment.facts.shape import ARRANGEMENTS
from muniment.facts.told import Told, wrongs_of

FORMAT = "muniment-mapping/1"
LONGEST_TEXT = 20_000  # letters of a note
MOST_COLUMNS = 1_000
_REMEDY = "compare with docs/formats/mapping.md, or let `muniment map suggest` write the file anew"


class Scope(StrEnum):
    """Within what an entity's key makes rows one entity."""

    ROW = "row"  # each row has its own
    TABLE = "table"
    MAPPING = "mapping"  # all tables of the shape
    CASE = "case"


class ColumnRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one column states: a property of an entity, read by a reader with options."""

    column: int  # from 1
    header: str  # as written
    entity: str = ""  # the entity's name in this mapping; empty where the column is not mapped
    property: str = ""
    reader: str = "text"
    options: tuple[tuple[str, str], ...] = ()

    @builtins.property
    def is_mapped(self) -> bool:
        """Whether the column makes statements."""
        return self.entity != ""


class EntityRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entity that rows make.

    It is there in a row where one of the columns in `required` is filled, or, where none is
    named, where any of its columns is. `keys` are the columns by which rows share it.
    """

    name: str
    schema: str
    scope: Scope = Scope.ROW
    keys: tuple[int, ...] = ()
    required: tuple[int, ...] = ()


class LinkRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a property of one entity is another entity of the same row."""

    entity: str
    property: str
    target: str


class ConstantRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds of every such entity, on the word of the person who confirms."""

    entity: str
    property: str
    value: str


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the columns of tables of one shape become statements."""

    format: str = FORMAT
    title: str
    shape: str  # digest: see `shape`
    headers: tuple[str, ...]  # as written, by column; of two rows "group / name"
    header_rows: int = 1  # how many rows name the columns; 0 for none
    arrangement: str = ""  # how records lie that do not lie one a row: see `arranging`
    told: Told | None = None  # where they are, on the word of who confirms
    columns: tuple[ColumnRule, ...]
    entities: tuple[EntityRule, ...]
    links: tuple[LinkRule, ...] = ()
    constants: tuple[ConstantRule, ...] = ()
    fill_down: tuple[int, ...] = ()  # columns whose blank cells repeat the one above
    note: str = ""

    def entity(self, name: str) -> EntityRule | None:
        """An entity by its name."""
        return next((each for each in self.entities if each.name == name), None)


def mapping_bytes(mapping: Mapping) -> bytes:
    """The canonical JSON of a mapping."""
    return canonical_json(_members(mapping))


def _members(mapping: Mapping) -> dict[str, Any]:
    """What the JSON of a mapping holds: no arrangement where there is none, and none is told.

    Mappings that were recorded before there were these members keep their bytes.
    """
    plain: dict[str, Any] = msgspec.to_builtins(mapping)
    if mapping.arrangement == "":
        del plain["arrangement"]
    if mapping.told is None:
        del plain["told"]
    return plain


def printed_mapping(mapping: Mapping) -> str:
    """The JSON of a mapping as a file that a person edits: indented, a column a line."""
    lines = []
    for name, value in _members(mapping).items():
        if isinstance(value, (list, tuple)) and any(isinstance(each, dict) for each in value):
            rows = ",\n".join(f"    {json.dumps(each, ensure_ascii=False)}" for each in value)
            lines.append(f"  {json.dumps(name)}: [\n{rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def parse_mapping(written: str | bytes) -> Mapping:
    """The mapping that JSON says.

    Raises:
        UsageError: it is no JSON, no mapping, or one that contradicts itself.
    """
    try:
        mapping = msgspec.json.decode(written, type=Mapping)
        mapping_bytes(mapping)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError) as why:
        raise UsageError(f"this is no mapping: {why}", next_step=_REMEDY) from why
    check_mapping(mapping)
    return mapping


def check_mapping(mapping: Mapping) -> None:
    """Refuse a mapping that contradicts itself.

    Raises:
        UsageError: what is wrong first.
    """
    for wrong in _wrongs(mapping):
        raise UsageError(f"this mapping contradicts itself: {wrong}", next_step=_REMEDY)


def _wrongs(mapping: Mapping) -> Iterator[str]:
    if mapping.format != FORMAT:
        yield f"its format is {mapping.format!r}, not {FORMAT!r}"
    if mapping.title.strip() == "":
        yield "it has no title"
    if mapping.arrangement not in ("", *ARRANGEMENTS):
        yield f"records cannot lie {mapping.arrangement!r}, but {', '.join(ARRANGEMENTS)}"
    if mapping.told is not None:
        yield from wrongs_of(mapping.told)
    if len(mapping.note) > LONGEST_TEXT or len(mapping.columns) > MOST_COLUMNS:
        yield "it is too long"
    yield from _wrong_entities(mapping)
    yield from _wrong_columns(mapping)
    yield from _wrong_links(mapping)


def _wrong_entities(mapping: Mapping) -> Iterator[str]:
    names = [entity.name for entity in mapping.entities]
    yield from (f"two entities are called {name!r}" for name in _twice(names))
    columns = {rule.column for rule in mapping.columns}
    for entity in mapping.entities:
        if entity.name.strip() == "" or entity.schema.strip() == "":
            yield "an entity has no name or no schema"
        for column in sorted({*entity.keys, *entity.required} - columns):
            yield f"entity {entity.name!r} names column {column}, which is not listed"
        if entity.scope is not Scope.ROW and len(entity.keys) == 0:
            yield f"entity {entity.name!r} is shared by a key and names no column as key"


def _wrong_columns(mapping: Mapping) -> Iterator[str]:
    numbers = [rule.column for rule in mapping.columns]
    yield from (f"column {column} is listed twice" for column in _twice(numbers))
    for rule in mapping.columns:
        if rule.column < 1:
            yield "columns are counted from 1"
        if rule.is_mapped and mapping.entity(rule.entity) is None:
            yield f"column {rule.column} names entity {rule.entity!r}, which is not there"
        if rule.is_mapped and rule.property == "":
            yield f"column {rule.column} names no property"
    if not any(rule.is_mapped for rule in mapping.columns):
        yield "it maps no column"
    for column in sorted(set(mapping.fill_down) - set(numbers)):
        yield f"column {column} is filled down and not listed"


def _wrong_links(mapping: Mapping) -> Iterator[str]:
    for link in mapping.links:
        for name in (link.entity, link.target):
            if mapping.entity(name) is None:
                yield f"a link names entity {name!r}, which is not there"
    for constant in mapping.constants:
        if mapping.entity(constant.entity) is None:
            yield f"a constant names entity {constant.entity!r}, which is not there"


def _twice(found: list[Any]) -> list[Any]:
    return sorted(each for each, count in Counter(found).items() if count > 1)
