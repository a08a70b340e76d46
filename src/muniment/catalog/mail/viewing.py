"""One message as its page shows it: who, when, what it carries, where it lay, what it answers.

- Every value has its citation; what is left out for length is counted.
- The same message id in other bytes is told apart from the same bytes in another place.
"""

import msgspec
from sqlalchemy import Connection, case, func, select
from sqlalchemy.sql.functions import coalesce

from muniment.catalog.ledger import Ledger
from muniment.catalog.mail.listing import (
    ConversationRow,
    MessageRow,
    cited,
    conversation_row,
    message_rows,
)
from muniment.catalog.mail.tables import CONVERSATIONS, MESSAGE_FILES, MESSAGE_PEOPLE, MESSAGES
from muniment.catalog.object_view import names_to_show
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS

_MOST_PEOPLE = 200  # of one role that a page names
_MOST_FILES = 500
_MOST_PLACES = 50
_MOST_MESSAGES = 500  # of a conversation on one page
_ROLES = ("from", "sender", "reply-to", "to", "cc", "bcc")


class Person(msgspec.Struct, frozen=True):
    """Somebody named in a message, and where; `name_at` is where the name stands."""

    person: str
    name: str
    address: str
    citation: str
    name_at: str


class Role(msgspec.Struct, frozen=True):
    """Those named in one role; `count` is all of them that are known."""

    name: str
    people: tuple[Person, ...]
    count: int


class FileView(msgspec.Struct, frozen=True):
    """A file that a message carries."""

    sha256: str
    name: str
    relation: str
    type: str
    state: str
    reason: str
    bytes: int
    citation: str


class Place(msgspec.Struct, frozen=True):
    """What a message lay in: a mailbox, a store, another message; with its folder there."""

    sha256: str
    name: str
    type: str
    folder: str
    is_message: bool


class MessageView(msgspec.Struct, frozen=True):
    """One message; `type` is that of its bytes."""

    row: MessageRow
    type: str
    message_id_at: str
    roles: tuple[Role, ...]
    people_left_out: int
    files: tuple[FileView, ...]
    places: tuple[Place, ...]
    copies: tuple[MessageRow, ...]
    list_id: str
    answers: str
    in_circle: bool
    position: int


class ThreadRow(msgspec.Struct, frozen=True):
    """A message in its conversation; `answers` is the id above it, which may be missing."""

    row: MessageRow
    depth: int
    answers: str
    answers_missing: bool
    in_circle: bool


class ThreadView(msgspec.Struct, frozen=True):
    """A conversation; `leads` are others of the same subject, joined by nothing else."""

    id: str
    subject: str
    messages: int
    missing: int
    first_day: str
    last_day: str
    rows: tuple[ThreadRow, ...]
    leads: tuple[ConversationRow, ...]


def message_view(ledger: Ledger, sha256: str) -> MessageView | None:
    """One message; None where the object is none."""
    with ledger.engine.connect() as connection:
        row = connection.execute(select(MESSAGES).where(MESSAGES.c.digest == sha256)).one_or_none()
        if row is None:
            return None
        return MessageView(
            row=message_rows(connection, [row])[0],
            type=connection.scalar(select(OBJECTS.c.type).where(OBJECTS.c.digest == sha256)) or "",
            message_id_at=cited(sha256, row.message_id_at),
            roles=_roles(connection, sha256),
            people_left_out=row.people_left_out,
            files=_files(connection, sha256),
            places=_places(connection, sha256),
            copies=_copies(connection, sha256, row.message_id),
            list_id=row.list_id,
            answers=row.answers,
            in_circle=bool(row.circle),
            position=row.position,
        )


def thread_view(
    ledger: Ledger, conversation: str, *, first: int = 0, limit: int = _MOST_MESSAGES
) -> ThreadView | None:
    """A conversation, from the position `first` on; None where there is no such one."""
    with ledger.engine.connect() as connection:
        known = select(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation)
        whole = connection.execute(known).one_or_none()
        if whole is None:
            return None
        inside = (
            select(MESSAGES)
            .where(MESSAGES.c.conversation == conversation, MESSAGES.c.position >= first)
            .order_by(MESSAGES.c.position)
            .limit(limit)
        )
        rows = connection.execute(inside).fetchall()
        above = {row.answers for row in rows if row.answers != ""}
        there = select(MESSAGES.c.message_id).where(MESSAGES.c.message_id.in_(above))
        present = set(connection.scalars(there))
        shown = message_rows(connection, rows)
        leads = _leads(connection, conversation, whole.base_subject)
    return ThreadView(
        id=whole.id,
        subject=whole.subject,
        messages=whole.messages,
        missing=whole.missing,
        first_day=whole.first_day,
        last_day=whole.last_day,
        rows=tuple(
            ThreadRow(
                row=each,
                depth=row.depth,
                answers=row.answers,
                answers_missing=row.answers != "" and row.answers not in present,
                in_circle=bool(row.circle),
            )
            for row, each in zip(rows, shown, strict=True)
        ),
        leads=leads,
    )


