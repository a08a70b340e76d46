"""What a message's page shows of its parts: bodies in order, and every header as written.

- Of several forms of one text (plain, HTML, RTF) the first is shown, the others are folded.
- What is too long for a page is cut, and the page says so: nothing is lost, it stands in the file.
"""

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
_ATTACHMENTS = "4"  # the section of what a MAPI message carries, see `mapi_parts`


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

    def kind_of(self, section: tuple[str, ...]) -> str:
        """The type of a section; that of the message itself stands in its header."""
        if len(section) > 0:
            return self.forms.get(".".join(section), "")
        stated = (text for _, name, text in self.headers if name.lower() == "content-type")
        return next(stated, "").partition(";")[0].strip().lower()

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
    shown: dict[tuple[str, ...], str] = {}
    for section, paragraphs in list(found.texts.items())[:_MOST_BODIES]:
        path = tuple(section.split("."))
        form = _mapi_form(found, path) if mapi else found.forms.get(section, "")
        other = False
        for choice in _choices(found, path, mapi=mapi):
            branch = section if mapi else path[len(choice)]
            other = other or shown.setdefault(choice, branch) != branch
        left_out = found.left_out.get(section, 0)
        inside = mapi and path[0] == _ATTACHMENTS
        bodies.append(Body(section, form, tuple(paragraphs), left_out, other, inside))
    return tuple(bodies)


def _mapi_form(found: _Found, path: tuple[str, ...]) -> str:
    """What a body of a MAPI message is; of a message inside, only its subject stands at 4.n."""
    if len(path) % 2 == 0:
        return "subject"
    return found.forms.get(".".join(path)) or _MAPI_FORMS.get(path[-1], "")


def _choices(found: _Found, path: tuple[str, ...], *, mapi: bool) -> list[tuple[str, ...]]:
    """The sections around this one whose parts say the same in several forms."""
    if mapi:
        return [path[:-1]] if len(path) % 2 == 1 else []
    return [
        path[:depth]
        for depth in range(len(path))
        if found.kind_of(path[:depth]) == "multipart/alternative"
    ]
