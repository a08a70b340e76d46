"""Puts what statements leave as into the order of FollowTheMoney entities, one entity at a time.

- Lines come by entity; so does what they leave as, for a part's id begins with its entity's.
- What a line says of another entity (that a picture shows somebody) is gathered first, in a
  database that lies on disk once it grows, and joins that entity in its turn.
- An entity has one schema. Where its statements name two of which neither extends the other, the
  one with more statements stays; the others' statements stay behind.
"""

import heapq
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter, itemgetter

import msgspec

from muniment.facts.ftm import BASE, Kept, Left, Line, Profile, Stayed, leave
from muniment.facts.model import CARRIED, is_a

# Schemata whose statements say something of other entities, in the profile `stock`.
_OF_OTHERS = tuple(
    schema for schema, parts in CARRIED.items() if any(part.about != "" for part in parts)
)
Lines = Callable[[tuple[str, ...]], Iterable[Line]]


class Leaving(msgspec.Struct, frozen=True):
    """One entity that leaves: its schema, what it says, and what stays behind."""

    entity: str
    schema: str
    left: tuple[Left, ...]
    stayed: tuple[Stayed, ...]


def entities(lines: Lines, profile: Profile) -> Iterator[Leaving]:
    """Every entity that leaves, by id; `lines` gives those of some schemata, or of all, by entity.

    What stays behind of an entity that does not leave comes with an entity without a schema.
    """
    with sqlite3.connect("") as spool:
        spool.execute("CREATE TABLE spool (entity TEXT, left BLOB)")
        if profile is Profile.STOCK:
            rows = ((left.entity, _encoded(left)) for left in _of_others(lines))
            spool.executemany("INSERT INTO spool VALUES (?, ?)", rows)
        merged = heapq.merge(_own(lines, profile), _spooled(spool), key=itemgetter(0))
        for entity, group in groupby(merged, key=itemgetter(0)):
            yield _leaving(entity, [one for _, one in group])


def _own(lines: Lines, profile: Profile) -> Iterator[tuple[str, Left | Stayed]]:
    for entity, some in groupby(lines(()), key=attrgetter("entity")):
        found = [
            (one.entity if isinstance(one, Left) else entity, one)
            for one in leave(list(some), profile)
        ]
        # Sorting keeps the order within an entity; what is said of others comes from the spool.
        yield from sorted((each for each in found if _is_own(each[0], entity)), key=itemgetter(0))


def _is_own(entity: str, of: str) -> bool:
    return entity == of or entity.startswith(f"{of}-")


def _of_others(lines: Lines) -> Iterator[Left]:
    for entity, some in groupby(lines(_OF_OTHERS), key=attrgetter("entity")):
        for one in leave(list(some), Profile.STOCK):
            if isinstance(one, Left) and not _is_own(one.entity, entity):
                yield one


def _spooled(spool: sqlite3.Connection) -> Iterator[tuple[str, Left]]:
    for entity, left in spool.execute("SELECT entity, left FROM spool ORDER BY entity, left"):
        yield entity, msgspec.msgpack.decode(left, type=Left)


def _encoded(left: Left) -> bytes:
    return msgspec.msgpack.encode(left)


def _leaving(entity: str, found: list[Left | Stayed]) -> Leaving:
    left = [each for each in found if isinstance(each, Left)]
    stayed = [each for each in found if isinstance(each, Stayed)]
    schema = _schema(left)
    alien = [each for each in left if not is_a(schema, each.schema)]
    stayed += [
        Stayed(each.line, Kept.OTHER_SCHEMA, each.again) for each in alien if each.line is not None
    ]
    kept = [each for each in left if is_a(schema, each.schema)]
    return Leaving(
        entity,
        schema,
        tuple(sorted(kept, key=_order)),
        tuple(sorted(stayed, key=lambda each: _line_order(each.line))),
    )


def _schema(left: list[Left]) -> str:
    """The schema that the most statements can be said in; the first by name where several are."""
    names = sorted({each.schema for each in left})
    counts = Counter(each.schema for each in left)
    fits = {name: sum(counts[other] for other in names if is_a(name, other)) for name in names}
    return max(names, key=lambda name: fits[name], default="")


def _order(left: Left) -> tuple[bool, str, str, tuple[str, ...]]:
    first = left.property != BASE
    return first, left.property, left.value, () if left.line is None else _line_order(left.line)


def _line_order(line: Line) -> tuple[str, ...]:
    return line.property, line.citation, line.written, line.by, line.source, line.id
