"""Files inside a PDF: attached to the document, to a page, to a note, to an annotation.

- Each embedded file is a Child once, however often it is referred to; what the file
  specification states of it (dates, size, checksum, description) is kept as written.

Source: ISO 32000-1 §7.11.4 (embedded files), §12.5.6.15; ISO 32000-2 §14.13 (associated files).
"""

from collections.abc import Iterator

import msgspec
import pikepdf

from muniment.core import Field, Part, Place, Problem, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.pdf_objects import MOST, entry, identity, items, named, stream_of, text_in
from muniment.readers.pdf_open import QPDF_ERRORS
from muniment.readers.said_of_errors import said_of
from muniment.readers.sink import ChildSink

_STATED = (
    ("description", "/Desc"),
    ("relationship", "/AFRelationship"),
)
_PARAMETERS = (
    ("created", "/CreationDate"),
    ("modified", "/ModDate"),
    ("size", "/Size"),
)


class Attached(msgspec.Struct, frozen=True):
    """A file specification, where it was found, and the name it goes by."""

    at: Place
    raw_name: bytes
    name: str
    specification: object


def attached_to(pdf: pikepdf.Pdf) -> Iterator[Attached]:
    """The files of the document's own directory, and those associated with it."""
    names = entry(entry(pdf.Root, "/Names"), "/EmbeddedFiles")
    for name, raw, specification in named(names, "/Names"):
        yield _attached(Field(f"attachment {name}"), name, raw, specification)
    for number, specification in enumerate(items(entry(pdf.Root, "/AF")), start=1):
        yield _attached(Field("associated file", number), "", b"", specification)


def attached_at(at: Place, specification: object) -> Attached:
    """The file of an annotation or a page."""
    return _attached(at, "", b"", specification)


def _attached(at: Place, name: str, raw: bytes, specification: object) -> Attached:
    stated = next(
        (
            found
            for key in ("/UF", "/F", "/Unix", "/DOS", "/Mac")
            if isinstance(found := entry(specification, key), pikepdf.String)
        ),
        None,
    )
    shown = text_in(stated) or name
    return Attached(at, raw or (b"" if stated is None else bytes(stated)), shown, specification)


def children_of(attached: list[Attached], sink: ChildSink) -> Iterator[Part]:
    """The tally and the files; a file that several places refer to comes out once."""
    seen: set[tuple[int, int] | None] = set()
    files: list[tuple[Attached, object]] = []
    for one in attached[:MOST]:
        streams = _streams(one.specification)
        if len(streams) == 0 and isinstance(entry(one.specification, "/EF"), pikepdf.Dictionary):
            files.append((one, None))
        for stream in streams:
            mark = identity(stream)
            if mark is None or mark not in seen:
                seen.add(mark)
                files.append((one, stream))
    yield Tally(Whole(), "attachments", len(files))
    for index, (one, stream) in enumerate(files):
        yield _child(one, stream, index, sink)


def _streams(specification: object) -> list[object]:
    """The embedded files of a specification: one, or one for each system it was made for."""
    embedded = entry(specification, "/EF")
    found = [entry(embedded, key) for key in ("/F", "/UF", "/Unix", "/DOS", "/Mac")]
    return [stream for stream in found if isinstance(stream, pikepdf.Stream)]


def _child(one: Attached, stream: object, index: int, sink: ChildSink) -> Part:
    if not isinstance(stream, pikepdf.Stream):
        return Problem(one.at, "member-damaged", "an attachment's bytes are not in the file")
    try:
        data = stream_of(stream)
    except QPDF_ERRORS as why:
        return Problem(one.at, "member-damaged", f"cannot be unpacked ({said_of(why)})")
    stated = tuple(_stated(one.specification, stream))
    given = Entry(one.at, index, Relation.ATTACHMENT, one.raw_name, one.name, stated)
    return child_or_problem(sink, given, (data,))


def _stated(specification: object, stream: pikepdf.Stream) -> Iterator[tuple[str, str]]:
    for name, key in _STATED:
        value = text_in(entry(specification, key))
        if value != "":
            yield name, value
    parameters = entry(stream, "/Params")
    for name, key in _PARAMETERS:
        value = text_in(entry(parameters, key))
        if value != "":
            yield name, value
    checksum = entry(parameters, "/CheckSum")
    if isinstance(checksum, pikepdf.String):
        yield "md5", bytes(checksum).hex()
    kind = text_in(entry(stream, "/Subtype"))
    if kind != "":
        yield "type", kind
