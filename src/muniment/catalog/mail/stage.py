"""Brings the tables of e-mail up to date with what was read.

    parts ──▶ messages, people, files ──▶ conversations, correspondents, correspondence

- What was read anew is taken anew; the tables behind the arrow are made whole, in one transaction,
  where there was something new.
- The same readings give the same rows, in whatever order they came.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.ledger import Ledger
from muniment.catalog.mail.dates import instant_of
from muniment.catalog.mail.headers import MESSAGE_TYPES, Message, message_of
from muniment.catalog.mail.subjects import base_subject
from muniment.catalog.mail.tables import (
    CONVERSATIONS,
    CORRESPONDENCE,
    CORRESPONDENTS,
    MAIL_READ,
    MESSAGE_FILES,
    MESSAGE_PEOPLE,
    MESSAGES,
    SPELLINGS,
)
from muniment.catalog.mail.threads import Node, Threaded, conversations
from muniment.catalog.tables import OBJECTS
from muniment.core import Digest, Part, parse_digest, print_place
from muniment.text import fold

Parts = Callable[[Digest], Iterable[Part]]
Progress = Callable[[str, int, int], None]
_BATCH = 200
_LONGEST_KEY = 500  # letters of an address or name by which people are put together

_NAMES_SQL = """
INSERT INTO spellings
SELECT person, name, count(*) FROM message_people WHERE name <> '' GROUP BY person, name"""
_PEOPLE_SQL = """
INSERT INTO correspondents
WITH named AS (
  SELECT p.person, p.name, p.address, p.role, p.digest, m.day
  FROM message_people p JOIN messages m ON m.digest = p.digest),
 often AS (
  SELECT person, name, row_number() OVER (
    PARTITION BY person ORDER BY times DESC, name) AS place
  FROM spellings),
 counted AS (
  SELECT person, count(DISTINCT nullif(name, '')) AS names, max(address <> '') AS has_address,
    count(DISTINCT CASE WHEN role IN ('from', 'sender') THEN digest END) AS sent,
    count(DISTINCT CASE WHEN role IN ('to', 'cc', 'bcc') THEN digest END) AS received,
    count(DISTINCT digest) AS messages,
    coalesce(min(nullif(day, '')), '') AS first_day, max(day) AS last_day
  FROM named GROUP BY person)
SELECT c.person, coalesce(s.name, ''), c.names, c.has_address, c.sent, c.received, c.messages,
  c.first_day, c.last_day
FROM counted c LEFT JOIN often s ON s.person = c.person AND s.place = 1"""
_PAIRS_SQL = """
INSERT INTO correspondence
SELECT m.sender, p.person, count(DISTINCT p.digest),
  coalesce(min(nullif(m.day, '')), ''), max(m.day)
FROM messages m JOIN message_people p ON p.digest = m.digest
WHERE m.sender <> '' AND p.role IN ('to', 'cc', 'bcc') GROUP BY m.sender, p.person"""

_CONVERSATIONS_SQL = """
INSERT INTO conversations (id, subject, base_subject, messages, missing, first_day, last_day,
  ordered)
SELECT m.conversation,
  (SELECT f.subject FROM messages f WHERE f.conversation = m.conversation
   ORDER BY f.position LIMIT 1),
  (SELECT f.base_subject FROM messages f WHERE f.conversation = m.conversation
   ORDER BY f.position LIMIT 1),
  count(*), 0, coalesce(min(nullif(m.day, '')), ''), max(m.day), max(m.ordered)
FROM messages m GROUP BY m.conversation"""


def bring_mail_up_to_date(ledger: Ledger, parts: Parts, progress: Progress) -> bool:
    """Take what was read since the last time; whether there was something."""
    waiting = list(_unread(ledger))
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        found = [
            (digest, read, message_of(media_type, parts(parse_digest(digest))))
            for digest, media_type, read in batch
        ]
        with ledger.engine.begin() as connection:
            _put(connection, found)
        progress("mail", start + len(batch), len(waiting))
    if len(waiting) > 0:
        with ledger.engine.begin() as connection:
            _converse(connection)
            _correspond(connection)
    return len(waiting) > 0


def _unread(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Digest, type and reading of what was read and is not among the messages yet."""
    joined = OBJECTS.outerjoin(MAIL_READ, MAIL_READ.c.digest == OBJECTS.c.digest)
    new = MAIL_READ.c.parts_digest.is_(None) | (MAIL_READ.c.parts_digest != OBJECTS.c.parts_digest)
    chosen = (
        select(OBJECTS.c.digest, OBJECTS.c.type, OBJECTS.c.parts_digest)
        .select_from(joined)
        .where(OBJECTS.c.parts_digest != "", OBJECTS.c.type.in_(MESSAGE_TYPES), new)
    )
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen.order_by(OBJECTS.c.digest)).fetchall():
            yield row.digest, row.type, row.parts_digest


