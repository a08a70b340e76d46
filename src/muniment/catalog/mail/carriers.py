"""Which messages carried these very bytes, attached themselves or inside something attached.

    file ──▶ archive ──▶ message        the way is shown, the innermost first

- Only containments that were read count: what lies in a locked archive is not known to lie there.
"""

import msgspec
from sqlalchemy import func, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.mail.listing import MessageRow, cited, message_rows
from muniment.catalog.mail.tables import MESSAGE_FILES, MESSAGES
from muniment.catalog.tables import CONTAINMENTS, PEOPLE

_MOST_LOOKED_AT = 5_000  # containers on the ways outward


class Step(msgspec.Struct, frozen=True):
    """Something that the file lay in before the message: its digest, and the name inside it."""

    sha256: str
    name: str


class Carrier(msgspec.Struct, frozen=True):
    """A message that carried the file under `name`; `inside` is empty where it was attached."""

    row: MessageRow
    name: str
    inside: tuple[Step, ...]
    citation: str


class SentBy(msgspec.Struct, frozen=True):
    """Who sent a message that carried a file: a name, an address or both, and where it stands."""

    name: str
    address: str
    citation: str


def senders_of(ledger: Ledger, sha256: str, *, limit: int) -> tuple[SentBy, ...]:
    """Those who sent these bytes along, each once as it is written; at most `limit`."""
    columns = (PEOPLE.c.name, PEOPLE.c.address, func.min(PEOPLE.c.citation).label("citation"))
    mine = (PEOPLE.c.digest == sha256) & (PEOPLE.c.role == "carrier sender")
    chosen = select(*columns).where(mine).group_by(PEOPLE.c.name, PEOPLE.c.address)
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen.order_by(func.min(PEOPLE.c.number)).limit(limit))
        return tuple(SentBy(row.name, row.address, row.citation) for row in rows)


def carriers(ledger: Ledger, sha256: str, *, limit: int) -> tuple[Carrier, ...]:
    """The messages that carried these bytes, by date; at most `limit`."""
    waiting: list[tuple[str, tuple[Step, ...]]] = [(sha256, ())]
    met = {sha256}
    found: dict[str, tuple[str, str, tuple[Step, ...]]] = {}
    with ledger.engine.connect() as connection:
        while len(waiting) > 0 and len(met) < _MOST_LOOKED_AT:
            current, inside = waiting.pop(0)
            attached = select(MESSAGE_FILES).where(MESSAGE_FILES.c.digest == current)
            for row in connection.execute(attached.order_by(MESSAGE_FILES.c.message)):
                found.setdefault(row.message, (row.name, row.place, inside))
            outside = select(CONTAINMENTS.c.parent, CONTAINMENTS.c.name).where(
                CONTAINMENTS.c.digest == current
            )
            for row in connection.execute(outside.order_by(CONTAINMENTS.c.parent)):
                if row.parent not in met and row.parent not in found:
                    met.add(row.parent)
                    waiting.append((row.parent, (*inside, Step(row.parent, row.name))))
        chosen = select(MESSAGES).where(MESSAGES.c.digest.in_(found))
        rows = connection.execute(chosen.order_by("ordered", "digest").limit(limit)).fetchall()
        shown = message_rows(connection, rows)
    return tuple(
        Carrier(
            row=row,
            name=found[row.sha256][0],
            inside=found[row.sha256][2],
            citation=cited(row.sha256, found[row.sha256][1]),
        )
        for row in shown
    )
