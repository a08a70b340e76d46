"""The whole model: FollowTheMoney's schemata that are used, and the overlay.

- A schema's own properties come before those it inherits; of two parents, the first wins.
- Nothing outside this model is stated: `property_of` answers None for what it does not know.
"""

from collections.abc import Iterator
from functools import cache

from muniment.facts.model.custody import CHARGE, DETENTION, ORDER, SENTENCE
from muniment.facts.model.people import AGE, PHOTO_OF, POST, RELATION, TESTIMONY
from muniment.facts.model.places import FACILITY, FACILITY_STATE
from muniment.facts.model.schema import Property, Schema
from muniment.facts.model.stock import STOCK

OVERLAY: tuple[Schema, ...] = (
    DETENTION,
    SENTENCE,
    CHARGE,
    ORDER,
    FACILITY,
    FACILITY_STATE,
    POST,
    RELATION,
    PHOTO_OF,
    TESTIMONY,
    AGE,
)
SCHEMATA: dict[str, Schema] = {each.name: each for each in (*STOCK, *OVERLAY)}


def schema_of(name: str) -> Schema | None:
    """The schema of that name."""
    return SCHEMATA.get(name)


@cache
def properties_of(name: str) -> dict[str, Property]:
    """Every property of a schema by its name, inherited ones too; empty for an unknown schema."""
    found: dict[str, Property] = {}
    for schema in _lineage(name):
        for each in schema.properties:
            found.setdefault(each.name, each)
    return found


def property_of(schema: str, name: str) -> Property | None:
    """A schema's property, its own or an inherited one."""
    return properties_of(schema).get(name)


def property_named(qualified: str) -> Property | None:
    """The property of a qualified name such as `Person:birthDate`."""
    schema, _, name = qualified.partition(":")
    return property_of(schema, name)


@cache
def is_a(name: str, other: str) -> bool:
    """Whether a schema is another or extends it."""
    return any(each.name == other for each in _lineage(name))


def _lineage(name: str) -> Iterator[Schema]:
    """A schema and what it extends, itself first, breadth first."""
    waiting, met = [name], set[str]()
    while len(waiting) > 0:
        schema = SCHEMATA.get(waiting.pop(0))
        if schema is None or schema.name in met:
            continue
        met.add(schema.name)
        yield schema
        waiting.extend(schema.extends)
