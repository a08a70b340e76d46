"""What crosses from the reading process to its parent, and nothing else does.

    message    u32 length (big-endian), msgpack array:
               ["opened", …] | ["parts", …] | ["cells", …] | ["closed", …]

- The parent treats the sender as compromised: lengths are bounded before anything is allocated,
  types are decoded strictly, places go through their constructors, and no code is ever loaded.
- Cells of a sheet may come as a message of their own, whose bounds are checked while it is decoded:
  a large table costs no object of ours and no line of Python for each cell.
- No message names a path; files found inside the object are named by their digests only.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from muniment.core import Cell, CellArea, CellKind, Part, Problem, Whole, print_place
from muniment.readers.addressable import LARGEST_POSITION
from muniment.readers.encoding import without_surrogates
from muniment.readers.outcome import How
from muniment.readers.packed_cells import array_head
from muniment.readers.reader import PackedCells

HEAD = struct.Struct(">I")
LARGEST_MESSAGE = 16 << 20
_LARGEST_BATCH = 1_000
_LARGEST_PLACE = 4_096


class Opened(msgspec.Struct, frozen=True, tag="opened", array_like=True):
    """What the object was found to be, who reads it, and which mechanisms confine the reader."""

    media_type: str
    reader: str
    reader_version: int
    confined_by: tuple[str, ...]


class Parts(msgspec.Struct, frozen=True, tag="parts", array_like=True):
    """Some parts, in order."""

    parts: tuple[Part, ...]


_Position = Annotated[int, msgspec.Meta(ge=1, le=LARGEST_POSITION)]


class SheetPlace(
    msgspec.Struct, frozen=True, tag="cell", array_like=True, gc=False, forbid_unknown_fields=True
):
    """A `CellArea` that is one cell."""

    row: _Position
    column: _Position
    sheet: str | None
    last_row: None
    last_column: None


class SheetCell(
    msgspec.Struct, frozen=True, tag="cell", array_like=True, gc=False, forbid_unknown_fields=True
):
    """A `Cell` that stands in a sheet, field by field as it."""

    at: SheetPlace
    kind: CellKind
    written: str
    shown: str | None
    formula: str | None
    number_format: str | None
    hidden: bool
    comment: str | None
    grid: None
    confidence: None
    source: str


class Cells(msgspec.Struct, frozen=True, tag="cells", array_like=True):
    """Some cells of sheets, in order; each is a `Cell` that needs no further check."""

    cells: tuple[SheetCell, ...]


class Closed(msgspec.Struct, frozen=True, tag="closed", array_like=True):
    """How the reader ended; `code` is empty where no Problem is to be recorded.

    `keys_used` are positions among the candidate keys that the reader was given.
    """

    how: How
    code: str
    reason: str
    keys_used: tuple[int, ...] = ()


Message = Opened | Parts | Cells | Closed

_CELLS_HEAD = b"\x92\xa5cells"
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Message)


def pack(message: Message) -> bytes:
    """The bytes that carry one message."""
    body = _encoder.encode(message)
    return HEAD.pack(len(body)) + body


def unpack(untrusted_body: bytes) -> Message:
    """The message in these bytes.

    Raises:
        msgspec.MsgspecError: it is not a message.
    """
    message: Message = _decoder.decode(untrusted_body)
    return message


def packed_parts(parts: Iterable[Part | PackedCells]) -> Iterator[bytes]:
    """Messages that carry all of `parts`, in batches that grow to a thousand.

    Parts found before `parts` raises are carried before the exception goes on; if the process dies
    instead, at most an eighth of what was found is lost, and always the same eighth.
    """
    batch: list[Part] = []
    sent = most = 0
    try:
        for part in parts:
            if isinstance(part, PackedCells):
                yield from _pack_batch(batch)
                yield _pack_cells(part)
                sent += len(batch) + part.count
                batch = []
                most = min(_LARGEST_BATCH, sent // 8)
                continue
            batch.append(part)
            if len(batch) > most:
                yield from _pack_batch(batch)
                sent += len(batch)
                batch = []
                most = min(_LARGEST_BATCH, sent // 8)
    except GeneratorExit:
        raise  # nobody listens any more
    except BaseException:
        yield from _pack_batch(batch)
        raise
    yield from _pack_batch(batch)


def _pack_cells(packed: PackedCells) -> bytes:
    body = _CELLS_HEAD + array_head(packed.count) + packed.body
    return HEAD.pack(len(body)) + body


def _pack_batch(batch: list[Part]) -> Iterator[bytes]:
    if len(batch) == 0:
        return
    sort = "cells" if all(map(_is_sheet_cell, batch)) else "parts"
    try:
        packed = _carried(sort, batch)
    except UnicodeEncodeError:
        packed = _carried(sort, [without_surrogates(part) for part in batch])
    if len(packed) <= LARGEST_MESSAGE:
        yield packed
    elif len(batch) == 1:
        yield pack(Parts((_too_large(batch[0], len(packed)),)))
    else:
        yield from _pack_batch(batch[: len(batch) // 2])
        yield from _pack_batch(batch[len(batch) // 2 :])


def _is_sheet_cell(part: Part) -> bool:
    """Whether it is what `SheetCell` describes."""
    return (
        isinstance(part, Cell)
        and isinstance(part.at, CellArea)
        and (part.at.last_row is None and part.at.last_column is None)
        and (part.grid is None and part.confidence is None)
    )


def _carried(sort: str, batch: list[Part]) -> bytes:
    """The message of `Parts` or `Cells` that holds these."""
    body = _encoder.encode((sort, batch))
    return HEAD.pack(len(body)) + body


def _too_large(part: Part, size: int) -> Problem:
    message = f"a part of kind {type(part).__name__} takes {size} bytes and is left out"
    at = part.at if len(print_place(part.at)) <= _LARGEST_PLACE else Whole()
    return Problem(at, "part-too-large", message)
