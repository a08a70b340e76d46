"""Splits a message into its sections and keeps where each stands (RFC 5322 §2.1, RFC 2046 §5.1).

    bytes ──▶ header fields │ body ──▶ multipart? ──▶ split at its delimiter lines, again and again
                                   └─▶ anything else is a leaf: its bytes are data[start:end]

- Own code, because a section's exact bytes are evidence: a message inside a message is what stands
  between two offsets, not what a parser would write again.
- A leaf is never opened here, so messages inside messages nest to any depth without recursion;
  multiparts are split with a list of what is pending.
- The line break before a delimiter line belongs to the delimiter.
- What is malformed is said in `defects` and read as well as it can be.
"""

import re
from collections.abc import Iterator

import msgspec

from muniment.readers.mail_transfer import transfer_decoded
from muniment.readers.mail_words import Parameter, parameters_of

DEEPEST = 32  # numbers in a section (muniment.core.place)
_MOST_SECTIONS = 100_000
_MOST_FIELDS = 20_000
_NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_MAIL_NAMES = re.compile(
    rb"(?i)(?:received|return-path|delivered-to|message-id|from|to|cc|bcc|date|subject|sender|"
    rb"reply-to|in-reply-to|references|mime-version|content-[a-z-]+|x-[!-9;-~]+|dkim-signature|"
    rb"arc-[a-z-]+|authentication-results|list-[a-z-]+|user-agent|thread-[a-z]+|importance)[ \t]*:"
)
_FIRST_DELIMITER = re.compile(rb"(?im)^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-|\r?\n)")
_LONGEST_BOUNDARY = 500
_SHOWN_TYPE = 80  # characters


class HeaderField(msgspec.Struct, frozen=True):
    """A header: its name and its value, unfolded, otherwise the bytes as they stand."""

    name: str
    value: bytes

    @property
    def text(self) -> str:
        """The value with bytes beyond ASCII as lone surrogates."""
        return self.value.decode("ascii", "surrogateescape")


