"""What stands in a workbook, read without Muniment: what its own reading is held against.

- xlsx: the XML of the package itself, by the standard library. Of openpyxl come the number formats
  that have no text in the file, and how a shared formula reads in another cell.
- xls: xlrd's own values, formats and rows. It does not keep formulas; those stand in the tests, by
  hand, or are those of the same workbook saved as xlsx.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import xlrd  # type: ignore[import-untyped]
from openpyxl.formula.translate import Translator
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import coordinate_to_tuple
from xlrd.formatting import std_format_strings  # type: ignore[import-untyped]

At = tuple[str, int, int]  # sheet, row and column, from 1


class TrueCell(NamedTuple):
    """`written` is text, a number, or none; of a format that shows what is stored, none is said."""

    written: str | float | None
    formula: str | None
    number_format: str | None
    hidden: bool


def truth(path: Path) -> dict[At, TrueCell]:
    """Every cell of a workbook that holds a value or a formula."""
    read = _old_cells if path.suffix == ".xls" else _cells
    return {at: cell for at, cell in read(path) if cell[:2] != (None, None)}


def _shown_format(written: str | float | None, form: str) -> str | None:
    return form if isinstance(written, float) and form.lower() not in {"general", ""} else None


def _cells(path: Path) -> Iterator[tuple[At, TrueCell]]:
    with zipfile.ZipFile(path) as package:
        names = {name.lower(): name for name in package.namelist()}
        parts = {
            low: _parsed(package.read(name))
            for low, name in names.items()
            if low.endswith((".xml", ".rels")) and low.startswith("xl/")
        }
    book, links = parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    strings = [_text(item) for item in parts.get("xl/sharedstrings.xml", ())]
    formats = _formats(parts["xl/styles.xml"]) if "xl/styles.xml" in parts else ["General"]
    for sheet in book.iter("sheet"):
        target = posixpath.normpath(posixpath.join("xl", targets[sheet.get("id")])).lstrip("/")
        if target.startswith("xl/xl/"):
            target = target[3:]
        unseen = sheet.get("state", "visible") != "visible"
        name = str(sheet.get("name"))
        root = parts[target.lower()]
        yield from (((name, *at), cell) for at, cell in _sheet(root, strings, formats, unseen))


def _parsed(data: bytes) -> ET.Element:
    """XML without its namespaces: a workbook has those of one of two standards, or a prefix."""
    root = ET.fromstring(data)  # noqa: S314 - known files
    for element in root.iter():
        element.tag = _bare(element.tag)
        element.attrib = {_bare(name): value for name, value in element.attrib.items()}
    return root


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _text(item: ET.Element) -> str:
    """Runs of text, without how it is pronounced."""
    inside = [run for run in item if run.tag in {"t", "r"}]
    return "".join(t.text or "" for run in inside for t in run.iter("t"))


def _formats(styles: ET.Element) -> list[str]:
    own = {
        int(form.get("numFmtId", 0)): form.get("formatCode", "") for form in styles.iter("numFmt")
    }
    used = styles.find("cellXfs")
    numbers = [int(xf.get("numFmtId", 0)) for xf in (() if used is None else used)]
    return [own.get(number, BUILTIN_FORMATS.get(number, "General")) for number in numbers]


def _sheet(
    root: ET.Element, strings: list[str], formats: list[str], unseen: bool
) -> Iterator[tuple[tuple[int, int], TrueCell]]:
    columns = {
        number
        for column in root.iter("col")
        if column.get("hidden") in {"1", "true"}
        for number in range(int(column.get("min", 0)), int(column.get("max", 0)) + 1)
    }
    shared: dict[str | None, tuple[str, str]] = {}
    for row in root.iter("row"):
        for cell in row.iter("c"):
            at = coordinate_to_tuple(cell.attrib["r"])
            written = _value(cell, strings)
            form = formats[int(cell.get("s", 0))]
            hidden = unseen or row.get("hidden") in {"1", "true"} or at[1] in columns
            formula = _formula(cell, shared)
            yield at, TrueCell(written, formula, _shown_format(written, form), hidden)


def _value(cell: ET.Element, strings: list[str]) -> str | float | None:
    inline = cell.find("is")
    if inline is not None:
        return _text(inline)
    value = cell.find("v")
    if value is None or value.text is None:
        return None
    if cell.get("t") == "s":
        return strings[int(value.text)]
    return float(value.text) if cell.get("t", "n") == "n" else value.text


def _formula(cell: ET.Element, shared: dict[str | None, tuple[str, str]]) -> str | None:
    formula = cell.find("f")
    if formula is None:
        return None
    if formula.text:
        if formula.get("t") == "shared":
            shared[formula.get("si")] = (formula.text, cell.attrib["r"])
        return formula.text
    text, origin = shared[formula.get("si")]
    return str(Translator(f"={text}", origin).translate_formula(cell.attrib["r"]))[1:]


_HELD = {xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE, xlrd.XL_CELL_BOOLEAN}


def _old_cells(path: Path) -> Iterator[tuple[At, TrueCell]]:
    with xlrd.open_workbook(str(path), formatting_info=True) as book:
        for sheet in book.sheets():
            for row in range(sheet.nrows):
                for column in range(sheet.row_len(row)):
                    cell = sheet.cell(row, column)
                    if cell.ctype in _HELD:
                        yield (sheet.name, row + 1, column + 1), _old_cell(book, sheet, row, column)


def _old_cell(book: xlrd.Book, sheet: xlrd.sheet.Sheet, row: int, column: int) -> TrueCell:
    cell = sheet.cell(row, column)
    written = cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        written = str(written)
    key = book.xf_list[cell.xf_index].format_key
    form = book.format_map[key].format_str
    if form == std_format_strings.get(key):  # not in the file: xlrd has names of its own for some
        form = BUILTIN_FORMATS.get(key, form)
    hidden = sheet.visibility != 0 or _unseen(sheet.rowinfo_map, row)
    hidden = hidden or _unseen(sheet.colinfo_map, column)
    return TrueCell(written, None, _shown_format(written, form), hidden)


def _unseen(facts: Mapping[int, xlrd.sheet.Rowinfo], number: int) -> bool:
    return number in facts and bool(facts[number].hidden)
