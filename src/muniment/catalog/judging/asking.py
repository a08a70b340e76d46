"""What a person is offered and held to before something is stated: subjects, claims, what stands.

- A claim is only recorded where its place holds what it says is written there, or the person says
  that they read it by eye.
- A subject is an entity that something is stated of, or one that this very statement makes.
"""

from collections.abc import Iterator

import msgspec

from muniment.catalog.exchange.standing import known_sources
from muniment.catalog.facts.held import Asked, rows_of
from muniment.catalog.facts.reading_prose import ProseView
from muniment.catalog.facts.subjects import EntitiesWanted, entities, entity_named
from muniment.catalog.judging.standing import judgements, withheld_from
from muniment.catalog.ledger import Ledger
from muniment.catalog.object_view import object_view
from muniment.catalog.quoting import sql_text
from muniment.catalog.values import values_at
from muniment.core import UsageError, parse_citation
from muniment.facts.judgement import Claim, Stated, new_entity, reading_of
from muniment.facts.model import Kind, is_a, property_of
from muniment.vault import Case

_OFFERED = 60
# What a proposal of a sort may state, the likeliest first; a person chooses.
_LIKELY: dict[str, tuple[str, ...]] = {
    "date": (
        "Order:date",
        "Detention:startDate",
        "Detention:endDate",
        "Person:birthDate",
        "Person:deathDate",
        "FacilityState:date",
        "Sentence:date",
        "Post:startDate",
        "Post:endDate",
    ),
    "quantity": ("FacilityState:headcount", "Facility:capacity"),
    "identifier": ("Person:idNumber", "Person:passportNumber", "Person:registrationNumber"),
    "phone": ("Person:phone", "Organization:phone", "PublicBody:phone"),
    "quote": ("Order:wording", "Testimony:text"),
    "post": ("Post:title", "Person:position"),
}


# The property by which an entity of a schema is tied to whom or what it is of.
_LINKS = {
    "Detention": "detainee",
    "Sentence": "person",
    "Charge": "person",
    "Age": "person",
    "Post": "holder",
    "FacilityState": "facility",
}


class Placed(msgspec.Struct, frozen=True):
    """What is written at a place; `by_eye`, where no text that was extracted holds it."""

    citation: str
    written: str
    by_eye: bool = False


class Subject(msgspec.Struct, frozen=True):
    """An entity that something may be stated of, and how it is called."""

    entity: str
    schema: str
    caption: str


def suggested(sort: str) -> tuple[str, ...]:
    """The properties that a proposal of a sort may be of, the likeliest first."""
    return tuple(name for name in _LIKELY.get(sort, ()) if property_of(*name.split(":")))


def read_of(proposal: ProseView, qualified: str) -> str:
    """What a proposal says of a property, where it says one plain value; otherwise nothing."""
    known = property_of(*qualified.split(":"))
    if known is None or proposal.unread != "":
        return ""
    hedged = proposal.read.get("comparator", "=") not in ("", "=", "==", "exact")
    if hedged or proposal.read.get("until") or proposal.read.get("upper"):
        return ""
    fits = {
        "date": (Kind.DATE,),
        "quantity": (Kind.NUMBER,),
        "phone": (Kind.PHONE,),
        "identifier": (Kind.IDENTIFIER, Kind.STRING),
    }.get(proposal.sort, ())
    return proposal.read.get("value", "") if known.kind in fits else ""


def claims_of(
    proposal: ProseView, qualified: str, subject: Subject | None, said: str = ""
) -> tuple[Claim, ...]:
    """What accepting a proposal states; of a post, who holds it as well.

    `subject` is None where a new entity is meant: it is named by the place and what stands there.

    Raises:
        ValueError: the model has no such property, or `said` is not in its clean form.
    """
    holds = subject is None or is_a(subject.schema, "Person")
    if qualified == "Post:title" and "name" in proposal.pieces and holds:
        return tuple(_post(proposal, subject, said))
    placed = Placed(proposal.citation, proposal.written)
    return claims_at(placed, qualified, subject, said or read_of(proposal, qualified))


def claims_at(
    placed: Placed, qualified: str, subject: Subject | None, said: str = ""
) -> tuple[Claim, ...]:
    """What a place says of a property of a subject: one claim, and where needed its link.

    A detention's date said of a person is of a new detention, of which that person is the detainee.

    Raises:
        ValueError: as `claims_of`.
    """
    schema, _, name = qualified.partition(":")
    read, unread = reading_of(schema, name, placed.written, said)
    at = parse_citation(placed.citation)
    link = None if subject is None else _LINKS.get(schema)
    if subject is None or _is_of_link(schema, subject):
        entity = new_entity(at, schema, placed.written)
    else:
        entity, link = subject.entity, None
    of = (placed.written, placed.citation, placed.by_eye)
    claims = [Claim(entity, schema, name, of[0], read, unread, *of[1:])]
    if link is not None and subject is not None:
        claims.append(Claim(entity, schema, link, of[0], subject.entity, "", *of[1:]))
    return tuple(claims)


def _is_of_link(schema: str, subject: Subject) -> bool:
    """Whether a subject is not of the schema itself, but what its link leads to."""
    link = property_of(schema, _LINKS.get(schema, ""))
    return (
        not is_a(subject.schema, schema) and link is not None and is_a(subject.schema, link.target)
    )


