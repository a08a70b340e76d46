"""Pictures: their size, what they state of themselves, and the thumbnail they carry.

- The pixels are decoded once, so that a cut file is known as one; size is checked before that.
- `Image.width` and `height` are those of the stored raster; the EXIF orientation is stated beside
  it, never applied.
- Every EXIF entry is Metadata under its group and name; a thumbnail is a child, for it may show
  what was cropped or masked afterwards.
"""

import warnings
from collections import Counter
from collections.abc import Iterator

import exifread
from PIL import Image as Pillow

from muniment.core import Area, Field, Image, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source

_FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
}
_THUMBNAIL = "JPEGThumbnail"
_MOST_FRAMES = 10_000
_LONGEST_VALUE = 1 << 16


def read_raster(source: Source, context: Context) -> Iterator[Part]:
    """The picture, its properties and its thumbnail."""
    # Pillow's own warnings (odd metadata, large pictures) are said again here as Problems.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from _picture(source, context)
        yield from _exif(source, context)


def _picture(source: Source, context: Context) -> Iterator[Part]:
    # Our own limit is applied to the stated size before a pixel is decoded.
    Pillow.MAX_IMAGE_PIXELS = None
    try:
        picture = Pillow.open(source.stream(), formats=_FORMATS[context.media_type])
    except MemoryError:
        raise
    # The border to decoders of hostile bytes that document no exceptions.
    except Exception as why:
        raise UnreadableError(f"no picture can be opened ({type(why).__name__})") from why
    with picture:
        width, height = picture.size
        if width * height > context.limits.pixels:
            raise RefusedError(f"has {width} x {height} pixels, more than {context.limits.pixels}")
        yield Metadata(Field("mode"), "mode", picture.mode)
        yield from _texts(picture)
        yield from _frames(picture, context)


def _frames(picture: Pillow.Image, context: Context) -> Iterator[Part]:
    """Every page of a TIFF; of an animation its first picture and the number of them."""
    count = _count(picture)
    paged = picture.format == "TIFF"
    if count > 1:
        yield Tally(Whole(), "pages" if paged else "frames", count)
    for frame in range(count if paged else 1):
        at = Area(page=frame + 1) if paged and count > 1 else Whole()
        try:
            picture.seek(frame)
            width, height = picture.size
            if width * height > context.limits.pixels:
                yield Problem(at, "too-many-pixels", f"has {width} x {height} pixels")
                continue
            yield Image(at, width, height)
            picture.load()
        except MemoryError:
            raise
        # As above: whatever a decoder raises is the picture's trouble.
        except Exception as why:  # noqa: BLE001
            message = f"the pixels cannot all be decoded ({type(why).__name__})"
            yield Problem(at, "pixels-damaged", message)


def _count(picture: Pillow.Image) -> int:
    try:
        return max(1, min(int(getattr(picture, "n_frames", 1)), _MOST_FRAMES))
    except MemoryError:
        raise
    # As above: a chain of pages that cannot be followed is one page.
    except Exception:  # noqa: BLE001
        return 1


def _texts(picture: Pillow.Image) -> Iterator[Part]:
    """Comments, text chunks and other short properties that the format keeps beside the pixels."""
    for name, value in sorted(picture.info.items(), key=lambda pair: str(pair[0])):
        if isinstance(value, bytes) and name == "comment":
            written = value.decode("latin-1")
        elif isinstance(value, (str, int, float)) or name == "dpi":
            written = str(value)
        else:
            continue  # profiles, tables and packed metadata are bytes of the file, not statements
        yield Metadata(Field(str(name)), str(name), written[:_LONGEST_VALUE])


def _exif(source: Source, context: Context) -> Iterator[Part]:
    try:
        tags = exifread.process_file(source.stream(), details=True)
    except MemoryError:
        raise
    # As above.
    except Exception as why:  # noqa: BLE001
        yield Problem(Whole(), "exif-damaged", f"cannot be read ({type(why).__name__})")
        return
    seen: Counter[str] = Counter()
    for name in sorted(tags):
        if name == _THUMBNAIL:
            continue
        seen[name] += 1
        yield Metadata(Field(name, seen[name]), name, str(tags[name])[:_LONGEST_VALUE])
    if isinstance(tags.get(_THUMBNAIL), bytes):
        yield Tally(Whole(), "embedded", 1)
        entry = Entry(Field(_THUMBNAIL), 0, Relation.THUMBNAIL, b"", "")
        yield child_or_problem(context.children, entry, (tags[_THUMBNAIL],))


RASTER = Reader(name="raster", version=1, media_types=tuple(_FORMATS), read=read_raster)
