"""What columns of such lists are about: concepts, each with the property it becomes.

- A concept is found by its words in a header, and by what a column's cells read as.
- `holds` names the kinds of content that fit it (see `contents`); others make it doubtful.
- A concept without a schema is known and makes no statements: a running number, a picture.
"""

import msgspec

TEXTS = ("text", "word", "name", "place")
NUMBERS = ("number", "integer", "serial", "year")
# What a header with "No." in it may be the number of.
NUMBERED = frozenset({"code", "identity", "phone", *NUMBERS})


class Concept(msgspec.Struct, frozen=True):
    """One thing that a column may state of the subject that a mapping calls `entity`."""

    schema: str
    property: str
    reader: str
    holds: tuple[str, ...]
    entity: str = "person"

    def qualified(self) -> str | None:
        """Schema and property, joined; None where it makes no statement."""
        return None if self.schema == "" else f"{self.schema}:{self.property}"


def _person(name: str, reader: str, *holds: str) -> Concept:
    return Concept("Person", name, reader, holds)


def _held(name: str, reader: str, *holds: str) -> Concept:
    return Concept("Detention", name, reader, holds, "detention")


def _sentence(name: str, reader: str, *holds: str) -> Concept:
    return Concept("Sentence", name, reader, holds, "sentence")


def _facility(name: str, reader: str, *holds: str) -> Concept:
    return Concept("Facility", name, reader, holds, "facility")


def _order(name: str, reader: str, *holds: str) -> Concept:
    return Concept("Order", name, reader, holds, "order")


CONCEPTS: dict[str, Concept] = {
    "name": _person("name", "name", "name", "word"),
    "first_name": _person("firstName", "name", "name", "word"),
    "last_name": _person("lastName", "name", "name", "word"),
    "patronymic": _person("fatherName", "name", "name", "word"),
    "second_name": _person("secondName", "name", "name", "word"),
    "mother_name": _person("motherName", "name", "name", "word"),
    "alias": _person("alias", "name", "name", "word"),
    "birth_date": _person("birthDate", "date", "date", "year", "number"),
    "death_date": _person("deathDate", "date", "date", "year"),
    "birth_place": _person("birthPlace", "text", "place", "word", "text", "name"),
    "sex": _person("gender", "sex", "sex"),
    "nationality": _person("nationality", "text", "word", "place", "name"),
    "ethnicity": _person("ethnicity", "text", "word", "name"),
    "religion": _person("religion", "text", "word", "name"),
    "education": _person("education", "text", "word", "text", "name"),
    "profession": _person("profession", "text", "word", "text", "name"),
    "position": _person("position", "text", "word", "text", "name"),
    "title": _person("title", "text", "word", "name"),
    "political": _person("political", "text", "word", "name"),
    "id_number": _person("idNumber", "identity", "identity", "code"),
    "passport": _person("passportNumber", "identity", "code", "identity", "integer"),
    "phone": _person("phone", "phone", "phone", "integer"),
    "email": _person("email", "email", "email"),
    "address": _person("address", "text", "place", "word", "text", "name"),
    "notes": _person("notes", "text", *TEXTS),
    "person_status": _person("status", "text", "word", "name"),
    "registration": _person("registrationNumber", "text", "code", "integer", "identity", "number"),
    "language": _person("spokenLanguage", "text", "word", "name", "text"),
    "source_link": _person("sourceUrl", "text", *TEXTS, "code"),
    "person_country": _person("country", "text", "word", "name", "place"),
    "age": Concept("Age", "age", "age", ("age", "integer"), "age"),
    "employer": Concept("Organization", "name", "name", (*TEXTS,), "organization"),
    "relationship": Concept("Relation", "relationship", "text", ("word", "name"), "relation"),
    "detained_on": _held("startDate", "date", "date", "year"),
    "released_on": _held("endDate", "date", "date", "year"),
    "facility": _facility("name", "name", *TEXTS),
    "facility_before": Concept("Facility", "name", "name", TEXTS, "facility-before"),
    "held_place": _held("place", "text", *TEXTS),
    "reason": _held("reason", "text", *TEXTS),
    "held_status": _held("status", "text", "word", "name", "text"),
    "authority": _held("authority", "text", *TEXTS),
    "held_order": Concept("Order", "reference", "text", ("code", *TEXTS), "order"),
    "building": _held("building", "text", "code", "integer", "word"),
    "cell": _held("cell", "text", "code", "integer", "word"),
    "term": _sentence("duration", "duration", "duration", "integer"),
    "sentence_date": _sentence("date", "date", "date", "year"),
    "sentence_start": _sentence("startDate", "date", "date", "year"),
    "sentence_end": _sentence("endDate", "date", "date", "year"),
    "court": _sentence("court", "text", *TEXTS),
    "charge": Concept("Charge", "wording", "text", (*TEXTS, "code"), "charge"),
    "article": Concept("Charge", "article", "text", ("code", "integer", *TEXTS), "charge"),
    "facility_name": _facility("name", "name", *TEXTS),
    "facility_alias": _facility("alias", "name", *TEXTS),
    "facility_kind": _facility("kind", "text", "word", "name", "text"),
    "facility_address": _facility("address", "text", *TEXTS),
    "capacity": _facility("capacity", "integer", *NUMBERS),
    "latitude": _facility("latitude", "coordinate", "coordinate", "number"),
    "longitude": _facility("longitude", "coordinate", "coordinate", "number"),
    "opened": _facility("startDate", "date", "date", "year"),
    "closed": _facility("endDate", "date", "date", "year"),
    "country": _facility("country", "text", "word", "name", "place"),
    "facility_notes": _facility("notes", "text", *TEXTS),
    "headcount": Concept("FacilityState", "headcount", "integer", NUMBERS, "state"),
    "facility_state": Concept("FacilityState", "state", "text", ("word", "name", "text"), "state"),
    "state_date": Concept("FacilityState", "date", "date", ("date", "year"), "state"),
    "order_name": _order("name", "text", *TEXTS),
    "issuer": Concept("Organization", "name", "name", TEXTS, "issuer"),
    "addressee": Concept("Organization", "name", "name", TEXTS, "addressee"),
    "order_date": _order("date", "date", "date", "year"),
    "reference": _order("reference", "text", "code", *TEXTS),
    "wording": _order("wording", "text", *TEXTS),
    "post_title": Concept("Post", "title", "text", TEXTS, "post"),
    "post_organization": Concept("Organization", "name", "name", TEXTS, "post-organization"),
    "post_start": Concept("Post", "startDate", "date", ("date", "year"), "post"),
    "post_end": Concept("Post", "endDate", "date", ("date", "year"), "post"),
    "testimony": Concept("Testimony", "text", "text", ("text", "word"), "testimony"),
    "testimony_date": Concept("Testimony", "date", "date", ("date", "year"), "testimony"),
    "witness": Concept("Person", "name", "name", ("name", "word", "text"), "witness"),
    "serial": Concept("", "", "text", ("serial", "integer", "number", "year"), ""),
    "source": Concept("", "", "text", ("code", *TEXTS), ""),
    "death_cause": _person("notes", "text", *TEXTS),
    "event_date": Concept("", "", "date", ("date", "year"), ""),
    "event_reason": Concept("", "", "text", TEXTS, ""),
    "event_place": Concept("", "", "text", TEXTS, ""),
    "measure": Concept("", "", "number", NUMBERS, ""),
    "photo": Concept("", "", "text", ("text", "word", "code"), ""),
    # Of a case or a file, which may be of several people: taken for a person's own, it would join them.
    "file_number": Concept("", "", "text", ("code", "serial", "identity", *TEXTS, *NUMBERS), ""),
    "household": Concept("", "", "text", ("code", "integer", "serial", "identity"), ""),
    "marital": Concept("", "", "text", ("word", "name"), ""),
    "coordinates": Concept("", "", "text", ("coordinate", "text", "code", "number"), ""),
    "quantity": Concept("", "", "number", NUMBERS, ""),
}

