"""A mapping proposed for a table: what each column states, how sure that is, and why.

- A column's header and its contents are judged apart and then together; `confidence` orders
  proposals and says how much spoke for one. It is no probability: it was not calibrated.
- What a word such as "date" or "status" means follows from what else the table holds: people,
  facilities, orders, posts or testimony.
- Nothing is applied before a person confirms it; what is not known stays unmapped.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map

import msgspec
import numpy as np

from muniment.core import CellKind
from muniment.facts.choice import Choice, Seen
from muniment.facts.contents import examples_of, profile_of
from muniment.facts.header import Said, header_says
from muniment.facts.holding_back import held_back, in_part_only, unmapped
from muniment.facts.layout import Layout, RowKind, Rows, find_layout, rows_of
from muniment.facts.lexicon import CONCEPTS, GENERIC, NAMED_ONCE, Concept
from muniment.facts.lexicon.concept import TEXTS
from muniment.facts.lexicon.subjects import ABOUT, PERSON, PERSON_WEIGHTS, TITLES
from muniment.facts.mapping import (
    ColumnRule,
    ConstantRule,
    EntityRule,
    LinkRule,
    Mapping,
    Scope,
)
from muniment.facts.model import property_of, read_code
from muniment.facts.notation import Notation, notation_of
from muniment.facts.numbered import RELATION, people_apart
from muniment.facts.readings import (
    WORKBOOK_EPOCH,
    CellFacts,
    infer_decimal,
    infer_epoch,
    read_value,
    unread,
)
from muniment.facts.readings.durations import unit_of
from muniment.facts.readings.several import is_several
from muniment.facts.shape import ACROSS, BESIDE, FORM, shape_without_headers
from muniment.facts.table import Held, Table
from muniment.facts.together import NAMED, together

_FEWEST = 3  # cells of which contents alone say something
_LEAST = 0.45  # confidence of a column that is mapped
_EXACT = 0.9  # score of a header that is a phrase letter for letter, or one in a generic word
_BESIDE = 0.75  # share of its score that a likeness keeps beside such a phrase
_CERTAIN = 0.97
_READ_AS_CODES = 0.8  # share of a column's different values that a vocabulary must read
_MOST_CODED = 200  # of them that are tried
_ALTERNATIVES = 3
_EXAMPLES = 5
_DAY_MONTH = {
    "dd/mm": "dmy",
    "d/m": "dmy",
    "mm/dd": "mdy",
    "m/d": "mdy",
    "jj/mm": "dmy",
    "tt.mm": "dmy",
    "дд.мм": "dmy",
    "gg.aa": "dmy",
}


class Example(msgspec.Struct, frozen=True):
    """One of a column's values as written, and as the proposed reader reads it."""

    written: str
    read: str | None
    unread: str = ""


class ColumnProposal(msgspec.Struct, frozen=True):
    """What one column seems to state; `property` is Schema:property, or None."""

    column: int
    header: str
    property: str | None
    entity: str
    reader: str
    options: tuple[tuple[str, str], ...]
    confidence: float  # 0 to 1
    examples: tuple[Example, ...]
    reasons: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...]


class Proposal(msgspec.Struct, frozen=True):
    """A mapping proposed for one table."""

    columns: tuple[ColumnProposal, ...]
    entities: tuple[EntityRule, ...]
    links: tuple[LinkRule, ...]
    constants: tuple[ConstantRule, ...]
    fill_down: tuple[int, ...]
    layout: Layout
    shape: str
    subject: str  # person, facility, order, post, testimony
    doubts: tuple[str, ...]


def propose(table: Table, titles: tuple[str, ...] = ()) -> Proposal:
    """What a table seems to state; `titles` are names of its file and sheet."""
    layout = find_layout(table)
    rows = rows_of(table, layout)
    seen = _seen(table, layout, rows)
    subject = _subject(seen, (*layout.titles, *titles, table.sheet or ""))
    choices = _chosen(seen, subject)
    entities, links, constants = _entities(choices)
    doubts = _doubts(table, layout, rows, choices)
    epoch = _epoch(table)
    return Proposal(
        tuple(_proposal(choice, rows, epoch, table.epoch) for choice in choices),
        entities,
        links,
        constants,
        _fill_down(table, rows, choices),
        layout,
        shape_of_table(layout, seen_kinds={each.column.number: each.profile.kind for each in seen}),
        subject,
        doubts,
    )


