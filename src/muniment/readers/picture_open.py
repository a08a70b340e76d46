"""Opens a picture by the type its bytes have, whoever then asks for its pixels.

- Only the decoders of that one type are tried: what a file claims to be inside is never believed.
- A HEIC, an AVIF and a TIFF come turned as they are to be looked at, by their decoders; the raster
  of every other picture is that which is stored, whatever its EXIF orientation.
- No pixel is decoded here. Pillow's own limit is lifted: each caller holds the stated size to ours
  before it decodes.
"""

import warnings

from PIL import Image as Pillow

from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source

PSD = "image/vnd.adobe.photoshop"
PICTURE_FORMATS = {  # media types, and what Pillow calls them
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/tiff": ("TIFF",),
    "image/gif": ("GIF",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
    "image/heic": ("HEIF",),
    "image/heif": ("HEIF",),
    "image/avif": ("AVIF",),
    "image/jp2": ("JPEG2000",),
    "image/x-jp2-codestream": ("JPEG2000",),
    PSD: ("PSD",),
    "image/vnd.microsoft.icon": ("ICO", "CUR"),
    "image/x-icns": ("ICNS",),
    "image/x-portable-anymap": ("PPM",),
    "image/x-pcx": ("PCX",),
    "image/x-dcx": ("DCX",),
    "image/x-tga": ("TGA",),
    "image/x-dds": ("DDS",),
    "image/x-qoi": ("QOI",),
}


def open_picture(source: Source, media_type: str) -> Pillow.Image:
    """The picture, open; its caller closes it.

    Raises:
        UnreadableError: it cannot be opened as that type.
    """
    formats = PICTURE_FORMATS[media_type]
    if formats == ("HEIF",):
        # A decoder of 20 MB: only where such a picture is read.
        from pi_heif import register_heif_opener  # type: ignore[import-untyped] # noqa: PLC0415

        register_heif_opener(thumbnails=False, aux_images=False, decode_threads=1)
    Pillow.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own, of large pictures and odd metadata
            return Pillow.open(source.stream(), formats=formats)
    except MemoryError:
        raise
    # The border to decoders of hostile bytes that document no exceptions.
    except Exception as why:
        raise UnreadableError(f"no picture can be opened ({said_of(why)})") from why
