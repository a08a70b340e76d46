"""Lists of messages and conversations: filtered, in an order, a page at a time.

- A page begins behind the last row of the one before (its order and digest), so that the
  thousandth page costs what the first does.
- A message without a readable date stands at the end of the newest, not at a made-up day.
- Sender and recipient are an address, or a part of an address or name.
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.mail.addresses import Mailbox
from muniment.catalog.mail.headers import MESSAGE_TYPES
from muniment.catalog.mail.tables import (
    CONVERSATIONS,
    CORRESPONDENTS,
    MAIL_READ,
    MESSAGE_PEOPLE,
    MESSAGES,
)
from muniment.catalog.tables import CONTAINMENTS, OBJECTS
from muniment.core import Citation, Precision, Stamp, UsageError, parse_digest, parse_place
from muniment.text import fold

COUNTED = 10_000  # matches are counted up to here
_STALE_S = 5.0
_RECEIVERS = ("to", "cc", "bcc")
_NAMED = 3  # recipients that a list names


class Order(StrEnum):
    """How messages are listed."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SENDER = "sender"


class MailQuery(msgspec.Struct, frozen=True):
    """What to list; an empty word asks for nothing."""

    sender: str = ""
    recipient: str = ""
    subject: str = ""
    first_day: str = ""  # ISO 8601; of the date as its sender's clock had it
    last_day: str = ""
    with_files: bool = False
    container: str = ""  # digest of what the messages lie in
    order: Order = Order.NEWEST


class MessageRow(msgspec.Struct, frozen=True):
    """A message in a list, a citation after each value; `first_recipients` are some of them."""

    sha256: str
    subject: str
    subject_at: str
    date: Stamp
    date_at: str
    sender: str
    sender_name: str
    sender_address: str
    sender_at: str
    sender_name_at: str
    first_recipients: tuple[str, ...]
    recipients: int
    files: int
    conversation: str
    message_id: str
    sort: str
    cursor: str

    @property
    def sender_written(self) -> str:
        """The sender as people write one; empty where none is stated."""
        return Mailbox(self.sender_name, self.sender_address).written


class MessagePage(msgspec.Struct, frozen=True):
    """Some messages; `after` asks for those that follow, "" where none do.

    `matches` counts all, up to `COUNTED`, which then stands for "at least so many".
    """

    rows: tuple[MessageRow, ...]
    matches: int
    after: str


class ConversationRow(msgspec.Struct, frozen=True):
    """A conversation in a list."""

    id: str
    subject: str
    messages: int
    missing: int
    first_day: str
    last_day: str
    cursor: str


class ConversationPage(msgspec.Struct, frozen=True):
    """Some conversations, and what asks for those that follow."""

    rows: tuple[ConversationRow, ...]
    matches: int
    after: str


class MailState(msgspec.Struct, frozen=True):
    """How much e-mail there is, and how many objects have not been looked through for it."""

    messages: int
    conversations: int
    people: int
    waiting: int


def mail_state(ledger: Ledger) -> MailState:
    """Counts over the whole case; of a few seconds ago while files are read."""
    return ledger.remembered("mail state", lambda: _mail_state(ledger), stale_s=_STALE_S)


def _mail_state(ledger: Ledger) -> MailState:
    unread = ~exists().where(
        MAIL_READ.c.digest == OBJECTS.c.digest, MAIL_READ.c.parts_digest == OBJECTS.c.parts_digest
    )
    waiting = (
        select(func.count())
        .select_from(OBJECTS)
        .where(OBJECTS.c.type.in_(MESSAGE_TYPES), OBJECTS.c.parts_digest != "", unread)
    )
    with ledger.engine.connect() as connection:
        held, joined, named = (
            int(connection.scalar(select(func.count()).select_from(table)) or 0)
            for table in (MESSAGES, CONVERSATIONS, CORRESPONDENTS)
        )
        return MailState(held, joined, named, int(connection.scalar(waiting) or 0))