def shape_of_table(layout: Layout, seen_kinds: Map[int, str]) -> str:
    """The shape of a table: of its headers, or, where it has none, of what its columns hold."""
    return layout.shape if len(layout.names) > 0 else shape_without_headers(seen_kinds)


def kinds_of(table: Table) -> dict[int, str]:
    """What the columns of a table without headers hold."""
    every = np.ones(len(table.rows), np.bool_)
    return {column.number: profile_of(column, every).kind for column in table.columns}


def mapping_of(proposal: Proposal, title: str) -> Mapping:
    """The proposal as a mapping that a person can edit and confirm."""
    last = max((each.column for each in proposal.columns), default=0)
    names = proposal.layout.names
    return Mapping(
        title=title,
        shape=proposal.shape,
        headers=tuple(names.get(column, "") for column in range(1, last + 1)),
        header_rows=len(proposal.layout.headers),
        arrangement=proposal.layout.arrangement,
        columns=tuple(
            ColumnRule(
                each.column,
                each.header,
                each.entity if each.property is not None else "",
                "" if each.property is None else each.property.partition(":")[2],
                each.reader,
                each.options if each.property is not None else (),
            )
            for each in proposal.columns
        ),
        entities=proposal.entities,
        links=proposal.links,
        constants=proposal.constants,
        fill_down=proposal.fill_down,
    )


def _seen(table: Table, layout: Layout, rows: Rows) -> list[Seen]:
    data = rows.of(RowKind.DATA)
    initials = _is_chinese(table)
    found = []
    for column in table.columns:
        header = layout.names.get(column.number, "")
        group = layout.groups.get(column.number, "")
        own = header.removeprefix(f"{group} / ") if group != "" else header
        said = header_says(own, group, initials=initials) if header != "" else Said({})
        codes = np.unique(column.codes[data & column.filled()])
        held = tuple(column.values[int(code)] for code in codes[:_LOOKED_AT])
        found.append(Seen(column, header, said, profile_of(column, data), held))
    return found


def _is_chinese(table: Table) -> bool:
    """Whether a column holds mostly Chinese."""
    return any(
        sum("\u4e00" <= value.displayed[:1] <= "\u9fff" for value in column.values[:50])
        > len(column.values[:50]) / 2
        for column in table.columns
    )


# --- what the table is about -------------------------------------------------------------------

_TITLE_WORDS = {name: tuple(words.split()) for name, words in TITLES.items()}


_KEY = re.compile(r"(?<=\w)_id$", re.IGNORECASE)


def _subject(seen: list[Seen], titles: tuple[str, ...]) -> str:
    """What a table is about: the thing that most of its headers speak of."""
    weights = dict.fromkeys(("person", *ABOUT), 0.0)
    person = frozenset(PERSON.split())
    groups = {name: frozenset(words.split()) for name, words in ABOUT.items()}
    best: dict[str, float] = {}
    for each in seen:
        if _KEY.search(each.header) is not None:
            continue  # type_id, region_id: tables of anything have such columns
        for concept, score in each.said.scores.items():
            if score >= 0.6 and score >= each.said.best - 0.05:
                best[concept] = max(best.get(concept, 0.0), score)
    for concept, score in best.items():
        if concept in person:
            weights["person"] += score * PERSON_WEIGHTS.get(concept, 1.0)
        for name, words in groups.items():
            weights[name] += score if concept in words else 0.0
    resident = any(each.profile.of("resident") > 0.5 for each in seen)
    weights["person"] += 0.7 * (resident + any(each.profile.of("sex") > 0.8 for each in seen))
    said = " ".join(titles).casefold()
    for name, marks in _TITLE_WORDS.items():
        if any(mark in said for mark in marks):
            weights[name] += 0.8
    chosen = max(weights, key=lambda name: weights[name])
    return chosen if weights[chosen] > weights["person"] else "person"


