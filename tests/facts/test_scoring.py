"""The judge is judged: the tables are what they say, and the score counts what it says."""

import csv
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import openpyxl
import pytest

from muniment.facts.model import SCHEMATA, properties_of
from tests.facts.layouts import final, fresh, held_out, held_out_2026b, odd, tuning
from tests.facts.layouts.calendars import chinese_numeral, ethiopian, islamic, persian
from tests.facts.layouts.laying import Layout
from tests.facts.layouts.numbers import (
    brazilian,
    chilean,
    chinese_check,
    korean,
    spanish,
)
from tests.facts.layouts.truth import NOTHING, RowKind
from tests.facts.layouts.writing import write
from tests.facts.scoring import accepted, score

SEEN = {
    "tuning": tuning.layouts,
    "odd": odd.layouts,
    "fresh": fresh.layouts,
    "held out": held_out.layouts,
}
UNSEEN = {"held out 2026b": held_out_2026b.layouts, "final": final.layouts}
SETS = SEEN | UNSEEN


def _headings(layouts: tuple[Layout, ...]) -> set[str]:
    return {
        " ".join(column.heading.casefold().split())
        for layout in layouts
        for column in layout.truth.columns
        if column.heading and column.content != "serial"
    }


def test_there_are_enough_tables_columns_and_languages() -> None:
    layouts = tuning.layouts()
    assert len(layouts) >= 60
    assert sum(len(layout.truth.columns) for layout in layouts) >= 400
    assert len({layout.truth.language for layout in layouts}) >= 10
    assert len({layout.truth.sort for layout in layouts}) >= 14


@pytest.mark.parametrize(("which", "tables"), [("held out 2026b", 36), ("final", 18)])
def test_the_tables_held_out_are_many_and_of_many_languages(which: str, tables: int) -> None:
    layouts = UNSEEN[which]()
    assert len(layouts) >= tables
    assert len({layout.truth.language for layout in layouts}) >= 10


@pytest.mark.parametrize("which", UNSEEN)
def test_few_headings_of_the_held_out_tables_stand_in_the_others(which: str) -> None:
    """Some must: a list of people whose name is never called a name would be no real list."""
    held = _headings(UNSEEN[which]())
    seen = set().union(*(_headings(layouts()) for layouts in SEEN.values()))
    assert len(held & seen) / len(held) <= 0.06


@pytest.mark.parametrize("which", SETS)
def test_equal_seeds_give_equal_tables_and_others_other_ones(which: str) -> None:
    make = SETS[which].__wrapped__
    assert make() == make()
    assert make(1)[0].rows != make(2)[0].rows


@pytest.mark.parametrize("which", SETS)
def test_every_row_and_column_has_its_truth(which: str) -> None:
    for layout in SETS[which]():
        truth = layout.truth
        assert len(truth.rows) == len(layout.rows), truth.name
        assert {len(row) for row in layout.rows} == {len(truth.columns)}, truth.name
        kinds = dict(enumerate(truth.rows, 1))
        assert all(kinds[row] is RowKind.HEADER for row in truth.header_rows), truth.name
        assert kinds[truth.first_data_row] is RowKind.DATA, truth.name
        assert all(len(column.expected) > 0 for column in truth.columns), truth.name


def test_every_column_has_an_answer_that_the_model_can_give() -> None:
    given = {f"{schema}:{name}" for schema in SCHEMATA for name in properties_of(schema)}
    for layout in (layout for layouts in SETS.values() for layout in layouts()):
        for column in layout.truth.columns:
            assert any(
                pattern == NOTHING or any(fnmatchcase(one, pattern) for one in given)
                for pattern in column.expected
            ), (layout.truth.name, column)


def test_identity_numbers_carry_right_checks_and_no_real_region() -> None:
    """The samples are those that the standards and their manuals print."""
    assert chinese_check("11010519491231002") == "X"
    seen = [
        value
        for layout in tuning.layouts()
        for column in layout.truth.columns
        if column.content == "id" and layout.truth.language in {"zh-Hans", "ug-Arab"}
        for value in (row[column.column - 1] for row in layout.rows[_before_data(layout) :])
        if isinstance(value, str) and value[:6].isdigit()
    ]
    assert len(seen) > 100
    for number in seen:
        assert number.startswith("659999")
        assert chinese_check(number[:17]) == number[17]


def _before_data(layout: Layout) -> int:
    """Rows above the data, as an index."""
    return layout.truth.first_data_row - 1


class _Fixed:
    """A generator that draws what it is told."""

    def __init__(self, drawn: int) -> None:
        self.drawn = drawn

    def randrange(self, *_: int) -> int:
        return self.drawn


