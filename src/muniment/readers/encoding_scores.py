"""Weighs the readings of bytes in one encoding after the other against ordinary writing.

- A reading is worth the mean weight of its letters that are not ASCII, less what does not occur
  in words: a capital behind a small letter, another script, a sign between letters.
- The best reading wins; of equal ones the first in the table below. A reading worth little is no
  reading, and the caller falls back.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from muniment.readers.letter_weights import alphabets, weight

# Encoding → script whose weights judge it; equal readings are settled by this order.
_CANDIDATES: tuple[tuple[str, str], ...] = (
    ("gb18030", "gb2312"),
    ("euc_kr", "euc_kr"),
    ("cp949", "euc_kr"),
    ("shift_jis", "euc_jp"),
    ("cp932", "euc_jp"),
    ("euc_jp", "euc_jp"),
    ("big5", "big5"),
    ("windows-1251", "cyrillic"),
    ("koi8-r", "cyrillic"),
    ("koi8-u", "cyrillic"),
    ("cp866", "cyrillic"),
    ("iso8859-5", "cyrillic"),
    ("mac-cyrillic", "cyrillic"),
    ("windows-1256", "arabic"),
    ("iso8859-6", "arabic"),
    ("windows-1255", "hebrew"),
    ("windows-1253", "greek"),
    ("iso8859-7", "greek"),
    ("cp874", "thai"),
    ("windows-1252", "latin"),
    ("windows-1250", "latin"),
    ("iso8859-2", "latin"),
    ("windows-1254", "latin"),
    ("cp850", "latin"),
    ("cp852", "latin"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SCRIPTS = ("cyrillic", "greek", "arabic", "hebrew", "thai", "gb2312", "big5", "euc_jp", "euc_kr")
_SAMPLE = 1 << 13  # bytes that are weighed
_LEAST = 0.1  # what a reading must be worth
_LEAST_WIDE = 0.35
_CASE, _MIXED, _INSIDE, _LONE = 1.5, 1.5, 2.0, 0.5
_ASCII = 0x80
# Looked for by expressions: of most texts that are weighed, few letters are beyond ASCII.
_BEYOND = re.compile(r"[^\x00-\x7f]")
_BEYOND_RUNS = re.compile(r"[^\x00-\x7f]+")
_C1 = re.compile(r"[\x80-\x9f]")
_IN_WORDS = frozenset("’'-\u00ad\u200c·.")


def best_single(head: bytes) -> str | None:
    """The 8-bit or multi-byte encoding in which these bytes read best; None where none does."""
    return _best_single(_telling(head))


@lru_cache(maxsize=8)  # who finds the type of an object and who reads it ask the same
def _best_single(sample: bytes) -> str | None:
    best, worth = None, _LEAST
    for name, script in _CANDIDATES:
        text = _decoded(sample, name)
        if text is None:
            continue
        found = _worth(text, script)
        if found > worth + 1e-9:
            best, worth = name, found
    return best


def best_wide(head: bytes) -> str | None:
    """The UTF-16 or UTF-32 without a mark that these bytes are; None where they are none."""
    best, worth = None, _LEAST_WIDE
    for name in _WIDE:
        text = _decoded(head[:_SAMPLE], name)
        if text is not None and len(text) > 0 and (found := _wide_worth(text)) > worth:
            best, worth = name, found
    return best


def is_ordinary(text: str) -> bool:
    """Whether the letters of a decoded text that are not ASCII make ordinary writing."""
    beyond = _BEYOND.findall(text[:_SAMPLE])
    if len(beyond) == 0:
        return False
    return sum(map(_any_weight, beyond)) / len(beyond) > _LEAST_WIDE


def _telling(head: bytes) -> bytes:
    """The lines with bytes beyond ASCII, which alone tell encodings apart."""
    if len(head) <= _SAMPLE:
        return head
    lines, length = [], 0
    for line in head.split(b"\n"):
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            length += len(line)
        if length > _SAMPLE:
            break
    return b"\n".join(lines)


def _decoded(sample: bytes, name: str) -> str | None:
    decoder = codecs.getincrementaldecoder(_lenient(name))("strict")
    try:
        return decoder.decode(sample)
    except UnicodeDecodeError:
        return None


def _lenient(name: str) -> str:
    # Python leaves five bytes of windows-1252 undefined, which WHATWG maps to controls.
    return "latin-1" if name == "windows-1252" else name


def _worth(text: str, script: str) -> float:
    if script == "latin":
        return _latin_worth(_c1_mapped(text))
    total, beyond = 0.0, 0
    for run in _BEYOND_RUNS.finditer(text):
        start, end = run.span()
        beyond += end - start
        before = text[start - 1] if start > 0 else " "
        for letter in run[0]:
            total += _weight(letter, script) - _out_of_place(before, letter, script)
            before = letter
        if before.isalpha() and text[end : end + 1].isalpha() and script not in _EAST:
            total -= _MIXED
    return total / beyond if beyond > 0 else 0.0


_EAST = frozenset(("gb2312", "big5", "euc_jp", "euc_kr"))


def _out_of_place(before: str, letter: str, script: str) -> float:
    """What is taken off for a letter that does not go with the one before it."""
    if not letter.isalpha() or not before.isalpha():
        return 0.0
    if letter.isupper() and before.islower():
        return _CASE
    return _MIXED if before.isascii() and script not in _EAST else 0.0


def _latin_worth(text: str) -> float:
    """How well the letters fit the alphabet of one language, less what stands out of place."""
    beyond = _BEYOND.findall(text)
    if len(beyond) == 0:
        return 0.0
    letters = Counter(letter.lower() for letter in beyond if letter.isalpha())
    within = max(
        sum(count for letter, count in letters.items() if letter in alphabet)
        for alphabet in alphabets()
    )
    fitting = 2 * within - letters.total()
    signs = sum(min(0.0, _weight(letter, "cyrillic")) for letter in beyond if not letter.isalpha())
    return (fitting + signs - _latin_trouble(text)) / len(beyond)


def _latin_trouble(text: str) -> float:
    """Capitals behind small letters, signs between letters, and runs without any plain letter."""
    trouble = 0.0
    padded = f" {text} "
    for found in _BEYOND.finditer(padded):
        at, letter = found.start(), found[0]
        before, after = padded[at - 1], padded[at + 1]
        if letter.isalpha():
            trouble += _CASE if letter.isupper() and before.islower() else 0.0
            trouble += _LONE if ord(before) >= _ASCII and before.isalpha() else 0.0
        elif before.isalpha() and after.isalpha() and letter not in _IN_WORDS:
            trouble += _INSIDE
    return trouble


def _c1_mapped(text: str) -> str:
    """windows-1252 was decoded as Latin-1; what lies where it has letters is mapped to them."""
    return _C1.sub(lambda found: bytes([ord(found[0])]).decode("cp1252", "replace"), text)


def _wide_worth(text: str) -> float:
    return sum(map(_wide_weight, text)) / len(text)


def _wide_weight(letter: str) -> float:
    if ord(letter) >= _ASCII:
        return _any_weight(letter)
    return 0.7 if letter.isprintable() or letter in "\t\r\n" else -4.0


@cache
def _any_weight(letter: str) -> float:
    """The weight of a letter in the script that it fits best."""
    if any(letter.lower() in alphabet for alphabet in alphabets()):
        return 0.7
    return max(weight(letter, script) for script in _SCRIPTS)


@cache
def _weight(letter: str, script: str) -> float:
    return weight(letter, script)


def candidates() -> Iterable[str]:
    """The encodings that are weighed, in the order that settles equal readings."""
    return (name for name, _ in _CANDIDATES)