def _post(proposal: ProseView, subject: Subject | None, said: str) -> Iterator[Claim]:
    """A post, who holds it, and their name where they are new: each at its own piece."""
    title, name = (proposal.pieces.get(each, "") for each in ("title", "name"))
    at_title, at_name = (proposal.places.get(each, proposal.citation) for each in ("title", "name"))
    title = title or proposal.written
    post = new_entity(parse_citation(at_title), "Post", title)
    person = (
        new_entity(parse_citation(at_name), "Person", name) if subject is None else subject.entity
    )
    yield Claim(post, "Post", "title", title, *reading_of("Post", "title", title, said), at_title)
    if subject is None:
        yield Claim(person, "Person", "name", name, *reading_of("Person", "name", name), at_name)
    yield Claim(post, "Post", "holder", name, person, "", at_name)


def check_stated(case: Case, ledger: Ledger, tables: Asked, stated: Stated) -> None:
    """Refuse what cannot be stated.

    Raises:
        UsageError: its object is not in the case or withheld, its place does not hold what it says,
            or it is about an entity of another schema, or that nobody knows.
    """
    digest = parse_citation(stated.citation).digest
    object_view(ledger, digest)
    if digest.hex in withheld_from(known_sources(ledger)):
        raise UsageError(
            "this is of a report that nobody here may read: nothing is stated from it",
            next_step="`muniment source list CASE` says whether its consent was withdrawn",
        )
    made = {each.entity for each in stated.claims if _makes(each)}
    for each in stated.claims:
        _check_subject(tables, each, made)
        if not each.by_eye:
            _check_written(case, ledger, each)


def _makes(claim: Claim) -> bool:
    """Whether the claim is about an entity that is named by its own place."""
    at = parse_citation(claim.citation)
    return claim.entity == new_entity(at, claim.schema, claim.written)


def _check_subject(tables: Asked, claim: Claim, made: set[str]) -> None:
    known = property_of(claim.schema, claim.property)
    ends = [(claim.entity, claim.schema)]
    if known is not None and known.kind is Kind.ENTITY and claim.read is not None:
        ends.append((claim.read, known.target))
    for entity, schema in ends:
        if entity in made:
            continue
        found = subject_named(tables, entity)
        if found is None:
            raise UsageError(
                f"nothing is stated of an entity {entity[:12]}…",
                next_step="copy an id from `muniment statements CASE`, or state it of a new one",
            )
        if not is_a(found.schema, schema):
            raise UsageError(
                f"{found.caption or entity[:12]!r} is a {found.schema}, and "
                f"{claim.schema}:{claim.property} wants: {schema}",
                next_step=f"name another property, or an entity that is: {schema}",
            )


def _check_written(case: Case, ledger: Ledger, claim: Claim) -> None:
    at = parse_citation(claim.citation)
    held = values_at(case, ledger, at)
    texts = [_folded(text) for each in held for text in (each.written, each.shown)]
    sought = _folded(claim.written)
    if not any(sought in text for text in (*texts, "".join(texts), " ".join(texts))):
        raise UsageError(
            f"{claim.written[:60]!r} does not stand at {claim.citation}",
            next_step="copy it as it stands there; or say that you read it by eye (--by-eye), as "
            "on a photograph",
        )


def _folded(text: str) -> str:
    return " ".join(text.split())


def subject_named(tables: Asked, entity: str) -> Subject | None:
    """An entity that something is stated of, by its id."""
    found = entity_named(tables, entity)
    return None if found is None else Subject(found.entity, found.schema, found.caption)


def subjects_near(ledger: Ledger, tables: Asked, sha256: str, words: str) -> tuple[Subject, ...]:
    """Whom and what a statement about an object is likely to be of.

    What is called by `words`, where there are any; what people stated of this object; then what
    they stated last.
    """
    found: dict[str, Subject] = {}
    if words.strip() != "":
        for each in entities(tables, EntitiesWanted(words=words.strip(), limit=_OFFERED)):
            found[each.entity] = Subject(each.entity, each.schema, each.caption)
        return tuple(found.values())
    stated = [
        view for view in judgements(ledger) if view.stands and isinstance(view.judgement, Stated)
    ]
    stated.sort(key=lambda view: view.sha256 != sha256)
    names: dict[str, None] = {}
    for view in stated[:_OFFERED]:
        if isinstance(view.judgement, Stated):
            names |= dict.fromkeys(each.entity for each in view.judgement.claims)
    return tuple(_called(tables, list(names)[:_OFFERED]))


def _called(tables: Asked, names: list[str]) -> Iterator[Subject]:
    if len(names) == 0:
        return
    listed = ", ".join(map(sql_text, names))
    asked = (
        "SELECT entity, min(schema) AS schema, max(coalesce(caption, '')) AS caption "  # noqa: S608
        f"FROM entities WHERE entity IN ({listed}) GROUP BY entity ORDER BY entity"
    )
    rows = {row["entity"]: row for row in rows_of(tables, asked)}
    for name in names:
        if name in rows:
            yield Subject(name, rows[name]["schema"], rows[name]["caption"])
