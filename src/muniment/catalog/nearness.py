"""What lies near an object: with it in a container or folder, in its message's thread, elsewhere.

    0   in the same container, message or folder of the delivery; the containers around it
    1   messages of the same thread, and what lies in them
    2   everything else

- Threads are followed by the ids that messages name (RFC 5322 §3.6.4), one step in each direction.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.sql import query
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES
from muniment.core import Digest

FAR = 2
_MOST = 5_000  # objects counted as near
_MESSAGE_ID = re.compile(r"<([^<>\s]{3,250})>")
_THREAD_FIELDS = "('message-id', 'in-reply-to', 'references')"


class Neighbourhood(msgspec.Struct, frozen=True):
    """The objects near one, by digest in hex, each with its distance; what is not here is far."""

    distances: dict[str, int]

    def distance(self, sha256: str) -> int:
        """How far that object is."""
        return self.distances.get(sha256, FAR)


class Threads:
    """Which messages name the same ids; read from the case's tables once."""

    def __init__(self, tables: Path) -> None:
        found = query(
            tables,
            f"SELECT sha256, written FROM metadata WHERE lower(name) IN {_THREAD_FIELDS}",  # noqa: S608 - our own words
        )
        self._ids: dict[str, set[str]] = {}
        self._naming: dict[str, set[str]] = {}
        for row in found:
            for name in _MESSAGE_ID.findall(row["written"]):
                self._ids.setdefault(row["sha256"], set()).add(name)
                self._naming.setdefault(name, set()).add(row["sha256"])

    def beside(self, messages: Iterable[str]) -> set[str]:
        """The other messages of the threads of these."""
        names = set().union(*(self._ids.get(each, ()) for each in messages))
        return set().union(*(self._naming[name] for name in names))


def neighbourhood(ledger: Ledger, threads: Threads, digest: Digest) -> Neighbourhood:
    """What lies near the object."""
    with ledger.engine.connect() as connection:
        around = _containers(connection, digest.hex)
        near = around | _in_all(connection, around)
        near |= _in_same_folders(connection, {digest.hex} | around)
        beside = threads.beside(near) - near
        beside |= _in_all(connection, beside)
    distances = dict.fromkeys(sorted(beside)[:_MOST], 1)
    distances |= dict.fromkeys(sorted(near)[:_MOST], 0)
    distances[digest.hex] = 0
    return Neighbourhood(distances)


def _containers(connection: Connection, digest: str) -> set[str]:
    """Everything around the object, out to the delivery."""
    found: set[str] = set()
    waiting = {digest}
    while len(waiting) > 0 and len(found) < _MOST:
        chosen = select(CONTAINMENTS.c.parent).where(CONTAINMENTS.c.digest.in_(sorted(waiting)))
        waiting = set(connection.scalars(chosen)) - found
        found |= waiting
    return found


def _in_all(connection: Connection, parents: set[str]) -> set[str]:
    chosen = select(CONTAINMENTS.c.digest).where(CONTAINMENTS.c.parent.in_(sorted(parents)[:_MOST]))
    return set(connection.scalars(chosen.limit(_MOST)))


def _in_same_folders(connection: Connection, digests: set[str]) -> set[str]:
    """What was delivered in the folders in which these were."""
    chosen = select(DELIVERIES.c.intake, DELIVERIES.c.name)
    rows = connection.execute(chosen.where(DELIVERIES.c.digest.in_(sorted(digests)[:_MOST])))
    found: set[str] = set()
    for intake, name in rows.fetchall():
        folder = name.rpartition("/")[0] + "/" if "/" in name else ""
        beside = select(DELIVERIES.c.digest, DELIVERIES.c.name).where(
            DELIVERIES.c.intake == intake, DELIVERIES.c.name.startswith(folder, autoescape=True)
        )
        for row in connection.execute(beside.limit(_MOST)):
            if "/" not in row.name[len(folder) :]:
                found.add(row.digest)
    return found
