"""Compressed RTF, the form in which Outlook keeps formatted bodies (LZFu).

    size u32 | raw size u32 | "LZFu" or "MELA" | CRC u32 | data

- Own code: twenty lines, and a wrong checksum must not cost the text.
- What comes out is at most nine times what goes in (17 letters from two bytes and a bit).

Source: [MS-OXRTFCP] §2.1 and §3.1.
"""

import struct
import zlib

import msgspec

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_RING = 4096
_HEADER = struct.Struct("<II4sI")


class Unpacked(msgspec.Struct, frozen=True):
    """RTF, and in a sentence what was wrong (empty: nothing)."""

    data: bytes
    wrong: str = ""


def unpacked_rtf(packed: bytes) -> Unpacked:
    """The RTF that a PR_RTF_COMPRESSED holds, as far as it goes."""
    if len(packed) < _HEADER.size:
        return Unpacked(b"", "a formatted body is too short")
    size, raw_size, sort, checksum = _HEADER.unpack_from(packed)
    data = packed[_HEADER.size : max(_HEADER.size, size + 4)]
    if sort == b"MELA":
        return Unpacked(data[:raw_size])
    if sort != b"LZFu":
        return Unpacked(b"", "a formatted body is in no known form")
    # The CRC of §2.1.3.2 is that of zlib without its two inversions.
    found = zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF
    wrong = "" if found == checksum else "the checksum of a formatted body does not fit"
    return Unpacked(_expanded(data), wrong)


def _expanded(data: bytes) -> bytes:
    # The ring as one row: what it held at first, and behind it what has been written.
    out = bytearray(_START.rjust(_RING, b" "))
    position = 0
    while position < len(data):
        control = data[position]
        position += 1
        for bit in range(8):
            if control >> bit & 1 == 0:
                out += data[position : position + 1]
                position += 1
                continue
            if position + 2 > len(data):
                return bytes(out[_RING:])
            reference = data[position] << 8 | data[position + 1]
            position += 2
            distance = (len(out) + len(_START) - (reference >> 4)) % _RING
            if distance == 0:  # a reference to where it stands ends the data
                return bytes(out[_RING:])
            length = (reference & 15) + 2
            start = len(out) - distance
            # It may reach into what it writes itself, which repeats what stands before.
            pattern = out[start : start + length]
            out += (pattern * length)[:length] if distance < length else pattern
    return bytes(out[_RING:])
