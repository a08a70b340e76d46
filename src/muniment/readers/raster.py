"""Pictures: their size, what they state of themselves, how they are built, what they carry.

- The pixels are decoded once, so that a cut file is known as one; size is checked before that.
- `Image.width` and `height` are those of the stored raster; the EXIF orientation is stated beside
  it, never applied. A HEIC and a TIFF come turned: their size is as they are to be looked at.
- Every EXIF entry is Metadata under its group and name. A thumbnail, a preview, a film and what
  stands behind the end are children: they may show what was cropped or masked afterwards.
- Every page of a TIFF and every frame of an animation is an Image on a page of its own.
"""

import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import exifread
from PIL import Image as Pillow

from muniment.core import Area, Field, Image, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.embedded import Embedded, embedded_parts
from muniment.readers.icc_profile import icc_parts
from muniment.readers.jpeg_structure import jpeg_parts
from muniment.readers.photoshop_layers import layer_parts
from muniment.readers.photoshop_resources import XMP, resource_parts
from muniment.readers.picture_ends import bmp_parts, box_parts, gif_parts, webp_exif, webp_parts
from muniment.readers.picture_open import PICTURE_FORMATS, PSD, open_picture
from muniment.readers.png_structure import png_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import RefusedError, StopReadingError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.tiff_directories import tiff_parts
from muniment.readers.xmp_packet import xmp_parts

_Structure = Callable[[bytes, list[Embedded]], Iterator[Part]]
_STRUCTURES: dict[str, _Structure] = {
    "image/jpeg": jpeg_parts,
    "image/png": png_parts,
    "image/gif": gif_parts,
    "image/webp": webp_parts,
    "image/bmp": bmp_parts,
    "image/heic": box_parts,
    "image/heif": box_parts,
    "image/avif": box_parts,
    "image/jp2": box_parts,
}
_SAID_BY_STRUCTURE = ("comment", "xmp", "XML:com.adobe.xmp")
_PAGED = ("TIFF", "DCX")
_THUMBNAIL = "JPEGThumbnail"
_MOST_FRAMES = 10_000
_MOST_DECODED = 500  # frames; the size of the others is stated, their pixels are not tried
_LONGEST_VALUE = 1 << 16
_LARGEST = 1 << 29  # bytes; a larger file's build is not looked at


def read_raster(source: Source, context: Context) -> Iterator[Part]:
    """The picture, its properties, its build, and the files in it."""
    found: list[Embedded] = []
    failed: StopReadingError | None = None
    # Pillow's own warnings (odd metadata, large pictures) are said again here as Problems.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield from _picture(source, context, found)
        except (UnreadableError, RefusedError) as why:
            failed = why  # its properties and previews may be whole all the same
        yield from _exif(source, context.media_type, found)
    yield from _build(source, context.media_type, found)
    yield from embedded_parts(found, context.children)
    if failed is not None:
        raise failed


def _picture(source: Source, context: Context, found: list[Embedded]) -> Iterator[Part]:
    picture = open_picture(source, context.media_type)
    with picture:
        width, height = picture.size
        if width * height > context.limits.pixels:
            raise RefusedError(f"has {width} x {height} pixels, more than {context.limits.pixels}")
        yield Metadata(Field("mode"), "mode", picture.mode)
        yield from _texts(picture)
        yield from _packets(picture, context.media_type, found)
        if context.media_type == PSD:
            yield from layer_parts(picture, source)
        yield from _frames(picture, context)


def _frames(picture: Pillow.Image, context: Context) -> Iterator[Part]:
    """Every page or frame; the pixels of the first few hundred are decoded."""
    count = _count(picture)
    if count > 1:
        yield Tally(Whole(), "pages" if picture.format in _PAGED else "frames", count)
    decoded = 0
    for frame in range(count):
        at = Area(page=frame + 1) if count > 1 else Whole()
        try:
            if frame > 0:
                picture.seek(frame)
            width, height = picture.size
            if width * height > context.limits.pixels:
                yield Problem(at, "too-many-pixels", f"has {width} x {height} pixels")
                continue
            yield Image(at, width, height)
            decoded += width * height
            if frame < _MOST_DECODED and decoded <= context.limits.pixels:
                picture.load()
        except MemoryError:
            raise
        # As above: whatever a decoder raises is the picture's trouble.
        except Exception as why:  # noqa: BLE001
            message = f"the pixels cannot all be decoded ({said_of(why)})"
            yield Problem(at, "pixels-damaged", message)


