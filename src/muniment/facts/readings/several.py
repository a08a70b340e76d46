"""Whether one cell names several people: 张三、李四; Ali, Bekri and Gül; Иванов И.И., Петров П.П.

- It is a doubt and never a split by itself: a comma also stands between a family name and a given
  one, and *y* or *和* within a name.
- Names in two scripts beside each other are one person's.
"""

import re
import unicodedata

# Signs that stand between people and hardly within a name.
_STRONG = re.compile(r"\s*[;；、，|]\s*|\s*،\s*|\s+[/&+]\s+|(?<=[^\W\d_])/(?=[^\W\d_])")
_AND = re.compile(r"\s+(?:and|и|та|ve|va|və|und|et|og|och|و|ۋە|және|與|与|和)\s+", re.IGNORECASE)
_AND_HAN = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与與及](?=[\u4e00-\u9fff]{2})")
_WEAK_AND = re.compile(r"\s+(?:y|e|i)\s+")  # also within names: Ortega y Gasset
# José y Ana López: two given names before one surname; in Ortega y Gasset nothing follows.
_SHARED_SURNAME = re.compile(r"^[^\W\d_]{2,}\s+(?:y|e|i)\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_COMMA = re.compile(r"\s*,\s*")
_OTHERS = re.compile(
    r"\bet al\b|\band others\b|\bи др(?:угие|\.)|\bve diğer|\by otros\b|\bet autres\b|\bu\.? ?a\.(?=\s|$)|وآخرون|و آخرون"
    r"|等(?:[一二两三四五六七八九十\d]+[人名]|人$)|[+＋]\s?\d+|\bwith \d+ others?\b",
    re.IGNORECASE,
)
# Without one of these signs, or a short word, there is one name: most cells are told by this alone.
_PERHAPS = re.compile(
    r"[;；、，|,،/&+＋\n和与與及等]|\s\S{1,4}(?:\s|$)|وآخرون|[\u4e00-\u9fff]\s+[\u4e00-\u9fff]"
)
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "dr", "prof"])
_HAN = re.compile(r"[\u4e00-\u9fff·•]+")
_FEWEST = 2  # letters of a name
_LONGEST_HAN = 4  # letters of a Chinese name


def names_in(text: str) -> tuple[str, ...]:
    """The names that a cell seems to hold; one where nothing speaks for more."""
    whole = text.strip()
    if _PERHAPS.search(whole) is None:
        return (whole,)
    if _OTHERS.search(whole) is not None:
        return (whole,)
    lines = [line.strip() for line in whole.split("\n")]
    parts = lines if all(_is_full(line) for line in lines) else [" ".join(lines)]
    parts = [piece for part in parts for piece in _STRONG.split(part)]
    parts = [piece for part in parts for piece in _AND.split(part)]
    parts = [piece for part in parts for piece in _AND_HAN.split(part)]
    parts = [piece for part in parts for piece in _by_comma(part, joined=len(parts) > 1)]
    if len(parts) == 1:
        parts = _by_weak_sign(whole)
    names = [part for part in parts if _is_name(part)]
    if len(names) < len(parts) or len({_script(name) for name in names}) > 1:
        return (whole,)
    return tuple(names) if len(names) > 0 else (whole,)


def is_several(text: str) -> bool:
    """Whether a cell seems to name several people, or says that there are others."""
    if _PERHAPS.search(text) is None:
        return False
    return (
        len(names_in(text)) > 1
        or _OTHERS.search(text) is not None
        or _SHARED_SURNAME.search(text.strip()) is not None
    )


def _by_comma(part: str, *, joined: bool) -> list[str]:
    """Split at commas where these do not stand between the parts of one name."""
    pieces = [piece for piece in _COMMA.split(part) if piece != ""]
    named = [piece for piece in pieces if piece.casefold().rstrip(".") not in _SUFFIXES]
    if len(named) < len(pieces) or len(pieces) < 2:
        return [part]
    many = len(pieces) > 2 or joined
    return pieces if many or all(_is_full(piece) for piece in pieces) else [part]


def _is_full(name: str) -> bool:
    """Whether it can be a whole name: of two words, or Chinese."""
    return len(name.split()) > 1 or _HAN.fullmatch(name) is not None


def _by_weak_sign(whole: str) -> list[str]:
    """Split at a word that is a name's own too, or at a space between Chinese names."""
    pieces = _WEAK_AND.split(whole)
    if len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces):
        return pieces
    spaced = whole.split()
    chinese = all(_HAN.fullmatch(each) and _FEWEST <= len(each) <= _LONGEST_HAN for each in spaced)
    return spaced if len(spaced) > 1 and chinese else [whole]


def _is_name(part: str) -> bool:
    return sum(letter.isalpha() for letter in part) >= _FEWEST


def _script(name: str) -> str:
    """The script of a name's first letter, by the first word of its Unicode name."""
    first = next((letter for letter in name if letter.isalpha()), " ")
    return unicodedata.name(first, "").partition(" ")[0]
