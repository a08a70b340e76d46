"""What makes a drawing of the earth readable: lines of equal degrees, a bar of kilometres."""

import math

import msgspec

from muniment.app.web.atlas_window import Window

_STEPS = (30.0, 15.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
_LEAST_GAP = 90.0  # points between two lines
_LONGEST_BAR = 160.0  # points


class Line(msgspec.Struct, frozen=True):
    """A line across the drawing: where, in points, and what it is called."""

    at: float
    name: str


class ScaleBar(msgspec.Struct, frozen=True):
    """A length in points and what it is on the middle parallel."""

    length: float
    name: str


def meridians(window: Window) -> tuple[Line, ...]:
    """The lines from north to south."""
    step = _step(window.stretch)
    degrees = _multiples(window.box.west, window.box.east, step)
    return tuple(Line(round(window.x(each), 1), _named(each, step, "EW")) for each in degrees)


def parallels(window: Window) -> tuple[Line, ...]:
    """The lines from west to east."""
    step = _step(window.scale)
    degrees = _multiples(window.box.south, window.box.north, step)
    return tuple(Line(round(window.y(each), 1), _named(each, step, "NS")) for each in degrees)


def scale_bar(window: Window) -> ScaleBar:
    """The longest of 1, 2 or 5 times a power of ten that is not too long."""
    most = _LONGEST_BAR * window.km_a_point
    power = 10.0 ** math.floor(math.log10(most))
    km = next(factor * power for factor in (5, 2, 1) if factor * power <= most * (1 + 1e-9))
    name = f"{km:,.0f} km" if km >= 1 else f"{km * 1000:,.0f} m"
    return ScaleBar(round(km / window.km_a_point, 1), name)


def place_name(latitude: float, longitude: float) -> str:
    """Degrees to five places (about a metre), with their sides."""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.5f}° {north}, {abs(longitude):.5f}° {east}"


def _step(points_a_degree: float) -> float:
    wide = [step for step in _STEPS if step * points_a_degree >= _LEAST_GAP]
    return wide[-1] if len(wide) > 0 else _STEPS[0]


def _multiples(first: float, last: float, step: float) -> list[float]:
    start, end = math.ceil(first / step), math.floor(last / step)
    return [number * step for number in range(start, end + 1)]


def _named(degrees: float, step: float, sides: str) -> str:
    places = max(0, -math.floor(math.log10(step)))
    number = f"{abs(degrees):.{places}f}"
    if float(number) == 0:
        return "0°"
    return f"{number}° {sides[0] if degrees > 0 else sides[1]}"
