"""What every document kind is given: the people, their true counts and the delivery to write to.

Invariants:

- a kind may read all of it and writes only through `delivery` and its truth;
- `stream` gives a kind its own randomness, named after the kind.
"""

import random

import msgspec

from muniment.simulate import streams
from muniment.simulate.counts import Counts
from muniment.simulate.delivery import Delivery
from muniment.simulate.fonts import Fonts
from muniment.simulate.people import Person
from muniment.simulate.truth import Truth


class Cache(msgspec.Struct, frozen=True):
    """The simulated police cache while it is written."""

    seed: int
    people: tuple[Person, ...]
    counts: Counts
    delivery: Delivery
    fonts: Fonts

    @property
    def truth(self) -> Truth:
        return self.delivery.truth

    def stream(self, *subject: str | int) -> random.Random:
        return streams.stream(self.seed, *subject)

    def taken(self) -> list[Person]:
        """People who were taken, released ones too, in the order of numbers."""
        return [person for person in self.people if person.detention is not None]

    def sentenced(self) -> list[Person]:
        """Those of them who serve a sentence."""
        return [
            person
            for person in self.people
            if person.detention is not None and person.detention.term_years
        ]

    def up_to(self, most: int, one_per: int) -> int:
        """How many documents of a kind: one for every `one_per` people, at least 3."""
        return max(3, min(most, len(self.people) // one_per))
