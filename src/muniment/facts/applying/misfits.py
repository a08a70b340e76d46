"""What a table has that its mapping does not fit: columns, rows and cells, each with its place."""

from collections.abc import Iterator

import msgspec
import numpy as np

from muniment.facts.applying.applied import Misfit, Values, column_of
from muniment.facts.applying.cells import Cells
from muniment.facts.applying.rows_apart import silent_rows
from muniment.facts.applying.subjects import Subjects
from muniment.facts.contradictions import Dates, contradictions
from muniment.facts.layout import RowKind, Rows
from muniment.facts.mapping import ColumnRule, Mapping
from muniment.facts.shifting import FEWEST
from muniment.facts.statement import Unread
from muniment.facts.table import NOTHING, Codes, Mask, Table


class Misfits(msgspec.Struct, frozen=True):
    """What a table has that the mapping does not fit."""

    table: Table
    mapping: Mapping
    rows: Rows
    cells: dict[int, Cells]
    values: dict[int, Values]
    subjects: Subjects
    misread: Codes  # cells of each row that cannot belong to their columns
    shifted: dict[int, int]  # by how many columns the cells of rows have moved
    as_of: str | None = None

    def found(self) -> list[Misfit]:
        """All of it: columns, then by row; cells that say there is nothing come last.

        Only so many are listed, and a list with `NA` in every other cell must not hide the rest.
        """
        none = Unread.NO_VALUE.value
        return [
            *self._columns(),
            *self._epochs(),
            *sorted(
                dict.fromkeys(self._of_rows()),
                key=lambda each: (each.code == none, each.row, each.column),
            ),
        ]

    def _columns(self) -> Iterator[Misfit]:
        data = self.rows.of(RowKind.DATA)
        known = {rule.column for rule in self.mapping.columns}
        for rule in self.mapping.columns:
            if rule.is_mapped and rule.column not in self.cells:
                says = f"the mapping reads column {rule.column}, in which no cell stands"
                yield Misfit(0, rule.column, "missing-column", says)
        for column in self.table.columns:
            held = int((column.filled() & data).sum())
            if column.number not in known and held > 0:
                says = f"{held:,} cells stand in a column that the mapping does not list"
                yield Misfit(0, column.number, "extra-column", says)
        beyond = self.table.beyond
        if beyond.columns > 0:
            says = f"{beyond.columns:,} more columns with {beyond.cells:,} cells are not looked at"
            yield Misfit(0, 0, "extra-columns", says)

    def _epochs(self) -> Iterator[Misfit]:
        """Columns of which the mapping counts dates from another day than the workbook does."""
        for rule in self.mapping.columns:
            asked = dict(rule.options).get("epoch")
            own = self.table.epoch
            if rule.column in self.cells and asked is not None and own not in (None, asked):
                says = f"the mapping counts dates from {asked}, the workbook from {own}"
                yield Misfit(0, rule.column, "epochs-differ", says)

    def _contradictions(self) -> Iterator[Misfit]:
        """Dates of one row that cannot all be true."""
        dates = {
            rule.column: Dates(
                rule, self.cells[rule.column].codes, self.values[rule.column].readings
            )
            for rule in self.mapping.columns
            if rule.column in self.cells
        }
        for found in contradictions(self.mapping, dates, self.as_of):
            position = int(self.cells[found.column].cited[found.position])
            yield self._at(found.column, position, found.code, found.says)

    def _at(self, column: int, position: int, code: str, says: str) -> Misfit:
        """A misfit of one cell, by where it stands in the sheet."""
        row, standing = self.table.stands_at(column, position)
        return Misfit(row, standing, code, says)

    def _row(self, position: int, code: str, says: str) -> Misfit:
        """A misfit of a row; of a record that is not a row of the sheet, at its first cell."""
        if self.table.arrangement != "":
            for column in self.table.columns:
                if column.codes[position] != NOTHING:
                    return self._at(column.number, position, code, says)
        return Misfit(int(self.table.rows[position]), 0, code, says)

    def _no_data(self) -> Iterator[Misfit]:
        """Rows that are no data; a title above the headers fits, but two cells are no title."""
        for kind, code in _LISTED.items():
            for position in np.flatnonzero(self.rows.kinds == kind).tolist():
                why, cells = self.rows.reasons.get(position, ""), len(self.table.texts(position))
                if why != "":
                    yield self._row(position, code, why)
                elif cells >= _NO_TITLE:
                    says = f"{cells} filled cells stand above the headers, and are not read"
                    yield self._row(position, "above-headers", says)

    def _of_rows(self) -> Iterator[Misfit]:
        yield from self._contradictions()
        yield from self._odd_formulas()
        table = self.table
        yield from self._no_data()
        silent = silent_rows(self.cells, self.values, self.rows.of(RowKind.DATA))
        for position in np.flatnonzero(silent):
            says = (
                "the mapped cells of this row only say that there is nothing: nobody stands in it"
            )
            yield self._row(int(position), "nothing-said", says)
        still = np.ones(len(table.rows), np.bool_)
        still[list(self.shifted)] = False
        for rule in self.mapping.columns:
            if rule.column not in self.cells:
                continue
            cells = self.cells[rule.column]
            yield from self._unread(rule, cells, still)
            yield from self._resultless(rule)
            nobody = self.subjects.numbers[rule.entity] == NOTHING
            lone = self.subjects.telling[rule.column] & nobody
            for position in np.flatnonzero(lone & ~silent & still):
                says = f"nothing in this row says whose {rule.property} it is"
                yield self._at(rule.column, int(position), "no-subject", says)
        for moved, by in self.shifted.items():
            yield self._row(moved, "shifted-row", _how_shifted(by))
        for position in np.flatnonzero((self.misread >= FEWEST) & still):
            count = int(self.misread[position])
            says = f"{count} cells do not read as their columns do: perhaps shifted"
            yield self._row(int(position), "row-shape", says)

    def _unread(self, rule: ColumnRule, cells: Cells, still: Mask) -> Iterator[Misfit]:
        values = self.values[rule.column]
        why = [reading.unread for reading in values.readings]
        # A cell that says that there is nothing fits: it is unread, and no misfit.
        odd = np.array([*(each not in ("", Unread.NO_VALUE) for each in why), False], np.bool_)
        found = odd[cells.codes] & still
        for position in np.flatnonzero(found):
            code = int(cells.codes[position])
            says = f"{rule.property}: not read"
            yield self._at(rule.column, int(cells.cited[position]), why[code], says)

    def _resultless(self, rule: ColumnRule) -> Iterator[Misfit]:
        """Cells that show nothing only because the file was saved before it was calculated."""
        column = column_of(self.table, rule.column)
        if column.resultless is None:
            return
        for position in np.flatnonzero(column.resultless & self.rows.of(RowKind.DATA)):
            says = f"{rule.property}: a formula of which the file stores no result"
            yield self._at(rule.column, int(position), "no-stored-result", says)

    def _odd_formulas(self) -> Iterator[Misfit]:
        """Cells of any column that are computed unlike their neighbours."""
        data = self.rows.of(RowKind.DATA)
        for column in self.table.columns:
            if column.odd_formula is None:
                continue
            for position in np.flatnonzero(column.odd_formula & data):
                says = "a formula unlike the others of its column"
                yield self._at(column.number, int(position), "odd-formula", says)


def _how_shifted(by: int) -> str:
    side = "right" if by > 0 else "left"
    return f"its cells have moved {abs(by)} to the {side} of their columns: nothing of it is read"


_NO_TITLE = 2  # filled cells of a row above the headers


_LISTED = {
    RowKind.TOTAL: "total-row",
    RowKind.OTHER: "other-headers",
    RowKind.CHANGED: "shape-changed",
    RowKind.TITLE: "title-row",
    RowKind.NOTE: "note-row",
    RowKind.REPEATED: "repeated-headers",
}
