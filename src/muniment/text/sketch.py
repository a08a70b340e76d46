"""MinHash sketches of texts: how much of what is written two texts share, from 1 KiB each.

    text ──fold, letters and digits alone──▶ runs of 4 letters ──▶ 64-bit hashes ──▶ 256 minima

- The share is the Jaccard similarity of the sets of runs; the share of equal minima estimates it
  without bias (Broder 1997), with a standard error of at most 1/32.
- Runs of letters and not words: Chinese has no spaces, and a changed word costs a few runs.
- Bands of 5 minima (locality-sensitive hashing): two texts that share 3/4 meet in one of 51 bands
  with a probability of 0.999999; so pairs are found without comparing all.
- The same text gives the same sketch on every machine.
"""

import numpy as np
from numpy.typing import NDArray

from muniment.text.fold import fold

MINIMA = 256
RUN = 4  # letters
SHORTEST = 80  # letters; below it two texts share by chance what forms share
LONGEST = 1_600_000  # code points of a text that are looked at
_BAND = 5
_STEP = 1 << 13  # runs hashed at once, so that memory stays small

Sketch = NDArray[np.uint32]
_Hashes = NDArray[np.uint64]


def letters_of(text: str) -> str:
    """The letters and digits of a text, folded: what its sketch is made of."""
    return "".join(filter(str.isalnum, fold(text[:LONGEST])))


def sketch(letters: str) -> Sketch | None:
    """The 256 minima; None where there are too few letters to say anything."""
    if len(letters) < SHORTEST:
        return None
    hashes = runs(letters)
    factors, offsets = _permutations()
    least = np.full(MINIMA, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(hashes), _STEP):
        some = hashes[start : start + _STEP]
        mixed = (some[:, None] * factors[None, :] + offsets[None, :]) >> np.uint64(32)
        least = np.minimum(least, mixed.min(axis=0).astype(np.uint32))
    return least


def runs(letters: str) -> _Hashes:
    """The hashes of all runs of 4 letters, each once, in order."""
    points = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32)
    wide = points.astype(np.uint64)
    count = len(wide) - RUN + 1
    mixed = np.zeros(max(count, 0), np.uint64)
    for place in range(RUN if count > 0 else 0):
        mixed = _mix(mixed ^ wide[place : place + count])
    return np.unique(mixed)


def share(one: Sketch, other: Sketch) -> float:
    """The estimated share of common runs, from 0 to 1."""
    return float(np.count_nonzero(one == other)) / MINIMA


def bands(sketches: NDArray[np.uint32]) -> list[_Hashes]:
    """For each band, one number a sketch; sketches with equal numbers are worth comparing."""
    found = []
    for start in range(0, MINIMA - _BAND + 1, _BAND):
        mixed = np.zeros(len(sketches), np.uint64)
        for column in range(start, start + _BAND):
            mixed = _mix(mixed ^ sketches[:, column].astype(np.uint64))
        found.append(mixed)
    return found


def _permutations() -> tuple[_Hashes, _Hashes]:
    """Fixed odd factors and offsets of 256 multiply-shift hashes (Dietzfelbinger 1997)."""
    numbers = _mix(np.arange(1, 2 * MINIMA + 1, dtype=np.uint64))
    return numbers[:MINIMA] | np.uint64(1), numbers[MINIMA:]


def _mix(numbers: _Hashes) -> _Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014); overflow is meant."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
