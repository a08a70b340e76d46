"""`mse`: how many people no list holds, estimated from how several lists overlap."""

import csv
from pathlib import Path

import click

from muniment.app.commands.options import json_option
from muniment.app.show import plain, print_json, say
from muniment.core import Error, UsageError
from muniment.measure import Answer, OverlapTable, answer, from_rows

_REFUSED = 4
_METHODS = ("chao", "loglinear", "graphs", "latent-class", "sparse")
_STEP = "give a CSV file: a column of 0 and 1 for each list, and a last column `count`"
_LARGEST = 16 << 20  # bytes; 16 lists make 65,536 patterns


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(_METHODS), required=True, help="The estimator.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True)
@click.option("--chains", type=click.IntRange(1, 64), default=4, show_default=True)
@json_option
def mse(table: Path, method: str, seed: int, chains: int, *, as_json: bool) -> int:
    """Estimate the size of a population from the overlap of lists (multiple systems estimation).

    TABLE is a CSV file: a column of 0 and 1 for each list, and a last column `count`. Other methods
    are run beside the one asked for, and a warning says where they disagree. Exit code 4 where no
    honest estimate exists.
    """
    try:
        found = answer(_read(table), method, seed=seed, chains=chains)
    except ImportError as why:
        raise Error(
            f"estimates need {why.name}, which is not installed",
            next_step="run: pip install 'muniment[measure]'",
        ) from why
    if as_json:
        print_json(found)
    else:
        _say(found)
    return 0 if found.refused is None else _REFUSED


def _read(table: Path) -> OverlapTable:
    try:
        if table.stat().st_size > _LARGEST:
            raise UsageError(f"{table} is too large for a table of patterns", next_step=_STEP)
        rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise UsageError(f"{table} cannot be read: {why}", next_step=_STEP) from why
    if len(rows) == 0:
        raise UsageError(f"{table} is empty", next_step=_STEP)
    return from_rows(rows[0], [row for row in rows[1:] if len(row) > 0])


def _say(found: Answer) -> None:
    say(f"on the lists   {found.observed:,}")
    if found.refused is not None:
        for reason in found.refused:
            say(f"refused        {plain(reason)}")
        return
    if found.estimate is not None and found.interval is not None:
        low, high = found.interval
        upper = f"{high:,.0f}" if high != float("inf") else "no upper bound"
        say(f"estimate       {found.estimate:,.0f}   95 % interval {low:,.0f} to {upper}")
    say(f"method         {found.method}")
    if found.diagnostics.rhat is not None and found.diagnostics.ess is not None:
        say(f"sampling       R-hat {found.diagnostics.rhat:.3f}, ESS {found.diagnostics.ess:,.0f}")
    for warning in found.warnings:
        say(f"warning        {plain(warning)}")
