"""What a table is about, and what words such as "date" and "status" mean in such a table."""

import re

from muniment.facts.lexicon import CONCEPTS, GENERIC
from muniment.facts.lexicon.subjects import ABOUT, PERSON, PERSON_WEIGHTS, TITLES
from muniment.facts.proposing.choice import Seen

_TITLE_WORDS = {name: tuple(words.split()) for name, words in TITLES.items()}
_KEY = re.compile(r"(?<=\w)_id$", re.IGNORECASE)


def subject_of(seen: list[Seen], titles: tuple[str, ...]) -> str:
    """What a table is about: the thing that most of its headers speak of."""
    weights = dict.fromkeys(("person", *ABOUT), 0.0)
    person = frozenset(PERSON.split())
    groups = {name: frozenset(words.split()) for name, words in ABOUT.items()}
    best = _best_said(seen)
    for concept, score in best.items():
        if concept in person:
            weights["person"] += score * PERSON_WEIGHTS.get(concept, 1.0)
        for name, words in groups.items():
            weights[name] += score if concept in words else 0.0
    resident = any(each.profile.of("resident") > 0.5 for each in seen)
    weights["person"] += 0.7 * (resident + any(each.profile.of("sex") > 0.8 for each in seen))
    if _serves(seen, best):
        weights["post"] += _SERVES
    said = " ".join(titles).casefold()
    for name, marks in _TITLE_WORDS.items():
        if any(mark in said for mark in marks):
            weights[name] += 0.8
    chosen = max(weights, key=lambda name: weights[name])
    return chosen if weights[chosen] > weights["person"] else "person"


def _best_said(seen: list[Seen]) -> dict[str, float]:
    """How surely any header speaks of a concept, of those that it most surely speaks of."""
    best: dict[str, float] = {}
    for each in seen:
        if _KEY.search(each.header) is not None:
            continue  # type_id, region_id: tables of anything have such columns
        # Dates are from when and to when, not from whom and to whom.
        left_out = ("issuer", "addressee") if _is_dates(each) else ()
        for concept, score in each.said.scores.items():
            if score >= 0.6 and score >= each.said.best - 0.05 and concept not in left_out:
                best[concept] = max(best.get(concept, 0.0), score)
    return best


_SERVES = 2.5  # weight of posts with the time for which they were held
_TITLES = ("position", "post_title", "title", "any_title")
_TIMES = frozenset(
    {"any_start", "any_end", "any_from", "any_to", "issuer", "addressee", "post_start", "post_end"}
)
# What is said of people who are held, and not of those who hold posts.
_OF_HELD = (
    "birth_date", "sex", "id_number", "reason", "held_status", "term", "facility",
    "detained_on", "released_on", "death_date",
)  # fmt: skip


def _serves(seen: list[Seen], best: dict[str, float]) -> bool:
    """Whether rows say who held which post from when: those times are no detention's."""
    titled = any(best.get(concept, 0.0) >= _SAID for concept in _TITLES)
    held = any(best.get(concept, 0.0) >= _SAID for concept in _OF_HELD)
    timed = any(
        _is_dates(each) and any(each.said.scores.get(time, 0.0) >= _SAID for time in _TIMES)
        for each in seen
    )
    return titled and timed and not held


_SAID = 0.8  # score of a header


def _is_dates(seen: Seen) -> bool:
    return seen.profile.of("date") + seen.profile.of("year") > _SAID


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
    "registration": "reference", "file_number": "reference",
    "death_date": "order_date", "released_on": "order_date", "birth_date": "order_date",
    "authority": "issuer", "detained_on": "order_date", "reason": "wording", "notes": "wording",
}  # fmt: skip
_FOR_POST = {
    "position": "post_title", "title": "post_title", "employer": "post_organization",
    "charge": "post_title", "issuer": "post_start", "addressee": "post_end",
    "building": "post_organization",
}  # fmt: skip
_FITTED: dict[str, dict[str, str]] = {
    "facility": _FOR_FACILITY, "person": _FOR_PERSON, "order": _FOR_ORDER, "post": _FOR_POST,
    "testimony": {"name": "name"},
}  # fmt: skip
_FITTED_SHARE = 0.92  # of the score that a word keeps in a table about something else


def meant(scores: dict[str, float], subject: str) -> dict[str, float]:
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
