"""The pinned floors: recall a format and pooled, and the exceptions, each with its reason.

- `floors.json` is only ever raised by `python -m tests.quality.recall --pin`; a floor that must
  fall is edited by hand, and its reason stands beside it in `lowered`.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from tests.quality.measure import Row

FILE = Path(__file__).with_name("floors.json")
SLACK = 0.005  # of recall: what a change of the oracle's mood may take


class Floors(msgspec.Struct):
    """What may not be fallen below; names are paths under the trove."""

    pooled: float = 0.0
    formats: dict[str, float] = {}
    may_be_empty: dict[str, str] = {}
    locked: list[str] = []
    lowered: dict[str, str] = {}


def load() -> Floors:
    return msgspec.json.decode(FILE.read_bytes(), type=Floors)


def save(floors: Floors) -> None:
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(floors, order="sorted")) + b"\n")


def by_format(rows: Iterable[Row]) -> dict[str, tuple[int, int, int]]:
    """Files, tokens that Tika found, and those found here too; formats with no token are out."""
    sums: dict[str, tuple[int, int, int]] = {}
    for row in rows:
        files, theirs, here = sums.get(row.format, (0, 0, 0))
        sums[row.format] = (files + 1, theirs + row.theirs, here + row.found)
    return {name: sums[name] for name in sorted(sums)}


def recall(theirs: int, here: int) -> float:
    """The share; 1 where nothing was to be found."""
    return round(here / theirs, 4) if theirs > 0 else 1.0


def mean_recall(rows: Iterable[Row]) -> float:
    """The mean over files in which Tika found anything: no single large file decides it."""
    shares = [row.found / row.theirs for row in rows if row.theirs > 0]
    return round(sum(shares) / len(shares), 4) if len(shares) > 0 else 1.0


def failures(rows: list[Row], floors: Floors, *, whole: bool) -> list[str]:
    """What fell below a floor, as sentences; formats and the pool are judged on whole runs only."""
    said = [f"{row.name}: crashed {row.codes}" for row in rows if row.crashed]
    said += [
        f"{row.name}: empty, and others find text in it"
        for row in rows
        if row.silently_empty and row.name not in floors.may_be_empty
    ]
    said += [f"{row.name}: no reason" for row in rows if row.state != "read" and row.reason == ""]
    said += [
        f"{row.name}: locked, and named {row.state}"
        for row in rows
        if row.name in floors.locked and not row.locked
    ]
    if whole:
        said += _below(rows, floors)
    return said


def _below(rows: list[Row], floors: Floors) -> list[str]:
    measured = {name: recall(*sums[1:]) for name, sums in by_format(rows).items()}
    said = [
        f".{name}: recall {measured[name]:.4f}, floor {floor:.4f}"
        for name, floor in floors.formats.items()
        if name in measured and measured[name] < floor - SLACK
    ]
    pooled = mean_recall(rows)
    return said + (
        [f"pooled: recall {pooled:.4f}, floor {floors.pooled:.4f}"]
        if pooled < floors.pooled - SLACK
        else []
    )
