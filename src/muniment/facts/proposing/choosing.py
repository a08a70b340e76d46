"""What each column is taken for: its header and its contents, judged apart and then together.

- Confidence orders proposals and says how much spoke for one. It is no probability: it was not
  calibrated.
"""

from muniment.facts.lexicon import CONCEPTS
from muniment.facts.lexicon.concept import TEXTS
from muniment.facts.proposing.choice import Choice, Seen
from muniment.facts.proposing.holding_back import held_back, in_part_only, unmapped
from muniment.facts.proposing.numbered import people_apart
from muniment.facts.proposing.subject import meant
from muniment.facts.proposing.together import together

_FEWEST = 3  # cells of which contents alone say something
_LEAST = 0.45  # confidence of a column that is mapped
_EXACT = 0.9  # score of a header that is a phrase letter for letter, or one in a generic word
_BESIDE = 0.75  # share of its score that a likeness keeps beside such a phrase
_CERTAIN = 0.97
_ALTERNATIVES = 3


def chosen(seen: list[Seen], subject: str) -> list[Choice]:
    """What the columns of a table about `subject` are taken for, one by one and then together."""
    each_alone = in_part_only([_choice(each, subject) for each in seen])
    return people_apart(together(each_alone, subject))


def _choice(seen: Seen, subject: str) -> Choice:
    of_somebody = seen.said.role not in ("", "head")
    scores = meant(seen.said.scores, "person" if of_somebody else subject)
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
    left = held_back(concept, said, seen)
    return choice if left == "" else unmapped(choice, left)


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
        if score >= _EXACT and profile.of("date") < _DATES:
            fit = max(fit, _WORDED)  # sentences are worded in more ways than can be read
    holds = set(CONCEPTS[concept].holds)
    if profile.of("date") > _DATES and "date" not in holds:
        score *= _NO_DATE
    coded = profile.of("code") > 0.6 and not holds & {"text", "code"} and score < _EXACT
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
_WORDED = 0.6  # how well any words fit a header that says of itself that it is a sentence
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