_FOR_FACILITY = {
    "title": "facility_name",
    "id_number": "serial", "registration": "serial", "political": "facility_kind",
    "name": "facility_name", "facility": "facility_name", "address": "facility_address",
    "held_status": "facility_state", "alias": "facility_alias", "held_place": "facility_address",
    "detained_on": "opened", "released_on": "closed", "person_status": "facility_kind",
    "employer": "facility_name", "building": "facility_address", "notes": "facility_notes",
}  # fmt: skip
_FOR_PERSON = {
    "latitude": "coordinates", "longitude": "coordinates", "country": "person_country",
    "facility_name": "facility", "facility_address": "held_place", "facility_alias": "alias",
    "facility_notes": "notes", "opened": "detained_on", "closed": "released_on",
    "facility_state": "held_status", "reference": "held_order", "order_date": "event_date",
    "issuer": "authority", "wording": "reason", "post_title": "position",
    "post_organization": "employer", "headcount": "quantity", "capacity": "quantity",
    "state_date": "event_date", "facility_kind": "facility",
}  # fmt: skip
_FOR_ORDER = {
    "title": "order_name", "name": "order_name", "held_order": "reference",
    "registration": "reference",
    "death_date": "order_date", "released_on": "order_date", "birth_date": "order_date",
    "authority": "issuer", "detained_on": "order_date", "reason": "wording", "notes": "wording",
}  # fmt: skip
_FOR_POST = {"position": "post_title", "title": "post_title", "employer": "post_organization"}
_FITTED: dict[str, dict[str, str]] = {
    "facility": _FOR_FACILITY, "person": _FOR_PERSON, "order": _FOR_ORDER, "post": _FOR_POST,
    "testimony": {"name": "name"},
}  # fmt: skip
_FITTED_SHARE = 0.92  # of the score that a word keeps in a table about something else


def _meant(scores: dict[str, float], subject: str) -> dict[str, float]:
    """The concepts that a header means in a table about this subject."""
    found: dict[str, float] = {}
    for concept, score in scores.items():
        if concept in GENERIC:
            options = GENERIC[concept]
            meant, share = options.get(subject, ""), 0.93
        else:
            meant = _FITTED[subject].get(concept, "")
            share = _FITTED_SHARE if meant != "" else 1.0
            meant = meant or concept
        if meant != "" and meant in CONCEPTS:
            found[meant] = max(found.get(meant, 0.0), score * share)
    return found


# --- what each column is -----------------------------------------------------------------------


def _chosen(seen: list[Seen], subject: str) -> list[Choice]:
    each_alone = in_part_only([_choice(each, subject) for each in seen])
    return people_apart(together(each_alone, subject))


def _choice(seen: Seen, subject: str) -> Choice:
    of_somebody = seen.said.role not in ("", "head")
    scores = _meant(seen.said.scores, "person" if of_somebody else subject)
    exact = max(scores.values(), default=0.0) >= _EXACT
    judged = {
        concept: _judged(concept, score, seen) * (1.0 if score >= _EXACT or not exact else _BESIDE)
        for concept, score in scores.items()
    }
    for concept, score in _by_contents(seen).items():
        if score > judged.get(concept, 0.0):
            judged[concept] = score
    if _is_count(seen):
        judged["quantity"] = max([0.8, *(score + 0.01 for score in judged.values())])
    runs = seen.profile.of("serial") > 0.9
    numbers_rows = (
        runs and seen.profile.of("from-one") > 0.5 and judged.get("registration", 0) > 0.3
    )
    if numbers_rows or (runs and judged.get("serial", 0.0) > 0.3):
        judged["serial"] = max(judged.values()) + 0.001
    # Of two that are as sure, the one whose own kind of contents is there comes first.
    ordered = sorted(
        judged.items(), key=lambda pair: (-pair[1], not _is_typical(pair[0], seen), pair[0])
    )
    if len(ordered) == 0 or ordered[0][1] < _LEAST:
        why = ("nothing is known of it",)
        return Choice(seen, "", 0.0, "", why, _named(ordered), tuple(ordered))
    concept, score = ordered[0]
    reasons = _reasons(concept, seen)
    role = f"{seen.said.role}{seen.said.number}" if seen.said.role not in ("", "head") else ""
    entity = (
        role if role != "" and CONCEPTS[concept].entity == "person" else CONCEPTS[concept].entity
    )
    sure, said = min(score, _CERTAIN), scores.get(concept, 0.0)
    alternatives = _named(ordered[1:])
    choice = Choice(seen, concept, sure, entity, reasons, alternatives, tuple(ordered), said)
    why = held_back(concept, said, seen)
    return choice if why == "" else unmapped(choice, why)


def _is_typical(concept: str, seen: Seen) -> bool:
    """Whether a column holds what few concepts do: sex, dates, telephones; any text is of many."""
    return any(seen.profile.of(kind) > 0.9 for kind in CONCEPTS[concept].holds if kind not in TEXTS)


