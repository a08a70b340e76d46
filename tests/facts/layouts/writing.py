"""Simulated tables as files."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import xlsxwriter

from tests.facts.layouts.contents import Value
from tests.facts.layouts.laying import Layout

_SEPARATORS = {"csv": ",", "csv;": ";", "tsv": "\t"}


def write(layouts: Iterable[Layout], folder: Path) -> dict[Path, Layout]:
    """One file a table, named by its truth."""
    written = {}
    for layout in layouts:
        ending = layout.form.rstrip(";")
        path = folder / f"{layout.truth.name}.{ending}"
        if ending == "xlsx":
            _write_workbook(layout, path)
        else:
            _write_text(layout, path)
        written[path] = layout
    return written


def _write_text(layout: Layout, path: Path) -> None:
    with path.open("w", encoding=layout.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=_SEPARATORS[layout.form])
        writer.writerows([["" if v is None else str(v) for v in row] for row in layout.rows])


def _write_workbook(layout: Layout, path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        dated = book.add_format({"num_format": "dd.mm.yyyy"})
        for at, row in enumerate(layout.rows):
            for column, value in enumerate(row):
                _write_cell(sheet, dated, (at, column), value)
        for top, left, bottom, right in layout.merged:
            value = layout.rows[top - 1][left - 1]
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, value)


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    dated: xlsxwriter.format.Format,
    at: tuple[int, int],
    value: Value,
) -> None:
    match value:
        case None:
            pass
        case date():
            sheet.write_datetime(*at, value, dated)
        case int() | float():
            sheet.write_number(*at, value)
        case str():
            sheet.write_string(*at, value)
