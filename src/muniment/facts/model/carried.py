"""How the overlay's entities leave as stock FollowTheMoney: the profile `stock`, as data.

- One entity becomes one or more stock entities. The first keeps its id; the others have an id made
  of it and their name here.
- A property that has no stock counterpart is not carried: it is counted in the export's report and
  stays, with its citation, in the sidecar.
- What a stock entity says that no source said (that a link is a detention) is a constant.
"""

import msgspec

from muniment.facts.model.model import SCHEMATA, properties_of


class Part(msgspec.Struct, frozen=True):
    """A stock entity that an entity becomes.

    `name` is empty for the one that keeps the id; `about` names the link whose target it is a
    part of instead, for what belongs to another entity. `properties` are pairs: own name, stock
    name. `links` point to other parts: stock property, part. `needs` are the properties without
    one of which there is no such part; `when` is a property and the codes of which one must have
    been read, an empty code standing for none.
    """

    schema: str
    name: str = ""
    about: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None


_DATES = (("startDate", "startDate"), ("endDate", "endDate"), ("date", "date"))
_INTERVAL = (
    *_DATES,
    ("summary", "summary"),
    ("description", "description"),
    ("recordId", "recordId"),
    ("sourceUrl", "sourceUrl"),
    ("publisher", "publisher"),
    ("proof", "proof"),
)
_RELATION = (*_INTERVAL, ("person", "person"))
_KINSHIP = (("relationship", "relationship"), ("kind", "relationship"))
_KIN = (
    *("father", "mother", "parent", "son", "daughter", "child", "husband", "wife", "spouse"),
    *("brother", "sister", "sibling", "grandparent", "grandchild", "uncle-or-aunt"),
    *("nephew-or-niece", "cousin", "in-law", "relative"),
)
_THING = tuple((name, name) for name in sorted(properties_of("Thing")))

CARRIED: dict[str, tuple[Part, ...]] = {
    "Detention": (
        Part(
            "Event",
            properties=(
                *_INTERVAL,
                ("detainee", "involved"),
                ("place", "location"),
                ("reason", "notes"),
                ("reasonCode", "keywords"),
                ("status", "keywords"),
            ),
            constants=(("name", "Detention"),),
        ),
        Part(
            "UnknownLink",
            "held-in",
            properties=(
                *_DATES,
                ("detainee", "subject"),
                ("facility", "object"),
                ("status", "status"),
            ),
            constants=(("role", "held in"),),
            needs=("facility",),
        ),
    ),
    "Sentence": (
        Part(
            "Event",
            properties=(
                *_INTERVAL,
                ("person", "involved"),
                ("duration", "summary"),
                ("wording", "notes"),
            ),
            constants=(("name", "Sentence"),),
        ),
    ),
    "Charge": (
        Part(
            "Event",
            properties=(
                *_INTERVAL,
                ("person", "involved"),
                ("wording", "notes"),
                ("code", "keywords"),
            ),
            constants=(("name", "Charge"),),
        ),
    ),
    "Order": (
        Part(
            "Event",
            properties=(
                *dict.fromkeys((*_THING, *_INTERVAL)),
                ("issuer", "organizer"),
                ("addressee", "involved"),
                ("wording", "notes"),
                ("reference", "recordId"),
            ),
            constants=(("keywords", "Order"),),
        ),
    ),
    "Facility": (
        Part(
            "PublicBody",
            properties=(*_THING, ("kind", "classification"), ("code", "registrationNumber")),
            links=(("addressEntity", "at"),),
        ),
        Part(
            "Address",
            "at",
            properties=(
                ("address", "full"),
                ("country", "country"),
                ("latitude", "latitude"),
                ("longitude", "longitude"),
            ),
            needs=("address", "latitude", "longitude"),
        ),
    ),
    "FacilityState": (
        Part(
            "Event",
            properties=(
                *_INTERVAL,
                ("facility", "involved"),
                ("state", "keywords"),
                ("kind", "keywords"),
                ("wording", "notes"),
            ),
            constants=(("name", "State of a facility"),),
        ),
    ),
    "Post": (
        Part(
            "Occupancy",
            properties=(*_INTERVAL, ("holder", "holder")),
            links=(("post", "post"),),
        ),
        Part(
            "Position",
            "post",
            properties=(("title", "name"), ("organization", "organization")),
            needs=("title", "organization"),
        ),
    ),
    "Relation": (
        Part(
            "Family",
            properties=(*_RELATION, ("relative", "relative"), *_KINSHIP),
            when=("kind", _KIN),
        ),
        Part(
            "Associate",
            properties=(*_RELATION, ("relative", "associate"), *_KINSHIP),
            when=("kind", ("friend", "colleague", "neighbour", "cellmate")),
        ),
        Part(
            "UnknownLink",
            properties=(
                *_INTERVAL,
                ("relative", "subject"),  # who has the role, as in every UnknownLink here
                ("person", "object"),
                ("relationship", "role"),
                ("kind", "role"),
            ),
            when=("kind", ("", "guardian", "head-of-household")),
        ),
    ),
    "PhotoOf": (
        Part(
            "Documentation",
            properties=(*_INTERVAL, ("image", "document"), ("person", "entity"), ("basis", "role")),
        ),
        Part("Image", about="image", properties=(("person", "pictured"),), needs=("image",)),
    ),
    "Testimony": (
        Part(
            "Note",
            properties=(*_THING, ("about", "entity"), ("text", "description")),
            constants=(("keywords", "Testimony"),),
        ),
    ),
    # An age without its day is false the next year, and stock has no place for the two together.
    "Age": (),
}


def parts_of(schema: str) -> tuple[Part, ...]:
    """What an entity of this schema becomes; a stock one stays what it is."""
    if schema in CARRIED:
        return CARRIED[schema]
    own = tuple((name, name) for name in sorted(properties_of(schema)))
    return (Part(schema, properties=own),) if schema in SCHEMATA else ()


def carried_as(schema: str, name: str) -> tuple[tuple[str, str], ...]:
    """Every stock schema and property that a property becomes; empty where it is not carried."""
    return tuple(
        (part.schema, theirs)
        for part in parts_of(schema)
        for ours, theirs in part.properties
        if ours == name
    )
