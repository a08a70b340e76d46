"""What stands behind the end of a file: a film, an archive, anything; a file of its own.

- Camera phones put the film of a "motion photo" there, and people hide archives there.
- Nothing but zeros or one repeated byte is padding, and stated as that; behind documents and
  databases padding and blanks are usual, and are not stated.
"""

from collections.abc import Iterator

from muniment.core import Field, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.embedded import Embedded
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.sink import ChildSink
from muniment.readers.source import Source

_NAME = "bytes behind the end"
_BLANKS = b" \t\r\n\f\0\x1a"
_FILM = b"ftyp"
_FILM_WITHIN = 1 << 16


def file_behind(source: Source, end: int, what: str, sink: ChildSink) -> Iterator[Part]:
    """A Problem, and a Child, for what stands behind the `end` of a document or database.

    Raises:
        RefusedError: a limit of the whole object is reached.
    """
    if end >= source.size or all(block.strip(_BLANKS) == b"" for block in source.blocks(end)):
        return
    message = f"{source.size - end} bytes stand behind the end of the {what}, from byte {end}"
    yield Problem(Whole(), "trailing-bytes", message)
    yield Tally(Whole(), "embedded", 1)
    stated = (("bytes", f"{end}-{source.size}"),)
    entry = Entry(Field(_NAME), 0, Relation.EMBEDDED, b"", "", stated)
    yield child_or_problem(sink, entry, source.blocks(end))


def behind_the_end(data: bytes, end: int, found: list[Embedded]) -> Iterator[Part]:
    """A Problem where something stands behind `end`; it goes to `found`."""
    rest = data[end:]
    if len(rest) == 0:
        return
    if rest.count(rest[:1]) == len(rest):
        yield Metadata(Field(_NAME), _NAME, f"{len(rest)} bytes of padding, all {rest[0]:02x}")
        return
    message = f"{len(rest)} bytes stand behind the end of the picture, from byte {end}"
    yield Problem(Whole(), "trailing-bytes", message)
    found.append(Embedded(Field(_NAME), Relation.EMBEDDED, rest))
    film = rest.find(_FILM, 0, _FILM_WITHIN)
    if film > 4:  # noqa: PLR2004 - a film that begins at once is the whole rest
        found.append(Embedded(Field(_NAME, 2), Relation.EMBEDDED, rest[film - 4 :]))
