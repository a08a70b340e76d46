"""The overview's plots: what came of each kind of file, when files say they were made, how large.

- A title states what is seen; the rows are what is drawn, and nothing else.
- Colours of states are those of good and bad, told apart also without colour vision, and every
  plot has its data as a table beside it.
"""

from collections.abc import Sequence
from typing import Any

from muniment.app.drawing import PALETTE
from muniment.app.show import size
from muniment.app.web.language_names import language_named
from muniment.app.web.plots import Plot
from muniment.catalog import DateCount, DateKind, DateStanding, Holdings, SizeCount

_STATES = {
    "read": "#2f6f8f",
    "empty": "#a9b4ba",
    "pending": "#d9c58a",
    "locked": "#d08a2e",
    "refused": "#b5533c",
    "unreadable": "#85496b",
}
_KINDS_SHOWN = 14
_LANGUAGES_SHOWN = 10
# What happened, from what a document says of itself to what others say of it.
_DATE_KINDS = tuple(kind.value for kind in DateKind)
_MONTH = len("2019-03")
_MONTHS_UP_TO = 5  # years; more of them are drawn as columns of years over squares of months
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AXIS = {"labelFontSize": 12, "titleFontSize": 12}
_COUNTS = _AXIS | {"format": ",d", "tickMinStep": 1, "tickCount": 4, "domain": False}
_LEGEND = {"labelFontSize": 12, "symbolType": "square"}
_BYTES = 10
_WIDTH = 640


def what_came_of_it(held: Holdings) -> Plot:
    """Stacked bars: each kind of file by state."""
    shown = held.kinds[:_KINDS_SHOWN]
    rows = [
        {"kind": kind.kind, "state": state, "files": count}
        for kind in shown
        for state, count in kind.states
    ]
    worst = max(shown, key=lambda kind: kind.unread)
    share = 1 - held.unread / held.objects
    told = f"{share:.0%} of the files were read"
    if worst.unread > 0:
        most = "most" if 2 * worst.unread > held.unread else f"{worst.unread:,}"
        told += f"; of those that were not, {most} are of the kind “{worst.kind}”"
    left = len(held.kinds) - len(shown)
    told += f" ({left} rarer kinds are not drawn)" if left > 0 else ""
    states = [state for state, _ in held.states]
    colours = [_STATES.get(state, PALETTE[5]) for state in states]
    return Plot(
        title=told,
        description=f"Bars of {len(shown)} kinds of files, most files first, divided by what came "
        f"of them: {', '.join(states)}.",
        spec={
            "mark": {"type": "bar", "cornerRadiusEnd": 1},
            "width": _WIDTH,
            "height": {"step": 22},
            "encoding": {
                "y": {"field": "kind", "type": "nominal", "sort": [kind.kind for kind in shown],
                      "axis": _AXIS | {"title": None, "domain": False}},
                "x": {"field": "files", "type": "quantitative", "stack": "zero",
                      "axis": _COUNTS | {"title": "files", "tickCount": 6}},
                "color": {"field": "state", "type": "nominal", "sort": states, "legend": _LEGEND,
                          "scale": {"domain": states, "range": colours}},
                "order": {"field": "rank", "type": "quantitative"},
            },
            "transform": [{"calculate": f"indexof({states}, datum.state)", "as": "rank"}],
        },
        rows=rows,
    )  # fmt: skip


def stated_dates(counts: Sequence[DateCount], until: str) -> Plot | None:
    """Columns by month of the dates that files state; None where none can be drawn.

    `until` is the month (2019-03) in which the newest files arrived: what lies behind it is said
    in words beside the plot.
    """
    drawn = [each for each in counts if is_drawn(each, until)]
    if len(drawn) == 0:
        return None
    kinds = [kind for kind in _DATE_KINDS if any(each.kind == kind for each in drawn)]
    months: dict[str, dict[str, str | int]] = {}
    for each in drawn:
        row = months.setdefault(each.month, {"month": each.month} | dict.fromkeys(kinds, 0))
        row[each.kind.value] = each.count
    first, last = _middle(drawn)
    total = sum(each.count for each in drawn)
    told = f"Half of the {total:,} dates that files state lie between {first} and {last}"
    years = sorted({each.month[:4] for each in drawn})
    span = range(int(years[0]), int(years[-1]) + 1)
    if len(span) <= _MONTHS_UP_TO:
        spec = _columns(kinds, by="month")
        spec["encoding"]["x"]["scale"] = {"domain": [
            f"{year}-{month:02}" for year in span for month in range(1, 13)
            if drawn[0].month <= f"{year}-{month:02}" <= drawn[-1].month
        ]}  # fmt: skip
    else:
        domain = {"domain": [str(year) for year in span]}
        spec = {"vconcat": [_columns(kinds, by="year"), _squares()], "spacing": 6}
        for part in spec["vconcat"]:
            part["encoding"]["x"]["scale"] = domain
        spec["resolve"] = {"scale": {"color": "independent"}}
    names = f"[{', '.join(repr(name) for name in _MONTHS)}]"
    spec["transform"] = [
        {"fold": kinds, "as": ["says", "dates"]},
        {"filter": "datum.dates > 0"},
        {"calculate": "slice(datum.month, 0, 4)", "as": "year"},
        {
            "calculate": f"{names}[toNumber(slice(datum.month, 5, 7)) - 1]",
            "as": "month of the year",
        },
    ]
    return Plot(
        title=told if first != last else f"Most dates that files state lie in {first}",
        description=f"Columns from {drawn[0].month} to {drawn[-1].month}, divided by what the file "
        f"says happened then: {', '.join(kinds)}.",
        spec=spec,
        rows=list(months.values()),
    )


