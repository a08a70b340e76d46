"""E-mail messages (RFC 5322, RFC 2045): headers, bodies, attachments.

- Headers are kept as written: unfolded, undecoded; the n-th of a name is `Field(name, n)`. Where
  encoded words (RFC 2047) say something else, what they say stands beside it as text.
- Sections are numbered as in RFC 3501 §6.4.5: 1, 1.2, 2 …; a message that is not multipart is 1.
- Every alternative is read. Every leaf that is not a body is a child; a message inside a message
  is a child with its raw bytes, and is not looked into here.
- Files written into text (uuencode, yEnc, data: addresses) are children at their place.
"""

from collections import Counter
from collections.abc import Iterator

from muniment.core import (
    Chars,
    Child,
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
from muniment.readers.mail_body import Body, body_of, file_name, is_body, section_notes
from muniment.readers.mail_shape import MAY_BEGIN_MAIL, begins_like_mail
from muniment.readers.mail_transfer import Inline, transfer_decoded
from muniment.readers.mail_words import header_text, words_read
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.mime_scan import HeaderField, Scan, Section, scan
from muniment.readers.page_text import Embedded
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of

_LARGEST_MESSAGE = 1 << 30
_HEAD = 1 << 16
_MESSAGE = "message/rfc822"
_STATED = (
    ("content type", "content-type"),
    ("disposition", "content-disposition"),
    ("content id", "content-id"),
    ("content location", "content-location"),
    ("transfer encoding", "content-transfer-encoding"),
    ("description", "content-description"),
)
_MARKS = (b"\xef\xbb\xbf",)


def read_mail(source: Source, context: Context) -> Iterator[Part]:
    """The headers, bodies and attachments of one message."""
    if source.size > _LARGEST_MESSAGE:
        raise RefusedError(f"a message of more than {_LARGEST_MESSAGE} bytes")
    found = scan(_bytes(source))
    charset = _charset(found)
    yield from _headers(found.root.fields, charset)
    bodies = {leaf.number: body_of(leaf) for leaf in found.leaves if is_body(leaf)}
    attached = sum(leaf.number not in bodies for leaf in found.leaves)
    yield Tally(Whole(), "attachments", attached + sum(b.files for b in bodies.values()))
    yield from _sections(context, found, bodies)
    yield from _beside(found)
    yield from _defects(found)


def _bytes(source: Source) -> bytes:
    """The message; one in UTF-16 or UTF-32 is read in UTF-8, whatever mail may be written in."""
    data = source.read_all()
    encoding = encoding_of([data[:_HEAD]])
    if encoding.name.startswith(("utf-16", "utf-32")):
        return "".join(decoded([data], encoding)).encode("utf-8", "replace")
    return data.removeprefix(_MARKS[0])


def _charset(found: Scan) -> str | None:
    """The first charset that a section states: what raw bytes in the headers are likely in."""
    stated = (leaf.parameters.get("charset") for leaf in found.leaves)
    return next((parameter.text for parameter in stated if parameter is not None), None)


def _headers(fields: tuple[HeaderField, ...], charset: str | None) -> Iterator[Part]:
    seen: Counter[str] = Counter()
    for field in fields:
        seen[field.name.lower()] += 1
        place = Field(field.name, seen[field.name.lower()])
        written, guessed = header_text(field.value, charset)
        yield Metadata(place, field.name, written)
        if guessed:
            message = f"the header {field.name} holds bytes in no stated encoding"
            yield Problem(place, "encoding-guessed", message)
        said = words_read(written)
        if said != written:
            yield TextSpan(place, said, Role.HEADER)


def _sections(context: Context, found: Scan, bodies: dict[str, Body]) -> Iterator[Part]:
    for section in found.multiparts:
        yield from section_notes(section)
    index = 0
    shown = False
    for leaf in found.leaves:
        yield from section_notes(leaf)
        body = bodies.get(leaf.number)
        read = _attachment(context, index, leaf) if body is None else _body(context, index, body)
        for part in read:
            shown = shown or isinstance(part, TextSpan | Child)
            yield part
        index += 1 if body is None else body.files
    if not shown:
        yield from _subject_alone(found)


def _subject_alone(found: Scan) -> Iterator[Part]:
    """A message that holds nothing else says what its subject says."""
    subject = found.root.value("subject")
    if subject is not None and subject.strip() != "" and words_read(subject) == subject:
        text = header_text(subject.encode("utf-8", "surrogateescape"))[0]
        yield TextSpan(Field("Subject"), text, Role.HEADER)


def _body(context: Context, index: int, body: Body) -> Iterator[Part]:
    for at, file in body.inline:
        yield from _damage(at, file.content.wrong)
        yield _inline_child(context, index, at, file)
        index += 1
    for part in body.parts:
        if isinstance(part, Embedded):
            stated = (("content type", part.media_type), ("address", "data:"))
            entry = Entry(part.at, index, Relation.EMBEDDED, b"", "", stated)
            yield child_or_problem(context.children, entry, part.content())
            index += 1
        else:
            yield part


def _inline_child(context: Context, index: int, at: Chars, file: Inline) -> Part:
    name = header_text(file.raw_name)[0]
    stated = (("written as", file.sort),)
    entry = Entry(at, index, Relation.ATTACHMENT, file.raw_name, name, stated)
    return child_or_problem(context.children, entry, (file.content.data,))


def _attachment(context: Context, index: int, section: Section) -> Iterator[Part]:
    """A section as a child, after what is wrong with it."""
    raw, shown = file_name(section) or (b"", "")
    at = Chars(0, 0, section.number)
    entry = Entry(
        at=at,
        index=index,
        relation=Relation.ATTACHMENT,
        raw_name=raw,
        name=_scalars(shown),
        stated=tuple((label, _scalars(section.value(name) or "")) for label, name in _STATED),
    )
    undone = transfer_decoded(section.content, section.value("content-transfer-encoding"))
    yield from _damage(at, undone.wrong)
    if section.media_type == "message/partial":
        yield _partial(at, section)
    if section.media_type == _MESSAGE and not begins_like_mail(undone.data[:_HEAD]):
        message = "what is stated to be a message does not begin like one; its bytes decide"
        yield Problem(at, "mail-defect", message)
    yield child_or_problem(context.children, entry, (undone.data,))


def _partial(at: Chars, section: Section) -> Problem:
    parameters = section.parameters
    number, total = (parameters[k].text if k in parameters else "?" for k in ("number", "total"))
    message = f"piece {number[:20]} of {total[:20]} of a message that was sent in pieces"
    return Problem(at, "message-partial", message)


def _damage(at: Chars, wrong: str) -> Iterator[Part]:
    if wrong != "":
        yield Problem(at, "transfer-damaged", wrong)


def _scalars(text: str) -> str:
    """Bytes beyond ASCII, kept as lone surrogates until here, read."""
    return header_text(text.encode("utf-8", "surrogateescape"))[0]


def _beside(found: Scan) -> Iterator[Part]:
    """What stands before and after the parts of a multipart, where nobody looks."""
    seen: Counter[str] = Counter()
    for what, text in found.beside:
        seen[what] += 1
        for block in blocks_of((text,)):
            yield TextSpan(Field(what, seen[what]), block.text, Role.NOTE, hidden=True)


def _defects(found: Scan) -> Iterator[Part]:
    for what, count in sorted(Counter(found.defects).items()):
        times = "" if count == 1 else f", {count} times"
        yield Problem(Whole(), "mail-defect", f"the message is malformed: {what}{times}")
    if found.truncated:
        yield Problem(Whole(), "mail-defect", "it has more sections than are read")


MAIL_MESSAGE = Reader(
    name="mail",
    version=5,
    media_types=(_MESSAGE,),
    read=read_mail,
    recognises=begins_like_mail,
    begins=MAY_BEGIN_MAIL,
)
