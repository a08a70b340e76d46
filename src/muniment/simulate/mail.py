"""Writes mails (.eml) and mailboxes (.mbox) line by line, as several mail programs did.

Invariants:

- boundaries, dates and message identifiers come from the mail's number, never from a clock;
- attachments are the members of a mail, counted from 0; bodies are its text;
- all addresses end in `.invalid` (RFC 2606), which can never be anybody's.
"""

import base64
from collections.abc import Sequence

import msgspec

from muniment.simulate.delivery import Made, Note, member

EML, MBOX = "message/rfc822", "application/mbox"
_LINE = b"\r\n"


class Attachment(msgspec.Struct, frozen=True):
    """A file in a mail under the name the mail gives it."""

    name: str
    made: Made


class Mail(msgspec.Struct, frozen=True):
    """One message. `day` is of June 2018; `answers` the number of the mail it replies to."""

    subject: str
    body: str
    day: int
    number: int
    html: str = ""
    charset: str = "utf-8"
    answers: int = 0
    attachments: tuple[Attachment, ...] = ()
    sender: str = "小李"
    recipient: str = "老王"


def mail(letter: Mail) -> Made:
    """The message with CR LF line ends and its truth."""
    note = Note(
        kind="mail",
        media_type=EML,
        language="zh",
        encoding=letter.charset,
        text=letter.body,
        tokens=(letter.subject, letter.sender, letter.recipient, f"m{letter.number}@xugu.invalid"),
        members=tuple(
            member(attached.name, position, attached.made)
            for position, attached in enumerate(letter.attachments)
        ),
    )
    return Made(_head(letter) + _content(letter), note)


def mbox(letters: Sequence[Mail]) -> Made:
    """A mailbox (RFC 4155) of messages with line feeds as line ends.

    A member's bytes run from the line after its `From ` line to before the empty line behind it.
    """
    messages = [mail(letter) for letter in letters]
    unix = [Made(made.data.replace(_LINE, b"\n"), made.note) for made in messages]
    data = b"".join(
        b"From li@xugu.invalid Sat Jun  2 10:12:00 2018\n" + made.data + b"\n" for made in unix
    )
    note = Note(
        kind="mailbox",
        media_type=MBOX,
        members=tuple(
            member(f"message {position}", position, made) for position, made in enumerate(unix)
        ),
    )
    return Made(data, note)


def _head(letter: Mail) -> bytes:
    lines = [
        f"From: {encoded_word(letter.sender, letter.charset)} <li@xugu.invalid>",
        f"To: {encoded_word(letter.recipient, letter.charset)} <wang@xugu.invalid>",
        f"Subject: {encoded_word(letter.subject, letter.charset)}",
        f"Date: {_date(letter.day)}",
        f"Message-ID: <m{letter.number}@xugu.invalid>",
    ]
    if letter.answers:
        lines.append(f"In-Reply-To: <m{letter.answers}@xugu.invalid>")
        lines.append(f"References: <m{letter.answers}@xugu.invalid>")
    lines.append("MIME-Version: 1.0")
    return b"".join(line.encode() + _LINE for line in lines)


def _date(day: int) -> str:
    names = ("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed")  # day 0 would be 31 May 2018
    return f"{names[day % 7]}, {day:02d} Jun 2018 10:12:00 +0800"


def encoded_word(text: str, charset: str) -> str:
    """RFC 2047 words of at most 75 characters, cut between letters."""
    words = [text[at : at + 10] for at in range(0, len(text), 10)]
    return "\r\n ".join(
        f"=?{charset}?B?{base64.b64encode(word.encode(charset)).decode()}?=" for word in words
    )


def _content(letter: Mail) -> bytes:
    """Body alone, text beside HTML, or either with attachments behind it."""
    bodies = [_text_part("plain", letter.body, letter.charset)]
    if letter.html:
        bodies.append(_text_part("html", letter.html, letter.charset))
    body = bodies[0]
    if letter.html:
        body = _multipart("alternative", f"alt{letter.number}", bodies)
    if len(letter.attachments) == 0:
        return body
    parts = [body, *(_attached(attached) for attached in letter.attachments)]
    return _multipart("mixed", f"mix{letter.number}", parts)


def _multipart(kind: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    mark = f"--=_{boundary}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="=_{boundary}"'.encode()
    body = b"".join(mark + _LINE + part + _LINE for part in parts)
    return head + _LINE + _LINE + body + mark + b"--" + _LINE


def _text_part(kind: str, text: str, charset: str) -> bytes:
    return _encoded(f"text/{kind}; charset={charset}", text.encode(charset))


def _attached(attached: Attachment) -> bytes:
    """An attachment; a message is attached as it is, everything else in base64."""
    kind = attached.made.note.media_type
    name = encoded_word(attached.name, "utf-8")
    disposition = f'Content-Disposition: attachment; filename="{name}"'.encode() + _LINE
    if kind == EML:
        return disposition + b"Content-Type: message/rfc822" + _LINE + _LINE + attached.made.data
    return disposition + _encoded(kind, attached.made.data)


def _encoded(content_type: str, data: bytes) -> bytes:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head.encode() + base64.encodebytes(data).replace(b"\n", _LINE)
