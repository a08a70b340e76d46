"""From a written word or phrase to the layouts of tokens in which it is found.

疏附            疏 附 beside each other
张?伟           张, one character, 伟
wor*            one token that begins so
"a b"~5         both in one stretch with at most five other tokens in it, in any order
*"lice depar"*  the phrase, its first and last word perhaps parts of longer ones
"""

import math
import re
from collections.abc import Iterator
from itertools import permutations, product

from muniment.catalog.searching.query import Phrase, Reading, Run, Word, run_of
from muniment.core import UsageError
from muniment.text import fold, readings, stands_alone, tokens

_WILD = re.compile(r"([*?])")
_STAR_SPANS = 10  # characters that a * between two Chinese ones stands for, at most
_MOST_RUNS = 1_500
_FURTHEST = 50  # tokens between the words of a proximity
_MOST_WILD = 8  # wildcards in one word: more would make an automaton of many states
_LEAST_LETTERS = 2


def word(written: str, at: int) -> Phrase | None:
    """An unquoted word; None where it holds nothing that an index holds.

    Raises:
        UsageError: its wildcards make no sense.
    """
    if "*" in written or "?" in written:
        return _wild(written, at)
    found = _trimmed(tokens(fold(written)))
    if len(found) == 0:
        return None
    others = _inside_longer(found, written)
    if len(found) == 1:
        bare = written.strip("\"'.,;:!?()[]{}«»“”،؛؟")
        others = tuple(
            Reading(run_of(tuple(tokens(folded))), shown)
            for shown, folded in readings(bare)
            if folded != found[0]
        )
    return Phrase((run_of(tuple(found)),), others)


def quoted(written: str, before: str, after: str, at: int) -> Phrase | None:
    """A phrase in quotes, with a star or a distance beside them; None where it is empty.

    Raises:
        UsageError: the distance or the star makes no sense.
    """
    if after.startswith("~"):
        return _near(written, after[1:], at)
    found = tokens(fold(written))
    if len(found) == 0:
        return None
    run = run_of(tuple(found)).words
    if (before, after) == ("", ""):
        return Phrase((Run(run),), _inside_longer(found, written))
    if before == "*":
        run = ((0, _open_edge(run[0][1], run[0][1].text, "*{}", at)), *run[1:])
    if after == "*":
        last, edge = run[-1]
        run = (*run[:-1], (last, _open_edge(edge, found[-1], "{}*", at)))
    return Phrase((Run(run),))


def _inside_longer(found: list[str], written: str) -> tuple[Reading, ...]:
    """Chinese with a number at its end, where that number is a part of a longer one.

    Chinese is written without spaces, so whoever looks for a piece of it may have cut a number
    (17年 of 2017年): every substring is to be found.
    """
    first, last = found[0], found[-1]
    words = [(place, Word(token)) for place, token in enumerate(found)]
    if not any(stands_alone(token) for token in found):
        return ()
    if _is_part(first):
        words[0] = (0, Word(f"*{first}", pattern=True))
    if _is_part(last):
        words[-1] = (len(found) - 1, Word(f"{last}*", pattern=True))
    if not any(word.pattern for _, word in words):
        return ()
    return (Reading(Run(tuple(words)), f"…{written}…"),)


def _is_part(token: str) -> bool:
    return token.isalnum() and not stands_alone(token)


def _open_edge(edge: Word, letters: str, form: str, at: int) -> Word:
    if not edge.text.strip("*").isalnum():
        raise UsageError(
            f"the * at the quotes at character {at} stands beside a sign, not a letter",
            next_step="leave the * or the sign out",
        )
    return edge if stands_alone(letters) else Word(form.format(edge.text), pattern=True)


def _trimmed(found: list[str]) -> list[str]:
    """Without signs at either end, where there is anything else: `(word),` is a word."""
    letters = [place for place, each in enumerate(found) if each.isalnum()]
    return found if len(letters) == 0 else found[letters[0] : letters[-1] + 1]