def messages(ledger: Ledger, asked: MailQuery, *, limit: int, after: str = "") -> MessagePage:
    """A page of the messages that are asked for."""
    chosen = and_(*_conditions(asked))
    columns = _order(asked.order)
    falling = asked.order is Order.NEWEST
    page = select(MESSAGES).where(chosen, *_behind(columns, after, falling=falling))
    page = page.order_by(*(each.desc() if falling else each.asc() for each in columns))
    with ledger.engine.connect() as connection:
        rows = connection.execute(page.limit(limit + 1)).fetchall()
        matches = ledger.remembered(
            ("messages", msgspec.structs.replace(asked, order=Order.NEWEST)),
            lambda: _counted(connection, select(MESSAGES.c.digest).where(chosen)),
        )
        shown = message_rows(connection, rows[:limit], columns)
    return MessagePage(shown, matches, shown[-1].cursor if len(rows) > limit else "")


def conversations_listed(
    ledger: Ledger, *, subject: str = "", limit: int, after: str = ""
) -> ConversationPage:
    """A page of the conversations whose first subject holds `subject`, the newest first."""
    columns = (CONVERSATIONS.c.ordered, CONVERSATIONS.c.id)
    chosen = _holds(CONVERSATIONS.c.base_subject, subject)
    page = select(CONVERSATIONS).where(*chosen, *_behind(columns, after, falling=True))
    with ledger.engine.connect() as connection:
        ordered = page.order_by(*(each.desc() for each in columns)).limit(limit + 1)
        rows = connection.execute(ordered).fetchall()
        matches = ledger.remembered(
            ("conversations", subject),
            lambda: _counted(connection, select(CONVERSATIONS.c.id).where(*chosen)),
        )
    shown = tuple(conversation_row(row, columns) for row in rows[:limit])
    return ConversationPage(shown, matches, shown[-1].cursor if len(rows) > limit else "")


def conversation_row(row: Row[Any], columns: Sequence[ColumnElement[str]] = ()) -> ConversationRow:
    """A row of `conversations`."""
    return ConversationRow(
        id=row.id,
        subject=row.subject,
        messages=row.messages,
        missing=row.missing,
        first_day=row.first_day,
        last_day=row.last_day,
        cursor=_cursor(row, columns),
    )


def message_rows(
    connection: Connection, rows: Sequence[Row[Any]], columns: Sequence[ColumnElement[str]] = ()
) -> tuple[MessageRow, ...]:
    """Rows of `messages`, each with the first of its recipients."""
    recipients: dict[str, list[str]] = {}
    wanted = (
        select(MESSAGE_PEOPLE)
        .where(
            MESSAGE_PEOPLE.c.digest.in_([row.digest for row in rows]),
            MESSAGE_PEOPLE.c.role.in_(_RECEIVERS),
            MESSAGE_PEOPLE.c.number < _NAMED,
        )
        .order_by(MESSAGE_PEOPLE.c.digest, MESSAGE_PEOPLE.c.role.desc(), MESSAGE_PEOPLE.c.number)
    )
    for each in connection.execute(wanted):
        recipients.setdefault(each.digest, []).append(each.name or each.address)
    return tuple(
        MessageRow(
            sha256=row.digest,
            subject=row.subject,
            subject_at=cited(row.digest, row.subject_at),
            date=stamp_of_row(row),
            date_at=cited(row.digest, row.date_at),
            sender=row.sender,
            sender_name=row.sender_name,
            sender_address=row.sender_address,
            sender_at=cited(row.digest, row.sender_at),
            sender_name_at=cited(row.digest, row.sender_name_at),
            first_recipients=tuple(recipients.get(row.digest, ())[:_NAMED]),
            recipients=row.recipients,
            files=row.files,
            conversation=row.conversation,
            message_id=row.message_id,
            sort=row.sort,
            cursor=_cursor(row, columns),
        )
        for row in rows
    )


def stamp_of_row(row: Row[Any]) -> Stamp:
    """The stated date of a message."""
    precision = Precision(row.date_precision) if row.date_precision != "" else None
    return Stamp(row.date_written, row.date_local or None, row.date_offset, precision)


