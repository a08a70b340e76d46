"""The words in a MIDI file: titles, lyrics, markers, in the order in which they stand.

    "MThd" size …   "MTrk" size { delta time, event } …      text: ff 01…0f, length, letters

Source: Standard MIDI Files 1.0, "Meta-events".
"""

from collections.abc import Iterator

from muniment.core import Field, Part, TextSpan
from muniment.readers.source import Source

_LARGEST = 1 << 26
_MOST_EVENTS = 2_000_000
_NAMES = {1: "text", 2: "copyright", 3: "track name", 4: "instrument", 5: "lyric", 6: "marker"}
_LENGTHS = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}
_META, _SYSTEM = 0xFF, (0xF0, 0xF7)


def midi_texts(source: Source) -> Iterator[Part]:
    """Each text event at the n-th of its kind."""
    data = source.read_at(0, _LARGEST)
    seen: dict[str, int] = {}
    at = 8 + int.from_bytes(data[4:8], "big")
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"MTrk":
            for kind, raw in _texts(data[at + 8 : at + 8 + size]):
                name = f"MIDI {_NAMES.get(kind, 'text')}"
                seen[name] = seen.get(name, 0) + 1
                text = _decoded(raw).rstrip("\0")
                if text.strip() != "":
                    yield TextSpan(Field(name, seen[name]), text)
        at += 8 + size


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _texts(track: bytes) -> Iterator[tuple[int, bytes]]:
    at, status = 0, 0
    for _ in range(_MOST_EVENTS):
        _, at = _number(track, at)
        if at >= len(track):
            return
        if track[at] & 0x80:
            status, at = track[at], at + 1
        if status == _META:
            kind = track[at] if at < len(track) else 0
            length, at = _number(track, at + 1)
            if 1 <= kind <= 15:  # noqa: PLR2004 - the numbers kept for texts
                yield kind, track[at : at + length]
            at += length
        elif status in _SYSTEM:
            length, at = _number(track, at)
            at += length
        else:
            at += _LENGTHS.get(status & 0xF0, 1)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    value = 0
    for _ in range(4):
        if at >= len(data):
            break
        value = value << 7 | data[at] & 0x7F
        at += 1
        if data[at - 1] < 0x80:  # noqa: PLR2004 - the last byte has its high bit clear
            break
    return value, at
