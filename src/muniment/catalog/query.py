"""What somebody asks of the index: words and phrases that must all occur.

    word            every passage with that word; a Chinese "word" is any run of characters
    "two words"     the words beside each other, in that order

- Folding is the index's own, so a query finds what the same letters would find in any case,
  accent, width or vowel sign.
"""

import re

import msgspec

from muniment.core import UsageError
from muniment.text import fold, words

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_LONGEST = 2_000  # code points; longer queries are a mistake, and cost the index dearly


class Query(msgspec.Struct, frozen=True):
    """Terms that must all occur; each is the words of one phrase, in order."""

    terms: tuple[tuple[str, ...], ...]


def parse_query(written: str) -> Query:
    """The query that `written` means.

    Raises:
        UsageError: nothing in it can be searched, or it is too long.
    """
    if len(written) > _LONGEST:
        raise UsageError(
            f"the query has {len(written)} characters, more than {_LONGEST}",
            next_step="search for a shorter phrase from it",
        )
    found = (quoted or plain for quoted, plain in _TERM.findall(written))
    terms = tuple(term for each in found if len(term := tuple(words(fold(each)))) > 0)
    if len(terms) == 0:
        raise UsageError(
            "the query holds no letter or digit", next_step='try a word, or a phrase in "quotes"'
        )
    return Query(terms)
