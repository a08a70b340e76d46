"""Encoded words (RFC 2047) and parameters (RFC 2045 §5.1, RFC 2231) in the headers of mail.

- Reading is lenient, since senders are: encoded words inside quotes and without spaces between
  them are read, a letter may be split between two of them, wrong charsets are guessed.
- What is no encoded word stays as it is written.
"""

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

import msgspec

from muniment.readers.mail_charset import codec_of, decode_strictly, text_of

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"[ \t\r\n]*")
_QUOTED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_ALPHABET = re.compile(r"[^A-Za-z0-9+/]")
_MOST_PARAMETERS = 100
_PARAMETER = re.compile(
    r";[ \t\r\n]*(?:([^=;\"\s]{1,200}+)[ \t\r\n]*=[ \t\r\n]*"
    r"(\"(?:[^\"\\]|\\.)*+\"?|[^;]*+)|[^;]*+)",
    re.DOTALL,
)
_CONTINUED = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of a header: its value as written, as bytes, and as read."""

    raw: bytes
    text: str


def words_read(written: str) -> str:
    """The text with its encoded words read."""
    pieces: list[str] = []
    position = 0
    pending: list[tuple[str, bytes]] = []
    for match in _WORD.finditer(written):
        between = written[position : match.start()]
        if len(pending) == 0 or _BETWEEN.fullmatch(between) is None:
            pieces += _flushed(pending)
            pending = []
            pieces.append(between)
        data = _word_bytes(match[2], match[3])
        charset = match[1].partition("*")[0].lower()
        if len(pending) > 0 and pending[-1][0] == charset:
            pending[-1] = (charset, pending[-1][1] + data)
        else:
            pending.append((charset, data))
        position = match.end()
    return "".join([*pieces, *_flushed(pending), written[position:]])


def _flushed(pending: list[tuple[str, bytes]]) -> list[str]:
    return [text_of(data, charset)[0] for charset, data in pending]


def _word_bytes(encoding: str, written: str) -> bytes:
    raw = written.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return _QUOTED_BYTE.sub(lambda m: bytes([int(m[1], 16)]), raw.replace(b"_", b" "))
    letters = _ALPHABET.sub("", written)
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return base64.b64decode(whole + "=" * (-len(whole) % 4))
    except (binascii.Error, ValueError):
        return raw


def header_text(raw: bytes, charset: str | None = None) -> tuple[str, bool]:
    """A header's bytes as text, and whether its encoding had to be guessed."""
    text = decode_strictly(raw, "utf-8")
    if text is not None:
        return text, False
    codec = codec_of(charset) if charset is not None else None
    text = None if codec in (None, "cp1252") else decode_strictly(raw, codec or "")
    return (text_of(raw, None)[0], True) if text is None else (text, False)


def parameters_of(value: str) -> dict[str, Parameter]:
    """The parameters of a Content-Type or Content-Disposition value, by name in lower case.

    Pieces (`name*0`, `name*1*`) are joined in order; where a name is given in several forms the
    extended one (RFC 2231) wins, then the pieces, then the first plain one.
    """
    plain: dict[str, Parameter] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    start = value.find(";")
    if start < 0:
        return {}
    for count, match in enumerate(_PARAMETER.finditer(value, start)):
        if count >= _MOST_PARAMETERS:
            break
        if match[1] is None:
            continue
        name = _CONTINUED.fullmatch(match[1].lower())
        written = _unquoted(match[2])
        if name is None or (name[2] is None and name[3] is None):
            plain.setdefault(match[1].lower(), _plain(written))
        else:
            number = int(name[2] or 0)
            pieces.setdefault(name[1], {}).setdefault(number, (name[3] is not None, written))
    joined = {name: _joined(found) for name, found in pieces.items()}
    return {**plain, **joined}


def _unquoted(written: str) -> str:
    if not written.startswith('"'):
        return written.strip()
    inner = written[1:-1] if len(written) > 1 and written.endswith('"') else written[1:]
    # A backslash quotes a quote or itself; elsewhere it is what bare Windows paths are made of.
    return re.sub(r"\\([\"\\])", r"\1", inner)


def _plain(written: str) -> Parameter:
    return Parameter(written.encode("utf-8", "surrogateescape"), words_read(written))


def _joined(found: dict[int, tuple[bool, str]]) -> Parameter:
    written = [found[number] for number in sorted(found)]
    raw = "".join(value for _, value in written).encode("utf-8", "surrogateescape")
    charset = ""
    data = b""
    for position, (extended, value) in enumerate(written):
        if extended and position == 0 and value.count("'") > 1:
            charset, _, value = value.split("'", 2)  # noqa: PLW2901 - what precedes is its charset
        piece = value.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(piece) if extended else piece
    text = text_of(data, charset or None)[0]
    return Parameter(raw, words_read(text))
