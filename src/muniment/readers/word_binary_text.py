"""The text of a binary Word document, one string in which a character's index is its position.

- Positions (CP) are the document's own ([MS-DOC] §2.2.1): UTF-16 code units, or bytes in Word 6
  and 95, of main text, footnotes, headers, macros, comments, endnotes, text boxes, in that order.
- A character that takes two positions (a pair of surrogates, a double byte) leaves them both.
- What a piece announces and the stream does not hold is missing from the end, and said.

Source: [MS-DOC] §2.4.1, §2.8.35, §2.9.177; [MS-DOC] §2.9.73 for 8-bit characters.
"""

import struct
from collections.abc import Iterator, Sequence

import msgspec

from muniment.readers.code_pages import WESTERN, decode_page
from muniment.readers.word_binary_layout import PIECES, WORD_97, Layout

FILLER = "\0"  # the second position of a double byte
_PROPERTIES, _TABLE = 1, 2
_EIGHT_BIT = 0x40000000
_MOST_PIECES = 1 << 20
_WASTE = 4  # a text may be at most so many times larger than the stream it lies in
_DOUBLE = (932, 936, 949, 950)
_LEADS = {932: ((0x81, 0x9F), (0xE0, 0xFC)), 936: ((0x81, 0xFE),), 949: ((0x81, 0xFE),)}


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text: positions, the offset of its bytes, bytes a position, its properties."""

    start: int
    end: int
    offset: int
    width: int
    properties: bytes


def pieces_of(layout: Layout, table: bytes) -> tuple[Piece, ...]:
    """The pieces of a document in the order of its text; one where it has no piece table."""
    clx = layout.slice_of(PIECES, table)
    if len(clx) > 0 and (layout.complex or layout.version == WORD_97):
        found = tuple(_pieces(clx, eight_bit=layout.version != WORD_97))
        if len(found) > 0:
            return found
    total = sum(layout.lengths) + (1 if any(layout.lengths[1:]) else 0)
    return (Piece(0, total, layout.text_from, 1, b""),)


def _pieces(clx: bytes, *, eight_bit: bool) -> Iterator[Piece]:
    prcs, plc = _parts(clx)
    count = min((len(plc) - 4) // 12, _MOST_PIECES)
    if count < 1:
        return
    positions = struct.unpack_from(f"<{count + 1}I", plc)
    last = 0
    for number in range(count):
        start, end = positions[number], positions[number + 1]
        offset, prm = struct.unpack_from("<IH", plc, 4 * (count + 1) + 8 * number + 2)
        if start < last or end <= start:
            continue
        last = end
        properties = _of_prm(prm, prcs)
        if eight_bit:
            yield Piece(start, end, offset, 1, properties)
        elif offset & _EIGHT_BIT:
            yield Piece(start, end, (offset & ~_EIGHT_BIT) // 2, 1, properties)
        else:
            yield Piece(start, end, offset, 2, properties)


def _parts(clx: bytes) -> tuple[list[bytes], bytes]:
    """The property lists and the piece table of a Clx."""
    prcs: list[bytes] = []
    at = 0
    while at + 5 <= len(clx):
        if clx[at] == _TABLE:
            (length,) = struct.unpack_from("<I", clx, at + 1)
            return prcs, clx[at + 5 : at + 5 + length]
        if clx[at] != _PROPERTIES:
            break
        (length,) = struct.unpack_from("<H", clx, at + 1)
        prcs.append(clx[at + 3 : at + 3 + length])
        at += 3 + length
    return prcs, b""


# [MS-DOC] §2.9.215: the character properties that a Prm0 can name, by isprm.
_SHORT_SPRMS = {0x41: 0x0800, 0x42: 0x0801, 0x43: 0x0802, 0x5C: 0x083C}


def _of_prm(prm: int, prcs: Sequence[bytes]) -> bytes:
    if prm & 1:
        number = prm >> 1
        return prcs[number] if number < len(prcs) else b""
    sprm = _SHORT_SPRMS.get(prm >> 1 & 0x7F)
    return b"" if sprm is None else struct.pack("<HB", sprm, prm >> 8)


def text_of(pieces: Sequence[Piece], data: bytes, page: int) -> tuple[str, bool]:
    """The whole text, and whether all that was announced was there."""
    most = _WASTE * len(data)
    found: list[str] = []
    length = 0
    for piece in pieces:
        wanted = piece.end - piece.start
        if piece.start > length:
            gap = piece.start - length
            if piece.start > most:
                return "".join(found), False
            found.append(FILLER * gap)
            length += gap
        if length + wanted > most:
            wanted = max(0, min(wanted, most - length))
        raw = data[piece.offset : piece.offset + wanted * piece.width]
        text = _wide(raw) if piece.width == 2 else _narrow(raw, page)  # noqa: PLR2004 - bytes
        found.append(text)
        length += len(text)
        if len(text) < piece.end - piece.start and piece is not pieces[-1]:
            missing = piece.end - length
            if piece.end > most:
                return "".join(found), False
            found.append(FILLER * missing)
            length += missing
    announced = pieces[-1].end if len(pieces) > 0 else 0
    return "".join(found), length >= announced


def _wide(raw: bytes) -> str:
    """A character a code unit: halves of a pair stay apart until they are shown."""
    text = raw[: len(raw) & ~1].decode("utf-16-le", "surrogatepass") if _plain(raw) else ""
    if len(text) * 2 == len(raw) & ~1:
        return text
    units = struct.unpack(f"<{len(raw) // 2}H", raw[: len(raw) & ~1])
    return "".join(map(chr, units))


def _plain(raw: bytes) -> bool:
    """Whether no unit is half of a pair (0xD8 to 0xDF in its high byte)."""
    return not any(0xD8 <= high <= 0xDF for high in raw[1::2])  # noqa: PLR2004 - surrogates


def _narrow(raw: bytes, page: int) -> str:
    if page not in _DOUBLE:
        text = decode_page(raw, page)
        if page == WESTERN:
            # What windows-1252 leaves undefined stands for itself ([MS-DOC] §2.9.73).
            text = "".join(
                chr(byte) if letter == "\ufffd" else letter
                for byte, letter in zip(raw, text, strict=True)
            )
        return text if len(text) == len(raw) else raw.decode("latin-1")
    return "".join(_doubles(raw, page))


def _doubles(raw: bytes, page: int) -> Iterator[str]:
    leads = _LEADS.get(page, _LEADS[936])
    at = 0
    while at < len(raw):
        byte = raw[at]
        double = any(low <= byte <= high for low, high in leads) and at + 1 < len(raw)
        if not double:
            letter = decode_page(raw[at : at + 1], page)
            yield letter[:1] or FILLER
            at += 1
            continue
        letter = decode_page(raw[at : at + 2], page)
        yield letter if len(letter) == 2 else letter[:1] + FILLER  # noqa: PLR2004 - positions
        at += 2


def shown(text: str) -> str:
    """Text without fillers, halves of pairs put together."""
    text = text.replace(FILLER, "")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
