"""Which character encoding some text bytes are in, and on what that rests.

| evidence            | encoding                                   | certain |
|---|---|---|
| byte order mark     | UTF-8, UTF-16, UTF-32                      | yes     |
| every byte valid    | UTF-8 (ASCII with it)                      | yes     |
| zero bytes          | UTF-16 without a mark                      | no      |
| byte statistics     | GB18030, Big5, Shift_JIS, EUC-KR, KOI8-R, cp866, cp1251, cp1256 | no |
| nothing fits        | windows-1252                               | no      |

- The choice depends on the bytes alone, so it is the same on every machine; the last fallback
  (windows-1252 as WHATWG defines it) maps every byte.
- An uncertain choice is recorded as a Problem by whoever decodes, with its evidence.
"""

import codecs
import itertools
from collections.abc import Iterable, Iterator

import msgspec

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 18
_FALLBACK = "windows-1252"
# Shares below were set on the synthetic samples in tests/readers/test_encodings.py.
_ZERO_SHARE = 0.3  # UTF-16 Latin text: about half of all bytes on one side are zero
_CHINESE_SHARE = 0.6  # of double bytes, in GB 2312 level 1 (rows 16-55) or its punctuation
_ROW_A, _ROW_E = 0xA, 0xE
_ARABIC_SHARE = 0.97
_LEAST_ARABIC = 12
_CYRILLIC_RUN_SHARE = 0.5  # of high bytes, next to another high byte


class Encoding(msgspec.Struct, frozen=True):
    """A named encoding; `mark` is the length of the byte order mark, which is not text."""

    name: str
    certain: bool
    evidence: str
    mark: int = 0


def encoding_of(blocks: Iterable[bytes]) -> Encoding:
    """The encoding of the bytes in `blocks`; all are read only while they may be UTF-8."""
    iterator = iter(blocks)
    head = _head(iterator)
    marked = _marked(head)
    if marked is not None:
        return marked
    wide = _utf16(head)
    if wide is not None:
        return wide
    if _is_utf8(head, iterator):
        return Encoding("utf-8", certain=True, evidence="every byte is valid UTF-8")
    return _by_statistics(head)


def decoded(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """The text of `blocks` without the byte order mark; what cannot be decoded is U+FFFD."""
    decoder = codecs.getincrementaldecoder(_codec(encoding.name))("replace")
    skip = encoding.mark
    for block in blocks:
        text = decoder.decode(block[skip:])
        skip = max(0, skip - len(block))
        if len(text) > 0:
            yield _c1(text) if encoding.name == _FALLBACK else text
    text = decoder.decode(b"", final=True)
    if len(text) > 0:
        yield text


def _codec(name: str) -> str:
    # Python's cp1252 leaves five bytes undefined that WHATWG maps to C1 controls; Latin-1 has
    # them, and `_c1` maps the rest of that range as windows-1252 does.
    return "latin-1" if name == _FALLBACK else name


_C1_TABLE = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _c1(text: str) -> str:
    return text.translate(_C1_TABLE)


def _head(blocks: Iterator[bytes]) -> bytes:
    head = b""
    for block in blocks:
        head += block
        if len(head) >= _SAMPLE:
            break
    return head


def _marked(head: bytes) -> Encoding | None:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, certain=True, evidence="byte order mark", mark=len(mark))
    return None


def _utf16(head: bytes) -> Encoding | None:
    even, odd = head[0::2], head[1::2]
    if len(odd) == 0 or head.count(0) == 0:
        return None
    little, big = odd.count(0) / len(odd), even.count(0) / len(even)
    if max(little, big) < _ZERO_SHARE or min(little, big) * 10 > max(little, big):
        return None
    name = "utf-16-le" if little > big else "utf-16-be"
    return Encoding(name, certain=False, evidence="zero bytes on one side of each pair")


