"""Statements of every property of the model, made up, with awkward texts among them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from muniment.facts.ftm import Line
from muniment.facts.model import SCHEMATA, Kind, Property, properties_of

_ABSTRACT = {"Thing", "Interval", "Interest", "Analyzable"}
_VALUES = {
    Kind.ADDRESS: ("Street 1, Example Town", "县城 5 号"),
    Kind.CHECKSUM: ("0" * 40,),
    Kind.COUNTRY: ("cn", "kz"),
    Kind.DATE: ("2018", "2018-02-28", "2017-05"),
    Kind.EMAIL: ("someone@example.org",),
    Kind.GENDER: ("female",),
    Kind.IDENTIFIER: ("000000199901010000",),
    Kind.LANGUAGE: ("zho",),
    Kind.MIMETYPE: ("text/plain",),
    Kind.NAME: ("Adil Example", "عادل", '"Quoted"', "=1+1"),
    Kind.NUMBER: ("12", "-3.50"),
    Kind.PHONE: ("+4930901820",),
    Kind.STRING: ("a word", "e\u0301\u00a0two\u200f", 'with "quotes", and\na new line'),
    Kind.TEXT: ("long\n\ntext; with signs <b>&amp;</b>", "\ufeffmark"),
    Kind.TOPIC: ("role.pep",),
    Kind.URL: ("https://example.org/page",),
}


def entity_of(schema: str, number: int) -> str:
    return hashlib.sha256(f"{schema} {number}".encode()).hexdigest()[:40]


def made_lines(entities: int = 2) -> list[Line]:
    """Statements about so many entities of each schema, each property of theirs."""
    found = [
        line
        for schema in SCHEMATA
        if schema not in _ABSTRACT
        for number in range(entities)
        for each in properties_of(schema).values()
        for line in _lines(schema, number, each)
    ]
    return sorted(found, key=lambda line: (line.entity, line.schema, line.property, line.id))


def given(lines: Iterable[Line]) -> Callable[[tuple[str, ...]], Iterator[Line]]:
    """What an export asks for its statements."""
    held = list(lines)
    return lambda schemata: iter(
        [line for line in held if len(schemata) == 0 or line.schema in schemata]
    )


def _lines(schema: str, number: int, each: Property) -> Iterator[Line]:
    values = _VALUES.get(each.kind)
    if values is None:
        targets = [name for name in SCHEMATA if name not in _ABSTRACT]
        target = each.target if each.target in targets else "Person"
        values = (entity_of(target, number + 1),)
    if each.vocabulary == "relation-kinds":
        values = ("brother", "friend", "guardian")[number % 3 : number % 3 + 1]
    for nth, value in enumerate((*values, None)):
        yield Line(
            id=hashlib.sha256(f"{schema} {number} {each.name} {nth}".encode()).hexdigest(),
            entity=entity_of(schema, number),
            schema=schema,
            property=each.name,
            written=f" {value}" if value is not None else "n/a",
            read=value,
            unread="" if value is not None else "not-a-date",
            doubts="check-digit hidden-cell" if nth == 1 else "",
            citation=f"ni:///sha-256;x#cell={number + 1},{nth + 1}",
            by="mapping",
            source="m" * 64,
        )
