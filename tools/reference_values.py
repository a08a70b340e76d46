"""The generated page of what is read as a value: identifiers, calendars, units, vocabularies."""

from collections.abc import Iterator

from muniment.text import UNITS, VOCABULARIES, DateReason, NumberReason, Penalty, Qualifier
from muniment.text.calendars import CALENDARS
from muniment.text.identifiers import ASPECTS, IDENTIFIERS
from muniment.text.places import PlaceReason


def value_lines() -> list[str]:
    """The page without its notice."""
    return [
        "# Values",
        "",
        (
            "A value is read only where that is sure: what is written is always kept, and a "
            "reading without a value has a reason."
        ),
        *_identifiers(),
        *_dates(),
        *_quantities(),
        *_vocabularies(),
    ]


def _identifiers() -> Iterator[str]:
    yield from ("", "## Identifiers", "")
    yield (
        "Examples are nobody's. *Catches* is what the check digit always shows; other slips it "
        "shows most of the time."
    )
    yield from ("", "| name | number | example | catches |", "|---|---|---|---|")
    for each in IDENTIFIERS:
        catches = ", ".join(sorted(each.catches))
        yield f"| `{each.name}` | {each.title} | `{each.example}` | {catches} |"
    yield from ("", "Each aspect of a number is answered by itself, as `consistent`,")
    yield "`inconsistent`, `not-applicable` or `not-evaluated`:"
    yield from ("", "| aspect | question |", "|---|---|")
    for name, question in ASPECTS.items():
        yield f"| `{name}` | {question} |"


def _dates() -> Iterator[str]:
    yield from ("", "## Dates", "", "| calendar | |", "|---|---|")
    for calendar in CALENDARS:
        yield f"| `{calendar.name}` | {calendar.title} |"
    yield "| `japanese` | Japanese, by reign |"
    yield from ("", f"Kept beside a date: {_listed(Qualifier)}.", "")
    yield f"Why a date has no value: {_listed(DateReason)}."
    yield from ("", f"Why a place has none: {_listed(PlaceReason)}.")


def _quantities() -> Iterator[str]:
    yield from ("", "## Quantities and sentences", "", "| unit | |", "|---|---|")
    for code, (name, *_) in UNITS.items():
        yield f"| `{code}` | {name} |"
    yield from ("", f"Penalties: {_listed(Penalty)}.", "")
    yield f"Why a number has no value: {_listed(NumberReason)}."


def _vocabularies() -> Iterator[str]:
    for vocabulary in VOCABULARIES:
        yield from ("", f"## {vocabulary.title}", "", "| code | | words |", "|---|---|---|")
        for term in vocabulary.terms:
            words = " · ".join(
                f"{language}: {words.replace(' | ', ', ')}" for language, words in term.words
            )
            yield f"| `{term.code}` | {term.title} | {words} |"


def _listed(codes: type) -> str:
    return ", ".join(f"`{code.value}`" for code in codes)
