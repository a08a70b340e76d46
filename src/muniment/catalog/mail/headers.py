"""From the parts of a reading to a message: what its headers or properties say, each at its place.

| format | from | of whom | when |
|---|---|---|---|
| RFC 5322 (.eml, mbox, emlx …) | `Metadata` of the headers | From, Sender, To, Cc, Bcc | Date |
| MAPI (.msg, PST, TNEF) | `Metadata` of properties | the sender's, recipients | when submitted |

- What a message inside this one says stands at a section and is none of this message's.
- A message names a sender, a recipient or its own id; a contact or a note does not.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from muniment.catalog.mail.addresses import Mailbox, mailboxes
from muniment.catalog.mail.dates import stamp_of
from muniment.core import Child, Field, Metadata, Part, Place, Relation, Stamp, TextSpan, Whole

MAIL_TYPES = ("message/rfc822",)
MAPI_TYPES = (
    *("application/vnd.ms-outlook", "application/x-muniment-mapi-record", "application/ms-tnef"),
)
MESSAGE_TYPES = (*MAIL_TYPES, *MAPI_TYPES)
MOST_PEOPLE = 50_000  # of one message that are kept
_MOST_REFERENCES = 1_000
_LONGEST_ID = 1_000
_IDS = re.compile(r"<\s*([^<>]{1,1000}?)\s*>")
_ROLES = ("from", "sender", "reply-to", "to", "cc", "bcc")
_KINDS = {"1": "to", "2": "cc", "3": "bcc"}  # [MS-OXOMSG] §2.2.3.1, PidTagRecipientType
_WRITERS = (("from", "PR_SENT_REPRESENTING"), ("sender", "PR_SENDER"))
_BESIDE = re.compile(r"sha256 ([0-9a-f]{64}), \d+ bytes")
_FILES = (Relation.ATTACHMENT, Relation.EMBEDDED)


class Named(msgspec.Struct, frozen=True):
    """Somebody whom the message names, in which role, where, and where the name stands."""

    role: str
    mailbox: Mailbox
    at: Place
    name_at: Place


class Carried(msgspec.Struct, frozen=True):
    """A file that the message carries."""

    sha256: str
    name: str
    relation: str
    at: Place


class Message(msgspec.Struct, frozen=True):
    """What a message says of itself; a place is that of the value before it."""

    message_id: str
    message_id_at: Place
    refers: tuple[str, ...]
    subject: str
    subject_at: Place
    date: Stamp
    date_at: Place
    people: tuple[Named, ...]
    people_left_out: int
    list_id: str
    sort: str
    files: tuple[Carried, ...]


class _Value(msgspec.Struct, frozen=True):
    written: str
    said: str
    at: Place


_NOTHING = _Value("", "", Whole())


def message_of(media_type: str, parts: Iterable[Part]) -> Message | None:
    """The message that these parts are; None where they are none."""
    gathered = _Gathered(parts)
    found = _of_mapi(gathered) if media_type in MAPI_TYPES else _of_mail(gathered)
    return found if found.message_id != "" or len(found.people) > 0 else None


class _Gathered:
    """The headers by lower-case name, and the files; long values that came in pieces, whole."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.fields: dict[tuple[str, Place], list[str]] = {}
        self.said: dict[Place, str] = {}
        self.files: list[Carried] = []
        for part in parts:
            self._take(part)

    def _take(self, part: Part) -> None:
        match part:
            case Metadata(at=Field() as place, name=name, written=written):
                self.fields.setdefault((name.lower(), place), []).append(written)
            case Metadata(name="attached file", written=written, at=place):
                beside = _BESIDE.fullmatch(written)
                if beside is not None:
                    relation = Relation.ATTACHMENT.value
                    self.files.append(Carried(beside[1], "", relation, place))
            case TextSpan(at=Field() as place, text=text):
                self.said[place] = text
            case Child(relation=relation) if relation in _FILES:
                carried = Carried(part.digest.hex, part.name, relation.value, part.at)
                self.files.append(carried)
            case _:
                return

    def values(self, *names: str) -> Iterator[_Value]:
        """The values of these names, in the order of the file for each name."""
        for name in names:
            for (found, place), pieces in self.fields.items():
                if found == name:
                    written = "".join(pieces)
                    yield _Value(written, self.said.get(place, written), place)

    def first(self, *names: str) -> _Value:
        """The first of them that is not empty."""
        values = self.values(*names)
        return next((value for value in values if value.written.strip() != ""), _NOTHING)


