"""What the columns of a table say of one another, after each was judged alone.

- Each rule changes what a column is taken for only where the others speak for it, and says why.
"""

import re
from collections import Counter

import msgspec

from muniment.facts.lexicon import CONCEPTS
from muniment.facts.lexicon.subjects import BARE_NAMES
from muniment.facts.proposing.choice import Choice, Seen
from muniment.facts.shape import folded_header
from muniment.text import fold

_FEWEST = 3  # cells of which contents alone say something


def together(choices: list[Choice], subject: str) -> list[Choice]:
    """What the columns of one table are taken for, all of them considered."""
    if all(choice.seen.header == "" for choice in choices):
        choices = _without_headers(choices)
    choices = _begun(_lived_in(_contested(_parents_named(_names_apart(choices)))))
    choices = _heads_apart(choices)
    return _others_named(_somebody_named(choices)) if subject == "person" else choices


HEAD = "head"  # of a household: whom a row is about, unless another column names that one


def _heads_apart(choices: list[Choice]) -> list[Choice]:
    """The head of a household as somebody else, where a row names one of its members."""
    of_member = [each for each in choices if each.seen.said.role != HEAD]
    if not any(each.entity == "person" and each.concept in _NAMES for each in of_member):
        return choices
    return [
        msgspec.structs.replace(each, entity=HEAD)
        if each.seen.said.role == HEAD and each.entity == "person"
        else each
        for each in choices
    ]


# --- of two columns that say the same ----------------------------------------------------------

# What a row may well state twice: in two scripts, of two places, at two times.
_OFTEN = frozenset(
    {
        "name", "alias", "phone", "email", "address", "notes", "facility", "held_place", "charge",
        "reason", "facility_before", "facility_notes", "serial", "quantity", "measure", "photo",
        "event_date", "event_reason", "event_place", "held_status",
    }
)  # fmt: skip
_BEHIND = 0.08  # confidence by which one column is surer than the other
_NEARLY = 0.8  # share of its confidence that another reading must have
_LEAST = 0.45


def _contested(choices: list[Choice]) -> list[Choice]:
    """Of two columns taken for one thing, the less sure is what else it may be, if that is free."""
    taken = {(choice.entity, choice.concept) for choice in choices}
    found = list(choices)
    for place in sorted(range(len(choices)), key=lambda each: -choices[each].confidence):
        mine = choices[place]
        others = [
            each
            for each in found
            if each.seen is not mine.seen
            and (each.entity, each.concept) == (mine.entity, mine.concept)
            and each.confidence >= mine.confidence + _BEHIND
        ]
        if mine.concept == "" or mine.concept in _OFTEN or len(others) == 0:
            continue
        for concept, score in mine.ranked:
            if concept in _NAMES:
                continue  # a second name is more often wrong than a second of anything else
            entity = CONCEPTS[concept].entity
            if score >= max(_LEAST, _NEARLY * mine.confidence) and (entity, concept) not in taken:
                why = f"column {others[0].seen.column.number} says more surely what this one might"
                found[place] = msgspec.structs.replace(
                    mine, concept=concept, entity=entity, confidence=score,
                    reasons=(why, *mine.reasons),
                )  # fmt: skip
                taken.add((entity, concept))
                break
    return found


def _begun(choices: list[Choice]) -> list[Choice]:
    """What may as well be a beginning as an end is the beginning where the table has no other."""
    if any(choice.concept == "detained_on" for choice in choices):
        return choices
    ends = [choice for choice in choices if choice.concept == "released_on"]
    if len(ends) != 1 or dict(ends[0].ranked).get("detained_on", 0.0) < ends[0].confidence - _EVEN:
        return choices
    return [
        _renamed(each, "detained_on", "detention") if each is ends[0] else each for each in choices
    ]


_OF_CUSTODY = frozenset({"detention", "facility", "facility-before", "sentence", "charge", "order"})


def _lived_in(choices: list[Choice]) -> list[Choice]:
    """A city or region in a list of people that says nothing of custody is where they live."""
    custody = any(each.entity in _OF_CUSTODY and each.concept != "held_place" for each in choices)
    if custody or not any(each.entity == "person" for each in choices):
        return choices
    return [
        _renamed(each, "address", "person")
        if each.concept == "held_place" and "any_place" in each.seen.said.scores
        else each
        for each in choices
    ]


_EVEN = 0.03  # confidence by which two readings differ that are as good

# --- names under headers that say nothing ------------------------------------------------------

_NAMES = ("name", "first_name", "last_name", "patronymic")
_SURE_OF_NAMES = 0.8  # share of a column that looks like names
_SHARED_WORDS = 0.6  # share of a column's values that share a word with the names of the table
_BY_WORDS, _BY_LOOKS = 0.5, 0.45  # confidence
_HAN_SURNAME = 1


def _somebody_named(choices: list[Choice]) -> list[Choice]:
    """Where no column names anybody, the first of different names under an unknown header does."""
    if any(choice.entity == "person" and choice.concept in _NAMES for choice in choices):
        return choices
    if not any(choice.entity in ("person", "detention") for choice in choices):
        return choices
    for place, choice in enumerate(choices):
        profile = choice.seen.profile
        names = profile.filled >= _FEWEST and profile.of("name") > _SURE_OF_NAMES
        if choice.concept == "" and names and profile.distinct > 0.6 * profile.filled:
            if profile.of("place") > 0.2 or _words_each(choice.seen) < 1.5:
                continue
            why = "no header names anybody, and its cells look like names"
            found = list(choices)
            found[place] = msgspec.structs.replace(
                choice, concept="name", entity="person", confidence=_BY_LOOKS, reasons=(why,)
            )
            return found
    return choices


