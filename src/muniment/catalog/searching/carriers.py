"""Who wrote and who got the messages that an object came in: attached, however deep.

    table ── archive ── message (from Li to Wang)      the table was sent by Li to Wang

- On each way outward the nearest message counts that names anybody. A message that names somebody
  itself was sent by whom it names, whatever it was attached to.
- The citation is that of the message's own header: nothing is said of the object's bytes.
"""

from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, select

from muniment.catalog.kinds import MAIL, kind_of
from muniment.catalog.searching.people_named import Person
from muniment.catalog.tables import CONTAINMENTS, OBJECTS
from muniment.core import Citation, Digest, parse_digest

SENDER, RECIPIENT = "sender", "recipient"
_MOST = 1_000  # messages that one object came in
_MOST_LOOKED_AT = 5_000  # containers on the ways outward
_KEPT = 2_000  # messages whose people are remembered: their files mostly come one after another
PeopleOf = Callable[[Digest], tuple[Person, ...]]


class Carried(msgspec.Struct, frozen=True):
    """Somebody whom a message names that carried an object: who, and where that stands."""

    person: Person
    citation: str


class Carriers:
    """Finds the messages around objects, and remembers whom they name while it is kept."""

    def __init__(self, connection: Connection, people_of: PeopleOf) -> None:
        self._connection = connection
        self._people_of = people_of
        self._named = lru_cache(maxsize=_KEPT)(self._correspondents)

    def of(self, digest: Digest) -> dict[str, tuple[Carried, ...]]:
        """Those whom each message names, by the message's digest in hex, the nearest first."""
        found: dict[str, tuple[Carried, ...]] = {}
        if len(self._named(digest.hex)) > 0:
            return found
        waiting, met = deque([digest.hex]), {digest.hex}
        while len(waiting) > 0 and len(found) < _MOST:
            for outer in self._around(waiting.popleft()):
                if outer in met or len(met) >= _MOST_LOOKED_AT:
                    continue
                met.add(outer)
                named = self._named(outer)
                if len(named) > 0:
                    found[outer] = named
                else:
                    waiting.append(outer)
        return found

    def _around(self, digest: str) -> Iterator[str]:
        lying = select(CONTAINMENTS.c.parent).where(CONTAINMENTS.c.digest == digest).distinct()
        yield from self._connection.scalars(lying.order_by("parent").limit(_MOST_LOOKED_AT))

    def _correspondents(self, digest: str) -> tuple[Carried, ...]:
        """Whom a message names as senders and recipients; nobody where it is no message."""
        media = self._connection.scalar(select(OBJECTS.c.type).where(OBJECTS.c.digest == digest))
        if media is None or kind_of(media) != MAIL:
            return ()
        message = parse_digest(digest)
        return tuple(
            Carried(each, str(Citation(message, each.at)))
            for each in self._people_of(message)
            if each.role in (SENDER, RECIPIENT)
        )
