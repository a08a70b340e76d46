"""`rate` and `suppress`: a share with all that bounds it, and a table without its small cells."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from muniment.app.commands.options import json_option
from muniment.app.show import plain, print_json, say
from muniment.app.show import table as say_table
from muniment.app.table_file import text_of, write_whole
from muniment.catalog.sheets import guarded
from muniment.core import Error, UsageError
from muniment.measure import (
    LinkageError,
    PublishedTable,
    Tally,
    TwoWay,
    cells_of,
    share,
    suppress,
    tally,
    two_way,
)
from muniment.text import fold

_PEOPLE = "give a CSV file with a header and one row a person"
_COUNTS = "give a CSV file of counts: a header, and a name before each row's counts"
_WITHHELD = "*"
_SHOWN = 10  # other values that are named
_Range = tuple[float, float]


@click.command()
@click.argument("table", type=click.Path(path_type=Path), required=False)
@click.option("--estimand", required=True, help="Who of whom, where, and when.")
@click.option("--column", help="With TABLE: the column that says who has the property.")
@click.option(
    "--value", "values", multiple=True, help="With TABLE: what it says of them; repeatable."
)
@click.option("--having", type=int, help="Without TABLE: people having the property.")
@click.option("--people", type=int, help="Without TABLE: people in the register.")
@click.option("--blank", type=int, help="Without TABLE: of them, those of whom nothing is said.")
@click.option("--absent", type=int, default=0, help="People of the population not in the register.")
@click.option(
    "--false-links", type=(float, float), help="Fewest and most, as fractions of those made."
)
@click.option("--missed-links", type=(float, float), help="Fewest and most, as fractions of all.")
@click.option("--sample", help="How the register's people were drawn at random.")
@json_option
def rate(  # noqa: PLR0913 - a command has the options that it has
    table: Path | None,
    estimand: str,
    *,
    column: str | None,
    values: tuple[str, ...],
    having: int | None,
    people: int | None,
    blank: int | None,
    absent: int,
    false_links: _Range | None,
    missed_links: _Range | None,
    sample: str | None,
    as_json: bool,
) -> int:
    """State a share of a population with everything that bounds it.

    TABLE is a CSV file of one row a person; the people whose COLUMN is one of the values are
    counted and cited, blanks are bounded and never guessed. Without TABLE give the counts. A
    register counted whole has no sampling error, and the answer says so; intervals are given for a
    sample alone.
    """
    counted = _counted(table, column, values, (having, people, blank))
    none = (0.0, 0.0)
    linked = false_links is not None or missed_links is not None
    found = share(
        estimand,
        having=counted.having,
        people=counted.people,
        blank=counted.blank,
        absent=absent,
        linkage=LinkageError(false_links or none, missed_links or none) if linked else None,
        sample=sample,
        cells=counted.cells,
    )
    if as_json:
        print_json({**msgspec.structs.asdict(found), "sentence": found.sentence()})
        return 0
    say(plain(found.sentence()))
    if len(counted.values) > 0:
        named = ", ".join(f"“{plain(value)}”" for value in counted.values[:_SHOWN])
        more = ", …" if len(counted.values) > _SHOWN else ""
        say(f"read as not having it: {named}{more}")
        _say_alike(counted.values, values)
    return 0


def _say_alike(others: Sequence[str], values: Sequence[str]) -> None:
    """Name values that differ from a counted one by capitals or width alone."""
    counted = {fold(value) for value in values}
    for other in others:
        if fold(other) in counted:
            say(
                f"“{plain(other)}” differs by its letters' form alone: add --value if it counts too"
            )


@click.command(name="suppress")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--threshold", type=int, default=5, show_default=True, help="Smallest count shown.")
@click.option("--zeros", is_flag=True, help="Withhold zeros too.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this new CSV file.")
@json_option
def suppress_(table: Path, *, threshold: int, zeros: bool, out: Path | None, as_json: bool) -> int:
    """Withhold the small cells of a table of counts, and others that would give them away.

    TABLE is a CSV file of counts by two properties, without totals: they are computed, and
    withheld where they must be. Nothing printed or written says which of the withheld were small.
    """
    if out is not None and out.exists():
        raise UsageError(f"{out} is there already", next_step="name a new one")
    counts = two_way(cells_of(text_of(table, _COUNTS)))
    try:
        published = suppress(counts.counts, threshold=threshold, zeros=zeros)
    except ImportError as why:
        raise Error(
            f"the audit of a table needs {why.name}, which is not installed",
            next_step="run: pip install 'muniment[measure]'",
        ) from why
    rows = _shown(counts, published)
    header = (counts.corner, *counts.columns, "total")
    if out is not None:
        write_whole(out, _csv([header, *rows]))
    if as_json:
        withheld = sum(cell is None for row in published.cells for cell in row)
        body = {"columns": header[1:], "rows": (*counts.rows, "total"), "cells": published.cells}
        print_json({**body, "withheld": withheld, "threshold": threshold})
        return 0
    say_table(header, rows)
    return 0


def _counted(
    table: Path | None,
    column: str | None,
    values: tuple[str, ...],
    numbers: tuple[int | None, int | None, int | None],
) -> Tally:
    """What is counted: from the table's column, or as the caller counted it."""
    having, people, blank = numbers
    if table is not None:
        if column is None or len(values) == 0 or numbers != (None, None, None):
            raise UsageError(
                "a table is counted by one column and its values",
                next_step="give --column NAME --value VALUE, and no counts",
            )
        return tally(cells_of(text_of(table, _PEOPLE)), column, values)
    if having is None or people is None or column is not None or len(values) > 0:
        raise UsageError(
            "a share needs its counts",
            next_step="give --having N --people N, or a TABLE with --column and --value",
        )
    return Tally(having, people, 0 if blank is None else blank, (), ())


def _shown(counts: TwoWay, published: PublishedTable) -> list[tuple[str, ...]]:
    names = (*counts.rows, "total")
    return [
        (name, *(_WITHHELD if cell is None else str(cell) for cell in row))
        for name, row in zip(names, published.cells, strict=True)
    ]


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
