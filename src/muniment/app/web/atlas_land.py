"""Land and borders inside a window, as SVG paths; the data is described in `atlas/SOURCE.md`.

    arcs: x, y, dx, dy … in steps of `scale` from `translate`     land: rings of arcs, ~n reversed

- An arc that lies wholly beside the window counts with its ends only: the land inside is the same.
- Rings are cut at the window (Sutherland and Hodgman 1974), and points closer than half a point of
  the drawing are left out, so that a page of a coast stays small.
"""

import gzip
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from muniment.app.web.atlas_window import Window

COARSE, FINE = "110m", "50m"
_FINE_BELOW = 80.0  # degrees from west to east
_MARGIN = 4.0  # points around the drawing, so that no cut edge is seen
_LEAST_STEP = 0.5  # points of the drawing

Point = tuple[float, float]


class _Stored(msgspec.Struct, frozen=True):
    scale: tuple[float, float]
    translate: tuple[float, float]
    arcs: tuple[tuple[int, ...], ...]
    land: tuple[tuple[int, ...], ...]
    borders: tuple[int, ...]


class Arc(msgspec.Struct, frozen=True):
    """A line in degrees, and the box around it: west, south, east, north."""

    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


class Atlas(msgspec.Struct, frozen=True):
    """All arcs, the rings of land, the arcs that divide countries."""

    arcs: tuple[Arc, ...]
    land: tuple[tuple[int, ...], ...]
    borders: tuple[int, ...]


@cache
def atlas(scale: str) -> Atlas:
    """The atlas of a scale; a file of ours, read once."""
    packed = files("muniment.app.web").joinpath("atlas", f"{scale}.json.gz").read_bytes()
    stored = msgspec.json.decode(gzip.decompress(packed), type=_Stored)
    return Atlas(tuple(_arc(stored, each) for each in stored.arcs), stored.land, stored.borders)


def _arc(stored: _Stored, numbers: tuple[int, ...]) -> Arc:
    points: list[Point] = []
    x = y = 0
    for across, along in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + along
        points.append(
            (
                x * stored.scale[0] + stored.translate[0],
                y * stored.scale[1] + stored.translate[1],
            )
        )
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    box = (min(longitudes), min(latitudes), max(longitudes), max(latitudes))
    return Arc(tuple(points), box)


def drawn_land(window: Window) -> tuple[str, str]:
    """Two paths: the land, and the borders of countries on it."""
    span = window.box.east - window.box.west
    found = atlas(FINE if span < _FINE_BELOW else COARSE)
    rings = (_ring(found, ring, window) for ring in found.land)
    land = "".join(_path(_cut(points, window), closed=True) for points in rings)
    seen = (found.arcs[number] for number in found.borders)
    lines = (arc for arc in seen if not _beside(arc, window))
    borders = "".join(_path(_drawn(arc.points, window), closed=False) for arc in lines)
    return land, borders


def _ring(found: Atlas, ring: Sequence[int], window: Window) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = found.arcs[number if number >= 0 else ~number]
        line = (arc.points[0], arc.points[-1]) if _beside(arc, window) else arc.points
        points.extend(_drawn(line if number >= 0 else line[::-1], window))
    return points


def _beside(arc: Arc, window: Window) -> bool:
    """Whether the arc lies wholly on one side of the window."""
    west, south, east, north = arc.box
    box = window.box
    return east < box.west or west > box.east or north < box.south or south > box.north


def _drawn(points: Sequence[Point], window: Window) -> list[Point]:
    """The points of the drawing, without those that nobody could tell apart."""
    kept: list[Point] = []
    last: Point | None = None
    for longitude, latitude in points:
        at = (window.x(longitude), window.y(latitude))
        if last is None or abs(at[0] - last[0]) + abs(at[1] - last[1]) >= _LEAST_STEP:
            kept.append(at)
            last = at
    return kept


def _cut(points: list[Point], window: Window) -> list[Point]:
    """The ring inside the drawing and a margin around it."""
    right, bottom = window.width + _MARGIN, window.height + _MARGIN
    edges: tuple[tuple[int, float, int], ...] = (
        *((0, -_MARGIN, 1), (0, right, -1)),
        *((1, -_MARGIN, 1), (1, bottom, -1)),
    )
    for axis, edge, sign in edges:
        points = list(_cut_at(points, lambda p, a=axis, e=edge, s=sign: (p[a] - e) * s))  # type: ignore[misc]
        if len(points) == 0:
            return []
    return points


def _cut_at(points: list[Point], inside: Callable[[Point], float]) -> Iterator[Point]:
    """The part of a ring where `inside` is not below 0; it measures along a straight line."""
    before = points[-1]
    depth = inside(before)
    for point in points:
        here = inside(point)
        if (here < 0) != (depth < 0):
            share = depth / (depth - here)
            yield (
                before[0] + (point[0] - before[0]) * share,
                before[1] + (point[1] - before[1]) * share,
            )
        if here >= 0:
            yield point
        before, depth = point, here


def _path(points: list[Point], *, closed: bool) -> str:
    if len(points) < (3 if closed else 2):
        return ""
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{steps}Z" if closed else f"M{steps}"
