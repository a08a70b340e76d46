"""Photoshop layers: their names and sizes, and the words of text layers.

- A text layer keeps its words as Unicode beside the pixels; hidden layers are in the file too.
- The words stand at the n-th text of the file; which layer they belong to is not followed.

Source: Adobe Photoshop File Formats Specification, "Type tool object setting" and "Descriptor".
"""

from collections.abc import Iterator

from PIL import Image as Pillow

from muniment.core import Field, Metadata, Part, Role, TextSpan
from muniment.readers.source import Source

_TEXT = b"Txt TEXT"
_LARGEST = 1 << 29
_MOST = 10_000
_LONGEST = 1 << 20  # code units


def layer_parts(picture: Pillow.Image, source: Source) -> Iterator[Part]:
    """Each layer's name and box as Metadata, each text layer's words as TextSpan."""
    try:
        layers = list(getattr(picture, "layers", ()))[:_MOST]
    except MemoryError:
        raise
    # Pillow decodes the list of layers here and documents no exceptions for damaged ones.
    except Exception:  # noqa: BLE001
        layers = []
    for number, (name, mode, box, *_) in enumerate(layers, 1):
        written = f"{name} ({mode}, box {','.join(map(str, box))})"
        yield Metadata(Field("layer", number), "layer", written)
    if source.size <= _LARGEST:
        yield from _words(source.read_all())


def _words(data: bytes) -> Iterator[Part]:
    at = data.find(_TEXT)
    number = 0
    while at >= 0 and number < _MOST:
        start = at + len(_TEXT) + 4
        length = int.from_bytes(data[start - 4 : start], "big")
        if 0 < length <= _LONGEST and start + 2 * length <= len(data):
            text = data[start : start + 2 * length].decode("utf-16-be", "replace").rstrip("\0")
            number += 1
            yield TextSpan(Field("layer text", number), text.replace("\r", "\n"), Role.BOX)
        at = data.find(_TEXT, start)