def test_check_digits_agree_with_printed_samples() -> None:
    assert spanish(_Fixed(12_345_678), None, man=True) == "12345678Z"
    assert chilean(_Fixed(12_345_678), None, man=True) == "12.345.678-5"
    assert brazilian(_Fixed(111_444_777), None, man=True) == "111.444.777-35"


def test_a_korean_number_has_no_region_and_a_right_check() -> None:
    digits = korean(_Fixed(123), date(1960, 6, 3), man=True).replace("-", "")
    assert digits[:9] == "600603199"
    weighed = sum(int(d) * (2 + at % 8) for at, d in enumerate(digits[:12])) + int(digits[12])
    assert weighed % 11 == 0


def test_files_hold_what_was_laid_out(tmp_path: Path) -> None:
    for path, layout in write(tuning.layouts()[:12], tmp_path).items():
        if path.suffix == ".xlsx":
            sheet = openpyxl.load_workbook(path).active
            first = [cell.value for cell in sheet[layout.truth.first_data_row]]
        else:
            with path.open(encoding=layout.encoding, newline="") as file:
                reader = csv.reader(file, delimiter=";" if layout.form == "csv;" else ",")
                first = [value or None for value in list(reader)[layout.truth.first_data_row - 1]]
        wanted = layout.rows[layout.truth.first_data_row - 1]
        assert [str(value)[:10] for value in first] == [str(value)[:10] for value in wanted]


def test_a_score_counts_right_wrong_and_silent_columns() -> None:
    tables = {Path(layout.truth.name): layout.truth for layout in tuning.layouts()[:9]}
    every = sum(len(truth.columns) for truth in tables.values())

    def knows(path: Path) -> list[dict[str, object]]:
        return [
            {"column": c.column, "property": c.expected[0].replace("*", "Person")}
            for c in tables[path].columns
        ]

    all_right = score(knows, tables, header_rows=lambda path: tables[path].header_rows)
    assert (all_right.right, all_right.columns, all_right.headers_right) == (every, every, 9)
    silent = score(lambda _: [], tables)
    nothing = sum(NOTHING in c.expected for truth in tables.values() for c in truth.columns)
    assert (silent.right, silent.wrong, silent.headers_right) == (nothing, 0, None)
    assert (silent.share_of_stated, all_right.share_of_stated) == (0, 1)
    one_sided = score(
        lambda path: [
            {"column": c.column, "property": "Person:height"} for c in tables[path].columns
        ],
        tables,
    )
    assert (one_sided.right, one_sided.wrong) == (0, every)


def test_the_surest_answer_counts_and_headings_name_columns() -> None:
    truth = tuning.layouts()[0].truth
    by_heading = [
        {"column": "身份证号", "property": "Person:idNumber"},
        {"column": "姓 名", "property": "Person:alias", "confidence": 0.2},
        {"column": "姓 名", "property": "Thing:name", "confidence": 0.9},
    ]
    result = score(lambda _: by_heading, {Path("t"): truth})
    assert (
        result.right == 3
    )  # the name; the serial number and marriage, of which nothing may be said
    assert all(miss.proposed == NOTHING for miss in result.misses)


def test_calendars_agree_with_published_pairs() -> None:
    """New year's days and one historic day of the Solar Hijri calendar; days of the tabular one."""
    solar = {
        (2017, 3, 21): (1396, 1, 1),
        (2021, 3, 20): (1399, 12, 30),
        (1979, 2, 11): (1357, 11, 22),
    }
    ethiopic = {
        (2017, 9, 11): (2010, 1, 1),
        (2015, 9, 11): (2007, 13, 6),
        (2015, 9, 12): (2008, 1, 1),
    }
    assert {day: ethiopian(date(*day)) for day in ethiopic} == ethiopic
    lunar = {(2017, 9, 21): (1438, 12, 29), (2000, 1, 1): (1420, 9, 24)}
    assert {day: persian(date(*day)) for day in solar} == solar
    assert {day: islamic(date(*day)) for day in lunar} == lunar


def test_chinese_numerals_of_days() -> None:
    days = {9: "九", 10: "十", 12: "十二", 20: "二十", 31: "三十一"}
    assert {day: chinese_numeral(day) for day in days} == days


def test_wildcards_and_declaring_schemata() -> None:
    assert accepted("LegalEntity:phone", ("Person:phone",))
    assert accepted("Post:title", ("Post:*",))
    assert accepted("", ("",))
    assert not accepted("", ("Person:name",))
    assert not accepted("Facility:phone", ("Person:phone",))
