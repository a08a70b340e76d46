"""Which character encoding some text bytes are in, and on what that rests.

| evidence            | encoding                                   | certain |
|---|---|---|
| byte order mark     | UTF-8, UTF-16, UTF-32                      | yes     |
| every byte valid    | UTF-8 (ASCII with it)                      | yes     |
| all but a few valid | UTF-8; the few are U+FFFD                  | yes     |
| common letters      | UTF-16, UTF-32 without a mark              | no      |
| escape sequences    | ISO-2022-JP, ISO-2022-KR, HZ, UTF-7        | no      |
| lines that are valid| UTF-8, and the other lines by their letters| no      |
| common letters      | the encodings in `encoding_scores.py`      | no      |
| a page's beginning  | EBCDIC                                     | no      |
| blanks at 0x40      | EBCDIC                                     | no      |
| nothing fits        | windows-1252                               | no      |

- The choice depends on the bytes alone, so it is the same on every machine; the last fallback
  (windows-1252 as WHATWG defines it) maps every byte.
- An uncertain choice is recorded as a Problem by whoever decodes, with its evidence.
"""

import codecs
import re
from collections.abc import Generator, Iterable, Iterator
from itertools import chain

import msgspec

from muniment.readers.encoding_scores import best_single, best_wide, is_ordinary
from muniment.readers.utf8_tally import Utf8Tally, pieces_of, tally_of

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 18
_FALLBACK = "windows-1252"
_NOTHING_FITS = "nothing else fits"
_ALL_VALID = "every byte is valid UTF-8"
_CONTROLS = bytes((*range(9), 11, 12, *range(14, 27), *range(28, 32)))
# Encodings of 7 bits, and what each begins its letters with.
_ESCAPED = (
    ("iso2022_jp", b"\x1b$"),
    ("iso2022_kr", b"\x1b$)C"),
    ("hz", b"~{"),
    ("utf-7", b"+"),
)
_LEAST_EBCDIC, _EBCDIC_BLANK = 40, 0x40
_EBCDIC_SPACES = " \t\r\n\x85"
_PAGE_BEGINS = ("<!doctype html", "<html", "<?xml")
_BEGINS_WITHIN = 256
_EBCDIC_LETTERS = frozenset(
    (*range(0x81, 0x8A), *range(0x91, 0x9A), *range(0xA2, 0xAA), *range(0xC1, 0xCA))
)


class Encoding(msgspec.Struct, frozen=True):
    """A named encoding; `mark` is the length of the byte order mark, which is not text."""

    name: str
    certain: bool
    evidence: str
    mark: int = 0
    beside: str = ""  # the encoding of the lines that are not in `name`, where there are any

    @property
    def is_proven(self) -> bool:
        """Whether every byte was seen to be in it."""
        return self.evidence == _ALL_VALID

    @property
    def fits(self) -> bool:
        """Whether anything speaks for it; not so for the one that maps every byte."""
        return self.evidence != _NOTHING_FITS


def encoding_of(blocks: Iterable[bytes]) -> Encoding:
    """The encoding of the bytes in `blocks`; all are read only while they may be UTF-8."""
    iterator = iter(blocks)
    head = _head(iterator)
    if len(head) < _SAMPLE and _is_plain(head):
        return _PLAIN
    marked = _marked(head)
    if marked is not None:
        return marked
    if _has_controls(head) and (wide := best_wide(head)) is not None:
        return Encoding(wide, certain=False, evidence="how common its letters are, read so")
    if head.isascii() and (escaped := _seven_bit(head)) is not None:
        return escaped
    tally = tally_of(chain([head], iterator))
    return _utf8(tally) or _by_statistics(tally.other_sample if head.isascii() else head, tally)


_PLAIN = Encoding("utf-8", certain=True, evidence=_ALL_VALID)


def _is_plain(whole: bytes) -> bool:
    """Whether this is ASCII without a sign of an encoding of 7 bits (`_ESCAPED`)."""
    if not whole.isascii() or _has_controls(whole):
        return False
    return b"+" not in whole and b"~{" not in whole and b"\x1b$" not in whole