class Section(msgspec.Struct, frozen=True):
    """A section: its header is data[start:body], its content data[body:end]."""

    numbers: tuple[int, ...]
    data: bytes
    start: int
    body: int
    end: int
    fields: tuple[HeaderField, ...]
    default_type: str = "text/plain"

    def value(self, name: str) -> str | None:
        """The first header of that name, with lone surrogates for bytes beyond ASCII."""
        return next((field.text for field in self.fields if field.name.lower() == name), None)

    @property
    def media_type(self) -> str:
        """The stated type in lower case without parameters; the default where none is stated."""
        stated = (self.value("content-type") or "").partition(";")[0].strip().lower()
        return stated if re.fullmatch(r"[^\s/]+/[^\s/]+", stated) else self.default_type

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Those of the Content-Type."""
        return parameters_of(self.value("content-type") or "")

    @property
    def disposition_parameters(self) -> dict[str, Parameter]:
        """Those of the Content-Disposition."""
        return parameters_of(self.value("content-disposition") or "")

    @property
    def number(self) -> str:
        """As in RFC 3501 §6.4.5; a message that is not multipart is section 1."""
        return ".".join(map(str, self.numbers or (1,)))

    @property
    def content(self) -> memoryview:
        """The content before transfer decoding."""
        return memoryview(self.data)[self.body : self.end]


class Scan(msgspec.Struct, frozen=True):
    """What a message is made of, in order."""

    root: Section
    leaves: tuple[Section, ...]
    multiparts: tuple[Section, ...]
    beside: tuple[tuple[str, str], ...]  # what stands before and after the parts, and what it is
    defects: tuple[str, ...]
    truncated: bool  # more sections than are read


class _Found:
    """What has been found so far."""

    def __init__(self) -> None:
        self.leaves: list[Section] = []
        self.multiparts: list[Section] = []
        self.beside: list[tuple[str, str]] = []
        self.defects: list[str] = []


def scan(data: bytes) -> Scan:
    """The sections of the message that `data` holds."""
    found = _Found()
    data = _in_lines(data, found)
    fields, body = _header(data, 0, len(data), found.defects)
    _note_types(fields, found)
    root = Section((), data, 0, body, len(data), fields)
    pending = [root]
    count = 0
    while len(pending) > 0 and count < _MOST_SECTIONS:
        section = pending.pop()
        count += 1
        parts = _parts(section, found) if section.media_type.startswith("multipart/") else None
        if parts is None:
            found.leaves.append(section)
        else:
            found.multiparts.append(section)
            pending.extend(reversed(parts))
    return Scan(
        root,
        tuple(found.leaves),
        tuple(found.multiparts),
        tuple(found.beside),
        tuple(found.defects),
        truncated=len(pending) > 0,
    )


def _in_lines(data: bytes, found: _Found) -> bytes:
    """The message from its first line, with line ends that end one line each."""
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")  # of old Macintoshes; the offsets stay
    first = data.lstrip(b"\r\n")
    if len(first) < len(data):
        found.defects.append("empty lines stand before the header")
    if first.partition(b"\n")[0].endswith(b"\r\r"):
        found.defects.append("its lines end in CR CR LF; they are read as ending in CR LF")
        return first.replace(b"\r\r\n", b"\r\n")
    return first


def _note_types(fields: tuple[HeaderField, ...], found: _Found) -> None:
    """Programs differ in which of several types they believe, and so in what they show."""
    stated = [field.text for field in fields if field.name.lower() == "content-type"]
    if len(stated) > 1:
        said = ", not ".join(one.partition(";")[0].strip()[:_SHOWN_TYPE] for one in stated)
        found.defects.append(f"a section states more than one Content-Type; taken is {said}")


def _part_at(whole: Section, start: int, end: int, number: int, found: _Found) -> Section:
    """The part of a multipart whose header begins at `start`."""
    default = "message/rfc822" if whole.media_type == "multipart/digest" else "text/plain"
    fields, body = _header(whole.data, start, end, found.defects)
    _note_types(fields, found)
    numbers = (*whole.numbers, number)
    return Section(numbers, whole.data, start, min(body, end), end, fields, default)


def _header(
    data: bytes, start: int, end: int, defects: list[str]
) -> tuple[tuple[HeaderField, ...], int]:
    """The fields of a header, and where the body begins."""
    fields: list[HeaderField] = []
    position = start
    spans: list[tuple[int, int]] = []
    for line_start, line_end in _lines(data, start, end):
        position = line_end
        line = data[line_start : min(line_end, line_start + 256)]
        if line.strip(b"\r\n") == b"":
            break
        if line[:1] in b" \t" and len(spans) > 0:
            spans[-1] = (spans[-1][0], line_end)
        elif _NAME.match(line) is not None or (line_start == start and _is_envelope(line)):
            spans.append((line_start, line_end))
        elif len(spans) > 0 and _goes_on(data, line_end, end):
            defects.append("a line in the header is neither a field nor folded")
            spans[-1] = (spans[-1][0], line_end)
        else:
            defects.append("no empty line stands between the header and the body")
            position = line_start
            break
        if len(spans) > _MOST_FIELDS:
            defects.append("the header has more fields than are read")
            break
    for first, last in spans:
        fields.append(_field(data[first:last].rstrip(b"\r\n")))
    return tuple(fields), position


def _is_envelope(line: bytes) -> bool:
    return line.startswith((b"From ", b">From "))


def _field(written: bytes) -> HeaderField:
    unfolded = _FOLD.sub(b"", written)
    match = _NAME.match(unfolded)
    if match is None:
        return HeaderField("From-line", unfolded)
    return HeaderField(match[1].decode("ascii"), unfolded[match.end() :].lstrip(b" \t"))


def _goes_on(data: bytes, at: int, end: int) -> bool:
    """Whether the next line is one that only a header has."""
    return _MAIL_NAMES.match(data, at, end) is not None


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        found = data.find(b"\n", start, end)
        stop = end if found < 0 else found + 1
        yield start, stop
        start = stop


def _parts(section: Section, found: _Found) -> list[Section] | None:
    """The parts of a multipart; None where it cannot be split."""
    if len(section.numbers) >= DEEPEST:
        found.defects.append(f"multiparts lie deeper than {DEEPEST} levels")
        return None
    section = _undone(section, found)
    boundary = _boundary(section, found)
    delimiters = [] if boundary is None else list(_delimiters(section, boundary))
    if len(delimiters) == 0:
        return None
    parts: list[Section] = []
    _note_beside(section, "preamble", section.body, delimiters[0][0], found)
    for number, (_, after, closing) in enumerate(delimiters):
        last = number == len(delimiters) - 1
        end = section.end if last else delimiters[number + 1][0]
        if closing:
            _note_beside(section, "epilogue", after, end, found)
            if not last:
                found.defects.append("parts stand behind the end of a multipart")
            continue
        parts.append(_part_at(section, after, end, len(parts) + 1, found))
    if not any(closing for _, _, closing in delimiters):
        found.defects.append("a multipart has no closing boundary")
    return parts


def _undone(section: Section, found: _Found) -> Section:
    """The multipart without the transfer encoding that RFC 2045 §6.4 forbids it to have."""
    encoding = (section.value("content-transfer-encoding") or "").strip().lower()
    stated = section.parameters.get("boundary")
    plain = stated is not None and _first(section, stated.raw.rstrip(b" \t"))
    if plain or encoding not in ("base64", "quoted-printable"):
        return section
    found.defects.append("a multipart is transfer-encoded")
    data = transfer_decoded(section.content, encoding).data
    return msgspec.structs.replace(section, data=data, start=0, body=0, end=len(data))


def _note_beside(section: Section, what: str, start: int, end: int, found: _Found) -> None:
    text = section.data[start:end].strip()
    if text != b"":
        found.beside.append((what, text[: 1 << 20].decode("utf-8", "replace")))


def _boundary(section: Section, found: _Found) -> bytes | None:
    stated = section.parameters.get("boundary")
    # RFC 2046 §5.1.1: white space at its end is not part of it; a boundary that is only quoted
    # wrongly is found by its first delimiter line.
    raw = b"" if stated is None else stated.raw.rstrip(b" \t")
    if raw != b"" and len(raw) <= _LONGEST_BOUNDARY and _first(section, raw):
        return raw
    match = _FIRST_DELIMITER.search(section.data, section.body, section.end)
    if match is None:
        found.defects.append("a multipart's boundary does not occur in it")
        return None
    found.defects.append("a multipart's boundary is not the one that is stated")
    return match[1].removesuffix(b"--") if raw != match[1] else None


def _first(section: Section, boundary: bytes) -> bool:
    return section.data.find(b"--" + boundary, section.body, section.end) >= 0


def _delimiters(section: Section, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Of each delimiter line: where what precedes it ends, where what follows begins, closing."""
    pattern = re.compile(rb"(?:^|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    position = section.body
    # The pattern starts with a line break or at the very start of the body, never inside a line.
    body = section.data
    at = body.find(b"--" + boundary, position, section.end)
    while at >= 0:
        before = _line_start(body, at, section.body)
        match = pattern.match(body[before : min(section.end, at + len(boundary) + 200)])
        after = at + 2 + len(boundary)
        if match is not None:
            stop = before + match.end()
            newline = body.find(b"\n", stop, min(stop + 2, section.end))
            after = newline + 1 if newline >= 0 else stop
            yield before, after, match[1] is not None
        at = body.find(b"--" + boundary, after, section.end)


def _line_start(data: bytes, at: int, first: int) -> int:
    """Where the line break begins that precedes `at`; `at` itself at the start of the body."""
    if at == first:
        return at
    if data[at - 1 : at] != b"\n":
        return at - 1 if at > first else at  # inside a line: the pattern will not match there
    if at - 2 >= first and data[at - 2 : at - 1] == b"\r":
        return at - 2
    return at - 1
