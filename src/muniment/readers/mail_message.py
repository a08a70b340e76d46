"""E-mail messages (RFC 5322, RFC 2045): headers, bodies, attachments.

- Headers are kept as written: unfolded, undecoded; the n-th of a name is `Field(name, n)`. Where
  encoded words (RFC 2047) say something else, what they say stands beside it as text.
- Sections are numbered as in RFC 3501 §6.4.5: 1, 1.2, 2 …; a message that is not multipart is 1.
- Text bodies are decoded text with `Chars` in their section; an HTML body is set as text.
- Every leaf that is not a body is a child, and so is a message inside a message.
"""

import email
import email.errors
import email.header
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from email.message import Message

from muniment.core import (
    Chars,
    Field,
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
from muniment.readers.html_text import text_of_html
from muniment.readers.members import DamagedError, Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of

_LARGEST_MESSAGE = 1 << 30
_MOST_SECTIONS = 10_000
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BODY_TYPES = ("text/plain", "text/html")


def read_mail(source: Source, context: Context) -> Iterator[Part]:
    """The headers, bodies and attachments of one message."""
    if source.size > _LARGEST_MESSAGE:
        raise RefusedError(f"a message of more than {_LARGEST_MESSAGE} bytes")
    # compat32 keeps headers as written; the newer policies parse, repair and raise.
    message = email.message_from_bytes(source.read_all(), policy=email.policy.compat32)
    yield from _headers(message)
    leaves = list(_leaves(message, ()))
    bodies = [leaf for leaf in leaves if _is_body(leaf[1])]
    attached = [leaf for leaf in leaves if not _is_body(leaf[1])]
    yield Tally(Whole(), "attachments", len(attached))
    for section, part in bodies:
        yield from _body(section, part)
    for index, (section, part) in enumerate(attached):
        yield _attachment(context, index, section, part)
    yield from _defects(message)


def _headers(message: Message) -> Iterator[Part]:
    seen: Counter[str] = Counter()
    for name, value in message.raw_items():
        seen[name.lower()] += 1
        written = _FOLD.sub("", _scalars(str(value)))
        place = Field(name, seen[name.lower()])
        yield Metadata(place, name, written)
        decoded = _decoded(written)
        if decoded != written:
            yield TextSpan(place, decoded, Role.HEADER)


def _leaves(message: Message, path: tuple[int, ...]) -> Iterator[tuple[str, Message]]:
    """The parts that hold content, each with its section number, without recursion."""
    pending: list[tuple[Message, tuple[int, ...]]] = [(message, path)]
    count = 0
    while len(pending) > 0:
        part, numbers = pending.pop()
        count += 1
        if count > _MOST_SECTIONS:
            raise RefusedError(f"has more than {_MOST_SECTIONS} sections")
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            numbered = [(child, (*numbers, n)) for n, child in enumerate(payload, start=1)]
            pending.extend(reversed(numbered))
        else:
            yield ".".join(map(str, numbers or (1,))), part


def _is_body(part: Message) -> bool:
    shown = part.get_content_disposition() != "attachment" and part.get_filename() is None
    return shown and part.get_content_type() in _BODY_TYPES


def _body(section: str, part: Message) -> Iterator[Part]:
    data = _bytes_of(part)
    stated = part.get_content_charset()
    text, problem = _text(data, stated)
    if problem is not None:
        yield Problem(_section(section), *problem)
    if part.get_content_type() == "text/html":
        text = text_of_html(text)
    for block in blocks_of((text,)):
        yield TextSpan(Chars(block.start, block.end, section), block.text, Role.BODY)


def _text(data: bytes, stated: str | None) -> tuple[str, tuple[str, str] | None]:
    """The text, and what was wrong with the stated encoding."""
    try:
        return data.decode(stated or "ascii"), None
    except (LookupError, UnicodeDecodeError, ValueError):
        encoding = encoding_of([data])
        text = "".join(decoded([data], encoding))
    wrong = "no encoding is stated" if stated is None else "it is not in the stated encoding"
    return text, ("encoding-guessed", f"{wrong}; {encoding.name} is taken: {encoding.evidence}")


def _attachment(context: Context, index: int, section: str, part: Message) -> Part:
    raw = _raw_name(part)
    entry = Entry(
        at=_section(section),
        index=index,
        relation=Relation.ATTACHMENT,
        raw_name=raw,
        name=_scalars(_shown_name(part)),
        stated=(
            ("content type", _scalars(str(part.get("Content-Type", "")))),
            ("disposition", _scalars(str(part.get("Content-Disposition", "")))),
            ("content id", _scalars(str(part.get("Content-ID", "")))),
            ("transfer encoding", _scalars(str(part.get("Content-Transfer-Encoding", "")))),
        ),
    )
    return child_or_problem(context.children, entry, _content(part))


def _content(part: Message) -> Iterator[bytes]:
    yield _bytes_of(part)


def _section(section: str) -> Chars:
    """A section as a whole: the place before its first character."""
    return Chars(0, 0, section)


def _bytes_of(part: Message) -> bytes:
    """The decoded bytes of a leaf; of a message inside a message its bytes as they stand."""
    if part.is_multipart():
        inner = part.get_payload()
        if isinstance(inner, list) and len(inner) == 1 and isinstance(inner[0], Message):
            return inner[0].as_bytes(policy=email.policy.compat32)
        raise DamagedError("section-damaged", "a section is not what its type says")
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _raw_name(part: Message) -> bytes:
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = part.get_param(parameter, header=header, unquote=True)
        if value is not None:
            written = value[2] if isinstance(value, tuple) else str(value)
            return written.encode("utf-8", "surrogateescape")
    return b""


def _shown_name(part: Message) -> str:
    name = part.get_filename()
    if name is None:
        return ""
    return _decoded(name)


def _decoded(written: str) -> str:
    """A header's text with its encoded words (RFC 2047) read; as written where they cannot be."""
    try:
        pieces = email.header.decode_header(written)
        return str(email.header.make_header(pieces))
    except (email.errors.MessageError, UnicodeError, LookupError, ValueError):
        return written


def _scalars(text: str) -> str:
    """Bytes beyond ASCII, which the email package keeps as lone surrogates, read as UTF-8."""
    data = text.encode("utf-8", "surrogateescape")
    return data.decode("utf-8", "replace")


def _defects(message: Message) -> Iterator[Part]:
    found = Counter(type(defect).__name__ for part in message.walk() for defect in part.defects)
    for name, count in sorted(found.items()):
        yield Problem(Whole(), "mail-defect", f"the message is malformed: {name}, {count} times")


MAIL_MESSAGE = Reader(name="mail", version=2, media_types=("message/rfc822",), read=read_mail)