def _of_mail(gathered: _Gathered) -> Message:
    named = (
        Named(role, mailbox, value.at, value.at)
        for role in _ROLES
        for value in gathered.values(role)
        for mailbox in mailboxes(value.written, value.said)
    )
    refers = _ids(gathered.first("references").written)
    return _message(
        gathered,
        own=gathered.first("message-id"),
        refers=refers or _ids(gathered.first("in-reply-to").written),
        subject=gathered.first("subject"),
        date=gathered.first("date"),
        named=named,
    )


def _of_mapi(gathered: _Gathered) -> Message:
    refers = _ids(gathered.first("pr_internet_references").written)
    return _message(
        gathered,
        own=gathered.first("pr_internet_message_id"),
        refers=refers or _ids(gathered.first("pr_in_reply_to_id").written),
        subject=_title(gathered),
        date=gathered.first("pr_client_submit_time", "pr_message_delivery_time", "attdatesent"),
        named=_mapi_people(gathered),
    )


def _message(  # noqa: PLR0913 - the parts of one record
    gathered: _Gathered,
    *,
    own: _Value,
    refers: tuple[str, ...],
    subject: _Value,
    date: _Value,
    named: Iterable[Named],
) -> Message:
    people: list[Named] = []
    left_out = 0
    for each in named:
        if len(people) < MOST_PEOPLE:
            people.append(each)
        else:
            left_out += 1
    ids = _ids(own.written)
    return Message(
        message_id=ids[0] if len(ids) > 0 else "".join(own.written.split())[:_LONGEST_ID],
        message_id_at=own.at,
        refers=refers,
        subject=subject.said.strip(),
        subject_at=subject.at,
        date=stamp_of(date.written),
        date_at=date.at,
        people=tuple(people),
        people_left_out=left_out,
        list_id=gathered.first("list-id", "ps_internet_headers/list-id").said.strip(),
        sort=gathered.first("pr_message_class", "attmessageclass").written.strip(),
        files=tuple(gathered.files),
    )


def _title(gathered: _Gathered) -> _Value:
    """The subject of a MAPI message is a text, not a property."""
    for place, text in gathered.said.items():
        if isinstance(place, Field) and place.name in ("PR_SUBJECT", "attSubject"):
            return _Value(text, text, place)
    return gathered.first("pr_subject", "pr_conversation_topic")


def _mapi_people(gathered: _Gathered) -> Iterator[Named]:
    met: set[str] = set()
    for role, prefix in _WRITERS:
        name = gathered.first(f"{prefix.lower()}_name")
        address = gathered.first(
            *(f"{prefix.lower()}_{way}" for way in ("smtp_address", "email_address"))
        )
        mailbox = Mailbox(name.written.strip(), address.written.strip())
        if mailbox.person not in ("", *met):
            met.add(mailbox.person)
            at = address.at if address.written != "" else name.at
            yield Named(role, mailbox, at, name.at if name.written != "" else at)
    yield from _recipients(gathered)


def _recipients(gathered: _Gathered) -> Iterator[Named]:
    """Each recipient is a row of properties at one place."""
    rows: dict[Place, dict[str, str]] = {}
    for (name, place), pieces in gathered.fields.items():
        if isinstance(place, Field) and place.name == "recipient":
            rows.setdefault(place, {})[name] = "".join(pieces)
    for place, row in rows.items():
        address = row.get("pr_smtp_address", "").strip() or row.get("pr_email_address", "").strip()
        mailbox = Mailbox(row.get("pr_display_name", "").strip(), address)
        role = _KINDS.get(row.get("pr_recipient_type", "1"), "to")
        if mailbox.person != "":
            yield Named(role, mailbox, place, place)


def _ids(written: str) -> tuple[str, ...]:
    """The message ids in a value, in order, each once; of very many the first and the last."""
    found = list(dict.fromkeys("".join(each.split()) for each in _IDS.findall(written)))
    if len(found) == 0:
        found = [word[:_LONGEST_ID] for word in written.split() if "@" in word]
    if len(found) > _MOST_REFERENCES:
        found = [found[0], *found[1 - _MOST_REFERENCES :]]
    return tuple(each for each in found if each != "")