def _is_count(seen: Seen) -> bool:
    """Whether a column counts something: its header says so, and its numbers are no identifiers."""
    counts = seen.profile.filled == 0 or seen.profile.of("integer") > 0.8
    return seen.said.counts and counts and seen.profile.of("identity") < 0.3


def _judged(concept: str, score: float, seen: Seen) -> float:
    """Header and contents together."""
    profile = seen.profile
    if profile.filled == 0:
        return score * 0.9
    fit = max((profile.of(kind) for kind in CONCEPTS[concept].holds), default=0.0)
    if (
        concept == "sex"
        and profile.distinct <= _SEX_CODES
        and profile.of("code") + profile.of("integer") > 0.8
    ):
        fit = max(fit, 0.8)  # coded: which is which is for a person to say
    if concept == "term":  # 3 years, life; and bare numbers, of which an option says the unit
        fit = min(1.0, profile.of("duration") + profile.of("integer"))
    holds = set(CONCEPTS[concept].holds)
    if profile.of("date") > _DATES and "date" not in holds:
        score *= _NO_DATE
    coded = profile.of("code") > 0.6 and not holds & {"text", "code"}
    if holds & {"text", "word", "name"} and profile.of("number") < 0.9 and not coded:
        fit = max(fit, 0.55 + 0.45 * fit)
    if profile.of("flag") > 0.95 and concept not in ("sex", "serial", "quantity", "age"):
        score *= 0.5  # yes or no: whether something is, and not what
    return score * (0.4 + 0.6 * min(1.0, fit * 1.1))


# What words of closed lists and telephones say under a header that says nothing.
_UNDER_UNKNOWN: tuple[tuple[str, float], ...] = (
    ("ethnicity", 0.75),
    ("education", 0.75),
    ("relationship", 0.7),
    ("marital", 0.7),
    ("religion", 0.65),
    ("held_status", 0.6),
    ("phone", 0.55),
)
_UNKNOWN = 0.6  # score of a header that says nothing
_DATES, _NO_DATE = 0.8, 0.7  # share of dates that makes a column one of dates; what else keeps
_SEX_CODES = 3  # different ones at most
_CONTENT_SURE: tuple[tuple[str, str, float], ...] = (
    ("resident", "id_number", 0.9),
    ("sex", "sex", 0.85),
    ("email", "email", 0.9),
)


def _by_contents(seen: Seen) -> dict[str, float]:
    """What the contents alone say."""
    profile = seen.profile
    if profile.filled < _FEWEST:
        return {}
    found = {
        concept: share * profile.of(kind)
        for kind, concept, share in _CONTENT_SURE
        if profile.of(kind) > 0.7
    }
    if seen.said.best < _UNKNOWN and not seen.said.counts:
        for kind, share in _UNDER_UNKNOWN:
            if profile.of(kind) > 0.7 and profile.of("resident") < 0.3:
                found[kind] = share * profile.of(kind)
    if seen.said.role != "" and "sex" in found:
        found.pop("sex")
    if profile.of("serial") > 0.9 and seen.header == "":
        found["serial"] = 0.8
    return found


