"""`mse`: how many people no list holds, estimated from how several lists overlap."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from muniment.app.commands.options import json_option
from muniment.app.drawing import svg
from muniment.app.progress import ProgressLine
from muniment.app.show import plain, print_json, say
from muniment.app.table_file import text_of, write_whole
from muniment.core import Error, UsageError
from muniment.measure import (
    Answer,
    Comparison,
    Crosscheck,
    Estimate,
    Overlaps,
    OverlapTable,
    Request,
    answer,
    answer_by_stratum,
    answered,
    answered_by_stratum,
    crosscheck,
    draw_intervals,
    draw_sensitivity,
    draw_traces,
    draw_upset,
    estimate,
    estimate_by_stratum,
    from_text,
    inhabited,
    number_of_classes,
    prior_weight,
    remarks,
    report,
    report_by_stratum,
)

_REFUSED = 4
_METHODS = ("chao", "loglinear", "graphs", "latent-class", "sparse")
_STEP = "give a CSV file: a column of 0 and 1 for each list, and a column `count`"
Spec = dict[str, Any]


class _Beside(msgspec.Struct, frozen=True):
    """What is written beside the answer."""

    plots: Path | None
    report: Path | None
    estimand: str


class _Charts(msgspec.Struct, frozen=True):
    """The plots by name, and what of them was cut for its cost or has no estimate."""

    specs: dict[str, Spec]
    cut: tuple[str, ...]


@click.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--method", type=click.Choice(_METHODS), required=True, help="The estimator.")
@click.option("--count", help="The column that counts people, where its name does not say so.")
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
    count: str | None,
    seed: int,
    chains: int,
    plots: Path | None,
    report_file: Path | None,
    estimand: str | None,
    as_json: bool,
) -> int:
    """Estimate the size of a population from the overlap of lists (multiple systems estimation).

    TABLE is a CSV file: a column of 0 and 1 for each list and a column `count`; or patterns such as
    101 or A+C and `count`; or a row for each `person` with a column for each list; or rows of
    `person` and `list`. A column `stratum` gives an estimate for each stratum, and their sum; plots
    and report then hold each of them. Other methods are run beside the one asked for, and a warning
    says where they disagree. With --json loglinear, graphs and latent-class also say what each
    pattern's count would be by the others; with --report it holds every figure of the report. Exit
    code 4 where no honest estimate exists.
    """
    _check(plots, report_file, estimand)
    line = ProgressLine(wanted=not as_json)
    request = Request(
        seed=seed, chains=chains, progress=lambda done, total: line("computed", done, total)
    )
    try:
        overlaps = from_text(text_of(table, _STEP), count)
        if plots is None and report_file is None:
            found = _answer(overlaps, method, request, check=as_json)
        else:
            found = _all(overlaps, method, request, _Beside(plots, report_file, str(estimand)))
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
        say(f"read as        {overlaps.form}")
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


def _all(overlaps: Overlaps, method: str, request: Request, beside: _Beside) -> Answer:
    """The one answer, and all methods told or drawn beside it: all of one computation."""
    if len(overlaps.strata) > 0:
        return _all_strata(overlaps.strata, method, request, beside)
    table = overlaps.tables[0][1]
    comparison = estimate(table, request=request)
    checks = crosscheck(table, request) if beside.report is not None else ()
    cut: tuple[str, ...] = ()
    if beside.plots is not None:
        beside.plots.mkdir()
        charts = _charts(table, comparison, request)
        _draw(beside.plots, charts.specs)
        cut = charts.cut
    if beside.report is not None:
        write_whole(beside.report, report(comparison, beside.estimand, checks, cut).encode())
    return _warned(answered(comparison, method, checks), cut)


def _all_strata(
    tables: Mapping[str, OverlapTable], method: str, request: Request, beside: _Beside
) -> Answer:
    """The sum, and every stratum by itself."""
    found = estimate_by_stratum(tables, request=request)
    inside = {name: inhabited(tables[name]) for name, _ in found.strata}
    checks: dict[str, tuple[Crosscheck, ...]] = {}
    cut = list[str]()
    if beside.report is not None:
        checks = {name: crosscheck(table, request) for name, table in inside.items()}
    if beside.plots is not None:
        beside.plots.mkdir()
        sums = _under(draw_intervals(found.everybody), "all strata together")
        _draw(beside.plots, {"methods": sums})
        for number, (name, comparison) in enumerate(found.strata, start=1):
            # a stratum's name may hold what a path must not
            folder = beside.plots / f"stratum-{number}"
            folder.mkdir()
            charts = _charts(inside[name], comparison, request)
            drawn = {key: _under(spec, f"stratum {name}") for key, spec in charts.specs.items()}
            _draw(folder, drawn)
            cut += [f"stratum {name}: {remark}" for remark in charts.cut]
    if beside.report is not None:
        told = report_by_stratum(found, beside.estimand, checks, cut)
        write_whole(beside.report, told.encode())
    return _warned(answered_by_stratum(found, method, checks), cut)


def _charts(table: OverlapTable, comparison: Comparison, request: Request) -> _Charts:
    quick = Request(seed=request.seed, chains=2, draws=1_500, progress=request.progress)
    curves = {
        "prior-weight": prior_weight(table),
        "number-of-classes": number_of_classes(table, request=quick),
    }
    drawn = (each for each in comparison.estimates if each.diagnostics.chains is not None)
    specs = {
        "overlaps": draw_upset(table),
        "methods": draw_intervals(comparison),
        **{
            name: draw_sensitivity(settings)
            for name, settings in curves.items()
            if any(isinstance(each.outcome, Estimate) for each in settings)
        },
        **{f"chains-{each.method}": draw_traces(each) for each in drawn},
    }
    cut = tuple(
        f"plot {name}, {remark}"
        for name, settings in curves.items()
        for remark in remarks(settings)
    )
    return _Charts(specs, cut)


def _warned(found: Answer, cut: Sequence[str]) -> Answer:
    """The answer with what was cut of the plots among its warnings."""
    return msgspec.structs.replace(found, warnings=(*found.warnings, *cut))


def _under(spec: Spec, part: str) -> Spec:
    """The chart with the part of the table it shows before its title."""
    title = spec["title"]
    if isinstance(title, str):
        return {**spec, "title": f"{part}: {title}"}
    return {**spec, "title": {**title, "text": f"{part}: {title['text']}"}}


def _draw(folder: Path, specs: Mapping[str, Spec]) -> None:
    """Every plot as SVG, and beside it the specification with the data that were drawn."""
    for name, spec in specs.items():
        write_whole(folder / f"{name}.vl.json", json.dumps(spec, ensure_ascii=False).encode())
        write_whole(folder / f"{name}.svg", svg(spec))


def _answer(overlaps: Overlaps, method: str, request: Request, *, check: bool) -> Answer:
    seed, chains, progress = request.seed, request.chains, request.progress
    if len(overlaps.strata) > 0:
        tables = overlaps.strata
        return answer_by_stratum(
            tables, method, seed=seed, chains=chains, check=check, progress=progress
        )
    table = overlaps.tables[0][1]
    return answer(table, method, seed=seed, chains=chains, check=check, progress=progress)


def _say(found: Answer) -> None:
    say(f"on the lists   {found.observed:,}")
    if found.refused is not None:
        for reason in found.refused:
            say(f"refused        {plain(reason)}")
        return
    for each in found.strata or ():
        say(f"stratum        {plain(each.stratum)}   {_figure(each.estimate, each.interval)}")
    say(f"estimate       {_figure(found.estimate, found.interval)}")
    say(f"method         {found.method}")
    if found.diagnostics.rhat is not None and found.diagnostics.ess is not None:
        say(f"sampling       R-hat {found.diagnostics.rhat:.3f}, ESS {found.diagnostics.ess:,.0f}")
    for warning in found.warnings:
        say(f"warning        {plain(warning)}")


def _figure(estimated: float | None, interval: tuple[float, float] | None) -> str:
    if estimated is None or interval is None:
        return "none"
    low, high = interval
    upper = f"{high:,.0f}" if high != float("inf") else "no upper bound"
    return f"{estimated:,.0f}   95 % interval {low:,.0f} to {upper}"
