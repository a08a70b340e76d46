"""What a recorded report states: the testimony, the people in it, and what befell them.

- Every statement cites the characters of the recorded form that it was read from; a link cites the
  heading of the section from which it follows.
- Values are read as the form asks for them (dates in ISO 8601); what is written otherwise stays as
  written, unread.
"""

from collections.abc import Iterable, Iterator

import msgspec

from muniment.core import Chars, Citation, Digest
from muniment.facts.ftm import clean, why_unread
from muniment.facts.model import Property, property_of, read_code
from muniment.facts.sources.form import BELOW, RELATIONSHIP, Heading, Value, fields_of
from muniment.facts.statement import By, Statement, Unread, place_entity

_WITNESS, _TESTIMONY = "witness", "testimony"
_OF_CONSENT = {"by": "consent", "how": "consent", "scope": "scope"}  # field to property


class Telling(msgspec.Struct, frozen=True):
    """A report: the object of its recorded form, and the decision that records it."""

    object: Digest
    source: str

    def entity(self, section: str) -> str:
        """The id of what a section is about."""
        return place_entity(Citation(self.object), section)

    def at(self, chars: Chars) -> Citation:
        """The citation of some characters of the form."""
        return Citation(self.object, chars)


def statements_of_report(telling: Telling, text: str) -> Iterator[Statement]:
    """Every statement of a recorded form.

    Raises:
        ValueError: the text is no recorded form.
    """
    fields = list(fields_of(text))
    filled = {each.section for each in fields if isinstance(each, Value)}
    for each in fields:
        match each:
            case Heading():
                if each.section in filled:
                    yield from _links(telling, each)
            case Value():
                yield from _stated(telling, each)


def _links(telling: Telling, heading: Heading) -> Iterator[Statement]:
    """What follows from a section's being there."""
    person, _, below = heading.section.partition(", ")
    if below != "":
        schema, name = BELOW[below.split(" ", 1)[0]]
        yield _link(telling, (heading.section, schema, name), person, heading)
    elif person == _WITNESS:
        yield _link(telling, (_TESTIMONY, "Testimony", "witness"), _WITNESS, heading)
    elif person.startswith("person "):
        yield _link(telling, (_TESTIMONY, "Testimony", "about"), person, heading)


def _link(
    telling: Telling, subject: tuple[str, str, str], target: str, heading: Heading
) -> Statement:
    section, schema, name = subject
    return Statement(
        entity=telling.entity(section),
        schema=schema,
        property=name,
        written=heading.section,
        read=telling.entity(target),
        unread="",
        at=telling.at(heading.at),
        by=By.PERSON,
        source=telling.source,
    )


def _stated(telling: Telling, value: Value) -> Iterable[Statement]:
    match value.section:
        case "report":
            return [_value(telling, _TESTIMONY, "Testimony", value.field, value)]
        case "consent":
            name = _OF_CONSENT.get(value.field)
            if name is None:  # the date of the consent is in the decision
                return []
            return [_value(telling, _TESTIMONY, "Testimony", name, value)]
        case "witness":
            return [_value(telling, _WITNESS, "Person", value.field, value)]
        case section if ", " in section:
            schema, _ = BELOW[section.partition(", ")[2].split(" ", 1)[0]]
            return [_value(telling, section, schema, value.field, value)]
        case section if value.field == RELATIONSHIP:
            return _relation(telling, section, value)
        case section:
            return [_value(telling, section, "Person", value.field, value)]


def _relation(telling: Telling, person: str, value: Value) -> Iterator[Statement]:
    """What a person is to the witness: a relation with both ends, as written and coded."""
    section = f"{person}, relation"
    at = Heading(value.written, value.at)
    yield _link(telling, (section, "Relation", "person"), _WITNESS, at)
    yield _link(telling, (section, "Relation", "relative"), person, at)
    yield _value(telling, section, "Relation", "relationship", value)
    yield _value(telling, section, "Relation", "kind", value)


def _value(telling: Telling, section: str, schema: str, name: str, value: Value) -> Statement:
    known = property_of(schema, name)
    if known is None:
        raise ValueError(f"a recorded report has no field {name!r} in {section}")
    read, unread = _read(known, value.text)
    return Statement(
        entity=telling.entity(section),
        schema=schema,
        property=name,
        written=value.written,
        read=read,
        unread=unread,
        at=telling.at(value.at),
        by=By.PERSON,
        source=telling.source,
    )


def _read(known: Property, text: str) -> tuple[str | None, str]:
    if known.vocabulary != "":
        code = read_code(known.vocabulary, text)
        return code, "" if code is not None else Unread.UNKNOWN_CODE.value
    read = clean(known.kind, text)
    return read, "" if read is not None else why_unread(known.kind)
