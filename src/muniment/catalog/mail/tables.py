"""The ledger's tables of e-mail: messages, who is named in them, what they carry, conversations.

- A projection of the readings; places are fragments of citations of the message's own bytes.
- `mail_read` says of which reading a message was taken, and that an object holds none.
- `conversations`, `correspondents`, `spellings` and `correspondence` are made of the others, all
  at once.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from muniment.catalog.tables import METADATA

MAIL_READ = Table(
    "mail_read",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("parts_digest", String, nullable=False),
)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("message_id", String, nullable=False, index=True),  # without brackets; may be empty
    Column("message_id_at", String, nullable=False),
    Column("refers", String, nullable=False),  # JSON, message ids, the nearest last
    Column("subject", String, nullable=False),  # encoded words read
    Column("subject_at", String, nullable=False),
    Column("subject_folded", String, nullable=False),
    Column("base_subject", String, nullable=False, index=True),
    Column("date_written", String, nullable=False),
    Column("date_at", String, nullable=False),
    Column("date_local", String, nullable=False),  # ISO 8601 without a zone; empty: not readable
    Column("date_offset", Integer),  # minutes east of UTC, null where no zone is stated
    Column("date_precision", String, nullable=False),
    Column("day", String, nullable=False),  # of `date_local`, as the sender's clock had it
    Column("ordered", String, nullable=False),  # the instant, or the local time where there is none
    Column("sender", String, nullable=False),  # key of the first sender
    Column("sender_name", String, nullable=False),
    Column("sender_address", String, nullable=False),  # as written
    Column("sender_at", String, nullable=False),
    Column("sender_name_at", String, nullable=False),
    Column("list_id", String, nullable=False),
    Column("sort", String, nullable=False),  # IPM.Note …; empty where the format has no such word
    Column("recipients", Integer, nullable=False),
    Column("people_left_out", Integer, nullable=False),  # named beyond the bound
    Column("files", Integer, nullable=False),
    Column("conversation", String, nullable=False, default=""),
    Column("answers", String, nullable=False, default=""),  # the message id above it, if any
    Column("depth", Integer, nullable=False, default=0),  # answers between it and the first
    Column("position", Integer, nullable=False, default=0),  # in its conversation, from 0
    Column("circle", Integer, nullable=False, default=0),  # 1: an answer to itself, round about
)
# The first two are its order; the others let a filter pass over a row without fetching it.
Index(
    "messages_by_date",
    MESSAGES.c.ordered,
    MESSAGES.c.digest,
    MESSAGES.c.subject_folded,
    MESSAGES.c.day,
    MESSAGES.c.files,
)
Index("messages_by_sender", MESSAGES.c.sender, MESSAGES.c.ordered, MESSAGES.c.digest)
Index("messages_in_conversation", MESSAGES.c.conversation, MESSAGES.c.position)

MESSAGE_PEOPLE = Table(
    "message_people",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("role", String, primary_key=True),  # from, sender, reply-to, to, cc, bcc
    Column("number", Integer, primary_key=True),  # in that role, from 0
    Column("person", String, nullable=False),  # the address in lower case, or the name alone
    Column("name", String, nullable=False),
    Column("address", String, nullable=False),  # as written; empty where none is
    Column("place", String, nullable=False),
    Column("name_place", String, nullable=False),
    Column("ordered", String, nullable=False),  # of the message
)
Index(
    "people_by_person",
    MESSAGE_PEOPLE.c.person,
    MESSAGE_PEOPLE.c.role,
    MESSAGE_PEOPLE.c.ordered,
    MESSAGE_PEOPLE.c.digest,
)

MESSAGE_FILES = Table(
    "message_files",
    METADATA,
    Column("message", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", String, nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("relation", String, nullable=False),
    Column("place", String, nullable=False),
)

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String, primary_key=True),  # digest of its first message's id
    Column("subject", String, nullable=False),
    Column("base_subject", String, nullable=False, index=True),
    Column("messages", Integer, nullable=False),
    Column("missing", Integer, nullable=False),  # referred to, and not in the case
    Column("first_day", String, nullable=False),
    Column("last_day", String, nullable=False),
    Column("ordered", String, nullable=False),  # of the newest message
)
Index("conversations_by_date", CONVERSATIONS.c.ordered, CONVERSATIONS.c.id)

CORRESPONDENTS = Table(
    "correspondents",
    METADATA,
    Column("person", String, primary_key=True),
    Column("name", String, nullable=False),  # the one most often written beside it
    Column("names", Integer, nullable=False),  # how many different ones are
    Column("has_address", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("first_day", String, nullable=False),
    Column("last_day", String, nullable=False),
)
Index("correspondents_by_messages", CORRESPONDENTS.c.messages.desc(), CORRESPONDENTS.c.person)

SPELLINGS = Table(
    "spellings",
    METADATA,
    Column("person", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("times", Integer, nullable=False),
)

CORRESPONDENCE = Table(
    "correspondence",
    METADATA,
    Column("writer", String, primary_key=True),
    Column("reader", String, primary_key=True, index=True),
    Column("messages", Integer, nullable=False),
    Column("first_day", String, nullable=False),
    Column("last_day", String, nullable=False),
)
