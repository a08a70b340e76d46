"""The bodies of a message: their text at its place, and the files written into it.

- Every alternative is read; each says its type and charset beside its section.
- A text body is decoded text with `Chars` in its section; an HTML body likewise, in its source.
- Format=flowed is not undone: the lines are what was sent (RFC 3676 §4 is about showing them).
"""

from collections.abc import Iterator

import msgspec

from muniment.core import Chars, Metadata, Part, Problem, Role, TextSpan
from muniment.readers.mail_charset import text_of
from muniment.readers.mail_transfer import Inline, inline_files, transfer_decoded
from muniment.readers.mime_scan import Section
from muniment.readers.page_text import Embedded, page_parts
from muniment.readers.text_blocks import blocks_of

_READ_AS_TEXT = frozenset(
    (
        *("text/plain", "text/html", "text/enriched", "text/richtext", "text/rfc822-headers"),
        *("message/delivery-status", "message/disposition-notification", "message/rfc822-headers"),
        *("message/feedback-report", "message/global-delivery-status", "message/external-body"),
        *("message/global-headers", "message/global-disposition-notification", "text/watch-html"),
        *("text/x-amp-html", "text/x-watch-html", "text", "text/unknown", "message/notification"),
    )
)
_ARMOUR = "-----BEGIN PGP MESSAGE-----"
_PAGES = ("text/html", "text/watch-html", "text/x-amp-html", "text/x-watch-html")


class Body(msgspec.Struct, frozen=True):
    """A section that is read as text, and the files in it."""

    section: Section
    text: str
    parts: tuple[Part | Embedded, ...]
    inline: tuple[tuple[Chars, Inline], ...]

    @property
    def files(self) -> int:
        """How many files are written into it."""
        return len(self.inline) + sum(isinstance(part, Embedded) for part in self.parts)


def is_body(section: Section) -> bool:
    """Whether a section is shown with the message rather than attached to it."""
    disposition = (section.value("content-disposition") or "").partition(";")[0].strip().lower()
    if disposition == "attachment" or file_name(section) is not None:
        return False
    # A multipart that could not be split is text with its delimiters in it: nothing is lost.
    return section.media_type in _READ_AS_TEXT or section.media_type.startswith("multipart/")


def file_name(section: Section) -> tuple[bytes, str] | None:
    """The name of the file that a section holds, raw and as read; None where it has none."""
    from_disposition = section.disposition_parameters.get("filename")
    found = from_disposition or section.parameters.get("name")
    return None if found is None else (found.raw, found.text)


def body_of(section: Section) -> Body:
    """The parts of a body."""
    undone = transfer_decoded(section.content, section.value("content-transfer-encoding"))
    at = Chars(0, 0, section.number)
    notes: list[Part] = []
    if undone.wrong != "":
        notes.append(Problem(at, "transfer-damaged", f"{undone.wrong}"))
    stated = section.parameters.get("charset")
    charset = None if stated is None else stated.text
    text, problem = text_of(undone.data, charset)
    if problem is not None:
        notes.append(Problem(at, *problem))
    if section.media_type in _PAGES:
        return Body(section, text, (*notes, *page_parts(text, section.number)), ())
    inline = _inline(undone.data, charset, section.number)
    parts = [*notes, *_text_parts(section, text, inline), *_encrypted(text, section.number)]
    return Body(section, text, tuple(parts), tuple(inline))


def _encrypted(text: str, number: str) -> Iterator[Part]:
    """That a body is encrypted although its type says text."""
    at = text.find(_ARMOUR)
    if at >= 0:
        place = Chars(at, at + len(_ARMOUR), number)
        yield Problem(place, "locked-inside", "an OpenPGP message stands in the text, encrypted")


def _inline(data: bytes, charset: str | None, number: str) -> list[tuple[Chars, Inline]]:
    """The files in a text and where they stand in it, in code points."""
    found = []
    position = chars = 0
    for file in inline_files(data):
        start = chars + len(text_of(data[position : file.start], charset)[0])
        end = start + len(text_of(data[file.start : file.end], charset)[0])
        found.append((Chars(start, end, number), file))
        position, chars = file.end, end
    return found


def _text_parts(section: Section, text: str, inline: list[tuple[Chars, Inline]]) -> Iterator[Part]:
    role = Role.BODY if section.media_type == "text/plain" else Role.MARKUP
    if section.media_type.startswith(("message/", "text/rfc822")):
        role = Role.BODY
    position = 0
    for start, end in [*((at.start, at.end) for at, _ in inline), (len(text), len(text))]:
        for block in blocks_of((text[position:start],)):
            first = position + block.start
            at = Chars(first, first + len(block.text), section.number)
            yield TextSpan(at, block.text, role)
        position = end


def section_notes(section: Section) -> Iterator[Part]:
    """What the header of a section says, at that section."""
    if len(section.numbers) == 0:
        return  # its header is the message's own
    at = Chars(0, 0, section.number)
    for field in section.fields:
        written = field.value.decode("utf-8", "replace")
        yield Metadata(at, field.name, written)
