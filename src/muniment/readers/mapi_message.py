"""A message as MAPI has it, wherever it was stored: properties, recipients, attachments.

- What an attachment holds is fetched when it is asked for, so a message in memory is small.
- Nesting is bounded by whoever builds one: a section has 32 numbers at most.
"""

from collections.abc import Callable

import msgspec

from muniment.readers.mapi_property import Property

DEEPEST = 12  # messages inside messages


class Trouble(msgspec.Struct, frozen=True):
    """What was wrong while a message was read, as the code and sentence of a Problem."""

    code: str
    message: str


class Stream(msgspec.Struct, frozen=True):
    """Bytes that an attachment holds, and their name among several."""

    open: Callable[[], bytes]
    raw_name: bytes = b""


class Attachment(msgspec.Struct, frozen=True):
    """An attachment: what is said of it, and what it holds: streams, a message, or neither."""

    properties: tuple[Property, ...]
    charset: str | None = None
    streams: tuple[Stream, ...] = ()
    message: "MapiMessage | None" = None
    reference: str = ""  # where the bytes are, when the store does not have them
    beside: str = ""  # what the file is that lies beside the message, as an object of its own


class MapiMessage(msgspec.Struct, frozen=True):
    """A message; `announced` is how many attachments its store says it has."""

    properties: tuple[Property, ...]
    recipients: tuple[tuple[Property, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    charset: str | None = None  # of 8-bit text in it
    troubles: tuple[Trouble, ...] = ()
    announced: int = 0


def files_in(message: MapiMessage) -> int:
    """How many files lie in a message and in the messages inside it, as announced or found."""
    count = 0
    pending = [message]
    while len(pending) > 0:
        current = pending.pop()
        held = sum(_files(attachment) for attachment in current.attachments)
        missing = max(0, current.announced - len(current.attachments))
        count += held + missing
        pending.extend(item.message for item in current.attachments if item.message is not None)
    return count


def _files(attachment: Attachment) -> int:
    if attachment.message is not None or attachment.beside != "":
        return 0
    return max(1, len(attachment.streams))