def _roles(connection: Connection, sha256: str) -> tuple[Role, ...]:
    counted = select(MESSAGE_PEOPLE.c.role, func.count().label("people"))
    of_this = counted.where(MESSAGE_PEOPLE.c.digest == sha256).group_by(MESSAGE_PEOPLE.c.role)
    counts = {row.role: int(row.people) for row in connection.execute(of_this)}
    chosen = select(MESSAGE_PEOPLE).where(
        MESSAGE_PEOPLE.c.digest == sha256, MESSAGE_PEOPLE.c.number < _MOST_PEOPLE
    )
    found: dict[str, list[Person]] = {}
    for row in connection.execute(chosen.order_by(MESSAGE_PEOPLE.c.number)):
        person = Person(
            row.person,
            row.name,
            row.address,
            cited(sha256, row.place),
            cited(sha256, row.name_place),
        )
        found.setdefault(row.role, []).append(person)
    return tuple(Role(role, tuple(found[role]), counts[role]) for role in _ROLES if role in found)


def _files(connection: Connection, sha256: str) -> tuple[FileView, ...]:
    # A store names its files where it holds them; the record of the message does not.
    elsewhere = (
        select(func.min(CONTAINMENTS.c.name))
        .where(CONTAINMENTS.c.digest == MESSAGE_FILES.c.digest)
        .scalar_subquery()
    )
    name = case((MESSAGE_FILES.c.name != "", MESSAGE_FILES.c.name), else_=coalesce(elsewhere, ""))
    chosen = (
        select(MESSAGE_FILES, OBJECTS, name.label("called"))
        .outerjoin(OBJECTS, OBJECTS.c.digest == MESSAGE_FILES.c.digest)
        .where(MESSAGE_FILES.c.message == sha256)
        .order_by(MESSAGE_FILES.c.number)
        .limit(_MOST_FILES)
    )
    rows = connection.execute(chosen).fetchall()
    names = names_to_show(connection, {row.digest: row.called for row in rows})
    return tuple(
        FileView(
            sha256=row.digest,
            name=names[row.digest] if row.name == "" else row.name,
            relation=row.relation,
            type=row.type or "",
            state=row.state or "",
            reason=row.reason or "",
            bytes=row.size or 0,
            citation=cited(sha256, row.place),
        )
        for row in rows
    )


def _places(connection: Connection, sha256: str) -> tuple[Place, ...]:
    parent = OBJECTS.alias("parent")
    outer = CONTAINMENTS.alias("outer")
    names = (
        select(func.min(table.c.name)).where(table.c.digest == CONTAINMENTS.c.parent)
        for table in (DELIVERIES, outer)
    )
    called = coalesce(MESSAGES.c.subject, *(each.scalar_subquery() for each in names), "")
    chosen = (
        select(CONTAINMENTS.c.parent, CONTAINMENTS.c.stated, parent.c.type, called.label("called"))
        .add_columns(MESSAGES.c.digest.label("message"))
        .join(parent, parent.c.digest == CONTAINMENTS.c.parent)
        .outerjoin(MESSAGES, MESSAGES.c.digest == CONTAINMENTS.c.parent)
        .where(CONTAINMENTS.c.digest == sha256)
        .order_by(CONTAINMENTS.c.parent, CONTAINMENTS.c.number)
        .limit(_MOST_PLACES)
    )
    return tuple(
        Place(
            sha256=row.parent,
            name=row.called,
            type=row.type,
            folder=str(msgspec.json.decode(row.stated).get("folder", "")),
            is_message=row.message is not None,
        )
        for row in connection.execute(chosen)
    )


def _copies(connection: Connection, sha256: str, message_id: str) -> tuple[MessageRow, ...]:
    if message_id == "":
        return ()
    same = (
        select(MESSAGES)
        .where(MESSAGES.c.message_id == message_id, MESSAGES.c.digest != sha256)
        .order_by(MESSAGES.c.digest)
        .limit(_MOST_PLACES)
    )
    return message_rows(connection, connection.execute(same).fetchall())


def _leads(connection: Connection, conversation: str, base: str) -> tuple[ConversationRow, ...]:
    if base == "":
        return ()
    chosen = (
        select(CONVERSATIONS)
        .where(CONVERSATIONS.c.base_subject == base, CONVERSATIONS.c.id != conversation)
        .order_by(CONVERSATIONS.c.ordered, CONVERSATIONS.c.id)
        .limit(_MOST_PLACES)
    )
    return tuple(conversation_row(row) for row in connection.execute(chosen))
