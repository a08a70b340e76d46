"""Charts of tables and estimates as Vega-Lite 5 specifications: plain data, drawn elsewhere.

- A specification carries its data in `values` and names no address: nothing is fetched when drawn.
- Every estimate is drawn with its interval; one without an upper end is drawn further than any
  other and called open.
- Figures are never coloured as good or bad: no chart says which method is right.
"""

import math
from collections.abc import Sequence
from typing import Any

from muniment.measure.comparison import Comparison
from muniment.measure.concord import BOUNDS
from muniment.measure.result import Estimate
from muniment.measure.sensitivity import Setting, remarks
from muniment.measure.table import OverlapTable

Spec = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"  # names the grammar; is not fetched
_SETTINGS = {
    "delta": "the weight of the prior",
    "classes": "the largest number of classes",
}
OPEN = 1.1  # an interval without an upper end is drawn this much further than any other
WIDE = 50  # times the people observed, from which the axis is logarithmic
MOST_PATTERNS = 60  # as many bars as a screen is wide; ten lists may have a thousand
TRACE_POINTS = 500  # of each chain: more are not seen at a page's width


def draw_upset(table: OverlapTable) -> Spec:
    """The patterns as bars over a grid of dots (Lex et al. 2014, IEEE TVCG 20:1983).

    Of more than 60 the largest are drawn, and the chart says what the others hold.
    """
    ranked = sorted(table.patterns(), key=lambda pair: -pair[1])
    patterns, others = ranked[:MOST_PATTERNS], ranked[MOST_PATTERNS:]
    bars = [{"pattern": " + ".join(names), "people": count} for names, count in patterns]
    dots = [
        {"pattern": " + ".join(names), "list": name, "in": name in names}
        for names, _ in patterns
        for name in table.lists
    ]
    order: Spec = {"field": "pattern", "type": "nominal", "sort": [b["pattern"] for b in bars]}
    return {
        "$schema": SCHEMA,
        "title": {
            "text": f"{table.observed:,} people by pattern of lists",
            "subtitle": _not_drawn(others),
        },
        "vconcat": [
            {
                "data": {"values": bars},
                "encoding": {
                    "x": {**order, "axis": None},
                    "y": {"field": "people", "type": "quantitative"},
                },
                "layer": [
                    {"mark": "bar"},
                    {  # a bar of one person is not seen beside one of a thousand: its number is
                        "mark": {"type": "text", "dy": -6, "fontSize": 9},
                        "encoding": {"text": {"field": "people", "format": ","}},
                    },
                ],
            },
            {
                "data": {"values": dots},
                "mark": {"type": "circle", "size": 80, "opacity": 1},
                "encoding": {
                    "x": {**order, "axis": None},
                    "y": {"field": "list", "type": "nominal", "sort": list(table.lists)},
                    "color": {
                        "field": "in",
                        "type": "nominal",
                        "scale": {"domain": [False, True], "range": ["#ddd", "#222"]},
                        "legend": None,
                    },
                },
            },
        ],
    }


def _not_drawn(patterns: Sequence[tuple[tuple[str, ...], int]]) -> list[str]:
    if len(patterns) == 0:
        return []
    people = sum(count for _, count in patterns)
    most = patterns[0][1]
    return [f"not drawn: {len(patterns):,} patterns of at most {most:,}, {people:,} people in all"]


def draw_intervals(comparison: Comparison) -> Spec:
    """The intervals of all methods side by side, with the people observed as a line."""
    values = [_row(_label(estimate), estimate) for estimate in comparison.estimates]
    furthest = max((value["high"] for value in values), default=0.0) * OPEN
    values = [{**v, "high": furthest} if v["open"] else v for v in values]
    wide = furthest > WIDE * max(comparison.observed, 1)
    scale = {"type": "log"} if wide else {"type": "linear"}
    x = {"field": "low", "type": "quantitative", "title": "people", "scale": scale}
    y = {"field": "label", "type": "nominal", "sort": None, "title": None}
    return {
        "$schema": SCHEMA,
        "title": {
            "text": "Estimates by method",
            "subtitle": f"dashed: the {comparison.observed:,} people on the lists",
        },
        "data": {"values": values},
        "layer": [
            {
                "mark": "rule",
                "encoding": {
                    "y": y,
                    "x": x,
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True},
                "encoding": {"y": y, "x": {**x, "field": "total"}},
            },
            {
                "data": {"values": [{"observed": comparison.observed}]},
                "mark": {"type": "rule", "strokeDash": [4, 4]},
                "encoding": {"x": {**x, "field": "observed"}},
            },
        ],
    }


def draw_sensitivity(settings: Sequence[Setting]) -> Spec:
    """The estimate and its interval as a curve over a setting."""
    values = [
        {**_row(setting.name, setting.outcome), "value": setting.value}
        for setting in settings
        if isinstance(setting.outcome, Estimate)
    ]
    named = settings[0].name if len(settings) > 0 else ""
    x = {
        "field": "value",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False},
        # ticks where something was computed: those of a logarithm crowd between two of them
        "axis": {"values": [value["value"] for value in values], "format": ".2~g"},
        "title": named,
    }
    low_high = {"y": {"field": "low", "type": "quantitative", "title": "people"}}
    return {
        "$schema": SCHEMA,
        "title": {
            "text": f"What the answer owes to {_SETTINGS.get(named, named)}",
            "subtitle": list(remarks(settings)),
        },
        "data": {"values": values},
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.25},
                "encoding": {"x": x, **low_high, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "point": True},
                "encoding": {"x": x, "y": {"field": "total", "type": "quantitative"}},
            },
        ],
    }


def draw_traces(estimate: Estimate) -> Spec:
    """The draws of each chain in their order, thinned evenly."""
    values: list[Spec] = []
    chains = () if estimate.draws is None else estimate.draws
    for number, chain in enumerate(chains, start=1):
        step = max(1, math.ceil(len(chain) / TRACE_POINTS))
        values += [
            {"chain": number, "draw": place, "people": float(chain[place])}
            for place in range(0, len(chain), step)
        ]
    return {
        "$schema": SCHEMA,
        "title": f"Draws of {estimate.method}",
        "data": {"values": values},
        "height": 90,
        "mark": {"type": "line", "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "draw", "type": "quantitative"},
            "y": {"field": "people", "type": "quantitative", "scale": {"zero": False}},
            "row": {"field": "chain", "type": "nominal"},
        },
    }


def _label(estimate: Estimate) -> str:
    """The method, and what kind of an interval it drew where that is not a closed one."""
    if estimate.method in BOUNDS:
        return f"{estimate.method} (at least)"
    return estimate.method if math.isfinite(estimate.interval[1]) else f"{estimate.method} (open)"


def _row(label: str, outcome: Estimate) -> Spec:
    low, high = outcome.interval
    return {
        "label": label,
        "total": outcome.total,
        "low": low,
        "high": high if math.isfinite(high) else outcome.total,
        "open": not math.isfinite(high),
    }