def _named(ordered: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for concept, score in ordered:
        name = CONCEPTS[concept].qualified()
        if name is not None and score > 0.2:
            found.setdefault(name, round(score, 2))
    return tuple(found.items())[:_ALTERNATIVES]


def _reasons(concept: str, seen: Seen) -> tuple[str, ...]:
    found = []
    phrase = seen.said.words.get(concept) or next(iter(seen.said.words.values()), "")
    if phrase != "" and seen.header != "":
        found.append(f"the header says {phrase!r}")
    if seen.said.role != "":
        found.append(f"of a {seen.said.role}")
    found += [
        f"{seen.profile.of(kind):.0%} of its cells read as {kind}"
        for kind in CONCEPTS[concept].holds
        if seen.profile.of(kind) > 0.3 and kind not in ("text", "word")
    ]
    if seen.profile.lost > 0:
        found.append(f"{seen.profile.lost:.1%} of its numbers lost their last digits to a float")
    return tuple(found)


# --- readers, options, examples ----------------------------------------------------------------


def _proposal(
    choice: Choice, rows: Rows, epoch: str | None, stated_epoch: str | None
) -> ColumnProposal:
    seen = choice.seen
    concept = CONCEPTS.get(choice.concept)
    reader = "text" if concept is None else concept.reader
    if (
        concept is not None
        and reader == "text"
        and seen.profile.of("date") > 0.9
        and concept.property == "date"
    ):
        reader = "date"
    options = () if concept is None else _options(reader, concept.property, seen, epoch)
    stated = None if concept is None else concept.qualified()
    if concept is not None and (coded := _coded(concept, seen)) is not None:
        reader, stated, options = "code", coded[0], (("vocabulary", coded[1]),)
    held = examples_of(seen.column, rows.of(RowKind.DATA), _EXAMPLES)
    asked = dict(options) | ({} if stated_epoch is None else {WORKBOOK_EPOCH: stated_epoch})
    dates = reader in ("date", "date-range")
    notation = notation_of(seen.header, _texts(seen)) if dates else None
    return ColumnProposal(
        column=seen.column.number,
        header=seen.header,
        property=stated,
        entity=choice.entity,
        reader=reader,
        options=options,
        confidence=round(choice.confidence, 2),
        examples=tuple(_example(value, reader, asked, notation) for value in held),
        reasons=choice.reasons,
        alternatives=choice.alternatives,
    )


def _coded(concept: Concept, seen: Seen) -> tuple[str, str] | None:
    """The coded property and its vocabulary, where it reads most of what the column holds."""
    name = "kind" if concept.qualified() == "Relation:relationship" else concept.property
    known = property_of(concept.schema, name)
    if known is None or known.vocabulary == "":
        return None
    values = [value.displayed for value in seen.column.values[:_MOST_CODED]]
    read = sum(read_code(known.vocabulary, value) is not None for value in values)
    if read == 0 or read < _READ_AS_CODES * len(values):
        return None
    return f"{concept.schema}:{name}", known.vocabulary


def _options(reader: str, name: str, seen: Seen, epoch: str | None) -> tuple[tuple[str, str], ...]:
    notes = " ".join(seen.said.notes).casefold()
    if reader in ("date", "date-range"):
        stated = next((order for mark, order in _DAY_MONTH.items() if mark in notes), None)
        order = stated or seen.profile.order or _order_of_digits(seen)
        found = [] if order is None else [("order", order)]
        numbers = any(value.kind is CellKind.NUMBER for value in seen.column.values[:50])
        if epoch is not None and epoch != "1900" and numbers:
            found.append(("epoch", epoch))
        notation = notation_of(seen.header, _texts(seen))
        if notation.proved:
            found.append(("calendar", notation.calendar))
        return tuple(found)
    if reader in _NUMBERS:
        decimal = infer_decimal(_texts(seen))
        return () if decimal is None else (("decimal", decimal),)
    if reader == "duration":
        unit = unit_of(seen.header)
        return () if unit is None else (("unit", unit),)
    if reader == "coordinate":
        return (("axis", name),)
    return _letters_of_sex(seen) if reader == "sex" else ()


_NOBODY_KNOWS = "F=female;H=male;M="


def _letters_of_sex(seen: Seen) -> tuple[tuple[str, str], ...]:
    """What H and M stand for: hombre and mujer; beside an F nobody knows whose letter M is."""
    letters = {value.displayed.strip().upper() for value in seen.held}
    if "H" not in letters:
        return ()
    if "F" in letters and "M" in letters:
        return (("vocabulary", _NOBODY_KNOWS),)
    return (("vocabulary", "H=male;M=female"),)


_NUMBERS = frozenset({"number", "integer", "quantity"})
_LOOKED_AT = 1_500  # different values of a column that say what all of it is


def _texts(seen: Seen) -> Iterator[str]:
    """What the text cells of a column hold; numbers are exact and say nothing of how they look."""
    return (value.written for value in seen.held if value.kind is CellKind.TEXT)


def _order_of_digits(seen: Seen) -> str | None:
    """`ym` where all numbers of six digits can be a year and a month, and some nothing else."""
    values = (value.written for value in seen.held)
    six = [each for each in values if len(each) == len("201803") and each.isdecimal()]
    as_read = [read_value("date", each, CellFacts(), {}) for each in six]
    sure = any(each.read is not None for each in as_read)
    both = all(each.read is not None or each.unread == "ambiguous-date" for each in as_read)
    return "ym" if sure and both else None


def _example(
    value: Held, reader: str, options: dict[str, str], notation: Notation | None
) -> Example:
    reading = read_value(reader, value.written, _facts(value), options)
    why = None if notation is None else notation.why_open(value.written)
    if why is not None and reading.read is not None and "calendar" not in options:
        reading = unread(why)
    return Example(value.displayed, reading.read, reading.unread)


def _epoch(table: Table) -> str | None:
    """The epoch that the date cells of a table show; None where its workbook states one."""
    if table.epoch is not None:
        return None
    pairs = (
        (value.written, value.shown)
        for column in table.columns
        for value in column.values[:200]
        if value.kind is CellKind.DATE and value.shown is not None
    )
    return infer_epoch(pairs)


def _fill_down(table: Table, rows: Rows, choices: list[Choice]) -> tuple[int, ...]:
    """The mapped columns in which merged ranges run down over rows of data."""
    data = {int(row) for row in table.rows[rows.of(RowKind.DATA)]}
    mapped = {choice.seen.column.number for choice in choices if choice.concept != ""}
    found = {
        area.column
        for area in table.merged
        if (area.last_row or area.row) > area.row and area.row in data
    }
    return tuple(sorted(found & mapped))


# --- entities and links ------------------------------------------------------------------------

_MAIN = ("name", "first_name", "last_name", "id_number")
_APART = frozenset({"person", "witness"})  # people who are not linked as relatives
_LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "detention": (("detainee", "person"), ("facility", "facility"), ("order", "order")),
    "detention-before": (("detainee", "person"), ("facility", "facility-before")),
    "sentence": (("person", "person"), ("detention", "detention")),
    "charge": (("person", "person"), ("sentence", "sentence")),
    "age": (("person", "person"),),
    "state": (("facility", "facility"),),
    "order": (("issuer", "issuer"), ("addressee", "addressee")),
    "post": (("holder", "person"), ("organization", "post-organization")),
    "testimony": (("about", "person"), ("witness", "witness")),
    "relation": (("person", "person"),),
    "employment": (("employee", "person"), ("employer", "organization")),
}
# What stands between two entities of which both have columns, and itself may have none.
_BETWEEN: tuple[tuple[str, str, str], ...] = (
    ("detention", "facility", "Detention"),
    ("detention-before", "facility-before", "Detention"),
    ("detention", "order", "Detention"),
    ("employment", "organization", "Employment"),
    ("post", "post-organization", "Post"),
)
_SCHEMAS = {concept.entity: concept.schema for concept in CONCEPTS.values() if concept.entity}


