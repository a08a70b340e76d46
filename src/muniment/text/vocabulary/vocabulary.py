"""What a small vocabulary is: codes, and the words that mean each, language by language.

- A word is compared whole and folded (`fold`), so case, accents and the forms of Arabic letters
  make no difference. A word that is not in the list is not read; nothing is taken by likeness.
- Within one vocabulary no word means two codes.
"""

from functools import cache

import msgspec

from muniment.text.digits import western
from muniment.text.fold import fold

_AROUND = " \t\r\n.,;:()[]（）【】。，、「」\"'"
_LONGEST = 80


class Term(msgspec.Struct, frozen=True):
    """One code, with the words for it by language (BCP 47 tags; `und` for signs)."""

    code: str
    title: str
    words: tuple[tuple[str, str], ...]  # language, words separated by " | "


class Vocabulary(msgspec.Struct, frozen=True):
    """A closed list of codes."""

    name: str
    title: str
    terms: tuple[Term, ...]


def read_term(vocabulary: Vocabulary, written: str) -> str | None:
    """The code that `written` means as a whole; None where the vocabulary has no such word."""
    return None if len(written) > _LONGEST else _index(vocabulary).get(folded(written))


def folded(written: str) -> str:
    """The form in which words are compared."""
    return " ".join(fold(western(written)).strip(_AROUND).split())


@cache
def _index(vocabulary: Vocabulary) -> dict[str, str]:
    return {
        folded(word): term.code
        for term in vocabulary.terms
        for _, words in term.words
        for word in words.split(" | ")
    }
