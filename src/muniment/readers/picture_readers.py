"""Pictures and recordings: their readers, with the libraries that those load at a first file."""

import io
import wave

from PIL import Image as Pillow
from pymediainfo import MediaInfo

from muniment.readers.media_file import MEDIA_FILE
from muniment.readers.raster import RASTER
from muniment.readers.reader import Reader

READERS: tuple[Reader, ...] = (RASTER, MEDIA_FILE)


def samples() -> tuple[bytes, ...]:
    """Some files of these kinds, made here."""
    Pillow.init()
    MediaInfo.can_parse()
    return (*(_picture(name) for name in ("PNG", "JPEG", "GIF", "TIFF")), _sound())


def _picture(name: str) -> bytes:
    held = io.BytesIO()
    Pillow.new("RGB", (8, 8), (200, 200, 200)).save(held, name)
    return held.getvalue()


def _sound() -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes(80))
    return held.getvalue()