def sizes(counts: Sequence[SizeCount]) -> Plot:
    """Columns: files by size, a column for each tenfold."""
    files, whole = sum(each.objects for each in counts), sum(each.bytes for each in counts)
    largest = counts[-1]
    share = largest.bytes / whole if whole > 0 else 0
    order = [_class(each.digits) for each in counts]
    rows = [
        {"size": _class(each.digits), "files": each.objects, "bytes": each.bytes} for each in counts
    ]
    told = f"{largest.objects:,} of {files:,} files hold {share:.0%} of the bytes"
    return Plot(
        title=told,
        description=f"Columns of {files:,} files by size, a column for each tenfold.",
        spec={
            "mark": {"type": "bar", "cornerRadiusEnd": 1},
            "width": {"step": 62},
            "height": 160,
            "encoding": {
                "x": {"field": "size", "type": "ordinal", "sort": order,
                      "axis": _AXIS | {"title": "size, from", "labelAngle": 0}},
                "y": {"field": "files", "type": "quantitative",
                      "axis": _COUNTS | {"title": "files"}},
            },
        },
        rows=rows,
    )  # fmt: skip


def languages(counts: Sequence[tuple[str, int]], told: int) -> Plot:
    """Bars: files by the language that their text seems to be in; `told` is how many have one."""
    shown = counts[:_LANGUAGES_SHOWN]
    rows = [{"language": language_named(code), "files": files} for code, files in shown]
    left = len(counts) - len(shown)
    title = f"{rows[0]['language']} is the language of {shown[0][1]:,} of {told:,} texts"
    return Plot(
        title=title + (f" ({left} rarer languages are not drawn)" if left > 0 else ""),
        description=f"Bars of {len(rows)} languages, that of most files first.",
        spec={
            "mark": {"type": "bar", "cornerRadiusEnd": 1},
            "width": 380,
            "height": {"step": 22},
            "encoding": {
                "y": {"field": "language", "type": "nominal",
                      "sort": [str(row["language"]) for row in rows],
                      "axis": _AXIS | {"title": None, "domain": False}},
                "x": {"field": "files", "type": "quantitative",
                      "axis": _COUNTS | {"title": "files"}},
            },
        },
        rows=rows,
    )  # fmt: skip


def is_drawn(count: DateCount, until: str) -> bool:
    """Whether a count has a place on the plot: a month, from 1970 to the arrival of the files."""
    plain = count.standing is DateStanding.PLAIN and len(count.month) == _MONTH
    return plain and "1970-01" <= count.month <= until


def _columns(kinds: Sequence[str], *, by: str) -> dict[str, Any]:
    """Columns of dates, divided by what is said to have happened; `by` is a field of text."""
    return {
        "mark": {"type": "bar"},
        "width": _WIDTH,
        "height": 170,
        "encoding": {
            "x": {"field": by, "type": "ordinal",
                  "axis": _AXIS | {"title": None, "labelOverlap": True, "labelAngle": 0}},
            "y": {"field": "dates", "type": "quantitative", "aggregate": "sum", "stack": "zero",
                  "axis": _COUNTS | {"title": "dates"}},
            "color": {"field": "says", "type": "nominal", "sort": list(kinds), "legend": _LEGEND,
                      "scale": {"domain": list(kinds),
                                "range": [PALETTE[_DATE_KINDS.index(kind)] for kind in kinds]}},
        },
    }  # fmt: skip


def _squares() -> dict[str, Any]:
    """A square for each month, the deeper the more dates: seasons and gaps of many years."""
    return {
        "mark": {"type": "rect", "cornerRadius": 1},
        "width": _WIDTH,
        "height": {"step": 11},
        "encoding": {
            "x": {"field": "year", "type": "ordinal",
                  "axis": _AXIS | {"title": None, "labels": False, "domain": False}},
            "y": {"field": "month of the year", "type": "ordinal", "sort": list(_MONTHS),
                  "scale": {"domain": list(_MONTHS)},
                  "axis": _AXIS | {"title": None, "domain": False, "labelFontSize": 10,
                                   "values": ["Jan", "Apr", "Jul", "Oct"]}},
            "color": {"value": PALETTE[0]},
            "opacity": {"field": "dates", "type": "quantitative", "aggregate": "sum",
                        "scale": {"type": "log", "range": [0.22, 1]}, "legend": None},
        },
    }  # fmt: skip


def _middle(counts: Sequence[DateCount]) -> tuple[str, str]:
    """The months between which the middle half of the dates lie."""
    ordered = sorted(counts, key=lambda each: each.month)
    total, seen = sum(each.count for each in ordered), 0
    first = last = ordered[0].month
    for each in ordered:
        if seen * 4 < total:
            first = each.month
        if seen * 4 < total * 3:
            last = each.month
        seen += each.count
    return first, last


def _class(digits: int) -> str:
    """The least size of so many digits, as people write it."""
    return (
        size(0 if digits == 1 else _BYTES ** (digits - 1)).replace(".0", "").replace("bytes", "B")
    )
