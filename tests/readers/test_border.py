"""What crosses from the reading process: cells of sheets as cells, all else as parts."""

import msgspec
import pytest

from muniment.core import Area, Cell, CellArea, CellKind, Metadata, Part, TextSpan, Whole
from muniment.readers.border import HEAD, Cells, Parts, packed_parts, unpack

PLAIN = Cell(CellArea(1, 2, "S"), CellKind.NUMBER, "7", None, "A1+6", "0.00", hidden=True)
OTHERS: dict[str, Part] = {
    "a text": TextSpan(Whole(), "a"),
    "a property": Metadata(CellArea(1, 1, "S"), "sheet", "S"),
    "a range": Cell(CellArea(1, 2, "S", 3, 4), CellKind.TEXT, "a"),
    "a cell of a page": Cell(Area(1), CellKind.TEXT, "a", grid=CellArea(1, 1)),
}


def sent(*parts: Part) -> list[object]:
    return [unpack(message[HEAD.size :]) for message in packed_parts(iter(parts))]


def test_cells_of_a_sheet_arrive_field_by_field() -> None:
    (message,) = sent(PLAIN)
    assert isinstance(message, Cells)
    encode = msgspec.msgpack.encode
    assert encode(message.cells) == encode([PLAIN])


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_cell_of_a_sheet_arrives_as_it_was(other: Part) -> None:
    assert sent(other) == [Parts((other,))]


def test_half_a_character_does_not_stop_cells() -> None:
    (message,) = sent(Cell(CellArea(1, 1, "S"), CellKind.TEXT, "a\ud800"))
    assert isinstance(message, Cells)
    assert message.cells[0].written == "a\ufffd"
