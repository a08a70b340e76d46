"""The shapes of the tables of a case: as rules find them, and as people told how records lie.

- Each is found once, and again where the file is laid out anew. What a mapping was told of one
  table is tried on every other: one in which the same headers stand there is of its shape.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.fact_tables import TABLE_SHAPES, TOLD_SHAPES
from muniment.catalog.facts.opening import arranged_sheet
from muniment.catalog.ledger import Ledger
from muniment.catalog.sheets import TableView, open_view, tables_of
from muniment.catalog.tables import LAID_OUT
from muniment.core import Digest, parse_digest
from muniment.facts.layout import Layout, find_layout
from muniment.facts.propose import kinds_of, shape_of_table
from muniment.facts.told import Told, told_text
from muniment.vault import Case

_LEAST_ROWS = 2  # of a table that can be mapped
Progress = Callable[[str, int, int], None]
Row = dict[str, Any]


def find_shapes(case: Case, ledger: Ledger, progress: Progress, told: Iterable[Told] = ()) -> None:
    """Find the shape of every table of which it is not known, and the shapes as they were told."""
    _find(ledger, TABLE_SHAPES, "", progress, lambda view: _found_row(case, ledger, view))
    for each in told:
        text = told_text(each)
        _find(ledger, TOLD_SHAPES, text, progress, _told_rows(case, ledger, each))


def _told_rows(case: Case, ledger: Ledger, told: Told) -> Callable[[TableView], Row]:
    def row(view: TableView) -> Row:
        shape, _ = _shape(case, ledger, view, told)
        return {"told": told_text(told), "shape": shape}

    return row


def _found_row(case: Case, ledger: Ledger, view: TableView) -> Row:
    shape, layout = _shape(case, ledger, view, None)
    names = [] if layout is None else sorted(layout.names.items())
    return {"shape": shape, "headers": json.dumps(names, ensure_ascii=False)}


def _shape(
    case: Case, ledger: Ledger, view: TableView, told: Told | None
) -> tuple[str, Layout | None]:
    """The shape of a table, empty where none can be mapped, and its layout."""
    if view.rows < _LEAST_ROWS:
        return "", None
    table = arranged_sheet(open_view(case, ledger, view), view, told)
    if table is None:
        return "", None
    layout = find_layout(table)
    return shape_of_table(layout, kinds_of(table) if len(layout.names) == 0 else {}), layout


def _find(
    ledger: Ledger, shapes: Table, told: str, progress: Progress, row: Callable[[TableView], Row]
) -> None:
    """Fill a table of shapes; of those that were told, the part of what was `told`."""
    waiting = list(_shapeless(ledger, shapes, told))
    for count, (digest, source) in enumerate(waiting, start=1):
        rows = [
            {"digest": view.sha256, "number": view.number, "sheet": view.sheet, "source": source}
            | row(view)
            for view in _all_tables(ledger, parse_digest(digest))
        ]
        with ledger.engine.begin() as connection:
            old = shapes.delete().where(shapes.c.digest == digest)
            connection.execute(old if told == "" else old.where(shapes.c.told == told))
            if len(rows) > 0:
                connection.execute(insert(shapes), rows)
        progress("shapes of tables", count, len(waiting))


def _shapeless(ledger: Ledger, shapes: Table, told: str) -> Iterator[tuple[str, str]]:
    """Objects of which no shape is known, or that of another reading, and what they are made of."""
    with ledger.engine.begin() as connection:
        laid = {row.digest: row.source for row in connection.execute(select(LAID_OUT))}
        chosen = select(shapes.c.digest, shapes.c.source).distinct()
        chosen = chosen if told == "" else chosen.where(shapes.c.told == told)
        known = {row.digest: row.source for row in connection.execute(chosen)}
        for digest in sorted(known.keys() - laid.keys()):
            connection.execute(shapes.delete().where(shapes.c.digest == digest))
    for digest in sorted(laid):
        if known.get(digest) != laid[digest]:
            yield digest, laid[digest]


def _all_tables(ledger: Ledger, digest: Digest) -> Iterator[TableView]:
    start = 0
    while len(found := tables_of(ledger, digest, start=start)) > 0:
        yield from found
        start = found[-1].number + 1
