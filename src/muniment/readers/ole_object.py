r"""An object embedded in a document, in an OLE file of its own: the file that it wraps.

    Package, CONTENTS, EmbeddedOdf   the file itself, as one stream
    \x01Ole10Native                   a packaged file with its names ([MS-OLEDS] §2.3.6)

- The OLE file stays the document's child; what it wraps is a child of that, byte for byte.
- An OLE file that wraps nothing known gives its properties, and what the fallback finds in it.
"""

from collections.abc import Iterator
from functools import partial

from muniment.core import Field, Part, Relation
from muniment.readers.embedded_files import Found, embedded
from muniment.readers.fallback import read_by_fallback
from muniment.readers.look_inside import SOLIDWORKS
from muniment.readers.ole_file import OleFile, Path, open_ole
from muniment.readers.ole_objects import NATIVE, found_package
from muniment.readers.ole_properties import ole_properties
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.signatures import OLE
from muniment.readers.source import Source

_PREVIEW = "PreviewPNG"
_WRAPS = ("package", "contents", "embeddedodf")


def read_ole_object(source: Source, context: Context) -> Iterator[Part]:
    """The properties of an OLE file and the file that it wraps."""
    ole = open_ole(source)
    yield from ole_properties(ole)
    if context.media_type == SOLIDWORKS:
        yield from embedded(list(_preview(ole)), context)
        raise RefusedError("no reader yet for drawings and models of SolidWorks; a preview is read")
    found = list(_wrapped(ole))
    if len(found) == 0:
        yield from read_by_fallback(source, context)
        return
    yield from embedded(found, context)


def _preview(ole: OleFile) -> Iterator[Found]:
    """The picture that SolidWorks keeps of what the file shows."""
    if ole.is_stream(_PREVIEW):
        data = partial(_read, ole, (_PREVIEW,))
        yield Found(Field(_PREVIEW), _PREVIEW, data, relation=Relation.THUMBNAIL)


def _wrapped(ole: OleFile) -> Iterator[Found]:
    for path in ole.within():
        if path[0] == NATIVE:
            yield found_package(Field(NATIVE), ole.read(*path) or b"")
        elif path[0].casefold() in _WRAPS and ole.is_stream(*path):
            yield Found(Field(path[0]), path[0], partial(_read, ole, path))


def _read(ole: OleFile, path: Path) -> bytes:
    return ole.read(*path) or b""


OLE_OBJECT = Reader(
    name="ole-object", version=3, media_types=(OLE, SOLIDWORKS), read=read_ole_object
)