def decoded(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    """The text of `blocks` without the byte order mark; what cannot be decoded is U+FFFD."""
    if encoding.beside != "":
        yield from _line_by_line(blocks, encoding)
        return
    if encoding.name == "utf-8" and encoding.mark == 0:
        iterator = iter(blocks)
        other = yield from _leading_ascii(iterator)
        if other is None:
            return
        blocks = chain((other,), iterator)
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


def _leading_ascii(blocks: Iterator[bytes]) -> Generator[str, None, bytes | None]:
    """The text of blocks up to the first that is not ASCII, which is returned.

    That needs no decoder, which would have to be loaded and to know where a letter was cut.
    """
    for block in blocks:
        if not block.isascii():
            return block
        if len(block) > 0:
            yield block.decode()
    return None


def _codec(name: str) -> str:
    # Python's cp1252 leaves five bytes undefined that WHATWG maps to C1 controls; Latin-1 has
    # them, and `_c1` maps the rest of that range as windows-1252 does.
    return "latin-1" if name == _FALLBACK else name


_C1_TABLE = {
    chr(byte): bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_C1 = re.compile("[" + "".join(_C1_TABLE) + "]")


def _c1(text: str) -> str:
    # Not `translate`, which looks every letter up, of whom few are such.
    return _C1.sub(lambda found: _C1_TABLE[found[0]], text)


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


def _has_controls(head: bytes) -> bool:
    """Whether bytes stand here that no 8-bit text has: what half of a wide letter looks like."""
    return len(head.translate(None, _CONTROLS)) < len(head)


def _utf8(tally: Utf8Tally) -> Encoding | None:
    """UTF-8 where all bytes, nearly all, or the bytes of many lines are."""
    if tally.is_valid:
        return Encoding("utf-8", certain=True, evidence=_ALL_VALID)
    ordinary = is_ordinary(tally.sound_sample.decode())
    if ordinary and tally.has_sound_lines and tally.has_other_lines:
        other = best_single(tally.other_sample)
        if other is not None:
            evidence = f"lines are valid UTF-8, and the letters of others are common in {other}"
            return Encoding("utf-8", certain=False, evidence=evidence, beside=other)
    if tally.is_nearly or (tally.is_mostly and ordinary):
        return Encoding("utf-8", certain=True, evidence="nearly every byte is valid UTF-8")
    return None


def _line_by_line(blocks: Iterable[bytes], encoding: Encoding) -> Iterator[str]:
    for piece in pieces_of(blocks):
        try:
            yield piece.decode()
        except UnicodeDecodeError:
            yield "".join(
                text for _, text in lines_decoded(piece.splitlines(keepends=True), encoding)
            )


def lines_decoded(lines: Iterable[bytes], encoding: Encoding) -> Iterator[tuple[bool, str]]:
    """Each line's text, and whether it is in the encoding that stands beside the first."""
    for line in lines:
        try:
            yield False, line.decode()
        except UnicodeDecodeError:
            yield True, line.decode(_codec(encoding.beside), "replace")


def _by_statistics(head: bytes, tally: Utf8Tally) -> Encoding:
    page = _ebcdic_page(head)
    if page is not None:
        return page
    if _looks_ebcdic(head):
        return Encoding("cp500", certain=False, evidence="blanks are 0x40, as in EBCDIC")
    found = best_wide(head) if len(head) % 2 == 0 and head.isascii() is False else None
    single = best_single(head)
    if single is not None:
        return Encoding(single, certain=False, evidence="how common its letters are")
    if found is not None:
        return Encoding(found, certain=False, evidence="how common its letters are, two bytes each")
    if tally.sound >= tally.lost and is_ordinary(tally.sound_sample.decode()):
        return Encoding("utf-8", certain=False, evidence="more of it is valid UTF-8 than is not")
    return Encoding(_FALLBACK, certain=False, evidence=_NOTHING_FITS)


def _seven_bit(head: bytes) -> Encoding | None:
    """An encoding that writes other letters with bytes of ASCII: by its own escapes."""
    for name, sign in _ESCAPED:
        if sign not in head:
            continue
        try:
            text = codecs.getincrementaldecoder(name)("strict").decode(head)
        except UnicodeDecodeError:
            continue
        if is_ordinary(text):
            return Encoding(name, certain=False, evidence="its escape sequences")
    return None


def _ebcdic_page(head: bytes) -> Encoding | None:
    """EBCDIC of a page, which has few blanks: how it begins tells one code page from another."""
    for name in ("cp500", "cp037"):
        start = head[:_BEGINS_WITHIN].decode(name).lstrip(_EBCDIC_SPACES).lower()
        if start.startswith(_PAGE_BEGINS):
            return Encoding(name, certain=False, evidence="it begins as a page does in EBCDIC")
    return None


def _looks_ebcdic(head: bytes) -> bool:
    """Blanks at 0x40, hardly any at 0x20, and letters where EBCDIC has them."""
    blanks = head.count(_EBCDIC_BLANK)
    if len(head) < _LEAST_EBCDIC or head.count(0x20) * 20 > len(head) or blanks * 12 < len(head):
        return False
    letters = sum(byte in _EBCDIC_LETTERS for byte in head)
    return letters * 2 > len(head) - blanks
