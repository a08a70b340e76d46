"""XMP beside its picture, in a file of its own (`.xmp`): its text, and its properties by path.

- The text is the source's, as for any XML; the properties are read as those inside a picture are.
"""

from collections.abc import Iterator

from muniment.core import Part
from muniment.readers.embedded import Embedded, embedded_parts
from muniment.readers.plain_text import read_text
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source
from muniment.readers.xmp_packet import xmp_parts

_LARGEST = 1 << 26
_WITHIN = 1_024


def read_sidecar(source: Source, context: Context) -> Iterator[Part]:
    """The source text, the properties, and pictures packed into them."""
    if source.size > _LARGEST:
        raise RefusedError(f"XMP of more than {_LARGEST} bytes")
    found: list[Embedded] = []
    yield from read_text(source, context)
    yield from xmp_parts(source.read_all(), found)
    yield from embedded_parts(found, context.children)


def _is_sidecar(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:_WITHIN]
    return start.startswith((b"<x:xmpmeta", b"<?xpacket", b"<?xml")) and b"adobe:ns:meta/" in start


XMP_SIDECAR = Reader(
    name="xmp-sidecar",
    version=1,
    media_types=("application/rdf+xml",),
    read=read_sidecar,
    recognises=_is_sidecar,
    begins=rb"(?:\xef\xbb\xbf)?\s*<",
)
