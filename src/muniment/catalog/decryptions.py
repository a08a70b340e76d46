"""What was opened with which key: the journal's `decryption` events, and the ledger's copy of them.

    detail    commitment   SHA-256(salt ‖ password), hex; the salt lies in the key ring
              how          given, known from another file, named in a text, a file's name …
              key          id in the key ring
              outputs      SHA-256 of what came out, at most 10,000; `outputs_total` counts them
              places       citations of where the password stands
              reader       name and version of what opened it
              scheme       the encryption, as the file states it

- The event names the object that was opened and those in which the password stands, so that a
  selection that is handed over tells of neither without the other.
- The password itself is nowhere in it.
- A key that is recorded for an object is tried whenever the object is read again, and no other.
- An object that a new key opens waits to be read again; what was made of its old reading is
  taken out of the tables.
"""

import json
from collections.abc import Mapping
from typing import Protocol

import msgspec
from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.tables import BATCHED, BATCHES, DECRYPTIONS, OBJECTS
from muniment.core import Digest, State, parse_citation, parse_digest
from muniment.vault import Event, EventDraft, Key

_MOST_OUTPUTS = 10_000
Keys = Mapping[Digest, tuple[str, ...]]


class Opened(msgspec.Struct, frozen=True):
    """One object that a key opened, how the key was found and at which citations."""

    digest: Digest
    key: Key
    how: str
    places: tuple[str, ...]
    scheme: str
    reader: str
    outputs: tuple[Digest, ...]


class _Ledger(Protocol):
    @property
    def engine(self) -> Engine: ...


def decryption_draft(opened: Opened, actor: str, tool: str) -> EventDraft:
    """The event that records it (PREMIS 3 `decryption`)."""
    named = [opened.digest, *(parse_citation(place).digest for place in opened.places)]
    return EventDraft(
        event="decryption",
        actor=actor,
        tool=tool,
        objects=tuple(dict.fromkeys(named)),
        detail={
            "commitment": opened.key.commitment.hex,
            "how": opened.how,
            "key": opened.key.id,
            "outputs": [digest.hex for digest in opened.outputs[:_MOST_OUTPUTS]],
            "outputs_total": len(opened.outputs),
            "places": list(opened.places),
            "reader": opened.reader,
            "scheme": opened.scheme,
        },
    )


def take_decryption(connection: Connection, event: Event) -> None:
    """Take one event into the ledger; its object waits to be read with the key."""
    digest, detail = event.objects[0].hex, event.detail
    row = {
        "seq": event.seq,
        "digest": digest,
        "key": detail["key"],
        "scheme": detail["scheme"],
        "reader": detail["reader"],
        "how": detail["how"],
        "places": json.dumps(detail["places"]),
    }
    connection.execute(insert(DECRYPTIONS).values(row).on_conflict_do_nothing())
    chosen = OBJECTS.update().where(OBJECTS.c.digest == digest)
    connection.execute(chosen.values(state=State.PENDING.value, parts_digest=""))
    take_out_of_tables(connection, digest)


def keys_on_record(ledger: _Ledger) -> Keys:
    """For each object that was opened, the ids of its keys in the order they were recorded."""
    recorded = select(DECRYPTIONS.c.digest, DECRYPTIONS.c.key).order_by("seq")
    found: dict[Digest, tuple[str, ...]] = {}
    with ledger.engine.connect() as connection:
        for row in connection.execute(recorded):
            digest = parse_digest(row.digest)
            if row.key not in found.get(digest, ()):
                found[digest] = (*found.get(digest, ()), row.key)
    return found


def keys_of(ledger: _Ledger, digest: Digest) -> tuple[str, ...]:
    """The ids of the keys that are on record for one object, the first first."""
    mine = select(DECRYPTIONS.c.key).where(DECRYPTIONS.c.digest == digest.hex).order_by("seq")
    with ledger.engine.connect() as connection:
        return tuple(dict.fromkeys(connection.scalars(mine)))


def take_out_of_tables(connection: Connection, digest: str) -> None:
    """Let the batch that holds an object's rows be written again, without its old ones."""
    holding = select(BATCHED.c.batch).where(BATCHED.c.digest == digest)
    batch = connection.scalar(holding)
    if batch is None:
        return
    together = select(BATCHED.c.digest).where(BATCHED.c.batch == batch)
    connection.execute(OBJECTS.update().where(OBJECTS.c.digest.in_(together)).values(tabled=0))
    connection.execute(BATCHES.delete().where(BATCHES.c.name == batch))
    connection.execute(BATCHED.delete().where(BATCHED.c.batch == batch))
