"""Several people in one row whose columns are told apart by a number: Name 2, Born 2, Relation 2.

- A number stands for a person where it is behind a name or an identity number and behind something
  else of the same person. A second telephone or a name in a second script is no second person.
- A column of how a relative is related belongs to the relation to that relative, not to all of
  them at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from muniment.facts.lexicon import CONCEPTS
from muniment.facts.proposing.choice import Choice
from muniment.facts.proposing.together import HEAD, NAMED

RELATION = "relation-"  # and the entity of the relative: what the relation to them is called
_NUMBER = re.compile(r"[\w)）].*?[\s_\-#№.(（]*(\d)[)）]?$", re.DOTALL)
_OF_ONE = frozenset({"name", "first_name", "last_name", "id_number", "passport"})
_FEWEST = 2  # things that are said of a numbered person


def people_apart(choices: list[Choice]) -> list[Choice]:
    """The columns of people who are told by numbers, each with a person of its own."""
    said: dict[int, set[str]] = defaultdict(set)
    for choice in choices:
        if choice.entity == "person":
            said[_number(choice)].add(choice.concept)
    people = {
        number
        for number, concepts in said.items()
        if number > 1 and len(concepts) >= _FEWEST and not _OF_ONE.isdisjoint(concepts)
    }
    moved = [
        msgspec.structs.replace(choice, entity=f"{NAMED}{_number(choice)}")
        if choice.entity == "person" and _number(choice) in people
        else choice
        for choice in choices
    ]
    known = {choice.entity for choice in moved if choice.entity != ""}
    return [_with_relation(choice, known) for choice in moved]


def _number(choice: Choice) -> int:
    """The figure at the end of a header; 0 where there is none."""
    found = _NUMBER.search(choice.seen.header.strip())
    return 0 if found is None else int(found[1])


def _with_relation(choice: Choice, known: set[str]) -> Choice:
    """A column that says how somebody is related, as said of the relation to that one."""
    if choice.concept == "" or CONCEPTS[choice.concept].entity != "relation":
        return choice
    relative = next((each for each in _relatives(choice) if each in known), None)
    if relative is None:
        return choice
    return msgspec.structs.replace(choice, entity=f"{RELATION}{relative}")


def _relatives(choice: Choice) -> Iterator[str]:
    """Whose relation a column may speak of, the likeliest first."""
    said = choice.seen.said
    yield f"{said.role}{said.number}"
    yield f"{NAMED}{_number(choice)}"
    if said.role in ("", "relative"):  # lists of households say what each member is to the head
        yield HEAD
