"""`table`: the rows of one table, in any order, under any condition, on screen or in a file."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import (
    case_argument,
    json_option,
    limit_option,
)
from muniment.app.looking_session import reading
from muniment.app.show import hint, print_json_lines, say
from muniment.app.show import table as say_table
from muniment.catalog import object_named
from muniment.catalog.sheets import (
    Cite,
    Headings,
    Leaving,
    Question,
    Sheet,
    TableView,
    Window,
    as_csv,
    column_of,
    headings,
    letters,
    open_sheet,
    question_of,
    table_of,
    tables_of,
    window,
    write_parquet,
)
from muniment.core import UsageError

_ENDINGS = (".csv", ".parquet")
_NAMED = 200  # tables of an object that are listed


class _Asked(msgspec.Struct, frozen=True):
    """What of a table is wanted."""

    question: Question
    columns: tuple[int, ...]
    headings: Headings


@click.command()
@case_argument
@click.argument("sha256")
@click.option("--sheet", help="The sheet's name; the first table of the file otherwise.")
@click.option("--sort", default="", help="Columns to sort by, such as C or -C,D.")
@click.option(
    "--where",
    multiple=True,
    help="A condition, such as 'C has word', 'D from 10', 'E empty'; all must hold.",
)
@click.option("--columns", default="", help="Columns to show, such as A,C,F; all otherwise.")
@click.option(
    "--head",
    type=click.IntRange(0),
    help="The row whose cells name the columns; 0 for none. Guessed otherwise.",
)
@click.option("--start", type=click.IntRange(0), default=0, help="Rows to pass over.")
@limit_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write all rows that answer into this new file, .csv or .parquet.",
)
@click.option(
    "--cite",
    type=click.Choice([each.value for each in Cite]),
    default=Cite.ROW.value,
    show_default=True,
    help="Citations in the file: one a row, one a cell, or none.",
)
@click.option("--written", is_flag=True, help="Values as stored in the file, not as shown.")
@click.option(
    "--plain",
    is_flag=True,
    help="In CSV, leave values that begin with = + - @ as they are; a spreadsheet program may run "
    "them. Otherwise they get an apostrophe.",
)
@click.option("--no-bom", is_flag=True, help="CSV without the mark by which programs know UTF-8.")
@json_option
def table(  # noqa: PLR0913 - one parameter for each option of the command
    case: Path,
    sha256: str,
    *,
    sheet: str | None,
    sort: str,
    where: tuple[str, ...],
    columns: str,
    head: int | None,
    start: int,
    limit: int,
    out: Path | None,
    cite: str,
    written: bool,
    plain: bool,
    no_bom: bool,
    as_json: bool,
) -> None:
    """Show or take out the rows of one table, by their true numbers and with citations.

    SHA256 names the file, as `muniment items` lists it. A condition is a column by its letters, a
    word (has, lacks, is, not, from, to, empty, filled, kind, mark) and a value.
    """
    question = question_of(sort, list(where))
    with reading(case) as (opened, ledger):
        digest = object_named(ledger, sha256)
        view = table_of(ledger, digest, sheet)
        held = open_sheet(opened, ledger, digest, sheet)
        chosen = tuple(column_of(each) for each in columns.split(",") if each.strip() != "")
        asked = _Asked(question, chosen or tuple(held.columns), headings(held, head))
        if out is not None:
            leaving = Leaving(
                asked.question,
                asked.columns,
                asked.headings,
                cite=Cite(cite),
                written=written,
                bom=not no_bom,
                guarded=not plain,
            )
            _write(held, leaving, out)
            return
        seen = window(held, question, columns=asked.columns, start=start, count=min(limit, 1000))
        if as_json:
            print_json_lines(_as_json(held, seen, asked.headings))
            return
        _say(view, seen, asked, tables_of(ledger, digest, limit=_NAMED))


def _write(sheet: Sheet, leaving: Leaving, out: Path) -> None:
    """Write a new file whole, or none."""
    if out.suffix.lower() not in _ENDINGS:
        raise UsageError(
            f"{out.name} does not say what kind of file it is to be",
            next_step="give it a name that ends in .csv or .parquet",
        )
    if out.exists():
        raise UsageError(f"{out} is there already", next_step="name a new file, or move that one")
    folder = Path(tempfile.mkdtemp(prefix=".muniment-", dir=out.absolute().parent))
    try:
        if out.suffix.lower() == ".parquet":
            partial = write_parquet(sheet, leaving, folder)
        else:
            partial = folder / "table.csv"
            with partial.open("wb") as file:
                file.writelines(as_csv(sheet, leaving))
        os.replace(partial, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"wrote {out}")
    if leaving.guarded and out.suffix.lower() == ".csv":
        hint("values that a spreadsheet program would run got an apostrophe; --plain leaves them")


def _as_json(sheet: Sheet, seen: Window, heads: Headings) -> Iterator[dict[str, Any]]:
    for row in seen.rows:
        cells = {}
        position = sheet.position(row.number)
        for column, cell in zip(seen.columns, row.cells, strict=True):
            if cell is not None and position is not None:
                cells[letters(column)] = {
                    "heading": heads.names.get(column),
                    "shown": cell.value.displayed,
                    "written": cell.value.written,
                    "kind": cell.value.kind.value,
                    "hidden": cell.hidden,
                    "comment": cell.comment,
                    "citation": str(sheet.citation(position, sheet.column(column))),
                }
        yield {"row": row.number, "hidden": row.hidden, "cells": cells}


def _say(
    view: TableView | None, seen: Window, asked: _Asked, tables: tuple[TableView, ...]
) -> None:
    if view is not None:
        say(f"{view.rows:,} rows, {view.columns:,} columns; {seen.total:,} rows answer")
        if view.columns_left_out > 0:
            say(f"{view.columns_left_out:,} more columns are too many to lay out")
    if len(tables) > 1:
        names = ", ".join(each.sheet or "(no name)" for each in tables)
        say(f"tables of this file: {names}")
    names_of = tuple(
        letters(column)
        if asked.headings.names.get(column) is None
        else f"{letters(column)} {asked.headings.names[column]}"
        for column in seen.columns
    )
    rows = (
        (
            f"{row.number}{' (hidden)' if row.hidden else ''}",
            *("" if cell is None else cell.value.displayed for cell in row.cells),
        )
        for row in seen.rows
    )
    say_table(("row", *names_of), rows)
    if seen.start + len(seen.rows) < seen.total:
        say(f"… and {seen.total - seen.start - len(seen.rows):,} more: --start, --limit, or --out")
