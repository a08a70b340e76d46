"""Which files are volumes of one archive, by their names: the sets that may be joined.

    x.7z.001  x.7z.002 …        x.part1.rar  x.part2.rar …
    x.z01  x.z02 …  x.zip       x.rar  x.r00  x.r01 …
    x  x-wal                    a database of SQLite, and its log

- Names only propose; whoever joins holds the volumes' bytes against it.
- A set starts with its first volume and has no gap; a set with a gap is not proposed.
- Only files that lay in the same place belong together.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

_NUMBERED = re.compile(r"(?P<base>.+)\.(?P<number>[0-9]{3,4})", re.DOTALL)
_PART = re.compile(r"(?P<base>.+)\.part(?P<number>[0-9]{1,4})\.rar", re.DOTALL | re.IGNORECASE)
_SPANNED = re.compile(r"(?P<base>.+)\.(?:z(?P<number>[0-9]{2,3})|zip)", re.DOTALL | re.IGNORECASE)
_OLD_RAR = re.compile(r"(?P<base>.+)\.(?:r(?P<number>[0-9]{2,3})|rar)", re.DOTALL | re.IGNORECASE)
LOG = "-wal"
_LAST = 1 << 20
_ENDS = {"part": ".rar", "old": ".rar", "spanned": ".zip"}  # of what the volumes make


class Named(msgspec.Struct, frozen=True):
    """An object under one of its names, in a place: a container's digest or a delivery's id."""

    digest: str
    place: str
    name: str


class VolumeSet(msgspec.Struct, frozen=True):
    """Volumes in order; `kind` is numbered, part, spanned, old or log; `name` is the whole's."""

    kind: str
    name: str
    volumes: tuple[Named, ...]


def volume_sets(named: Iterable[Named]) -> Iterator[VolumeSet]:
    """Every set of two volumes or more, by place, name and kind."""
    groups: dict[tuple[str, str, str], dict[int, Named]] = defaultdict(dict)
    for each in named:
        for kind, base, number in _readings(each.name):
            groups[each.place, base, kind].setdefault(number, each)
    for (_, base, kind), numbered in sorted(groups.items()):
        volumes = _in_order(kind, numbered)
        if len(volumes) > 1:
            yield VolumeSet(kind, _archive_name(kind, base), volumes)


def _readings(name: str) -> Iterator[tuple[str, str, int]]:
    """Kind, base name and position that a name may stand for."""
    if match := _NUMBERED.fullmatch(name):
        yield "numbered", match["base"], int(match["number"])
    if match := _PART.fullmatch(name):
        yield "part", match["base"], int(match["number"])
    if match := _SPANNED.fullmatch(name):
        yield "spanned", match["base"], int(match["number"] or _LAST)
    if match := _OLD_RAR.fullmatch(name):
        # x.rar comes first, x.r00 second.
        yield "old", match["base"], 0 if match["number"] is None else int(match["number"]) + 1
    if name.endswith(LOG):
        yield "log", name.removesuffix(LOG), 2
    yield "log", name, 1


def _in_order(kind: str, numbered: dict[int, Named]) -> tuple[Named, ...]:
    """The volumes from the first on, empty where the first or one between is missing."""
    numbers = sorted(numbered)
    first = 0 if kind == "old" or (kind == "numbered" and numbers[0] == 0) else 1
    expected = list(range(first, first + len(numbers)))
    if kind == "spanned":
        expected[-1] = _LAST
    if numbers != expected:
        return ()
    return tuple(numbered[number] for number in numbers)


def _archive_name(kind: str, base: str) -> str:
    return base + _ENDS.get(kind, "")
