"""A picture reduced to 24 × 24 grey values, by which nearly equal pictures are found.

- Not one of `READERS`: it says nothing that the file states, and is asked for apart.
- The picture is turned as its EXIF orientation says, so that a copy turned for good is alike.
- What a face is, and whose, is no question that 576 grey values answer, nor is it asked.
"""

import warnings
from collections.abc import Iterator

from PIL import Image as Pillow
from PIL import ImageOps

from muniment.core import Metadata, Part, Whole
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

SIDE = 24  # grey values in a row and in a column
GREY = "grey values"
PICTURES = ("image/jpeg", "image/png", "image/tiff", "image/gif", "image/webp", "image/bmp")
_FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP")


def read_sketch(source: Source, context: Context) -> Iterator[Part]:
    """One property: the grey values as hex digits, row by row."""
    Pillow.MAX_IMAGE_PIXELS = None  # our own limit is applied before a pixel is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Pillow.open(source.stream(), formats=_FORMATS) as picture:
                grey = _grey(picture, context)
        except (MemoryError, RefusedError):
            raise
        # The border to decoders of hostile bytes that document no exceptions.
        except Exception as why:
            raise UnreadableError(f"no picture can be opened ({said_of(why)})") from why
    yield Metadata(Whole(), GREY, grey.tobytes().hex())


def _grey(picture: Pillow.Image, context: Context) -> Pillow.Image:
    if picture.width * picture.height > context.limits.pixels:
        raise RefusedError(f"has more than {context.limits.pixels} pixels")
    picture.draft("L", (SIDE * 8, SIDE * 8))  # a JPEG need not be decoded in full
    turned = ImageOps.exif_transpose(picture).convert("L")
    return turned.resize((SIDE, SIDE), Pillow.Resampling.BOX)


PICTURE_SKETCH = Reader(name="greys", version=1, media_types=PICTURES, read=read_sketch)
