"""Bytes that stand in a field of a database: a file, a text, or neither.

- What begins like a file is a child at its cell; valid UTF-8 without controls is the cell's text;
  of anything else the length is stated.
"""

from collections.abc import Iterator

from muniment.core import Cell, CellArea, CellKind, Metadata, Part, Relation
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.signatures import by_signature
from muniment.readers.sink import ChildSink

_LEAST_FILE = 16
_PROPERTY_LIST = b"bplist00"
_WHITE = frozenset("\t\n\r")


class Blobs:
    """The fields of one object; `count` is how many of them were files."""

    def __init__(self, sink: ChildSink, relation: Relation) -> None:
        self._sink = sink
        self._relation = relation
        self.count = 0

    def parts(self, at: CellArea, value: bytes) -> Iterator[Part]:
        """What the bytes at this cell are."""
        if len(value) == 0:
            return
        if len(value) >= _LEAST_FILE and (
            value.startswith(_PROPERTY_LIST) or by_signature(value) is not None
        ):
            index, self.count = self.count, self.count + 1
            entry = Entry(at, index, self._relation, b"", "", packed_size=len(value))
            yield child_or_problem(self._sink, entry, (value,))
            return
        written = _text(value)
        if written is None:
            yield Metadata(at, "bytes", str(len(value)))
        else:
            yield Cell(at, CellKind.TEXT, written)


def _text(value: bytes) -> str | None:
    try:
        written = value.decode("utf-8")
    except UnicodeDecodeError:
        return None
    fits = all(letter.isprintable() or letter in _WHITE for letter in written)
    return written if fits else None
