"""The rows of a table of one object, as its reader gave its cells.

- Trouble that the reader met stands among the rows: what a row lacks for it is not passed over.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from muniment.core import Cell, CellArea, Metadata, Part, Problem, TextSpan
from muniment.facts.ftm import Misread, Row

_RECORD = ("id", "schema", "properties")


def table_rows(parts: Iterable[Part], columns: dict[str, int]) -> Iterator[Row | Misread]:
    """The rows below the first one, which names the columns; `columns` is filled with them."""
    troubles: list[Misread] = []
    for number, row in groupby(_cells(parts, troubles), key=lambda cell: cell.in_table.row):
        plain = {cell.in_table.column: cell.written for cell in row}
        yield from troubles
        troubles.clear()
        if number == 1:
            columns.update({name: column for column, name in plain.items()})
        else:
            yield number, plain
    yield from troubles


def _cells(parts: Iterable[Part], troubles: list[Misread]) -> Iterator[Cell]:
    """The cells; what trouble comes between them is put into `troubles`."""
    for part in parts:
        if isinstance(part, Cell):
            yield part
        elif isinstance(part, Problem):
            troubles.append(_trouble(part))


def _trouble(problem: Problem) -> Misread:
    return Misread(problem.at, f"{problem.code}: {problem.message}")


def record_rows(parts: Iterable[Part], columns: dict[str, int]) -> Iterator[Row | Misread]:
    """The records of a JSON file, a row each; `columns` is filled with the members as they come.

    A file of one record alone is no table for its reader, and comes as text.
    """
    row: dict[int, str] = {}
    number = 0
    for part in parts:
        match part:
            case Metadata(at=CellArea(column=column), name="column", written=name):
                columns[name] = column
            case Cell():
                if part.in_table.row != number and len(row) > 0:
                    yield number, row
                    row = {}
                number = part.in_table.row
                row[part.in_table.column] = part.written
            case TextSpan():
                yield from _single(part.text, columns)
            case Problem():
                yield _trouble(part)
            case _:
                continue
    if len(row) > 0:
        yield number, row


def _single(text: str, columns: dict[str, int]) -> Iterator[Row]:
    try:
        plain: Any = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(plain, dict):
        columns.update({name: at for at, name in enumerate(_RECORD, start=1)})
        yield (
            1,
            {
                1: str(plain.get("id", "")),
                2: str(plain.get("schema", "")),
                3: json.dumps(plain.get("properties"), ensure_ascii=False),
            },
        )
