"""Where a picture says it was taken: degrees as written, and as a decimal number.

| written | is |
|---|---|
| GPS GPSLatitude `[39, 30, 2953/100]`, GPSLatitudeRef `N` | 39° 30′ 29.53″ north |
| XMP exif:GPSLatitude `39,30.4922N` or `39,30,29.53N` | the same |

- A coordinate is what the file states. It says nothing about whether that is true.
- What cannot be a place on earth is kept as written and has no number.

Source: CIPA DC-008 (EXIF 2.32) §4.6.6; XMP part 2 (ISO 16684-2), GPSCoordinate.
"""

import re
from fractions import Fraction

_EXIF = re.compile(r"\[?\s*([-+\d/ ,.]{1,120}?)\s*\]?", re.ASCII)
_XMP = re.compile(
    r"(\d{1,3}),(\d{1,2}(?:\.\d{1,12})?)(?:,(\d{1,2}(?:\.\d{1,12})?))?([NSEW])", re.ASCII
)
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?(?:/\d{1,18})?", re.ASCII)
_SIDES = {"N": ("N", 1), "S": ("N", -1), "E": ("E", 1), "W": ("E", -1)}
_LARGEST = {"N": 90, "E": 180}
_MOST_PARTS = 3
_SIXTY = 60


def degrees(written: str, side: str, axis: str) -> float | None:
    """Degrees north (axis "N") or east ("E"); None where it is no place on earth.

    `side` is the letter beside it (N, S, E, W), empty where `written` holds it.
    """
    xmp = _XMP.fullmatch(written.strip())
    if xmp is not None:
        parts, letter = [part for part in xmp.groups()[:3] if part is not None], xmp[4]
    else:
        match = _EXIF.fullmatch(written.strip())
        parts = [] if match is None else [part.strip() for part in match[1].split(",")]
        letter = side.strip()[:1].upper()
    known = _SIDES.get(letter)
    amount = _amount(parts)
    if known is None or known[0] != axis or amount is None or not 0 <= amount <= _LARGEST[axis]:
        return None
    return round(float(amount) * known[1], 9) + 0.0  # never -0.0


def metres(written: str, below: str) -> float | None:
    """The altitude in metres; `below` is "1" for below the level of the sea."""
    amount = _fraction(written.strip().strip("[]"))
    if amount is None:
        return None
    return round(float(-amount if below.strip() == "1" else amount), 3) + 0.0


def _amount(parts: list[str]) -> Fraction | None:
    """Degrees, minutes and seconds together."""
    numbers = [_fraction(part) for part in parts]
    if not 0 < len(numbers) <= _MOST_PARTS:
        return None
    total = Fraction(0)
    for place, number in enumerate(numbers):
        if number is None or number < 0 or (place > 0 and number > _SIXTY):
            return None
        total += number / _SIXTY**place
    return total


def _fraction(written: str) -> Fraction | None:
    if _NUMBER.fullmatch(written) is None:
        return None
    try:
        return Fraction(written)
    except (ValueError, ZeroDivisionError):
        return None