def _put(connection: Connection, found: list[tuple[str, str, Message | None]]) -> None:
    keys = [{"key": digest} for digest, _, _ in found]
    for column in (MESSAGES.c.digest, MESSAGE_PEOPLE.c.digest, MESSAGE_FILES.c.message):
        connection.execute(column.table.delete().where(column == bindparam("key")), keys)
    messages = [(digest, message) for digest, _, message in found if message is not None]
    for table, rows in (
        (MESSAGES, [_row(*each) for each in messages]),
        (MESSAGE_PEOPLE, [row for each in messages for row in _people(*each)]),
        (MESSAGE_FILES, [row for each in messages for row in _files(*each)]),
    ):
        if len(rows) > 0:
            connection.execute(insert(table), rows)
    read = [{"digest": digest, "parts_digest": parts_digest} for digest, parts_digest, _ in found]
    connection.execute(insert(MAIL_READ).prefix_with("OR REPLACE"), read)


def _row(digest: str, message: Message) -> dict[str, Any]:
    stamp = message.date
    sender = next((each for each in message.people if each.role in ("from", "sender")), None)
    return {
        "digest": digest,
        "message_id": message.message_id,
        "message_id_at": print_place(message.message_id_at),
        "refers": json.dumps(message.refers),
        "subject": message.subject,
        "subject_at": print_place(message.subject_at),
        "subject_folded": fold(message.subject),
        "base_subject": base_subject(message.subject),
        "date_written": stamp.written,
        "date_at": print_place(message.date_at),
        "date_local": stamp.local or "",
        "date_offset": stamp.offset_minutes,
        "date_precision": "" if stamp.precision is None else stamp.precision.value,
        "day": (stamp.local or "")[:10],
        "ordered": instant_of(stamp) or (stamp.local or "")[:19],
        "sender": "" if sender is None else _key(sender.mailbox.person),
        "sender_name": "" if sender is None else sender.mailbox.name,
        "sender_address": "" if sender is None else sender.mailbox.address,
        "sender_at": "" if sender is None else print_place(sender.at),
        "sender_name_at": "" if sender is None else print_place(sender.name_at),
        "list_id": message.list_id,
        "sort": message.sort,
        "recipients": sum(each.role in ("to", "cc", "bcc") for each in message.people),
        "people_left_out": message.people_left_out,
        "files": len(message.files),
    }


def _people(digest: str, message: Message) -> Iterator[dict[str, Any]]:
    numbers: dict[str, int] = {}
    ordered = instant_of(message.date) or (message.date.local or "")[:19]
    for each in message.people:
        number = numbers.get(each.role, 0)
        numbers[each.role] = number + 1
        yield {
            "digest": digest,
            "role": each.role,
            "number": number,
            "person": _key(each.mailbox.person),
            "name": each.mailbox.name,
            "address": each.mailbox.address,
            "place": print_place(each.at),
            "name_place": print_place(each.name_at),
            "ordered": ordered,
        }


def _files(digest: str, message: Message) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(message.files):
        yield {
            "message": digest,
            "number": number,
            "digest": each.sha256,
            "name": each.name,
            "relation": each.relation,
            "place": print_place(each.at),
        }


def _key(person: str) -> str:
    return person[:_LONGEST_KEY]


def _converse(connection: Connection) -> None:
    """Put all messages into their conversations."""
    columns = (MESSAGES.c.digest, MESSAGES.c.message_id, MESSAGES.c.refers, MESSAGES.c.ordered)
    nodes = [
        Node(row.digest, row.message_id, tuple(json.loads(row.refers)), row.ordered)
        for row in connection.execute(select(*columns).order_by("digest"))
    ]
    connection.execute(CONVERSATIONS.delete())
    update = (
        MESSAGES.update()
        .where(MESSAGES.c.digest == bindparam("key"))
        .values(
            {
                name: bindparam(f"new_{name}")
                for name in ("conversation", "answers", "depth", "position", "circle")
            }
        )
    )
    missing = []
    for found in conversations(nodes):
        connection.execute(update, [_place(each) for each in found.messages])
        missing.append({"id": found.id, "missing": found.missing})
    if len(missing) > 0:
        connection.execute(text(_CONVERSATIONS_SQL))
        left = CONVERSATIONS.update().where(CONVERSATIONS.c.id == bindparam("key"))
        rows = [{"key": each["id"], "gone": each["missing"]} for each in missing]
        connection.execute(left.values(missing=bindparam("gone")), rows)


def _place(each: Threaded) -> dict[str, Any]:
    return {
        "key": each.digest,
        "new_conversation": each.conversation,
        "new_answers": each.answers,
        "new_depth": each.depth,
        "new_position": each.position,
        "new_circle": int(each.circle),
    }


def _correspond(connection: Connection) -> None:
    """Count who is named, and who wrote to whom."""
    for table, statement in (
        (SPELLINGS, _NAMES_SQL),
        (CORRESPONDENTS, _PEOPLE_SQL),
        (CORRESPONDENCE, _PAIRS_SQL),
    ):
        connection.execute(table.delete())
        connection.execute(text(statement))
