"""Where on a picture a line of text lies, and what was read there.

- Corners are pixels of the picture, in the order top left, top right, bottom right, bottom left
  as the text reads.
- A `Line` without text says that nothing legible stands in its region.
"""

import math

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]  # height × width, 0 black, 255 white
Box = tuple[float, float, float, float]  # x, y, width, height
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]

_CONTRAST = 16  # of 255 levels of grey
_SHRINKS = 0.7  # below this scale, pixels are averaged rather than interpolated


class Region(msgspec.Struct, frozen=True):
    """A line of text on a picture, perhaps slanted."""

    corners: Corners

    @property
    def width(self) -> float:
        """How long the line is, in pixels."""
        one, two, three, four = self.corners
        return max(math.dist(one, two), math.dist(four, three), 1.0)

    @property
    def height(self) -> float:
        """How high its letters stand, in pixels."""
        one, two, three, four = self.corners
        return max(math.dist(one, four), math.dist(two, three), 1.0)

    @property
    def slope(self) -> float:
        """The angle of its lower and upper edge, in degrees, clockwise."""
        one, two, three, four = self.corners
        across = (two[0] + three[0] - one[0] - four[0], two[1] + three[1] - one[1] - four[1])
        return math.degrees(math.atan2(across[1], across[0]))

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        across, down = zip(*self.corners, strict=True)
        left, top = min(across), min(down)
        return left, top, max(across) - left, max(down) - top


class Line(msgspec.Struct, frozen=True):
    """What was read in one region; `confidence` is from 0 to 1, `source` names what read it."""

    region: Region
    text: str
    confidence: float
    source: str

    @property
    def letters(self) -> int:
        """How many letters, digits and ideographs stand in it."""
        return sum(map(str.isalnum, self.text))


def region_of_box(box: Box) -> Region:
    """The region that fills a rectangle."""
    left, top, width, height = box
    right, bottom = left + width, top + height
    return Region(((left, top), (right, top), (right, bottom), (left, bottom)))


def cut_out(picture: Grey, region: Region, height: int, margin: float = 0.0) -> Grey:
    """The region as a straight strip `height` pixels high.

    `margin` is what is left around it, in parts of its height.
    """
    one, two, three, four = (np.array(corner, np.float64) for corner in region.corners)
    across, down = (two - one) / region.width, (four - one) / region.height
    spare = margin * region.height
    source = np.array(
        [
            one - (across + down) * spare,
            two + (across - down) * spare,
            three + (across + down) * spare,
            four - (across - down) * spare,
        ],
        np.float32,
    )
    scale = height / (region.height + 2 * spare)
    width = max(1, round((region.width + 2 * spare) * scale))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    if scale < _SHRINKS:
        picture, source = _shrunk(picture, source, scale)
    strip = cv2.warpPerspective(
        picture,
        cv2.getPerspectiveTransform(source, target),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(strip, np.uint8)


def is_blank(strip: Grey) -> bool:
    """Whether nothing on a strip is darker than the rest: paper, on which engines see ghosts."""
    dark, light = np.percentile(strip, (0.5, 99.5))
    return bool(light - dark < _CONTRAST)


def _shrunk(
    picture: Grey, source: npt.NDArray[np.float32], scale: float
) -> tuple[Grey, npt.NDArray[np.float32]]:
    """The part of the picture around the corners, averaged down, and the corners in it."""
    high, wide = picture.shape
    left, top = np.clip(np.floor(source.min(axis=0)).astype(int), 0, [wide - 1, high - 1])
    right, bottom = np.clip(np.ceil(source.max(axis=0)).astype(int), [left, top], [wide, high]) + 1
    part = picture[top:bottom, left:right]
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    smaller = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    moved = source - np.array([left, top], np.float32)
    moved *= np.array([size[0] / part.shape[1], size[1] / part.shape[0]], np.float32)
    return np.asarray(smaller, np.uint8), np.asarray(moved, np.float32)
