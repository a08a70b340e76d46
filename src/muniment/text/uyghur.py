"""Uyghur in two scripts: what a word written in Latin letters is in Arabic ones, and the reverse.

- Latin letters are those of the Uyghur Latin Yéziqi (ULY) of Xinjiang University, 2001, as the
  sound values of its table give them; writers leave out the dots of ö, ü and ë, and all of these
  are tried.
- What comes back is folded (`fold`), ready to be looked up. It is a guess at a spelling, never
  at a meaning: whether a word is Uyghur at all, only the texts can say.
"""

from collections.abc import Iterator
from itertools import islice, product

from muniment.text.fold import fold

_MOST = 64  # spellings tried for one word
_SHORTEST = 3  # letters; shorter words are the same by chance in too many languages
_CONSONANTS = {
    "zh": ("ژ",),
    "gh": ("غ",),
    "ng": ("ڭ", "نگ"),
    "sh": ("ش",),
    "ch": ("چ",),
    "b": ("ب",),
    "p": ("پ",),
    "t": ("ت",),
    "j": ("ج", "ژ"),
    "x": ("خ",),
    "d": ("د",),
    "r": ("ر",),
    "z": ("ز",),
    "s": ("س",),
    "f": ("ف",),
    "q": ("ق",),
    "k": ("ك",),
    "g": ("گ",),
    "l": ("ل",),
    "m": ("م",),
    "n": ("ن",),
    "h": ("ھ",),
    "w": ("ۋ",),
    "v": ("ۋ",),
    "y": ("ي",),
}
_VOWELS = {
    "a": ("ا",),
    "e": ("ە", "ې"),
    "ë": ("ې",),
    "é": ("ې",),
    "i": ("ى",),
    "o": ("و", "ۆ"),
    "ö": ("ۆ",),
    "u": ("ۇ", "ۈ"),
    "ü": ("ۈ",),
}
_CARRIER = "ئ"  # a vowel that follows no consonant stands on it
_APOSTROPHES = "'’ʼ`"
_LATIN = {
    "ا": "a", "ە": "e", "ې": "e", "ى": "i", "و": "o", "ۆ": "o", "ۇ": "u", "ۈ": "u",
    "ژ": "zh", "غ": "gh", "ڭ": "ng", "ش": "sh", "چ": "ch", "ب": "b", "پ": "p", "ت": "t",
    "ج": "j", "خ": "x", "د": "d", "ر": "r", "ز": "z", "س": "s", "ف": "f", "ق": "q", "ك": "k",
    "گ": "g", "ل": "l", "م": "m", "ن": "n", "ھ": "h", "ۋ": "w", "ي": "y",
}  # fmt: skip
_WRITTEN_VOWELS = frozenset("اەېىوۆۇۈ")


def in_arabic_letters(word: str) -> tuple[str, ...]:
    """What a word in Latin letters would be in Uyghur's Arabic script; nothing where it has others.

    Each as it is written, the likeliest first.
    """
    sounds = _sounds(word.lower())
    if sounds is None or len(word) < _SHORTEST:
        return ()
    return tuple(dict.fromkeys("".join(each) for each in islice(product(*sounds), _MOST)))


def in_latin_letters(word: str) -> tuple[str, ...]:
    """What a word in Uyghur's Arabic script is in Latin letters, folded.

    Nothing where it has letters of other languages, or no vowels: Uyghur writes them.
    """
    if len(word) < _SHORTEST or _WRITTEN_VOWELS.isdisjoint(word):
        return ()
    letters = [_LATIN.get(letter) for letter in word if letter != _CARRIER]
    if any(letter is None for letter in letters):
        return ()
    return (fold("".join(letter for letter in letters if letter is not None)),)


def _sounds(word: str) -> list[tuple[str, ...]] | None:
    """For each sound of a word its spellings; None where a letter is none of the alphabet's."""
    found: list[tuple[str, ...]] = []
    position, after_consonant = 0, False
    while position < len(word):
        letter = word[position]
        two = word[position : position + 2]
        if letter in _APOSTROPHES:
            after_consonant = False
            position += 1
        elif letter in _VOWELS:
            spellings = _VOWELS[letter]
            found.append(spellings if after_consonant else tuple(_CARRIER + s for s in spellings))
            after_consonant = False
            position += 1
        elif two in _CONSONANTS or letter in _CONSONANTS:
            sound = two if two in _CONSONANTS else letter
            found.append(_CONSONANTS[sound])
            after_consonant = True
            position += len(sound)
        else:
            return None
    return found


def readings(word: str) -> Iterator[tuple[str, str]]:
    """A word of one script in the other: as shown to people, and folded."""
    for shown in (*in_arabic_letters(word), *in_latin_letters(word)):
        yield shown, fold(shown)
