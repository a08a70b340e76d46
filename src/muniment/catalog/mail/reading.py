"""What a message's page shows of its parts: bodies in order, and every header as written.

- Of several forms of one text (plain, HTML, RTF) the first is shown, the others are folded.
- What is too long for a page is cut, and the page says so: nothing is lost, it stands in the file.
"""

import re
from collections.abc import Iterable

import msgspec

from muniment.catalog.mail.quoting import Stretch, stretches
from muniment.core import Chars, Citation, Digest, Field, Metadata, Part, Role, TextSpan, Whole

_LONGEST_BODY = 100_000  # letters of one body on a page
_LONGEST_HEADER = 20_000
_MOST_BODIES = 20
_MOST_HEADERS = 500
_SHOWN = (Role.BODY, Role.TITLE, Role.MARKUP, Role.NOTE, Role.BOX)
_PLAIN = "text/plain"
_MAPI_FORMS = {"1": _PLAIN, "2": "text/html", "3": "text/rtf"}
_SECTION_OF_ATTACHMENT = re.compile(r"4\.\d+(?:\.|$)")


class Paragraph(msgspec.Struct, frozen=True):
    """A block of text at its place, in what was written and what was quoted."""

    stretches: tuple[Stretch, ...]
    citation: str
    hidden: bool


class Body(msgspec.Struct, frozen=True):
    """One text of the message; `other_form` says that a text shown before says the same."""

    section: str
    form: str
    paragraphs: tuple[Paragraph, ...]
    left_out: int  # letters
    other_form: bool
    inside: bool  # of a message that this one holds in place


class Header(msgspec.Struct, frozen=True):
    """A header or property; `said` where its encoded words say something else than is written."""

    name: str
    written: str
    said: str
    citation: str
    left_out: int


class MessageText(msgspec.Struct, frozen=True):
    """The bodies and headers of a message."""

    bodies: tuple[Body, ...]
    headers: tuple[Header, ...]
    headers_left_out: int


def message_text(digest: Digest, parts: Iterable[Part], *, mapi: bool) -> MessageText:
    """The bodies and headers among these parts."""
    found = _Found(digest)
    for part in parts:
        found.take(part)
    return MessageText(_bodies(found, mapi=mapi), found.all_headers(), found.headers_left_out)


class _Found:
    """What is gathered while the parts go by."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.texts: dict[str, list[Paragraph]] = {}
        self.sizes: dict[str, int] = {}
        self.left_out: dict[str, int] = {}
        self.forms: dict[str, str] = {}
        self.headers: list[tuple[Field, str, str]] = []
        self.said: dict[Field, str] = {}
        self.headers_left_out = 0

    def take(self, part: Part) -> None:
        match part:
            case TextSpan(at=Chars() as place) if part.role in _SHOWN:
                self._take_text(part, place.section or "")
            case TextSpan(at=Field() as place):
                self.said[place] = part.text
            case TextSpan(at=Whole()) if part.role in _SHOWN:
                self._take_text(part, "")
            case Metadata(at=Field() as place):
                if len(self.headers) < _MOST_HEADERS:
                    self.headers.append((place, part.name, part.written))
                else:
                    self.headers_left_out += 1
            case Metadata(at=Chars(section=str() as section)):
                if part.name.lower() in ("content-type", "content type"):
                    kind = part.written.partition(";")[0].strip().lower()
                    self.forms.setdefault(section, kind)
            case _:
                return

    def _take_text(self, part: TextSpan, section: str) -> None:
        room = _LONGEST_BODY - self.sizes.get(section, 0)
        text = part.text[: max(0, room)]
        self.sizes[section] = self.sizes.get(section, 0) + len(text)
        self.left_out[section] = self.left_out.get(section, 0) + len(part.text) - len(text)
        if text != "":
            paragraph = Paragraph(stretches(text), str(Citation(self.digest, part.at)), part.hidden)
            self.texts.setdefault(section, []).append(paragraph)

    def all_headers(self) -> tuple[Header, ...]:
        return tuple(
            Header(
                name=name,
                written=written[:_LONGEST_HEADER],
                said=said[:_LONGEST_HEADER]
                if (said := self.said.get(at, written)) != written
                else "",
                citation=str(Citation(self.digest, at)),
                left_out=max(0, len(written) - _LONGEST_HEADER),
            )
            for at, name, written in self.headers
        )


def _bodies(found: _Found, *, mapi: bool) -> tuple[Body, ...]:
    bodies: list[Body] = []
    families: set[str] = set()
    for section, paragraphs in list(found.texts.items())[:_MOST_BODIES]:
        form = found.forms.get(section, "")
        inside = mapi and _SECTION_OF_ATTACHMENT.match(section) is not None
        family = section.rpartition(".")[0]
        if mapi:
            form = form or _MAPI_FORMS.get(section.rpartition(".")[2], "")
        other = family in families and (mapi or form not in ("", _PLAIN))
        families.add(family)
        bodies.append(
            Body(section, form, tuple(paragraphs), found.left_out.get(section, 0), other, inside)
        )
    return tuple(bodies)
