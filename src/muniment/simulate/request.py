"""What a simulation is asked for and what it answers.

Invariants:

- a request names everything that the output depends on, except the fonts found on the machine;
- the summary says which fonts those were: nothing is replaced silently.
"""

from pathlib import Path

import msgspec

FEWEST_PEOPLE, MOST_PEOPLE = 200, 300_000


class SimulationRequest(msgspec.Struct, frozen=True):
    """`people` between `FEWEST_PEOPLE` and `MOST_PEOPLE`; `out` must not exist or be empty.

    With `dirty` the taken people stand once more in lists that many hands kept.
    """

    seed: int
    people: int
    out: Path
    dirty: bool = False


class SimulationSummary(msgspec.Struct, frozen=True):
    """What was written. Counts are of people, of files (also contained ones), of planted errors."""

    leak: Path
    truth: Path
    people: int
    adults: int
    detained_adults: int
    files: int
    planted: int
    remarks: tuple[str, ...]  # sentences for the person who ran it, for example on fonts
