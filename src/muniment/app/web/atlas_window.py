"""A window on the earth: degrees to points of a drawing, and which windows lie around it.

    x = (longitude - west) · k · s        y = (north - latitude) · s        k = cos(middle latitude)

- Equirectangular, true to scale along its middle parallel: a step of the scale bar is right there,
  and lengths from west to east are not, far from it. The page says so.
- A window never crosses the date line; what is asked for beyond the edges is moved inside.
"""

import math

import msgspec

from muniment.catalog.pictures import Box

WIDTH, HEIGHT = 960, 480  # points of the drawing
WORLD = Box(-180, -90, 180, 90)
_SMALLEST = 0.002  # degrees from south to north: some 220 m
_LEAST_COSINE = 0.15  # beyond 81 degrees the window is drawn as at 81
_KM_A_DEGREE = 111.32  # of latitude; 6,378.137 km · π / 180, WGS 84's equator


class Window(msgspec.Struct, frozen=True):
    """What is drawn: a box in degrees; points a degree of latitude, and of longitude."""

    box: Box
    scale: float
    stretch: float

    def x(self, longitude: float) -> float:
        """Points from the left edge."""
        return (longitude - self.box.west) * self.stretch

    def y(self, latitude: float) -> float:
        """Points from the top edge."""
        return (self.box.north - latitude) * self.scale

    @property
    def width(self) -> float:
        """Points from west to east."""
        return (self.box.east - self.box.west) * self.stretch

    @property
    def height(self) -> float:
        """Points from north to south."""
        return (self.box.north - self.box.south) * self.scale

    @property
    def km_a_point(self) -> float:
        """Kilometres of one point, on the middle parallel."""
        return _KM_A_DEGREE / self.scale


def window_around(asked: Box) -> Window:
    """The smallest window of the drawing's shape that holds `asked`."""
    middle = (asked.south + asked.north) / 2
    cosine = max(math.cos(math.radians(middle)), _LEAST_COSINE)
    high = max(asked.north - asked.south, _SMALLEST)
    wide = max(asked.east - asked.west, _SMALLEST)
    scale = min(HEIGHT / high, WIDTH / (wide * cosine), 1e6)
    scale = max(scale, HEIGHT / 180, WIDTH / (360 * cosine))
    span = (min(WIDTH / (scale * cosine), 360.0), min(HEIGHT / scale, 180.0))
    west, east = _placed((asked.west + asked.east) / 2, span[0], 180.0)
    south, north = _placed(middle, span[1], 90.0)
    return Window(Box(west, south, east, north), scale, scale * cosine)


def moved(box: Box, *, right: float = 0.0, up: float = 0.0, closer: float = 1.0) -> Box:
    """The box after a step by parts of its own size, `closer` times as near."""
    wide, high = (box.east - box.west) / closer, (box.north - box.south) / closer
    across = (box.west + box.east) / 2 + right * (box.east - box.west)
    along = (box.south + box.north) / 2 + up * (box.north - box.south)
    west, east = _placed(across, min(max(wide, _SMALLEST), 360.0), 180.0)
    south, north = _placed(along, min(max(high, _SMALLEST), 180.0), 90.0)
    return Box(west, south, east, north)


def _placed(middle: float, span: float, edge: float) -> tuple[float, float]:
    """A stretch of that length as near to `middle` as the edges of the earth allow."""
    first = min(max(middle - span / 2, -edge), edge - span)
    return round(first, 6), round(min(first + span, edge), 6)
