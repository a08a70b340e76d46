import json
import math

import msgspec

from muniment.measure.comparison import estimate
from muniment.measure.decomposable import graphs
from muniment.measure.plots import draw_intervals, draw_sensitivity, draw_traces, draw_upset
from muniment.measure.result import Estimate
from muniment.measure.sensitivity import prior_weight
from muniment.measure.table import OverlapTable
from tests.measure.published import HEPATITIS, UK_5


def test_the_upset_chart_holds_every_pattern_once() -> None:
    spec = draw_upset(HEPATITIS)
    bars = spec["vconcat"][0]["data"]["values"]
    assert sum(bar["people"] for bar in bars) == HEPATITIS.observed
    assert bars[0] == {"pattern": "P", "people": 69}
    assert len(spec["vconcat"][1]["data"]["values"]) == 7 * 3


def test_an_upset_chart_of_many_patterns_says_what_it_leaves_out() -> None:
    names = tuple("ABCDEFG")
    table = OverlapTable(names, (0, *range(1, 128)))
    spec = draw_upset(table)
    bars = spec["vconcat"][0]["data"]["values"]
    left = 128 * 127 // 2 - sum(bar["people"] for bar in bars)
    assert len(bars) == 60
    assert spec["title"]["subtitle"] == [
        f"not drawn: 67 patterns of at most 67, {left:,} people in all"
    ]
    assert draw_upset(HEPATITIS)["title"]["subtitle"] == []


def test_intervals_of_all_methods_stand_side_by_side() -> None:
    spec = draw_intervals(estimate(UK_5, ("graphs", "chao", "chapman")))
    assert [row["label"] for row in spec["data"]["values"]] == ["graphs", "chao (at least)"]
    assert spec["data"]["values"][0]["low"] == 10_343


def test_a_sensitivity_curve_holds_a_point_for_each_setting() -> None:
    spec = draw_sensitivity(prior_weight(HEPATITIS, (1.0, 4.0)))
    assert [row["value"] for row in spec["data"]["values"]] == [0.125, 0.5]
    # a tick for each of them and no other: those of a logarithm touched
    assert spec["layer"][1]["encoding"]["x"]["axis"]["values"] == [0.125, 0.5]


def test_traces_are_thinned_and_a_method_without_draws_gives_an_empty_chart() -> None:
    drawn = graphs(HEPATITIS)
    assert isinstance(drawn, Estimate)
    assert len(draw_traces(drawn)["data"]["values"]) == 500
    counted = estimate(HEPATITIS, ("loglinear",)).estimates[0]
    assert draw_traces(counted)["data"]["values"] == []


def test_charts_are_plain_json_and_fetch_nothing() -> None:
    text = json.dumps([draw_upset(HEPATITIS), draw_intervals(estimate(HEPATITIS, ("graphs",)))])
    assert "url" not in text


def test_an_interval_without_an_end_is_drawn_furthest_and_called_open() -> None:
    found = estimate(HEPATITIS, ("graphs", "loglinear"))
    graph, loglinear = found.estimates
    open_ended = msgspec.structs.replace(loglinear, interval=(400.0, math.inf))
    spec = draw_intervals(msgspec.structs.replace(found, outcomes=(graph, open_ended)))
    rows = {row["label"]: row for row in spec["data"]["values"]}
    assert rows["loglinear (open)"]["high"] > rows["graphs"]["high"]
    assert all(math.isfinite(row["high"]) for row in rows.values())
