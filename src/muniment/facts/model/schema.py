"""The shape of the model: schemata, their properties, and what a property may hold.

- A schema is FollowTheMoney's own (`stock`) or this program's (overlay). Both are data here; a test
  compares the stock ones with the `followthemoney` package, so that a drift is seen.
- A property belongs to the schema that declares it and to all that extend that one.
"""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What a property's values are: FollowTheMoney's property types, by their names."""

    ADDRESS = "address"
    CHECKSUM = "checksum"
    COUNTRY = "country"
    DATE = "date"
    EMAIL = "email"
    ENTITY = "entity"
    GENDER = "gender"
    IDENTIFIER = "identifier"
    LANGUAGE = "language"
    MIMETYPE = "mimetype"
    NAME = "name"
    NUMBER = "number"
    PHONE = "phone"
    STRING = "string"
    TEXT = "text"
    TOPIC = "topic"
    URL = "url"


class Property(msgspec.Struct, frozen=True):
    """A property that a schema declares.

    `target` is the schema that an entity-valued property points to; `reverse` names the way back.
    `vocabulary` is the published list whose codes its values are, where it has one. `instead` is
    the property that takes the name of another entity where the source has no more than a name.
    """

    name: str
    kind: Kind
    label: str
    about: str
    target: str = ""
    reverse: str = ""
    vocabulary: str = ""
    instead: str = ""


class Edge(msgspec.Struct, frozen=True):
    """Which properties make an entity a line between two others, for programs that draw graphs."""

    source: str
    label: str
    target: str


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """A class of entities.

    `caption` are the properties by which an entity is shown, the first that has a value.
    """

    name: str
    label: str
    plural: str
    about: str
    extends: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    featured: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    edge: Edge | None = None
    stock: bool = False
