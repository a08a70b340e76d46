"""How nearly bytes are UTF-8: what of them is, what is not, and whether whole lines are not.

- One byte that was lost does not make a text another encoding's; where sequences of UTF-8 stand by
  the dozen, chance has not made them.
- Bytes are taken by whole lines, or cut between two letters, so that a cut never costs a letter.
- A sample may begin and end inside a letter; those two places speak against nothing.
"""

from collections.abc import Iterable, Iterator

import msgspec

_ENOUGH_LOST = 4_096  # places, after which bytes that are no UTF-8 so far are none
_SAMPLE = 1 << 13  # bytes of lines that are kept to be weighed
_LEAST_SOUND, _LEAST_SOUND_OF_LETTERS = 3, 2
_SOUND_PER_LOST, _SOUND_PER_LOST_OF_LETTERS = 8, 3
_LEAST_OTHER = 8  # bytes beyond ASCII: a word
_LEAST_SHARE = 10  # one part in ten of what is beyond ASCII
_WRITTEN_REPLACEMENT = "\ufffd".encode()
_LONGEST_LETTER = 4
_ASCII = bytes(range(128))


class Utf8Tally(msgspec.Struct):
    """What was counted in bytes that may be UTF-8."""

    sound: int = 0  # bytes that continue a letter as UTF-8 has it
    lost: int = 0  # places inside that are no UTF-8
    cut: int = 0  # bytes of letters that are cut off at the beginning or the end
    sound_lines: int = 0  # the same as `sound`, of lines with nothing lost
    other_lines: int = 0  # bytes beyond ASCII in lines that are no UTF-8
    sound_sample: bytes = b""
    other_sample: bytes = b""

    @property
    def is_valid(self) -> bool:
        """Whether every byte is UTF-8."""
        return self.lost == 0 and self.cut == 0

    @property
    def is_nearly(self) -> bool:
        """Whether what is lost is little beside what is not."""
        return self.sound >= max(_LEAST_SOUND, _SOUND_PER_LOST * self.lost)

    @property
    def is_mostly(self) -> bool:
        """Whether what is lost is so little that it is UTF-8 if its letters are ordinary."""
        return self.sound >= max(_LEAST_SOUND_OF_LETTERS, _SOUND_PER_LOST_OF_LETTERS * self.lost)

    @property
    def has_sound_lines(self) -> bool:
        """Whether more lines are UTF-8 than chance makes, among others that are not."""
        return self.sound_lines * _LEAST_SHARE >= self.sound_lines + self.other_lines > 0

    @property
    def has_other_lines(self) -> bool:
        """Whether the lines that are no UTF-8 are more than UTF-8 with little lost."""
        sound = self.sound - self.sound_lines
        little = sound >= _SOUND_PER_LOST_OF_LETTERS * self.lost
        return self.other_lines >= _LEAST_OTHER and not little


def tally_of(blocks: Iterable[bytes]) -> Utf8Tally:
    """What the bytes count up to; they are read to the end only while they may be UTF-8."""
    tally = Utf8Tally()
    pieces = pieces_of(blocks)
    held = _without_beginning(next(pieces, b""), tally)
    for piece in pieces:
        _count(held, tally)
        held = piece
        if tally.lost > _ENOUGH_LOST and not tally.is_nearly and not tally.has_sound_lines:
            return tally
    whole = _whole_letters(held)
    tally.cut += len(held) - whole
    _count(held[:whole], tally)
    return tally


def pieces_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind ends of lines, or between letters where a line is long."""
    rest = b""
    for block in blocks:
        held = rest + block
        end = held.rfind(b"\n") + 1 or _whole_letters(held)
        if end > 0:
            yield held[:end]
        rest = held[end:]
    if rest != b"":
        yield rest


def _without_beginning(piece: bytes, tally: Utf8Tally) -> bytes:
    """The piece without the continuing bytes that it begins with, as bytes cut out of a file do."""
    start = 0
    while start < min(len(piece), _LONGEST_LETTER - 1) and piece[start] & 0xC0 == 0x80:  # noqa: PLR2004 - 10xxxxxx
        start += 1
    tally.cut += start
    return piece[start:]


def _whole_letters(data: bytes) -> int:
    """How many bytes stand before a letter that the end cuts off."""
    for back in range(1, min(_LONGEST_LETTER, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 != 0x80:  # noqa: PLR2004 - 10xxxxxx continues a letter
            length = 1 + (byte >= 0xC2) + (byte >= 0xE0) + (byte >= 0xF0)  # noqa: PLR2004 - RFC 3629 §4
            return len(data) - back if length > back else len(data)
    return len(data)


def _count(piece: bytes, tally: Utf8Tally) -> None:
    if piece.isascii():
        return
    try:
        _count_sound(piece, len(piece) - len(piece.decode()), tally)
    except UnicodeDecodeError:
        for line in piece.splitlines(keepends=True):
            _count_line(line, tally)


def _count_sound(lines: bytes, sound: int, tally: Utf8Tally) -> None:
    tally.sound += sound
    tally.sound_lines += sound
    if sound > 0:
        _keep(lines, tally)


def _count_line(line: bytes, tally: Utf8Tally) -> None:
    text = line.decode("utf-8", "replace")
    lost = text.count("\ufffd") - line.count(_WRITTEN_REPLACEMENT)
    kept = text.replace("\ufffd", "")
    sound = len(kept.encode()) - len(kept)
    if lost == 0:
        _count_sound(line, sound, tally)
        return
    tally.sound += sound
    tally.lost += lost
    _keep(kept.encode(), tally)
    tally.other_lines += len(line) - len(line.decode("ascii", "ignore"))
    if len(tally.other_sample) < _SAMPLE:
        tally.other_sample += line[:_SAMPLE]


def _keep(valid: bytes, tally: Utf8Tally) -> None:
    if len(tally.sound_sample) < _SAMPLE:
        letters = valid.translate(None, _ASCII)[:_SAMPLE]
        tally.sound_sample += letters[: _whole_letters(letters)]