def cited(sha256: str, place: str) -> str:
    """The citation of a place of a message."""
    return str(Citation(parse_digest(sha256), parse_place(place)))


def _conditions(asked: MailQuery) -> list[ColumnElement[bool]]:
    found = _holds(MESSAGES.c.subject_folded, asked.subject)
    if asked.sender != "":
        found.append(MESSAGES.c.sender.in_(_people(asked.sender)))
    if asked.recipient != "":
        named = (
            select(MESSAGE_PEOPLE.c.digest)
            .where(MESSAGE_PEOPLE.c.person.in_(_people(asked.recipient)))
            .where(MESSAGE_PEOPLE.c.role.in_(_RECEIVERS))
        )
        found.append(MESSAGES.c.digest.in_(named))
    if asked.first_day != "":
        found.append(MESSAGES.c.day >= asked.first_day)
        found.append(MESSAGES.c.ordered >= _days_on(asked.first_day, -1))
    if asked.last_day != "":
        found.append(and_(MESSAGES.c.day <= asked.last_day, MESSAGES.c.day != ""))
        found.append(MESSAGES.c.ordered < _days_on(asked.last_day, 2))
    if asked.with_files:
        found.append(MESSAGES.c.files > 0)
    if asked.container != "":
        inside = select(CONTAINMENTS.c.digest).where(CONTAINMENTS.c.parent == asked.container)
        found.append(MESSAGES.c.digest.in_(inside))
    return found or [MESSAGES.c.digest != ""]


def _days_on(day: str, days: int) -> str:
    """A day of UTC that lies safely beyond a day of any zone, so that the order's index helps.

    Raises:
        UsageError: there is no such day.
    """
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError) as why:
        raise UsageError(
            f"{day} is no day of the calendar", next_step="write a day as 2018-06-02"
        ) from why


def _people(word: str) -> Select[tuple[str]]:
    """The people meant by an address, or by a part of an address or of a name."""
    key = word.strip().casefold()
    known = exists().where(CORRESPONDENTS.c.person == key)
    part = or_(
        func.instr(CORRESPONDENTS.c.person, key) > 0,
        func.instr(func.lower(CORRESPONDENTS.c.name), key) > 0,
    )
    meant = or_(CORRESPONDENTS.c.person == key, and_(~known, part))
    return select(CORRESPONDENTS.c.person).where(meant)


def _holds(column: ColumnElement[str], words: str) -> list[ColumnElement[bool]]:
    return [func.instr(column, fold(each)) > 0 for each in words.split()]


def _order(order: Order) -> tuple[ColumnElement[str], ...]:
    if order is Order.SENDER:
        return (MESSAGES.c.sender, MESSAGES.c.ordered, MESSAGES.c.digest)
    return (MESSAGES.c.ordered, MESSAGES.c.digest)


def _behind(
    columns: Sequence[ColumnElement[str]], after: str, *, falling: bool
) -> list[ColumnElement[bool]]:
    """That a row comes behind the one whose order `after` holds; nothing where it holds none."""
    values = _parsed(after)
    if len(values) != len(columns):
        return []
    steps = []
    for at, (column, value) in enumerate(zip(columns, values, strict=True)):
        equal = [each == known for each, known in zip(columns[:at], values[:at], strict=True)]
        steps.append(and_(*equal, column < value if falling else column > value))
    return [or_(*steps)]


def _cursor(row: Row[Any], columns: Sequence[ColumnElement[str]]) -> str:
    values = [getattr(row, str(column.key)) for column in columns]
    return json.dumps(values, ensure_ascii=False) if len(values) > 0 else ""


def _parsed(after: str) -> list[str]:
    """The order that an address holds; what is none begins at the beginning."""
    try:
        found = json.loads(after) if after != "" else []
    except (json.JSONDecodeError, RecursionError):
        return []
    well = isinstance(found, list) and all(isinstance(each, str) for each in found)
    return found if well else []


def _counted(connection: Connection, chosen: Select[Any]) -> int:
    bounded = chosen.limit(COUNTED).subquery()
    return int(connection.scalar(select(func.count()).select_from(bounded)) or 0)
