"""The slope of a page: the angle at which its ink falls into the sharpest rows.

- Both lines of text and ruling lines count, whatever the script.
- Found to a twentieth of a degree between -6° and 6°; what leans further is no skew of a scan.
"""

import cv2
import numpy as np
import numpy.typing as npt

from muniment.readers.ocr.regions import Grey

_SIDE = 1_000  # pixels; the picture is looked at no larger
_MOST_POINTS = 60_000
_STEEPEST, _COARSE, _FINE = 6.0, 0.5, 0.05  # degrees
_BLOCK, _DARKER = 25, 15


def slope_of(picture: Grey) -> float:
    """By how many degrees, clockwise, the rows of a picture lean."""
    points = _ink_points(picture)
    if len(points) == 0:
        return 0.0
    coarse = _sharpest(points, np.arange(-_STEEPEST, _STEEPEST + _COARSE / 2, _COARSE))
    return _sharpest(points, coarse + np.arange(-_COARSE, _COARSE + _FINE / 2, _FINE))


def _ink_points(picture: Grey) -> npt.NDArray[np.float64]:
    high, wide = picture.shape
    scale = min(1.0, _SIDE / max(high, wide))
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    smaller = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    method = cv2.ADAPTIVE_THRESH_MEAN_C
    inked = cv2.adaptiveThreshold(smaller, 255, method, cv2.THRESH_BINARY_INV, _BLOCK, _DARKER)
    down, across = np.nonzero(inked)
    step = max(1, len(down) // _MOST_POINTS)
    return np.stack([across[::step], down[::step]], axis=1).astype(np.float64)


def _sharpest(points: npt.NDArray[np.float64], angles: npt.NDArray[np.float64]) -> float:
    """The angle whose rows are the most uneven; of equal ones that nearest to level."""
    ordered = sorted((float(angle) for angle in angles), key=abs)
    sharpest: float = max(ordered, key=lambda angle: _unevenness(points, angle))
    return round(sharpest, 2)


def _unevenness(points: npt.NDArray[np.float64], angle: float) -> float:
    turn = np.radians(angle)
    rows = points[:, 1] * np.cos(turn) - points[:, 0] * np.sin(turn)
    counts = np.bincount((rows - rows.min()).astype(np.int64)).astype(np.float64)
    return float(np.square(counts).sum())