def _entities(
    choices: list[Choice],
) -> tuple[tuple[EntityRule, ...], tuple[LinkRule, ...], tuple[ConstantRule, ...]]:
    used = list(dict.fromkeys(choice.entity for choice in choices if choice.entity != ""))
    between = {
        name: schema
        for name, target, schema in _BETWEEN
        if target in used and name not in used and "person" in used
    }
    rules = [
        *(_entity(name, [each for each in choices if each.entity == name]) for name in used),
        *(EntityRule(name, schema) for name, schema in between.items()),
    ]
    known = {rule.name for rule in rules}
    links = [
        LinkRule(rule.name, role, target)
        for rule in rules
        for role, target in _LINKS.get(rule.name, ())
        if target in known
    ]
    relatives = [
        rule.name
        for rule in rules
        if rule.schema == "Person" and rule.name not in _APART and "person" in known
    ]
    constants = []
    for name in relatives:
        relation = f"{RELATION}{name}"
        links.append(LinkRule(relation, "person", "person"))
        links.append(LinkRule(relation, "relative", name))
        if relation in known:
            continue
        rules.append(EntityRule(relation, "Relation"))
        header = next(each.seen.header for each in choices if each.entity == name)
        constants.append(_kind_of_relation(relation, name, header))
    columns = {name: tuple(_columns_of(name, choices)) for name in used}
    there = (_there_by(rule, columns.get(rule.name, ()), rules, links) for rule in rules)
    return tuple(there), tuple(links), tuple(constants)


def _columns_of(entity: str, choices: list[Choice]) -> list[int]:
    return [each.seen.column.number for each in choices if each.entity == entity]


def _entity(name: str, mine: list[Choice]) -> EntityRule:
    """The rule of an entity that has columns of its own."""
    schema = "Relation" if name.startswith(RELATION) else _SCHEMAS.get(name, "Person")
    named = next((each.seen.column.number for each in mine if each.concept in NAMED_ONCE), None)
    if named is not None:
        return EntityRule(name, schema, Scope.TABLE, (named,), (named,))
    main = tuple(each.seen.column.number for each in mine if each.concept in _MAIN)
    return EntityRule(name, schema, required=main if schema == "Person" else ())


