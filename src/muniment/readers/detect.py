"""Which type an object is, by its content.

    signature ──▶ zip: look inside ──▶ office, OpenDocument, EPUB …
        │    └──▶ OLE: look inside ──▶ doc, xls, ppt, msg, encrypted OOXML …
        ├──▶ sound and film by their first bytes
        ├──▶ a reader's own sign
        ├──▶ rarer kinds by their first bytes
        ├──▶ text? ──▶ mail, mailbox, HTML, XML, SVG, JSON, CSV, plain
        ├──▶ an archive behind a program, a disk image by its last bytes
        ├──▶ text with NULs behind it
        └──▶ libmagic for the rest; without it: application/octet-stream

- The name never decides; that it says otherwise is the catalogue's to say (`type-disagrees`).
- Only bytes that no reader here reads go to libmagic, so parts do not depend on its version.
"""

from muniment.readers.archive_signs import PROGRAMS, behind_a_program, by_other_bytes
from muniment.readers.known_readers import KnownReaders
from muniment.readers.look_inside import type_of_ole, type_of_zip
from muniment.readers.magic_library import UNKNOWN, type_by_libmagic
from muniment.readers.mail_shape import may_go_on
from muniment.readers.media_signatures import media_by_ending, media_by_signature
from muniment.readers.padded_text import end_of_text
from muniment.readers.rare_signatures import by_rare_signature
from muniment.readers.signatures import OLE, ZIP, by_signature
from muniment.readers.source import Source
from muniment.readers.text_kinds import text_type

_HEAD = 1 << 16
_LONGEST_HEADER = 1 << 20
_PAGE_WITHIN = 512
_PAGE_STARTS = (b"<html", b"<!doctype html")
_TAIL = 64


def detect(source: Source, readers: KnownReaders) -> str:
    """The media type of an object's bytes; a reader may recognise its own."""
    head = source.read_at(0, _HEAD)
    found = by_signature(head)
    if found == ZIP:
        return type_of_zip(source)
    if found == OLE:
        return type_of_ole(source)
    found = found or media_by_signature(head)
    if found is not None:
        return found
    if source.size > _HEAD and may_go_on(head):
        head = source.read_at(0, _LONGEST_HEADER)  # what tells a message may stand far down
    # A reader knows its own among what a rare signature names only in general.
    found = readers.recognised(head) or by_rare_signature(head, source.size)
    if found in PROGRAMS:
        return behind_a_program(source) or found
    if found is not None:
        return found
    tail = source.read_at(max(0, source.size - _TAIL), _TAIL)
    return (
        text_type(source, head)
        or _page_type(head)
        or media_by_ending(tail)
        or by_other_bytes(source, head)
        or _padded_text_type(source)
        or _unread_type(head, readers)
    )


def _unread_type(head: bytes, readers: KnownReaders) -> str:
    """Libmagic's answer, where no reader reads that type: what is read is found without it."""
    named = type_by_libmagic(head)
    return UNKNOWN if readers.of(named) is not None else named


def _padded_text_type(source: Source) -> str | None:
    """The kind of a text behind which nothing but NULs stand."""
    end = end_of_text(source)
    if end == source.size:
        return None
    text = source.up_to(end)
    return text_type(text, text.read_at(0, _HEAD))


def container_type(source: Source) -> str:
    """The plain container that a document of a kind unknown here is wrapped in; empty for none."""
    found = by_signature(source.read_at(0, _HEAD))
    return found if found in (ZIP, OLE) else ""


def _page_type(head: bytes) -> str | None:
    """A page that begins as one, though bytes that no text has stand further on."""
    start = head[:_PAGE_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "text/html" if start.startswith(_PAGE_STARTS) else None
