"""Tables of the ICDAR 2013 competition, and how well a finding agrees with them.

- Adjacency relations (Göbel, Hassan, Oro, Orsi: "A methodology for evaluating algorithms for table
  understanding in PDF documents", DocEng 2012): each pair of cells that are next neighbours in a
  row or a column, with what is written in both; blank cells are skipped over.
- Contents: what is written in each cell, alone.
- Found and true tables of a document are pooled; regions are not given to the finder.
"""

import os
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from muniment.core import Area, Cell, Part


class Spot(NamedTuple):
    """A cell: the table it is in, what is written, first and last row and column."""

    table: tuple[int, str]  # page and name
    text: str
    row: int
    column: int
    last_row: int
    last_column: int


class Score(NamedTuple):
    """Counts of what was found rightly, found, and there."""

    right: int
    found: int
    there: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0

    def __add__(self, other: "Score") -> "Score":  # type: ignore[override] # sums, not joined
        return Score(*(one + two for one, two in zip(self, other, strict=True)))


def data_folder() -> Path | None:
    """Where the competition's files lie, if they are at hand."""
    root = os.environ.get(
        "MUNIMENT_DATA", str(Path(__file__).parents[2] / ".." / "shared" / "data")
    )
    folder = Path(root) / "tables-in-pdf" / "icdar2013-eu"
    return folder if folder.is_dir() else None


def true_cells(structure: Path) -> list[Spot]:
    """The cells of a `-str.xml` file."""
    cells = []
    for number, table in enumerate(ET.parse(structure).getroot().iter("table")):  # noqa: S314 - kept data
        for part, region in enumerate(table.iter("region")):
            name = (int(region.get("page", "1")), f"{number}.{part}")
            cells.extend(_true_cell(name, cell) for cell in region.iter("cell"))
    return cells


def _true_cell(name: tuple[int, str], cell: ET.Element) -> Spot:
    row, column = int(cell.get("start-row", "0")), int(cell.get("start-col", "0"))
    last_row = int(cell.get("end-row", row))
    last_column = int(cell.get("end-col", column))
    content = cell.find("content")
    text = "" if content is None or content.text is None else content.text
    return Spot(name, text, row, column, last_row, last_column)


def found_cells(parts: Iterable[Part]) -> list[Spot]:
    """The cells that stand on pages."""
    cells = []
    for part in parts:
        if isinstance(part, Cell) and isinstance(part.at, Area):
            grid = part.in_table
            last_row, last_column = grid.last_row or grid.row, grid.last_column or grid.column
            name = (part.at.page or 0, grid.sheet or "")
            spot = (grid.row, grid.column, last_row, last_column)
            cells.append(Spot(name, part.written, *spot))
    return cells


def adjacency(found: list[Spot], true: list[Spot]) -> Score:
    """Agreement in which cells are neighbours."""
    return _score(Counter(_relations(found)), Counter(_relations(true)))


def contents(found: list[Spot], true: list[Spot]) -> Score:
    """Agreement in what cells hold."""
    one, other = (Counter((s.table[0], plain(s.text)) for s in spots) for spots in (found, true))
    return _score(one, other)


def _score(found: Counter[tuple[object, ...]], true: Counter[tuple[object, ...]]) -> Score:
    return Score((found & true).total(), found.total(), true.total())


def plain(text: str) -> str:
    """As the competition compares: no space, no case, one sign for all that is not alphanumeric."""
    return re.sub(r"[\W_]", "_", re.sub(r"\s+", "", text.lower()))


def _relations(spots: list[Spot]) -> Iterable[tuple[object, ...]]:
    tables: dict[tuple[int, str], list[Spot]] = {}
    for spot in spots:
        if spot.text.strip() != "":
            tables.setdefault(spot.table, []).append(spot)
    for (page, _), cells in tables.items():
        for way, one, other in _neighbours(cells):
            yield page, way, plain(one.text), plain(other.text)


def _neighbours(cells: list[Spot]) -> Iterable[tuple[str, Spot, Spot]]:
    at = {
        (row, column): index
        for index, cell in enumerate(cells)
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
    }
    last_row = max(cell.last_row for cell in cells)
    last_column = max(cell.last_column for cell in cells)
    for cell in cells:
        right = {
            next(
                (
                    at[row, c]
                    for c in range(cell.last_column + 1, last_column + 1)
                    if (row, c) in at
                ),
                -1,
            )
            for row in range(cell.row, cell.last_row + 1)
        }
        below = {
            next(
                (
                    at[r, column]
                    for r in range(cell.last_row + 1, last_row + 1)
                    if (r, column) in at
                ),
                -1,
            )
            for column in range(cell.column, cell.last_column + 1)
        }
        yield from (("right", cell, cells[index]) for index in sorted(right - {-1}))
        yield from (("below", cell, cells[index]) for index in sorted(below - {-1}))
