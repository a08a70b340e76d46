"""Calendars (.ics) and address cards (.vcf): each property at its lines.

    BEGIN:VEVENT … END:VEVENT        iCalendar, RFC 5545 (and vCalendar 1.0)
    BEGIN:VCARD … END:VCARD          vCard 2.1, 3.0 (RFC 2426), 4.0 (RFC 6350)

- A property is Metadata at `Chars` of its lines, as written but unfolded; what people wrote
  (summary, name, address, note …) is text there too, unescaped and decoded.
- Pictures, sounds, keys and attachments written into it are children at their lines.
- Quoted-printable and CHARSET (vCard 2.1) are undone; a charset that does not fit is a Problem.
- A fold may stand inside a letter of UTF-8 (RFC 5545 §3.1); characters are counted as if it stood
  behind it.
- Components are tallied by their kind; one that does not end is a Problem.
"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from muniment.core import (
    Chars,
    Metadata,
    Part,
    Problem,
    Relation,
    Role,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.mail_charset import text_of
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.plain_text import encoding_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import LONGEST_BLOCK

_LARGEST = 1 << 28
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FOLD_IN_LETTER = re.compile(rb"([\xc2-\xf4][\x80-\xbf]{0,2})(\r?\n[ \t])([\x80-\xbf]{1,3})")
_HEAD = re.compile(r"([A-Za-z0-9_.-]{1,100})((?:;(?:\"[^\"\r\n]*\"|[^;:\"\r\n])*+)*+):")
_PARAMETER = re.compile(r";([^=;:]{0,100})(?:=((?:\"[^\"]*\"|[^;\"])*))?")
_TEXTS = frozenset(
    (
        *("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "CATEGORIES", "RESOURCES"),
        *("FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "NOTE", "ADR", "LABEL", "EMAIL", "TEL"),
        *("URL", "IMPP", "X-WR-CALNAME", "X-WR-CALDESC", "X-ALT-DESC", "SORT-STRING", "RELATED"),
        *("ORGANIZER", "ATTENDEE", "X-AIM", "X-SKYPE", "X-ABLABEL", "X-ABRELATEDNAMES", "BDAY"),
    )
)
_TITLES = frozenset(("SUMMARY", "FN"))
_ESCAPED = re.compile(r"\\([nN\\;,:\"])")
_DATA = re.compile(r"data:([^,;]{0,200})[^,]{0,200};base64,", re.IGNORECASE)
_BASE64 = ("B", "BASE64")
_BEGINNING = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*BEGIN:(VCALENDAR|VCARD|VEVENT|VTODO)\s*[\r\n]")
_BEGINS = rb"(?:\xef\xbb\xbf)?\s*(?i:BEGIN:)"


class _Line(msgspec.Struct, frozen=True):
    """A content line: where its lines stand, its name, its parameters, its unfolded value."""

    at: Chars
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    def parameter(self, name: str) -> str:
        return next((value for key, value in self.parameters if key == name), "")

    @property
    def encoding(self) -> str:
        """Its transfer encoding; vCard 2.1 writes it without a name."""
        bare = next((k for k, v in self.parameters if k in ("BASE64", "QUOTED-PRINTABLE")), "")
        return (self.parameter("ENCODING") or bare).upper()


def read_calendar_card(source: Source, context: Context) -> Iterator[Part]:
    """The properties of all components or cards."""
    if source.size > _LARGEST:
        raise RefusedError(f"a file of more than {_LARGEST} bytes")
    data = source.read_all()
    mended = _FOLD_IN_LETTER.sub(rb"\1\3\2", data)
    encoding = encoding_of([mended])
    data = mended if encoding.name == "utf-8" else data
    yield from encoding_parts(encoding, [data])
    text = "".join(decoded([data], encoding))
    lines = list(_lines(text))
    kinds = Counter(line.value.strip().upper() for line in lines if line.name == "BEGIN")
    for kind, count in sorted(kinds.items()):
        yield Tally(Whole(), kind[:40] or "unnamed", count)
    yield Tally(Whole(), "embedded", sum(_is_file(line) for line in lines))
    index = 0
    for line in lines:
        if _is_file(line):
            yield _file(context, index, line)
            index += 1
        else:
            yield from _property(line, encoding.name)
    yield from _balance(lines)
    if len(lines) == 0:
        raise UnreadableError("no property stands in it")


def _lines(text: str) -> Iterator[_Line]:
    """The content lines, unfolded (RFC 5545 §3.1; soft line breaks of quoted-printable)."""
    held: list[str] = []
    start = end = 0
    soft = False
    for match in _LINE.finditer(text):
        written = match[1]
        if len(held) > 0 and (soft or written[:1] in (" ", "\t")):
            held.append(written if soft else written[1:])
        else:
            yield from _line(held, start, end)
            held, start = [written], match.start()
        end = match.end(1)
        soft = written.endswith("=") and "QUOTED-PRINTABLE" in held[0].upper()
        if soft:
            held[-1] = held[-1][:-1]
        if match[2] == "":
            break
    yield from _line(held, start, end)


def _line(held: list[str], start: int, end: int) -> Iterator[_Line]:
    unfolded = "".join(held)
    if unfolded.strip() == "":
        return
    match = _HEAD.match(unfolded)
    at = Chars(start, end)
    if match is None:
        yield _Line(at, "", (), unfolded)
        return
    parameters = tuple(
        (found[1].strip().upper(), (found[2] or "").strip().strip('"'))
        for found in _PARAMETER.finditer(match[2])
    )
    name = match[1].rpartition(".")[2].upper()  # a group stands before a point in vCards
    yield _Line(at, name, parameters, unfolded[match.end() :])


def _is_file(line: _Line) -> bool:
    return line.encoding in _BASE64 or _DATA.match(line.value.lstrip()) is not None


def _file(context: Context, index: int, line: _Line) -> Part:
    match = _DATA.match(line.value.lstrip())
    stated_type = line.parameter("FMTTYPE") or line.parameter("TYPE") or line.parameter("MEDIATYPE")
    written = line.value if match is None else line.value.lstrip()[match.end() :]
    name = line.parameter("FILENAME") or line.parameter("X-FILENAME")
    stated = (
        ("property", line.name),
        ("content type", stated_type if match is None else match[1]),
    )
    entry = Entry(line.at, index, Relation.EMBEDDED, name.encode(), name, stated)
    return child_or_problem(context.children, entry, _bytes(written))


def _bytes(written: str) -> Iterator[bytes]:
    letters = "".join(written.split())
    try:
        yield base64.b64decode(letters + "=" * (-len(letters) % 4))
    except binascii.Error as why:
        raise ValueError("not base64") from why


def _property(line: _Line, encoding: str) -> Iterator[Part]:
    if line.name == "":
        yield Problem(line.at, "line-damaged", "a line is no property")
        yield from _spans(line.at, line.value.strip(), Role.MARKUP)
        return
    value, problem = _value(line, encoding)
    if problem is not None:
        yield Problem(line.at, *problem)
    shown = "".join(f";{key}={item}" if item else f";{key}" for key, item in line.parameters)
    for start in range(0, max(1, len(value)), LONGEST_BLOCK):
        yield Metadata(line.at, f"{line.name}{shown}"[:500], value[start : start + LONGEST_BLOCK])
    if line.name in _TEXTS:
        role = Role.TITLE if line.name in _TITLES else Role.BODY
        names = [line.parameter("CN")] if line.parameter("CN") != "" else []
        yield from _spans(line.at, " ".join([*names, _unescaped(value)]).strip(), role)


def _value(line: _Line, encoding: str) -> tuple[str, tuple[str, str] | None]:
    if line.encoding != "QUOTED-PRINTABLE":
        return line.value, None
    raw = binascii.a2b_qp(line.value.encode(_codec(encoding), "replace"))
    return text_of(raw, line.parameter("CHARSET") or None)


def _codec(encoding: str) -> str:
    return "utf-8" if encoding.startswith("utf") else "latin-1"


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _spans(at: Chars, text: str, role: Role) -> Iterator[Part]:
    for start in range(0, len(text), LONGEST_BLOCK):
        yield TextSpan(at, text[start : start + LONGEST_BLOCK], role)


def _balance(lines: list[_Line]) -> Iterator[Part]:
    """A Problem where components begin that do not end."""
    counts = Counter(line.name for line in lines if line.name in ("BEGIN", "END"))
    missing = counts["BEGIN"] - counts["END"]
    if missing != 0:
        message = f"{counts['BEGIN']} components begin and {counts['END']} end"
        yield Problem(Whole(), "component-unended", message)


def _is_calendar(head: bytes) -> bool:
    match = _BEGINNING.match(head)
    return match is not None and match[1].upper() != b"VCARD"


def _is_card(head: bytes) -> bool:
    match = _BEGINNING.match(head)
    return match is not None and match[1].upper() == b"VCARD"


CALENDAR = Reader(
    name="calendar",
    version=2,
    media_types=("text/calendar",),
    read=read_calendar_card,
    recognises=_is_calendar,
    begins=_BEGINS,
)
ADDRESS_CARD = Reader(
    name="address-card",
    version=2,
    media_types=("text/vcard",),
    read=read_calendar_card,
    recognises=_is_card,
    begins=_BEGINS,
)