def _wild(written: str, at: int) -> Phrase:
    split = [fold(piece) if piece not in ("*", "?") else piece for piece in _WILD.split(written)]
    letters = [tokens(piece) for piece in split if piece not in ("*", "?", "")]
    flat = [token for piece in letters for token in piece]
    if len(flat) == 0:
        raise UsageError(
            f"{written!r} at character {at} of the query has no letter beside its wildcards",
            next_step="write at least two letters, as in wor*",
        )
    if all(stands_alone(token) for token in flat):
        return Phrase(tuple(_gapped(split, at)))
    plain = all(len(piece) == 1 for piece in letters) and all(token.isalnum() for token in flat)
    if not plain or any(stands_alone(token) for token in flat):
        raise UsageError(
            f"the wildcard in {written!r} at character {at} stands among signs, or among letters "
            "and Chinese characters at once",
            next_step='write the parts as words of their own, or as a phrase: "…"~5',
        )
    pattern = re.sub(r"\*+", "*", "".join(split))
    if sum(map(len, flat)) < _LEAST_LETTERS or len(_WILD.findall(pattern)) > _MOST_WILD:
        raise UsageError(
            f"{written!r} at character {at} stands for too many words",
            next_step=f"write at least {_LEAST_LETTERS} letters and at most {_MOST_WILD} wildcards",
        )
    return Phrase((Run(((0, Word(pattern, pattern=True)),)),))


def _gapped(split: list[str], at: int) -> Iterator[Run]:
    """Chinese characters with gaps: a ? is one character, a * none to ten."""
    steps: list[tuple[str | None, range]] = []
    for piece in split:
        if piece == "?":
            steps.append((None, range(1, 2)))
        elif piece == "*":
            steps.append((None, range(_STAR_SPANS + 1)))
        else:
            steps.extend((token, range(1)) for token in tokens(piece))
    while steps[0][0] is None:  # at the ends they would change nothing
        del steps[0]
    while steps[-1][0] is None:
        del steps[-1]
    _bound(math.prod(len(gap) for _, gap in steps), at)
    seen: set[Run] = set()
    for gaps in product(*(gap for _, gap in steps)):
        place, words = 0, []
        for (token, _), gap in zip(steps, gaps, strict=True):
            if token is None:
                place += gap
            else:
                words.append((place, Word(token)))
                place += 1
        run = Run(tuple(words))
        if run not in seen:
            seen.add(run)
            yield run


def _near(written: str, distance: str, at: int) -> Phrase | None:
    parts = [found for each in written.split() if len(found := _trimmed(tokens(fold(each)))) > 0]
    if distance == "" or int(distance) > _FURTHEST:
        raise UsageError(
            f"the distance at the quotes at character {at} is not 0 to {_FURTHEST}",
            next_step='write it as in "two words"~5',
        )
    if len(parts) < 2:  # noqa: PLR2004 - one word has no distance
        if len(parts) == 0:
            return None
        raise UsageError(
            f"the distance at character {at} needs two words between the quotes",
            next_step='write it as in "two words"~5, with a space between the words',
        )
    spare, count = int(distance), len(parts)
    _bound(math.factorial(count) * math.comb(spare + count - 1, count - 1), at)
    runs = dict.fromkeys(
        _laid_out(order, gaps) for order in permutations(parts) for gaps in _gaps(spare, count - 1)
    )
    return Phrase(tuple(runs))


def _gaps(spare: int, count: int) -> Iterator[tuple[int, ...]]:
    """Every way to put at most `spare` tokens into `count` gaps."""
    if count == 0:
        yield ()
        return
    for first in range(spare + 1):
        for rest in _gaps(spare - first, count - 1):
            yield (first, *rest)


def _laid_out(order: tuple[list[str], ...], gaps: tuple[int, ...]) -> Run:
    place, words = 0, []
    for part, gap in zip(order, (*gaps, 0), strict=True):
        for token in part:
            words.append((place, Word(token)))
            place += 1
        place += gap
    return Run(tuple(words))


def _bound(count: int, at: int) -> None:
    if count > _MOST_RUNS:
        raise UsageError(
            f"what stands at character {at} of the query can be laid out in {count:,} ways, more "
            f"than {_MOST_RUNS:,}",
            next_step="write fewer words or wildcards, or a smaller distance",
        )
