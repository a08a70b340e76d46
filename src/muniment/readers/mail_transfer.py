"""Transfer encodings of mail undone (RFC 2045 §6, uuencode, yEnc), leniently and in pieces.

- Every byte that can be had comes out; what was wrong is said in one sentence, never raised.
- Base64 in whole lines; a line that is none (a mailing list's footer) is left out and counted, and
  in one that is mostly base64 the letters that are not (RFC 2045 §6.8).
"""

import binascii
import re
from collections.abc import Iterator

import msgspec

_PIECE = 1 << 20  # a multiple of four letters after white space is gone
_CLEAN = re.compile(rb"[A-Za-z0-9+/\r\n]*+=?[\r\n]*=?\s*")
_SPACE = b" \t\r\n\x0b\x0c"
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/=]+")
_NO_BASE64 = bytes(b for b in range(256) if _BASE64_LINE.fullmatch(bytes([b])) is None)
_MOSTLY = 0.9  # share of a line's letters that are base64's where the others are passed over
_BEGIN = re.compile(rb"(?m)^begin[ \t]+([0-7]{3,4})[ \t]+([^\r\n]{1,500}?)[ \t]*\r?\n(?=[ -`])")
_UU_LINE = re.compile(rb"[ -`]{1,100}")
_YENC = re.compile(rb"(?m)^=ybegin ([^\r\n]{1,1000})\r?\n")
_YENC_END = re.compile(rb"(?m)^=yend[^\r\n]*(?:\r?\n|\Z)")
_YPART = re.compile(rb"=ypart [^\r\n]*\r?\n")
_IDENTITY = ("", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits", "none", "text")
_UU = ("x-uuencode", "uuencode", "x-uue", "uue")


class Decoded(msgspec.Struct, frozen=True):
    """Decoded bytes, and in a sentence what was wrong (empty: nothing)."""

    data: bytes
    wrong: str = ""


class Inline(msgspec.Struct, frozen=True):
    """A file written into running text, at data[start:end] of the text's bytes."""

    start: int
    end: int
    sort: str
    raw_name: bytes
    content: Decoded


def transfer_decoded(content: memoryview | bytes, encoding: str | None) -> Decoded:
    """The bytes that a section holds; `encoding` as the header states it."""
    name = (encoding or "").partition(";")[0].strip().strip("\"'").lower()
    raw = bytes(content)
    if name == "base64":
        return _base64(raw)
    if name in ("quoted-printable", "quotedprintable", "quoted printable"):
        return Decoded(binascii.a2b_qp(raw))
    if name in _UU:
        files = inline_files(raw)
        return files[0].content if len(files) > 0 else Decoded(raw, "no uuencoded file begins")
    if name in _IDENTITY:
        return Decoded(raw)
    return Decoded(raw, f"the transfer encoding {name[:40]!r} is not known; bytes as they stand")


def _base64(raw: bytes) -> Decoded:
    letters, wrong = raw.translate(None, _SPACE), ""
    try:
        return Decoded(binascii.a2b_base64(letters, strict_mode=True))
    except binascii.Error:
        if _CLEAN.fullmatch(raw) is None:
            letters, wrong = _base64_lines(raw)
            if letters == b"":
                return Decoded(raw, "it is stated to be base64 and is not; bytes as they stand")
    groups = [group for group in re.split(rb"=+", letters) if group != b""]
    data = b"".join(_base64_group(group) for group in groups)
    if any(len(group) % 4 == 1 for group in groups):
        wrong = wrong or "base64 ends in the middle of a byte"
    return Decoded(data, wrong)


def _base64_lines(raw: bytes) -> tuple[bytes, str]:
    """The letters of the lines that are base64, and what else there was."""
    kept = []
    strange = foreign = 0
    for line in raw.splitlines():
        packed = line.translate(None, _SPACE)
        words = line.split()
        # White space inside a line: base64 that was folded badly, unless it reads like prose.
        prose = len(words) > 1 and len(packed) % 4 != 0
        if packed == b"":
            continue
        if _BASE64_LINE.fullmatch(packed) is not None and not prose:
            kept.append(packed)
            continue
        letters = packed.translate(None, _NO_BASE64)
        if len(words) == 1 and len(letters) >= _MOSTLY * len(packed):
            kept.append(letters)
            foreign += len(packed) - len(letters)
        else:
            strange += 1
    wrong = [f"{strange} lines are not base64 and are left out"] if strange else []
    wrong += [f"{foreign} letters that base64 does not have are passed over"] if foreign else []
    return b"".join(kept), "; ".join(wrong)


def _base64_group(group: bytes) -> bytes:
    whole = group[: len(group) - (len(group) % 4 == 1)]
    pieces = []
    for start in range(0, len(whole), _PIECE):
        piece = whole[start : start + _PIECE]
        pieces.append(binascii.a2b_base64(piece + b"=" * (-len(piece) % 4)))
    return b"".join(pieces)


def inline_files(data: bytes) -> list[Inline]:
    """The uuencoded and yEnc files in a text, in order."""
    found = [*_uu_files(data), *_yenc_files(data)]
    return sorted(found, key=lambda file: file.start)


def _uu_files(data: bytes) -> Iterator[Inline]:
    position = 0
    while (match := _BEGIN.search(data, position)) is not None:
        pieces, end, wrong = _uu_lines(data, match.end())
        position = max(end, match.end())
        if len(pieces) == 0 and wrong != "":
            continue  # prose that begins with the word
        yield Inline(match.start(), end, "uuencode", match[2], Decoded(b"".join(pieces), wrong))


def _uu_lines(data: bytes, position: int) -> tuple[list[bytes], int, str]:
    """The decoded lines, where the text goes on, and what was wrong."""
    pieces: list[bytes] = []
    while position < len(data):
        found = data.find(b"\n", position)
        stop = len(data) if found < 0 else found + 1
        line = data[position:stop].rstrip(b"\r\n")
        if line == b"end":
            return pieces, stop, ""
        piece = _uu_line(line)
        if piece is None:
            return pieces, position, "a uuencoded file breaks off"
        pieces.append(piece)
        position = stop
    return pieces, position, "a uuencoded file has no end"


def _uu_line(line: bytes) -> bytes | None:
    if line in (b"", b"`", b" "):
        return b""
    if _UU_LINE.fullmatch(line) is None:
        return None
    length = (line[0] - 32) & 63
    letters = (length + 2) // 3 * 4
    if len(line) - 1 > letters + 2:
        return None
    try:
        # Trailing spaces are often cut off in transit; a full line has all its letters.
        return binascii.a2b_uu(line[: 1 + letters].ljust(1 + letters))
    except binascii.Error:
        return None


def _yenc_files(data: bytes) -> Iterator[Inline]:
    position = 0
    while (match := _YENC.search(data, position)) is not None:
        begin = match.end()
        part = _YPART.match(data, begin)
        begin = begin if part is None else part.end()
        closing = _YENC_END.search(data, begin)
        stop = len(data) if closing is None else closing.start()
        position = len(data) if closing is None else closing.end()
        name = match[1].partition(b"name=")[2].strip()
        wrong = "a yEnc file has no end" if closing is None else ""
        yield Inline(match.start(), position, "yEnc", name, Decoded(_yenc(data[begin:stop]), wrong))


_YENC_TABLE = bytes((byte - 42) & 255 for byte in range(256))
_YENC_ESCAPED = re.compile(rb"=(.)", re.DOTALL)


def _yenc(raw: bytes) -> bytes:
    """Undo yEnc 1.3: every byte is 42 too high, and after '=' another 64."""
    lines = raw.replace(b"\r", b"").replace(b"\n", b"")
    plain = _YENC_ESCAPED.sub(lambda m: bytes([(m[1][0] - 64) & 255]), lines)
    return plain.translate(_YENC_TABLE)