# Things that many rows name and that are one thing in the whole table: each is told by its column.
NAMED_ONCE = frozenset(
    {"facility", "facility_before", "held_order", "issuer", "addressee", "post_organization"}
)

# Words that alone say too little; what they are follows from what else the table holds.
GENERIC: dict[str, dict[str, str]] = {
    "any_date": {
        "person": "event_date", "facility": "state_date", "order": "order_date",
        "post": "post_start", "testimony": "testimony_date",
    },
    "any_start": {"person": "detained_on", "facility": "opened", "post": "post_start"},
    "any_end": {"person": "released_on", "facility": "closed", "post": "post_end"},
    "any_from": {"person": "facility_before", "order": "issuer", "post": "post_start"},
    "any_to": {"person": "facility", "order": "addressee", "post": "post_end"},
    "any_place": {"person": "held_place", "facility": "facility_address"},
    "any_status": {"person": "held_status", "facility": "facility_state"},
    "any_kind": {"facility": "facility_kind"},
    "any_number": {"person": "registration", "order": "reference"},
    "any_title": {"order": "order_name", "person": "title", "facility": "facility_name"},
    "any_text": {"order": "wording", "testimony": "testimony", "person": "notes"},
    "any_name": {"person": "name", "facility": "facility_name", "order": "order_name"},
    "any_notes": {"person": "notes", "facility": "facility_notes", "order": "wording"},
    "any_address": {"person": "address", "facility": "facility_address"},
    "any_organization": {"person": "employer", "post": "post_organization", "order": "issuer"},
}  # fmt: skip

# Whose columns these are, where one row names several people: how they are related to the first.
ROLES = (
    "spouse",
    "father",
    "mother",
    "child",
    "relative",
    "guardian",
    "head",
    "contact",
    "visitor",
    "officer",
    "lawyer",
    "judge",
    "doctor",
    "perpetrator",
    "informant",
)
