"""Which way up a page is: lines are read both ways where their shape cannot tell.

- Nothing is turned: a region's corners are renamed, and cutting it out turns it.
- Lines that stand on end make the page turned by a quarter; whether up or down, and whether an
  upright page stands on its head, is what reading a few of its longest lines says.
"""

from collections.abc import Callable, Sequence

from muniment.readers.ocr.regions import Region

_TALL = 1.5  # heights to a width: the line stands on end
_SAMPLE = 4
Legibility = Callable[[Sequence[Region]], float]


def turned(region: Region, quarters: int) -> Region:
    """The region read with the page turned clockwise by so many quarters."""
    corners = region.corners
    start = -quarters % 4
    return Region(corners[start:] + corners[:start])  # type: ignore[arg-type] # four still


def turn_of(regions: Sequence[Region], legibility: Legibility, enough: float) -> int:
    """By how many quarters clockwise the page must be turned to be read.

    `legibility` says of some regions how well they can be read, from 0 to 1; `enough` of it ends
    the search. 0 where no way of turning makes the page legible.
    """
    if len(regions) == 0:
        return 0
    on_end = sum(max(each.width, each.height) for each in regions if _stands_on_end(each))
    lying = sum(max(each.width, each.height) for each in regions if not _stands_on_end(each))
    tall = on_end > lying
    alike = [each for each in regions if _stands_on_end(each) == tall]
    sample = sorted(alike, key=lambda each: -max(each.width, each.height))[:_SAMPLE]
    best, best_turn = 0.0, 0
    for quarters in (1, 3) if tall else (0, 2):
        found = legibility([turned(each, quarters) for each in sample])
        if found > best:
            best, best_turn = found, quarters
        if best >= enough:
            break
    return best_turn


def _stands_on_end(region: Region) -> bool:
    return region.height > region.width * _TALL
