"""From a wording and a seed to a table with its truth."""

from datetime import date, timedelta
from random import Random

import msgspec

from tests.facts.layouts.contents import SUMMED, Row, Value, value
from tests.facts.layouts.people import Person, invent
from tests.facts.layouts.truth import ColumnTruth, RowKind, TableTruth
from tests.facts.layouts.vocabulary import vocabulary
from tests.facts.layouts.wording import Wording

_HOUSEHOLD = 4  # people
_USUAL_BLANKS = 0.04
_ALWAYS_THERE = {"serial", "name", "household", "relation"}


class Layout(msgspec.Struct, frozen=True):
    """A table: its values row by row, which of them span columns or rows, and its truth."""

    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]  # first row, first column, last row, last column
    form: str
    encoding: str
    truth: TableTruth


class _Paper:
    """What is written so far, from the top."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: list[tuple[Value, ...]] = []
        self.kinds: list[RowKind] = []
        self.merged: list[tuple[int, int, int, int]] = []

    def write(self, kind: RowKind, *values: Value) -> None:
        self.rows.append((*values, *[None] * (self.width - len(values))))
        self.kinds.append(kind)


def lay_out(wording: Wording, seed: int, number: int) -> Layout:
    """The table of a wording; equal arguments give equal tables."""
    rng = Random(f"{seed} {number}")
    paper = _Paper(len(wording.columns))
    for title in wording.titles:
        paper.write(RowKind.TITLE, title)
        paper.merged.append((len(paper.rows), 1, len(paper.rows), paper.width))
    if wording.titles and rng.random() < 0.3:
        paper.write(RowKind.BLANK)
    first_header = len(paper.rows) + 1
    if wording.options.get("header") != "0":
        _write_headings(paper, wording, RowKind.HEADER)
        if "numbered" in wording.options:
            paper.write(RowKind.HEADER, *range(1, paper.width + 1))
    header_rows = tuple(range(first_header, len(paper.rows) + 1))
    data = _write_people(paper, wording, rng)
    if wording.total is not None:
        _write_total(paper, wording, data)
    for note in wording.notes:
        paper.write(RowKind.NOTE, note)
    return Layout(
        tuple(paper.rows),
        tuple(paper.merged),
        wording.form,
        wording.options.get("enc", "utf-8"),
        TableTruth(
            f"{number:02d}-{wording.language}-{wording.sort}",
            wording.language,
            wording.sort,
            header_rows,
            paper.kinds.index(RowKind.DATA) + 1,
            tuple(paper.kinds),
            tuple(
                ColumnTruth(at, "" if not header_rows else heading, content, expected)
                for at, (heading, content, expected) in enumerate(wording.columns, 1)
            ),
        ),
    )


def _write_headings(paper: _Paper, wording: Wording, kind: RowKind) -> None:
    headings = [heading.rpartition(" > ") for heading, _, _ in wording.columns]
    if not any(group for group, _, _ in headings):
        paper.write(kind, *[own for _, _, own in headings])
        return
    top = len(paper.rows) + 1
    groups = [group or own for group, _, own in headings]
    starts = [at for at, group in enumerate(groups) if at == 0 or groups[at - 1] != group]
    paper.write(kind, *[group if at in starts else None for at, group in enumerate(groups)])
    paper.write(kind, *[own if group else None for group, _, own in headings])
    for start, end in zip(starts, [*starts[1:], paper.width], strict=True):
        alone = not headings[start][0]
        if alone or end - start > 1:
            paper.merged.append((top, start + 1, top + alone, end))


def _write_people(paper: _Paper, wording: Wording, rng: Random) -> list[tuple[Value, ...]]:
    count = int(wording.options["rows"])
    repeat = int(wording.options.get("repeat", count))
    per_section = count // max(1, len(wording.sections))
    blanks = float(wording.options.get("dirty", _USUAL_BLANKS))
    data = []
    for number, row in enumerate(_rows(wording, count, rng)):
        if number and number % repeat == 0:
            _write_headings(paper, wording, RowKind.REPEATED_HEADER)
        if wording.sections and number % per_section == 0:
            paper.write(RowKind.SECTION, wording.sections[number // per_section])
        values = tuple(
            None if _left_blank(content, rng, blanks) else value(row, content)
            for _, content, _ in wording.columns
        )
        paper.write(RowKind.DATA, *values)
        data.append(values)
    return data


def _left_blank(content: str, rng: Random, share: float) -> bool:
    return content.split(maxsplit=1)[0] not in _ALWAYS_THERE and rng.random() < share


def _rows(wording: Wording, count: int, rng: Random) -> list[Row]:
    each = int(wording.options.get("perperson", "1"))
    country = wording.options.get("country")
    rows: list[Row] = []
    person: Person | None = None
    for number in range(1, count + 1):
        if person is None or (number - 1) % each == 0:
            person = invent(rng, wording.language, country=country)
        event = date(2015, 1, 1) + timedelta(days=rng.randrange(1_400))
        position = (number - 1) % _HOUSEHOLD
        rows.append(Row(rng, person, number, event, country, {}, position))
    return rows


def _write_total(paper: _Paper, wording: Wording, data: list[tuple[Value, ...]]) -> None:
    people = vocabulary(wording.language)["people"][0]
    sums: list[Value] = [
        sum(v for v in column if isinstance(v, int)) if content.split()[0] in SUMMED else None
        for column, (_, content, _) in zip(zip(*data, strict=True), wording.columns, strict=True)
    ]
    if not any(sums):
        sums[1] = f"{len(data)} {people}"
    sums[0] = wording.total
    paper.write(RowKind.TOTAL, *sums)
