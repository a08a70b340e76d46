"""Which type an object is, by its content.

    signature ──▶ zip: look inside ──▶ office, OpenDocument, EPUB …
        │    └──▶ OLE: look inside ──▶ doc, xls, ppt, msg, encrypted OOXML …
        ├──▶ a reader's own sign
        ├──▶ text? ──▶ mail, mailbox, HTML, XML, SVG, JSON, CSV, plain
        ├──▶ an archive behind a program, a disk image by its last bytes
        └──▶ libmagic for the rest; without it: application/octet-stream

- The name never decides; that it says otherwise is recorded as `type-disagrees`.
- Only bytes that no reader here reads go to libmagic, so parts do not depend on its version.
"""

from collections.abc import Iterator, Sequence

from muniment.core import Part, Problem, Whole
from muniment.readers.archive_signs import by_other_bytes
from muniment.readers.extensions import types_of_extension
from muniment.readers.look_inside import type_of_ole, type_of_zip
from muniment.readers.magic_library import type_by_libmagic
from muniment.readers.reader import Reader
from muniment.readers.signatures import OLE, ZIP, by_signature
from muniment.readers.source import Source
from muniment.readers.text_kinds import text_type

_HEAD = 1 << 16


def detect(source: Source, readers: Sequence[Reader]) -> str:
    """The media type of an object's bytes; a reader may recognise its own."""
    head = source.read_at(0, _HEAD)
    found = by_signature(head)
    if found == ZIP:
        return type_of_zip(source)
    if found == OLE:
        return type_of_ole(source)
    if found is not None:
        return found
    for reader in readers:
        if reader.recognises is not None and reader.recognises(head):
            return reader.media_types[0]
    return text_type(source, head) or by_other_bytes(source, head) or type_by_libmagic(head)


def disagreements(media_type: str, untrusted_names: tuple[str, ...]) -> Iterator[Part]:
    """A Problem for each name whose extension means another type than the bytes."""
    for name in untrusted_names:
        expected = types_of_extension(name)
        if len(expected) > 0 and media_type not in expected:
            extension = name.rpartition(".")[2].lower()
            message = f"a name ends in .{extension}, the bytes are {media_type}"
            yield Problem(Whole(), "type-disagrees", message)