def _there_by(
    rule: EntityRule, own: tuple[int, ...], rules: list[EntityRule], links: list[LinkRule]
) -> EntityRule:
    """The rule of an entity of a row that is there, too, where only what it links to is named.

    A detention whose one filled cell is the facility must be there to be linked with it, and a
    relation of which nobody wrote what it is.
    """
    if rule.name.startswith(RELATION) and len(own) > 0:
        relative = next(each for each in rules if each.name == rule.name.removeprefix(RELATION))
        return msgspec.structs.replace(rule, required=(*own, *relative.required))
    shared = {each.name: each.keys for each in rules if each.scope is Scope.TABLE}
    targets = [link.target for link in links if link.entity == rule.name and link.target in shared]
    named = [key for target in targets for key in shared[target]]
    if rule.scope is not Scope.ROW or len(named) == 0 or len(own) + len(named) < 2:
        return rule
    return msgspec.structs.replace(rule, required=(*own, *named))


def _kind_of_relation(relation: str, role: str, header: str) -> ConstantRule:
    """How a relation to somebody in a role is stated: by its code, where there is one.

    Of somebody whose role is not known, the header is all that is said.
    """
    word = role.rstrip("0123456789")
    word = header if word == NAMED and header != "" else word
    code = read_code("relation-kinds", word)
    return ConstantRule(relation, "relationship" if code is None else "kind", code or word)


def _doubts(table: Table, layout: Layout, rows: Rows, choices: list[Choice]) -> tuple[str, ...]:
    found = []
    if len(layout.names) == 0:
        found.append("no row of headers was found: columns are known by their contents alone")
    if table.arrangement != "":
        found.append(_how_arranged(table, rows))
    for choice in choices:
        found += _doubts_of(choice, table)
    found += _behind_headers(table, layout, rows)
    other = int((rows.kinds == RowKind.OTHER).sum())
    if other > 0:
        found.append(f"{other} rows stand under other headers and are not mapped")
    hidden = sum(
        column.hidden is not None and bool(column.hidden.any()) for column in table.columns
    )
    if hidden > 0:
        found.append(f"{hidden} columns hold hidden cells: what is read there is marked")
    if table.beyond.columns > 0:
        found.append(
            f"{table.beyond.columns:,} more columns are too many to lay out: they are not looked at"
        )
    return tuple(found)


_ARRANGED = {
    BESIDE: "lists stand beside each other under the same headers, and are read as one",
    FORM: "this is a form: each label is a column, each form a record",
    ACROSS: "labels stand in one column and each column beside them is a record",
}


def _how_arranged(table: Table, rows: Rows) -> str:
    """How the records of a table lie that do not lie one a row, and what stands outside of them."""
    records, outside = int(rows.of(RowKind.DATA).sum()), int(rows.of(RowKind.NOTE).sum())
    said = f"{_ARRANGED[table.arrangement]} ({records:,} records)"
    return said if outside == 0 else f"{said}; {outside:,} cells stand outside of them"


def _behind_headers(table: Table, layout: Layout, rows: Rows) -> Iterator[str]:
    """That rows are wider than the headers: of a ragged text, cells have moved."""
    last = max(layout.names, default=0)
    behind = [column for column in table.columns if column.number > last]
    data = rows.of(RowKind.DATA)
    wide = np.zeros(len(table.rows), np.bool_)
    for column in behind:
        wide |= column.filled() & data
    if last == 0 or not wide.any():
        return
    furthest = max(column.number for column in behind if (column.filled() & data).any())
    yield (
        f"{int(wide.sum()):,} rows of {int(data.sum()):,} hold cells behind the last header "
        f"(column {last}), up to column {furthest}: where a text holds separators without quotes, "
        "its cells have moved; `muniment map misfits` lists the rows that read unlike their "
        "columns, and such rows are best set right in a copy that is taken in beside this file"
    )