def _words_each(seen: Seen) -> float:
    """How many words a value has on average; two letters of Chinese are two."""
    values = [value.displayed for value in seen.column.values[:200]]
    count = sum(len(value) if _is_han(value) else len(value.split()) for value in values)
    return count / max(1, len(values))


def _others_named(choices: list[Choice]) -> list[Choice]:
    """Columns whose values are made of the words of the table's names name somebody else."""
    named = [each for each in choices if each.entity == "person" and each.concept in _NAMES]
    known = {word for each in named for word in _words_of(each.seen)}
    if len(known) == 0:
        return choices
    found, count = list(choices), 0
    for place, choice in enumerate(choices):
        if choice.concept == "" and _is_of(choice.seen, known):
            count += 1
            found[place] = msgspec.structs.replace(
                choice,
                concept="name",
                entity=f"{choice.seen.said.role or NAMED}{count}",
                confidence=_BY_WORDS,
                reasons=("its cells are made of the words of the names in this table",),
            )
    return found


NAMED = "named"  # the entity of somebody of whom the table does not say who that is


def _is_of(seen: Seen, known: set[str]) -> bool:
    profile = seen.profile
    if (
        profile.filled < _FEWEST
        or profile.of("name") <= _SURE_OF_NAMES
        or profile.of("place") > 0.2
    ):
        return False
    values = [value.displayed for value in seen.column.values[:_LOOKED_AT]]
    shared = sum(not known.isdisjoint(_words(value)) for value in values)
    return shared > _SHARED_WORDS * len(values) and _words_each(seen) >= 1.5


_LOOKED_AT = 1_000  # values


def _words_of(seen: Seen) -> set[str]:
    return {word for each in seen.column.values[:_LOOKED_AT] for word in _words(each.displayed)}


def _words(value: str) -> list[str]:
    """The words of a name, folded; of a Chinese one, its surname and the stretches between dots."""
    if _is_han(value):
        parts = re.split(r"[·•. ]", value.strip())
        return parts if len(parts) > 1 else [value.strip()[:_HAN_SURNAME]]
    return list(re.findall(r"[^\W\d_]{3,}", fold(value)))


def _is_han(text: str) -> bool:
    return "\u4e00" <= text.strip()[:1] <= "\u9fff"


# --- names in several columns ------------------------------------------------------------------

_BARE_NAMES = frozenset(map(folded_header, BARE_NAMES.split("|")))


def _names_apart(choices: list[Choice]) -> list[Choice]:
    """Beside a family name, a bare "name" is the given one; beside a given name, the family's."""
    of_person = [choice for choice in choices if choice.entity == "person"]
    known = {choice.concept for choice in of_person}
    bare = [
        choice
        for choice in of_person
        if choice.concept == "name" and not _BARE_NAMES.isdisjoint(_parts(choice.seen))
    ]
    if len(bare) != 1 or ("last_name" in known) == ("first_name" in known):
        return choices
    meant = "first_name" if "last_name" in known else "last_name"
    return [_renamed(each, meant, "person") if each is bare[0] else each for each in choices]


def _parts(seen: Seen) -> frozenset[str]:
    """A header, and the stretches of it that say something by themselves, folded."""
    return frozenset(map(folded_header, (seen.header, *seen.said.parts)))


def _without_headers(choices: list[Choice]) -> list[Choice]:
    """A table whose columns have no names: the first column of different names is the name."""
    found = list(choices)
    taken = {choice.concept for choice in found}
    for kind, concept, score in (("name", "name", 0.6), ("date", "birth_date", 0.45)):
        if concept in taken:
            continue
        for place, choice in enumerate(found):
            profile = choice.seen.profile
            many = kind != "name" or profile.distinct > 0.6 * profile.filled
            if profile.filled < _FEWEST:
                continue
            if choice.concept == "" and many and profile.of(kind) > _SURE_OF_NAMES:
                found[place] = Choice(
                    choice.seen, concept, score, CONCEPTS[concept].entity,
                    (f"no header; {profile.of(kind):.0%} of its cells read as {kind}",), (),
                )  # fmt: skip
                break
    return found


def _parents_named(choices: list[Choice]) -> list[Choice]:
    """A single name of a father or mother is a property of the person, not a person of its own."""
    of_role: Counter[str] = Counter(
        choice.entity for choice in choices if choice.seen.said.role != "" and choice.concept != ""
    )
    return [_parent_named(choice, of_role) for choice in choices]


def _parent_named(choice: Choice, of_role: Counter[str]) -> Choice:
    concept = {"father": "patronymic", "mother": "mother_name"}.get(choice.entity)
    if concept is not None and of_role[choice.entity] == 1 and choice.concept in ("name", concept):
        return _renamed(choice, concept, "person")
    if choice.concept in ("patronymic", "mother_name"):
        role = {"patronymic": "father", "mother_name": "mother"}[choice.concept]
        if of_role[role] > 1 and choice.seen.said.role == role:
            return _renamed(choice, "name", role)
        return _renamed(choice, choice.concept, "person")
    return choice


def _renamed(choice: Choice, concept: str, entity: str) -> Choice:
    return msgspec.structs.replace(choice, concept=concept, entity=entity)
