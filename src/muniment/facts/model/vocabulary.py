"""Small published lists of codes: what each means, and how sources word it in several languages.

- A code is read only where the whole of what is written is one of its wordings, folded as search
  folds. What is none of them stays as written, and unread: nothing is guessed from a part.
- The source's wording always stays beside the code.
- Two codes of one list never share a wording: a test holds that.
"""

from collections.abc import Iterator
from functools import cache

import msgspec

from muniment.text import fold

_AROUND = " \t\n.。,，;；:：()（）[]【】\"'«»"


class Code(msgspec.Struct, frozen=True):
    """A code, what it means, and its wordings: language (ISO 639-1), words."""

    code: str
    label: str
    about: str
    words: tuple[tuple[str, tuple[str, ...]], ...]


class Vocabulary(msgspec.Struct, frozen=True):
    """A list of codes under a name."""

    name: str
    title: str
    about: str
    codes: tuple[Code, ...]

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Every wording and the code that it means; a code's own name and label among them."""
        for each in self.codes:
            yield each.code, each.code
            yield each.label, each.code
            for _, words in each.words:
                yield from ((word, each.code) for word in words)


def code(name: str, label: str, about: str, **words: str) -> Code:
    """A code whose wordings are given by language, several separated by `|`."""
    return Code(
        name, label, about, tuple((lang, tuple(all_.split("|"))) for lang, all_ in words.items())
    )


def folded(written: str) -> str:
    """A wording as it is compared: folded, in one line, without signs around it."""
    return " ".join(fold(written).split()).strip(_AROUND)


@cache
def table_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Folded wording to code."""
    return {folded(wording): meant for wording, meant in vocabulary.wordings()}