def _doubts_of(choice: Choice, table: Table) -> Iterator[str]:
    """What a person has to say of a column before all of it can be read."""
    seen, concept = choice.seen, CONCEPTS.get(choice.concept)
    reader = "" if concept is None else concept.reader
    column = f"column {seen.column.number}"
    if choice.left != "" and choice.concept == "":
        yield f"{column} {choice.left}"
    if reader in ("date", "date-range"):
        yield from (f"{column} {doubt}" for doubt in _doubts_of_dates(seen, reader, table))
    is_bare = unit_of(seen.header) is None and seen.profile.of("integer") > 0.3
    if reader == "duration" and is_bare:
        yield (
            f"{column} holds bare numbers and its header names no unit: "
            "add the option unit (Y, M, D or W), or they stay unread"
        )
    if reader == "sex" and ("vocabulary", _NOBODY_KNOWS) in _letters_of_sex(seen):
        yield (
            f"{column} holds H, M and F: M may be mujer or male, and stays unread until its "
            "option vocabulary says which (M=female or M=male)"
        )
    if reader in _NUMBERS and concept is not None and concept.qualified() is not None:
        options = {} if (sign := infer_decimal(_texts(seen))) is None else {"decimal": sign}
        open_ = _how_many(seen, reader, options, "ambiguous-number")
        if open_ > 0:
            yield (
                f"{column} holds {open_:,} numbers such as 1,234 that may be a thousand or a "
                "fraction, and no other number in it shows which: add the option decimal "
                "(. or ,: the sign before a fraction), or they stay unread"
            )
    if reader == "name" and choice.entity == "person" and choice.concept in ("name", "alias"):
        several = sum(is_several(value.displayed) for value in seen.held)
        if several > 0:
            yield (
                f"{column} holds {several:,} cells that may name several people: each is read as "
                "one name, with the doubt several-in-one-cell; add the option split (yes), and "
                "each of them is a person of their own"
            )


def _doubts_of_dates(seen: Seen, reader: str, table: Table) -> Iterator[str]:
    """What the dates of a column leave open, each as what is said behind its number."""
    order = seen.profile.order or _order_of_digits(seen)
    notation = notation_of(seen.header, _texts(seen))
    options = {} if order is None else {"order": order}
    if notation.proved:
        options["calendar"] = notation.calendar
    if _how_many(seen, reader, options, "two-digit-year") > 0:
        yield _TWO_DIGITS_OF_THE_REPUBLIC if notation.republic else _TWO_DIGITS
    if notation.proved:
        yield f"names the calendar {notation.calendar}: its bare dates are read as of that"
    elif notation.calendar != "":
        yield _MAYBE_OF.format(notation.calendar)
    elif _how_many(seen, reader, options, "ambiguous-calendar") > 0:
        yield (
            "holds years that may be of another calendar: add the "
            "option calendar (persian, buddhist, islamic-umalqura …), or such dates stay unread"
        )
    if notation.terms:
        yield "holds years such as 1905/06, which may be two years or a month: they stay unread"
    if order is None and _how_many(seen, reader, options, "ambiguous-date") > 0:
        yield (
            "does not show which is the day and which the month: "
            "add the option order (dmy or mdy; ym for 201803), or such dates stay unread"
        )
    vague = _how_many(seen, reader, options, "qualified-date")
    if vague > 0:
        yield f"holds {vague:,} dates that are not exact (about, before, 1950s): they stay unread"
    serials = sum(
        "serial-without-format" in read_value(reader, value.written, _facts(value), {}).doubts
        for value in seen.held
        if value.kind is CellKind.NUMBER
    )
    if serials > 0:
        epoch = table.epoch or _epoch(table) or "1900"
        yield (
            f"holds {serials:,} numbers without a date's format, which are read as days counted "
            f"from {epoch}, with the doubt serial-without-format"
        )


_TWO_DIGITS = (
    "writes years in two digits: add the option pivot "
    "(the last of them that is 20xx), or such dates stay unread"
)
_TWO_DIGITS_OF_THE_REPUBLIC = (
    "writes years in two digits and says 民國 beside some: where they are years of the Republic of "
    "China, add the option calendar (roc), with which years of four digits stay unread; else pivot"
)
_MAYBE_OF = (
    "holds dates that may be of another calendar ({0}, by its words): add the option calendar "
    "({0}, or gregory), or such dates stay unread"
)


def _how_many(seen: Seen, reader: str, options: dict[str, str], why: str) -> int:
    """How many different text cells of a column are not read for one reason."""
    return sum(
        read_value(reader, value.written, CellFacts(), options).unread == why
        for value in seen.held
        if value.kind is CellKind.TEXT
    )


def _facts(value: Held) -> CellFacts:
    return CellFacts(value.kind, value.shown, value.number_format)