def _count(picture: Pillow.Image) -> int:
    if picture.format == "PSD":
        return 1  # its layers are stated by name, see `photoshop_layers.py`
    try:
        return max(1, min(int(getattr(picture, "n_frames", 1)), _MOST_FRAMES))
    except MemoryError:
        raise
    # As above: a chain of pages that cannot be followed is one page.
    except Exception:  # noqa: BLE001
        return 1


def _texts(picture: Pillow.Image) -> Iterator[Part]:
    """Short properties that the format keeps beside the pixels."""
    for name, value in sorted(picture.info.items(), key=lambda pair: str(pair[0])):
        if name in _SAID_BY_STRUCTURE or (picture.format == "PNG" and isinstance(value, str)):
            continue
        if isinstance(value, (str, int, float)) or name == "dpi":
            yield Metadata(Field(str(name)), str(name), str(value)[:_LONGEST_VALUE])
        # Profiles, tables and packed metadata are bytes of the file, not statements.


def _packets(picture: Pillow.Image, media_type: str, found: list[Embedded]) -> Iterator[Part]:
    """ICC, Photoshop's resources, and XMP where the format's own structure does not say it."""
    if media_type == "image/tiff":
        return  # its directories hold them, see `tiff_directories.py`
    profile = picture.info.get("icc_profile")
    if isinstance(profile, bytes):
        yield from icc_parts(profile)
    blocks = picture.info.get("photoshop")
    if isinstance(blocks, dict) and media_type == "image/jpeg":
        packed = b"".join(_resource(number, data) for number, data in sorted(blocks.items()))
        yield from resource_parts(packed, found)
    listed = getattr(picture, "resources", None)
    if isinstance(listed, list) and media_type == PSD:
        packed = b"".join(_resource(number, data) for number, _, data in listed if number != XMP)
        yield from resource_parts(packed, found)
        for number, _, data in listed:
            if number == XMP:
                yield from xmp_parts(data, found)
    packet = picture.info.get("xmp")
    if isinstance(packet, bytes) and media_type not in ("image/jpeg", "image/png"):
        yield from xmp_parts(packet, found)


def _resource(number: object, data: object) -> bytes:
    """A resource block as it stands in the file, for the one that reads them."""
    if not isinstance(number, int) or not isinstance(data, bytes):
        return b""
    padding = b"\0" * (len(data) & 1)
    return (
        b"8BIM"
        + number.to_bytes(2, "big")
        + b"\0\0"
        + len(data).to_bytes(4, "big")
        + data
        + padding
    )


def _exif(source: Source, media_type: str, found: list[Embedded]) -> Iterator[Part]:
    try:
        # of a WebP exifread finds its block in some files only
        block = webp_exif(source.stream()) if media_type == "image/webp" else source.stream()
        tags = exifread.process_file(block, details=True)
    except MemoryError:
        raise
    # As above.
    except Exception as why:  # noqa: BLE001
        yield Problem(Whole(), "exif-damaged", f"cannot be read ({said_of(why)})")
        return
    seen: Counter[str] = Counter()
    for name in sorted(tags):
        if name == _THUMBNAIL or not hasattr(tags[name], "printable"):
            continue
        seen[name] += 1
        yield Metadata(Field(name, seen[name]), name, _exif_text(name, tags[name]))
    if isinstance(tags.get(_THUMBNAIL), bytes):
        found.append(Embedded(Field(_THUMBNAIL), Relation.THUMBNAIL, tags[_THUMBNAIL]))


def _exif_text(name: str, tag: Any) -> str:
    """A tag as text; those of Windows ("XP": title, comment, author, words) hold UTF-16."""
    if name.startswith("Image XP") and isinstance(tag.values, list):
        with suppress(ValueError, TypeError):
            held = bytes(tag.values).decode("utf-16-le", "replace").rstrip("\0")
            return held[:_LONGEST_VALUE]
    return str(tag)[:_LONGEST_VALUE]


def _build(source: Source, media_type: str, found: list[Embedded]) -> Iterator[Part]:
    """How the file is put together, where that is known of its format."""
    structure = _STRUCTURES.get(media_type)
    if structure is None and media_type != "image/tiff":
        return
    if source.size > _LARGEST:
        message = f"more than {_LARGEST} bytes: how the file is built was not looked at"
        yield Problem(Whole(), "structure-unread", message)
    elif structure is None:
        yield from tiff_parts(source.read_all(), found, packets=True)
    else:
        yield from structure(source.read_all(), found)


RASTER = Reader(name="raster", version=4, media_types=tuple(PICTURE_FORMATS), read=read_raster)
