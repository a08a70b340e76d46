"""`mse`: how many people no list holds, estimated from how several lists overlap."""

import csv
import json
from pathlib import Path

import click

from muniment.app.commands.options import json_option
from muniment.app.drawing import svg
from muniment.app.progress import ProgressLine
from muniment.app.show import plain, print_json, say
from muniment.core import Error, UsageError
from muniment.measure import (
    Answer,
    Comparison,
    OverlapTable,
    Request,
    answer,
    draw_intervals,
    draw_sensitivity,
    draw_traces,
    draw_upset,
    estimate,
    from_rows,
    number_of_classes,
    prior_weight,
    report,
)

_REFUSED = 4
_METHODS = ("chao", "loglinear", "graphs", "latent-class", "sparse")
_STEP = "give a CSV file: a column of 0 and 1 for each list, and a last column `count`"
_LARGEST = 16 << 20  # bytes; 16 lists make 65,536 patterns


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(_METHODS), required=True, help="The estimator.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True)
@click.option("--chains", type=click.IntRange(1, 64), default=4, show_default=True)
@click.option(
    "--plots",
    type=click.Path(path_type=Path),
    help="Draw overlaps, all methods, sensitivity and chains as SVG into this new folder.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path),
    help="Write all methods, their assumptions and their disagreement to this new file.",
)
@click.option("--estimand", help="With --report: who is counted, where and when.")
@json_option
def mse(  # noqa: PLR0913 - a command has the options that it has
    table: Path,
    method: str,
    *,
    seed: int,
    chains: int,
    plots: Path | None,
    report_file: Path | None,
    estimand: str | None,
    as_json: bool,
) -> int:
    """Estimate the size of a population from the overlap of lists (multiple systems estimation).

    TABLE is a CSV file: a column of 0 and 1 for each list, and a last column `count`. Other methods
    are run beside the one asked for, and a warning says where they disagree. Exit code 4 where no
    honest estimate exists.
    """
    _check(plots, report_file, estimand)
    line = ProgressLine(wanted=not as_json)
    request = Request(
        seed=seed, chains=chains, progress=lambda done, total: line("computed", done, total)
    )
    try:
        overlaps = _read(table)
        found = answer(overlaps, method, seed=seed, chains=chains, progress=request.progress)
        if plots is not None or report_file is not None:
            comparison = estimate(overlaps, request=request)
            if report_file is not None:
                _write(report_file, report(comparison, str(estimand)).encode())
            if plots is not None:
                _draw(plots, overlaps, comparison, request)
    except ImportError as why:
        raise Error(
            f"estimates need {why.name}, which is not installed",
            next_step="run: pip install 'muniment[measure]'",
        ) from why
    finally:
        line.close()
    if as_json:
        print_json(found)
    else:
        _say(found)
    return 0 if found.refused is None else _REFUSED


def _check(plots: Path | None, report_file: Path | None, estimand: str | None) -> None:
    """Refuse what could not be written at the end, before hours are spent on it."""
    for path in (plots, report_file):
        if path is not None and path.exists():
            raise UsageError(f"{path} is there already", next_step="name a new one")
        if path is not None and not path.parent.is_dir():
            raise UsageError(f"{path.parent} is not a folder", next_step="make it first")
    if report_file is not None and (estimand is None or estimand.strip() == ""):
        raise UsageError(
            "a report needs its estimand: who is counted, where, and when",
            next_step='give it: --estimand "people killed in …, from … to …"',
        )


def _draw(folder: Path, table: OverlapTable, comparison: Comparison, request: Request) -> None:
    """Every plot as SVG, and beside it the specification with the data that were drawn."""
    quick = Request(seed=request.seed, chains=2, draws=1_500, progress=request.progress)
    specs = {
        "overlaps": draw_upset(table),
        "methods": draw_intervals(comparison),
        "prior-weight": draw_sensitivity(prior_weight(table)),
        "number-of-classes": draw_sensitivity(number_of_classes(table, request=quick)),
    }
    drawn = (each for each in comparison.estimates if each.diagnostics.chains is not None)
    specs |= {f"chains-{each.method}": draw_traces(each) for each in drawn}
    folder.mkdir()
    for name, spec in specs.items():
        _write(folder / f"{name}.vl.json", json.dumps(spec, ensure_ascii=False).encode())
        _write(folder / f"{name}.svg", svg(spec))


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(content)
    partial.rename(path)


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
