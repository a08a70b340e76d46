"""What a reader is: a name, a version, the types it reads, and one function.

    read(source, context) -> Iterator[Part]

- The same bytes and the same context give the same parts, in the same order.
- Every part carries a place that prints as a citation and parses back.
- It may raise the signals of `signals.py`; anything else ends that object as a crash.
- It opens nothing: bytes come from the source, files found inside go to `context.children`.
- A part that was yielded stands, whatever happens afterwards.
"""

from collections.abc import Callable, Iterator

import msgspec

from muniment.core import Part
from muniment.readers.keys import Keys
from muniment.readers.limits import Limits
from muniment.readers.sink import ChildSink
from muniment.readers.source import Source


class Context(msgspec.Struct, frozen=True):
    """What a reader is given besides the bytes."""

    media_type: str  # as detected from the bytes
    limits: Limits
    children: ChildSink
    keys: Keys = msgspec.field(default_factory=Keys)


class PackedCells(msgspec.Struct, frozen=True):
    """`count` cells as the part file encodes them, one after the other (`packed_cells`)."""

    count: int
    body: bytes


class Reader(msgspec.Struct, frozen=True):
    """One format's reader; `version` rises whenever its parts change for any input."""

    name: str
    version: int
    media_types: tuple[str, ...]
    read: Callable[[Source, Context], Iterator[Part]]
    # Whether the first 64 KiB are of the first media type; for types that `detect` does not know.
    recognises: Callable[[bytes], bool] | None = None
    # A pattern without groups and flags ("." is any byte) that fits at the start of all that it
    # recognises: it is asked about nothing else. The empty one fits everywhere.
    begins: bytes = b""
    takes_keys: bool = False  # whether it tries `context.keys` on what is encrypted
    # What a container's tallies count: each thing of this sort should come out as a Child.
    child_sorts: tuple[str, ...] = ("members", "attachments", "messages", "embedded")
    # The same as `read`, with cells in batches; for readers that make millions of them.
    read_packed: Callable[[Source, Context], Iterator[Part | PackedCells]] | None = None
