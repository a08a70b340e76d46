"""The recorded form of a report: a text in sections, one value a line, that citations point into.

    muniment report 1

    [report]
    name: report 3
    text: the first line of what was told
      and the next ones, two spaces in

    [person 1]
    name: …

    [person 1, detention 1]
    place: …

- `form_text` writes it from what a person filled in; `fields_of` finds each value again, with the
  characters at which it stands.
- Nothing of what was filled in is left out: a field that the model has no property for is refused.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from muniment.core import Chars
from muniment.facts.model import Kind, properties_of

FIRST_LINE = "muniment report 1"
REPORT = {
    "name": "by which the report is found; no name of a person need be in it",
    "date": "when it was told",
    "language": "in which language, ISO 639-3",
    "custodian": "who keeps it: a role or a pseudonym",
    "text": "what was told, word for word",
}
CONSENT = {
    "by": "who gave it",
    "scope": "for what: custodian, case, partners, anonymous, named",
    "date": "when",
    "how": "how: in writing, on the telephone, read back",
}
# What may stand below a person: section, schema, and the property that leads back to the person.
BELOW = {
    "detention": ("Detention", "detainee"),
    "sentence": ("Sentence", "person"),
    "charge": ("Charge", "person"),
    "age": ("Age", "person"),
    "post": ("Post", "holder"),
}
RELATIONSHIP = "relationship"  # of a person: what they are to the witness
_SECTION = re.compile(r"\[([^\]\n]+)\]")
_FIELD = re.compile(r"([A-Za-z]+): (.*)")
_INDENT = "  "


class Value(msgspec.Struct, frozen=True):
    """A value of the form: section, field, what stands there, and at which characters."""

    section: str
    field: str
    written: str
    text: str  # the same without the indentation of further lines
    at: Chars


class Heading(msgspec.Struct, frozen=True):
    """The heading of a section, and at which characters it stands."""

    section: str
    at: Chars


def form_text(filled: Mapping[str, Any]) -> str:
    """The recorded form of what a person filled in (docs/how-to/record-a-relatives-report.md).

    Raises:
        ValueError: a section or a field is none of the form's, or a value is no text or number.
    """
    sections = [lines for section, plain in _sections(filled) for lines in _section(section, plain)]
    return "\n".join((FIRST_LINE, *sections)) + "\n"


def fields_of(text: str) -> Iterator[Heading | Value]:
    """The headings and values of a recorded form, in order.

    Raises:
        ValueError: the text is no recorded form.
    """
    lines = text.split("\n")
    if lines[0] != FIRST_LINE:
        raise ValueError(f"a recorded report begins with {FIRST_LINE!r}")
    section, at, number = "", 0, 0
    while number < len(lines):
        line, start = lines[number], at
        heading, field = _SECTION.fullmatch(line), _FIELD.fullmatch(line)
        at += len(line) + 1
        number += 1
        if heading is not None:
            section = heading[1]
            yield Heading(section, Chars(start + 1, start + 1 + len(section)))
        elif field is not None:
            more = []
            while number < len(lines) and lines[number].startswith(_INDENT):
                more.append(lines[number])
                at += len(lines[number]) + 1
                number += 1
            first = start + len(field[1]) + 2
            written = "\n".join((field[2], *more))
            plain = "\n".join((field[2], *(each.removeprefix(_INDENT) for each in more)))
            yield Value(section, field[1], written, plain, Chars(first, first + len(written)))


def _sections(filled: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    known = {"consent", "witness", "person", *REPORT}
    _refuse_others("the form", filled, known)
    yield "report", _fields("report", {n: filled[n] for n in REPORT if n in filled}, set(REPORT))
    yield "consent", _fields("consent", filled.get("consent", {}), set(CONSENT))
    people = set(_plain_properties("Person"))
    yield "witness", _fields("witness", filled.get("witness", {}), people)
    for number, person in enumerate(_tables("person", filled.get("person", [])), start=1):
        own = {name: value for name, value in person.items() if name not in BELOW}
        here = f"person {number}"
        yield here, _fields(here, own, people | {RELATIONSHIP})
        for name, (schema, _) in BELOW.items():
            for nth, below in enumerate(_tables(name, person.get(name, [])), start=1):
                section = f"{here}, {name} {nth}"
                _refuse_bare_age(section, name, below)
                yield section, _fields(section, below, set(_plain_properties(schema)))


def _refuse_bare_age(section: str, name: str, below: Mapping[str, Any]) -> None:
    """An age is true on one day: without its day or event it is not recorded."""
    if name == "age" and not any(below.get(each) for each in ("event", "date")):
        raise ValueError(f"{section} needs an event or a date: an age is true on one day only")


def _plain_properties(schema: str) -> Iterator[str]:
    """The properties of a schema that a person can fill in: those that are no links."""
    yield from (
        name for name, each in properties_of(schema).items() if each.kind is not Kind.ENTITY
    )


def _tables(name: str, listed: Any) -> list[Mapping[str, Any]]:
    tables = listed if isinstance(listed, list) else [listed]
    if not all(isinstance(each, Mapping) for each in tables):
        raise ValueError(f"{name} is a list of sections: [[{name}]] in TOML")
    return tables


def _fields(section: str, plain: Any, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(plain, Mapping):
        raise ValueError(f"{section} is a section: [{section}] in TOML")  # noqa: TRY004 one error
    _refuse_others(section, plain, known)
    return plain


def _refuse_others(section: str, plain: Mapping[str, Any], known: set[str]) -> None:
    for name in plain:
        if name not in known:
            raise ValueError(f"{section} has no field {name!r}; it has {', '.join(sorted(known))}")


def _section(section: str, plain: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"[{section}]")
    for name, value in plain.items():
        for each in value if isinstance(value, list) else [value]:
            written = _text(section, name, each)
            if written != "":
                first, *more = written.split("\n")
                yield f"{name}: {first}"
                yield from (f"{_INDENT}{line}" for line in more)


def _text(section: str, name: str, value: Any) -> str:
    if isinstance(value, bool) or not (
        isinstance(value, (str, int)) or hasattr(value, "isoformat")
    ):
        raise ValueError(f"{name} of {section} is a text: put it in quotes")
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