def _is_utf8(head: bytes, rest: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    try:
        decoder.decode(head)
        for block in rest:
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _by_statistics(head: bytes) -> Encoding:
    for name, test in _TESTS:
        if _decodes(head, name) and test(head):
            return Encoding(name, certain=False, evidence="byte statistics")
    return Encoding(_FALLBACK, certain=False, evidence="nothing else fits")


def _decodes(head: bytes, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _pairs(head: bytes) -> Iterator[tuple[int, int]]:
    """The double bytes of a GBK-like encoding: a high byte and whatever follows it."""
    position = 0
    while position < len(head) - 1:
        if head[position] < 0x80:  # noqa: PLR2004 - ASCII ends here
            position += 1
            continue
        yield head[position], head[position + 1]
        position += 2


def _is_chinese(head: bytes) -> bool:
    common = total = 0
    for lead, trail in _pairs(head):
        total += 1
        # GB 2312: rows 16-55 (B0-D7) are the 3,755 common characters, rows 1-3 punctuation.
        common += trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3)  # noqa: PLR2004
    return total > 0 and common >= _CHINESE_SHARE * total


def _is_big5(head: bytes) -> bool:
    common = total = 0
    for lead, trail in _pairs(head):
        total += 1
        # Big5 level 1 (A440-C67E) and punctuation (A140-A3BF); low trails set it apart from GBK.
        common += 0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or trail >= 0xA1)  # noqa: PLR2004
    return total > 0 and common >= 0.9 * total


def _is_japanese(head: bytes) -> bool:
    kana = sum(0x3040 <= ord(letter) <= 0x30FF for letter in head.decode("shift_jis", "replace"))  # noqa: PLR2004 - the kana blocks
    return kana * 5 >= sum(byte >= 0x80 for byte in head) // 2  # noqa: PLR2004


def _is_korean(head: bytes) -> bool:
    pairs = list(_pairs(head))
    hangul = sum(0xB0 <= lead <= 0xC8 and trail >= 0xA1 for lead, trail in pairs)  # noqa: PLR2004
    return len(pairs) > 0 and hangul >= 0.9 * len(pairs)


def _is_cyrillic(head: bytes, small: tuple[int, int]) -> bool:
    """Mostly runs of high bytes, three quarters of them in the range of the small letters."""
    high = [position for position, byte in enumerate(head) if byte >= 0x80]  # noqa: PLR2004
    running = sum(b - a == 1 for a, b in itertools.pairwise(high))
    in_range = sum(small[0] <= head[position] <= small[1] for position in high)
    return running >= _CYRILLIC_RUN_SHARE * len(high) and in_range >= 0.75 * len(high)


def _is_dos_cyrillic(head: bytes) -> bool:
    """Code page 866: small letters lie in two stretches, A0-AF and E0-EF."""
    high = [byte for byte in head if byte >= 0x80]  # noqa: PLR2004
    small = sum(byte >> 4 in (_ROW_A, _ROW_E) for byte in high)
    low = sum(byte >> 4 == _ROW_A for byte in high)
    return small >= 0.75 * len(high) and low >= 0.3 * len(high)


def _is_arabic(head: bytes) -> bool:
    """Code page 1256, Uyghur with it: runs of high bytes, nearly all of them Arabic letters."""
    high = [position for position, byte in enumerate(head) if byte >= 0x80]  # noqa: PLR2004
    running = sum(b - a == 1 for a, b in itertools.pairwise(high))
    letters = bytes(head[position] for position in high).decode("cp1256", "replace")
    arabic = sum(0x0600 <= ord(letter) <= 0x06FF for letter in letters)  # noqa: PLR2004
    enough = len(high) >= _LEAST_ARABIC and running >= _CYRILLIC_RUN_SHARE * len(high)
    return enough and arabic >= _ARABIC_SHARE * len(high)


_TESTS = (
    ("euc_kr", _is_korean),
    ("gb18030", _is_chinese),
    ("windows-1251", lambda head: _is_cyrillic(head, (0xE0, 0xFF))),
    ("koi8-r", lambda head: _is_cyrillic(head, (0xC0, 0xDF))),
    ("cp866", _is_dos_cyrillic),
    ("windows-1256", _is_arabic),
    ("shift_jis", _is_japanese),
    ("big5", _is_big5),
)
