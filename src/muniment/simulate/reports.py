"""Relatives' reports: who was taken, when, and what they are to the writer.

Invariants:

- a report is about somebody who was taken in truth; its relation is one of the household where the
  household has a witness, else "relative";
- every sixth report has the wrong date, and every fifth is sent twice in two languages by the same
  writer: one origin, not two.
"""

from datetime import date, timedelta

import msgspec

from muniment.simulate.cache import Cache
from muniment.simulate.county import COUNTY
from muniment.simulate.delivery import Made
from muniment.simulate.papers import docx, txt
from muniment.simulate.people import Person
from muniment.simulate.testimony import LANGUAGES, Testimony
from muniment.simulate.truth import Claim
from muniment.simulate.word import Document

FOLDER = "20 relatives"
_MOST = 80
_WRONG_DATE_EVERY, _TWICE_EVERY = 6, 5
_LATE = timedelta(days=75)


def write_reports(cache: Cache) -> None:
    """All reports and their claims."""
    taken = cache.taken()
    rng = cache.stream("reports")
    chosen = rng.sample(taken, min(len(taken) // 2, _MOST))
    households = _households(cache, {person.household for person in chosen})
    number = 0
    for position, person in enumerate(chosen):
        relation = _relation(person, households[person.household])
        day = _day(person) + (_LATE if position % _WRONG_DATE_EVERY == 1 else timedelta())
        copies = 2 if position % _TWICE_EVERY == 2 else 1  # noqa: PLR2004 - one in five
        for copy in range(copies):
            number += 1
            language = LANGUAGES[(position + copy * 2) % len(LANGUAGES)]
            testimony = Testimony(person, language, relation, day)
            _write(cache, testimony, number, f"relative-{position + 1}")


def _households(cache: Cache, wanted: set[int]) -> dict[int, list[Person]]:
    members: dict[int, list[Person]] = {household: [] for household in wanted}
    for person in cache.people:
        if person.household in wanted:
            members[person.household].append(person)
    return members


def _relation(person: Person, household: list[Person]) -> str:
    """What the person is to the first member of the household who could have written."""
    roles = {member.role for member in household if member is not person and not member.detained}
    if person.role == "child":
        return ("son" if person.male else "daughter") if roles & {"head", "spouse"} else "relative"
    if roles & {"head", "spouse"}:
        return "husband" if person.male else "wife"
    if "child" in roles:
        return "father" if person.male else "mother"
    return "relative"


def _day(person: Person) -> date:
    if person.detention is None:
        raise ValueError(f"person {person.number} was never taken")
    return person.detention.began


def _write(cache: Cache, testimony: Testimony, number: int, origin: str) -> None:
    language, text = testimony.language, testimony.text
    if number % 3 == 0:
        document = Document(
            paragraphs=(COUNTY.en, text),
            author="relative",
            right_to_left=language == "ug-Arab",
        )
        made, ending = docx(document, "relative-report", language), "docx"
    else:
        made, ending = txt(text + "\n", "utf-8", "relative-report", language), "txt"
    path = f"{FOLDER}/report-{number:03d}.{ending}"
    cache.delivery.put(path, _about(made, testimony.person))
    _claim(cache, testimony, path, origin)


def _about(made: Made, person: Person) -> Made:
    return Made(made.data, msgspec.structs.replace(made.note, people=(person.number,)))


def _claim(cache: Cache, testimony: Testimony, path: str, origin: str) -> None:
    began = _day(testimony.person)
    cache.truth.claim(
        Claim(
            id=path.rsplit("/", 1)[1].split(".", maxsplit=1)[0],
            file=path,
            claimant=f"{testimony.relation} of {testimony.name}",
            origin=origin,
            says=testimony.text,
            about=f"person:{testimony.person.number}",
            value=testimony.day.isoformat(),
            truth=began.isoformat(),
            relation="agrees" if testimony.day == began else "contradicts",
            language=testimony.language,
        )
    )
