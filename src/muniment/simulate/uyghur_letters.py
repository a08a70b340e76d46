"""Uyghur Arabic script to Uyghur Latin (ULY), letter by letter, for the invented names only.

The product has its own transliteration in another room; this one is separate on purpose, so that
the simulated leak can test it.

Invariants:

- one written form in, one written form out; a letter that is not in the table is an error;
- the hamza seat ئ is silent at the start of a word and an apostrophe inside it.
"""

_LETTERS = {
    "ا": "a", "ە": "e", "ې": "é", "ى": "i", "و": "o", "ۇ": "u", "ۆ": "ö", "ۈ": "ü",
    "ب": "b", "پ": "p", "ت": "t", "ج": "j", "چ": "ch", "خ": "x", "د": "d", "ر": "r",
    "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "گ": "g", "ڭ": "ng", "ل": "l", "م": "m", "ن": "n", "ھ": "h", "ۋ": "w", "ي": "y",
}  # fmt: skip


def latin(written: str) -> str:
    """The ULY form with a capital first letter; raises `KeyError` for a letter outside Uyghur."""
    bare = written.removeprefix("ئ")
    return "".join("'" if letter == "ئ" else _LETTERS[letter] for letter in bare).capitalize()
