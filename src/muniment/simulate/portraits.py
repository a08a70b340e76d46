"""Draws portraits that are plainly drawings, the same for the same person every time.

Invariants:

- a portrait is made of ellipses from a random stream named after the person: no photograph, no
  model and no real face has any part in it;
- standing before the same wall in the same light, like the pictures such files hold.
"""

import io
import random

from PIL import Image, ImageDraw

SIZE = (240, 320)  # pixels
_SKIN = ("#e8c39e", "#d9a877", "#f0d0b0", "#c68f5f")
_HAIR = ("#1c1410", "#2b1d14", "#101010", "#6b6b6b")
_CLOTHES = ("#3d4f6b", "#6b3d3d", "#2f5d46", "#555555", "#7a6a3a")


def draw_portrait(rng: random.Random, *, man: bool) -> Image.Image:
    """A cartoon face, shoulders and hair before a pale wall."""
    image = Image.new("RGB", SIZE, "#cfd8dc")
    draw = ImageDraw.Draw(image)
    middle = SIZE[0] // 2 + rng.randint(-5, 5)
    top, wide, high = rng.randint(58, 72), rng.randint(52, 64), rng.randint(132, 152)
    hair = rng.choice(_HAIR)
    draw.ellipse((middle - 112, 245, middle + 112, 420), fill=rng.choice(_CLOTHES))
    if not man:
        draw.ellipse((middle - wide - 16, top - 18, middle + wide + 16, top + high + 40), fill=hair)
    draw.ellipse((middle - wide, top - 16, middle + wide, top + high // 2), fill=hair)
    draw.ellipse((middle - wide + 4, top, middle + wide - 4, top + high), fill=rng.choice(_SKIN))
    _face(draw, rng, middle, top + high // 2)
    return image


def _face(draw: ImageDraw.ImageDraw, rng: random.Random, middle: int, level: int) -> None:
    """Eyes, brows, nose and mouth around the point (middle, level)."""
    apart, brow = rng.randint(20, 27), rng.randint(10, 15)
    for side in (-1, 1):
        x = middle + side * apart
        draw.ellipse((x - 8, level - 12, x + 8, level - 3), fill="white", outline="black")
        draw.ellipse((x - 3, level - 11, x + 3, level - 4), fill="black")
        draw.line((x - 11, level - brow - 8, x + 11, level - brow - 8), fill="black", width=3)
    nose = rng.randint(14, 22)
    draw.line(
        (middle, level - 2, middle - 5, level + nose, middle + 4, level + nose), fill="#7a4a2a"
    )
    draw.arc((middle - 18, level + 26, middle + 18, level + 42), 10, 170, fill="#8a2a2a", width=3)


def jpeg(image: Image.Image, quality: int = 75, exif: bytes = b"") -> bytes:
    """The picture as a JPEG; `exif` is a complete EXIF block or empty."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()
