"""Printed figures computed again: on made tables, on simulated lists, and on what was published."""

import csv
import re
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Area, Cell, CellArea, CellKind
from muniment.facts.totals import Checked, Finding, Kind, TableCell, check_table, tables_of
from muniment.facts.totals.amount import Separators, amount, separators_of
from muniment.facts.totals.finding import INNOCENT
from muniment.facts.totals.words import names_serial, names_share, names_total
from tests.facts.layouts import held_out, tuning
from tests.facts.layouts.laying import Layout
from tests.facts.layouts.truth import RowKind
from tests.quality.table_truth import Spot, data_folder, true_cells

TOTALS = {
    "zh": "合 计",
    "zh-Hant": "總計",
    "ru": "Итого:",
    "uk": "Разом",
    "kk": "Барлығы",
    "tr": "GENEL TOPLAM",
    "en": "Grand total",
    "es": "Total general",
    "fr": "Totaux",
    "de": "Insgesamt",
    "ar": "المجموع",
    "fa": "جمع کل",
    "ug": "جەمئىي",
    "pl": "Razem",
    "ko": "합계",
    "glued": "EUTotal",
}


def table(*rows: tuple[object, ...], formulas: dict[tuple[int, int], str] | None = None) -> Checked:
    """What the checks say of rows, where None is a blank."""
    return check_table(
        TableCell(
            row,
            column,
            str(value),
            CellArea(row, column, "Liste"),
            formula=(formulas or {}).get((row, column)),
            number=isinstance(value, int | float | Decimal),
        )
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    )


def where(found: Finding) -> tuple[int, int]:
    place = found.at[0]
    assert isinstance(place, CellArea)
    return place.row, place.column


figures = st.lists(st.tuples(*[st.integers(1, 10**6)] * 3), min_size=3, max_size=12)


@given(figures, st.sampled_from(sorted(TOTALS)))
def test_totals_that_add_up_are_no_findings(rows: list[tuple[int, ...]], language: str) -> None:
    total = (TOTALS[language], *map(sum, zip(*rows, strict=True)))
    checked = table(("", "a", "b", "c"), *[("x", *row) for row in rows], total)
    assert checked.findings == ()
    assert [a.kind for a in checked.agreements].count(Kind.TOTAL) == 3


@given(figures, st.sampled_from(sorted(TOTALS)), st.integers(0, 2), st.integers(1, 10**7))
def test_a_total_that_does_not_add_up_is_found_with_its_difference(
    rows: list[tuple[int, ...]], language: str, column: int, more: int
) -> None:
    sums = list(map(sum, zip(*rows, strict=True)))
    printed = [value + (more if at == column else 0) for at, value in enumerate(sums)]
    checked = table(
        ("", "a", "b", "c"), *[("x", *row) for row in rows], (TOTALS[language], *printed)
    )
    [found] = checked.findings
    assert found.kind is Kind.TOTAL
    assert where(found) == (len(rows) + 2, column + 2)
    assert (found.difference, found.computed) == (more, sums[column])
    assert found.at[1] == CellArea(2, column + 2, "Liste", len(rows) + 1, column + 2)


@given(st.lists(figures, min_size=2, max_size=4))
def test_subtotals_and_a_total_over_them(groups: list[list[tuple[int, ...]]]) -> None:
    rows: list[tuple[object, ...]] = [("", "a", "b", "c")]
    for group in groups:
        rows += [("x", *row) for row in group]
        rows.append(("小计", *map(sum, zip(*group, strict=True))))
    every = [row for group in groups for row in group]
    rows.append(("总计", *map(sum, zip(*every, strict=True))))
    assert table(*rows).findings == ()


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text("0123456789.,-–()%* '٣Итого", max_size=8),
                st.sampled_from(
                    ["Total", "合计", "№", "%", "0", "1", "100 %", "7 (12 %)", "5 чел."]
                ),
                st.integers(-(10**25), 10**25),
                st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**20),
            ),
            max_size=5,
        ),
        max_size=8,
    )
)
def test_no_table_is_too_odd(rows: list[list[object]]) -> None:
    checked = table(*map(tuple, rows))
    for found in checked.findings:
        assert found.difference == found.stated - found.computed != 0
        assert len(found.at) >= 1


@given(figures)
def test_totals_in_a_column(rows: list[tuple[int, ...]]) -> None:
    head = ("", "male", "female", "unknown", "Total")
    right = [("x", *row, sum(row)) for row in rows]
    assert table(head, *right).findings == ()
    wrong = [*right[:-1], (*right[-1][:-1], right[-1][-1] + 7)]
    if len(rows) > 3:
        [found] = table(head, *wrong).findings
        assert (found.difference, where(found)) == (7, (len(rows) + 1, 5))


def test_a_row_that_no_word_names_is_a_total_by_its_figures() -> None:
    rows = [("Camp A", 120, 37, 12), ("Camp B", 95, 41, 3), ("Camp C", 310, 20, 8)]
    assert len(table(("", "m", "f", "k"), *rows, ("Region 9", 525, 98, 23)).agreements) == 3
    [found] = table(("", "m", "f", "k"), *rows, ("Region 9", 525, 98, 32)).findings
    assert (where(found), found.difference) == ((5, 4), 9)
    assert "no word says that this row is a total; its figures do" in found.observations


def test_a_total_far_from_everything_is_unplaced_and_a_mean_is_left_alone() -> None:
    rows = [("A", 120), ("B", 95), ("C", 310)]
    [found] = table(("", "people"), *rows, ("Total", 4_000)).findings
    assert found.kind is Kind.TOTAL_UNPLACED
    assert table(("", "people"), *rows, ("Total", 175)).findings == ()
    assert table(("", "people"), *rows, ("Average", 999)).findings == ()


def test_hidden_rows_are_said() -> None:
    cells = [
        TableCell(row, column, str(value), CellArea(row, column), hidden=row == 2)
        for row, values in enumerate([("", "n"), ("A", 50), ("B", 400), ("Total", 400)], 1)
        for column, value in enumerate(values, 1)
    ]
    [found] = check_table(cells).findings
    assert "1 of the 2 cells added are hidden" in found.observations
    assert any("hidden" in words for words in found.innocent_explanations)


@given(
    st.lists(st.integers(1, 5_000), min_size=4, max_size=15, unique=True),
    st.integers(0, 2),
    st.sampled_from(["%", "Доля, %", "占比", "Percentage", "نسبة", "Anteil"]),
)
def test_percentages_agree_by_the_digits_shown(
    counts: list[int], digits: int, heading: str
) -> None:
    total = sum(counts)
    step = Decimal(1).scaleb(-digits)
    shares = [
        (Decimal(100) * count / total).quantize(step, rounding=ROUND_HALF_UP) for count in counts
    ]
    rows = [("x", count, f"{share} %") for count, share in zip(counts, shares, strict=True)]
    printed = table(("", "n", heading), *rows, ("Total", total, None))
    assert [found for found in printed.findings if found.kind is Kind.PERCENTAGE] == []


def test_a_percentage_of_another_whole_is_found() -> None:
    counts = [1_207, 2_903, 3_310, 2_555]
    shares = ["12.1 %", "29.1 %", "33.2 %", "26.5 %"]  # the last is 25.6 %
    rows = [("x", *pair) for pair in zip(counts, shares, strict=True)]
    [found] = table(("", "n", "share"), *rows, ("Total", 9_975, None)).findings
    assert (found.kind, found.stated, found.computed) == (
        Kind.PERCENTAGE,
        Decimal("26.5"),
        Decimal("25.61"),
    )


def test_percentages_that_do_not_close() -> None:
    shares = ("40.0%", "30.0%", "20.0%", "5.0%")
    [found] = table(("", "%"), *[("x", share) for share in shares], ("Total", "100%")).findings
    assert (found.kind, found.difference) == (Kind.HUNDRED, Decimal(5))


@pytest.mark.parametrize(
    "heading", ["序号", "№ п/п", "S/No.", "Lfd. Nr.", "ردیف", "ت/ن", "Sıra No"]
)
def test_row_numbers_missing_repeated_and_out_of_order(heading: str) -> None:
    numbers = [1, 2, 3, 5, 6, 6, 7, 12, 11, 13, 14, 15]
    checked = table((heading, "name"), *[(number, "x") for number in numbers])
    assert [(found.kind, found.stated) for found in checked.findings] == [
        (Kind.NUMBERS_MISSING, 5),
        (Kind.NUMBERS_REPEATED, 6),
        (Kind.NUMBERS_MISSING, 12),
        (Kind.NUMBERS_OUT_OF_ORDER, 11),
        (Kind.NUMBERS_MISSING, 13),
    ]
    assert "4 numbers between" in checked.findings[2].observations


def test_numbers_that_begin_again_are_no_finding() -> None:
    assert table(("№", "name"), *[(n, "x") for n in [1, 2, 3, 4, 1, 2, 3]]).findings == ()


def test_rows_counted_in_words() -> None:
    rows = [(number, "x") for number in range(1, 27)]
    assert table(("№", "ФИО"), *rows, ("Итого: 26 человек", None)).findings == ()
    [found] = table(("№", "ФИО"), *rows, ("Итого", "30 чел.")).findings
    assert (found.kind, found.stated, found.computed) == (Kind.COUNT, 30, 26)


@pytest.mark.parametrize(
    ("formula", "cached", "computed"),
    [
        ("=SUM(B2:B4)", 61, 60),
        ("SUM($B$2:$B$3,B4)", 61, 60),
        ("=B2+B3-B4", 0, None),
        ("=B2+B3-B4", 1, 0),
        ("=SUBTOTAL(9,B2:B4)", 59, 60),
        ("=COUNTA(A2:A4)", 4, 3),
        ("=VLOOKUP(A2,B2:B4,1)", 61, None),
    ],
)
def test_cached_values_of_formulas(formula: str, cached: int, computed: int | None) -> None:
    rows = [("", "n"), ("a", 10), ("b", 20), ("c", 30), ("of all", cached)]
    checked = table(*rows, formulas={(5, 2): formula})
    found = [one for one in checked.findings if one.kind is Kind.FORMULA]
    assert [(one.stated, one.computed) for one in found] == (
        [] if computed is None else [(cached, computed)]
    )


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1,234", ".", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("1 234,5", ".", "1234.5"),
        ("1,234,567.8", ",", "1234567.8"),
        ("１２３", ".", "123"),
        ("٤٥٦", ".", "456"),
        ("۱۲٫۵ ٪", ".", "12.5"),
        ("(123)", ".", "-123"),
        ("-5", ".", "-5"),
        ("12.3*", ".", "12.3"),
        ("–", ".", None),
        ("..", ".", None),
        ("12 people", ".", None),
        ("1,23,45", ".", None),
        ("2017-05-01", ".", None),
        ("", ".", None),
    ],
)
def test_numbers_as_tables_print_them(written: str, decimal: str, value: str | None) -> None:
    read = amount(written, Separators(decimal))
    assert (None if read is None else read.value) == (None if value is None else Decimal(value))


def test_the_decimal_sign_is_that_of_the_table() -> None:
    assert separators_of(["3.597", "1.847", "732"]).decimal == ","
    assert separators_of(["3.597", "1.8"]).decimal == "."
    assert separators_of(["0.597", "1.847"]).decimal == "."
    assert separators_of(["3,597", "1,847"]).decimal == "."
    assert separators_of(["12,5", "1.847"]).decimal == ","


def test_words() -> None:
    assert all(map(names_total, TOTALS.values()))
    assert not any(map(names_total, ["% of total", "Ara", "totally", "", "12", "Totalitarian law"]))
    assert all(map(names_serial, ["序号", "№ п/п", "No.", "#", " S/No "]))
    assert not any(map(names_serial, ["Name", "No. of people", "身份证号"]))
    assert all(map(names_share, ["占比", "Доля", "in %", "Percentage"]))


def test_a_finding_cannot_be_made_without_an_innocent_explanation() -> None:
    with pytest.raises(ValueError, match="innocent"):
        Finding(Kind.TOTAL, (CellArea(1, 1),), Decimal(1), Decimal(2), Decimal(-1), (), ())
    assert set(INNOCENT) == set(Kind)
    assert all(len(INNOCENT[kind]) >= 4 for kind in Kind)


def test_no_word_judges() -> None:
    verdicts = r"\b(fake|forg|fals|wrong|lie|lying|fraud|manipulat|error|suspicious|incorrect)"
    words = " ".join(words for kind in Kind for words in INNOCENT[kind])
    assert re.search(verdicts, words, re.IGNORECASE) is None


def _cells_of(layout: Layout) -> list[TableCell]:
    return [
        TableCell(row, column, str(value), CellArea(row, column), number=isinstance(value, int))
        for row, values in enumerate(layout.rows, 1)
        for column, value in enumerate(values, 1)
        if value is not None
    ]


def test_simulated_lists_show_no_findings_and_every_total_of_theirs_is_compared() -> None:
    for layout in tuning.layouts() + held_out.layouts():
        checked = check_table(_cells_of(layout))
        assert checked.findings == (), layout.truth.name
        compared = {
            place.row for one in checked.agreements if isinstance(place := one.at[0], CellArea)
        }
        totals = {row for row, kind in enumerate(layout.truth.rows, 1) if kind is RowKind.TOTAL}
        assert totals <= compared, layout.truth.name


def _published(spots: list[Spot], page: int) -> list[TableCell]:
    return [
        TableCell(s.row, s.column, s.text, Area(page=page, box=(s.column, s.row, 1, 1)))
        for s in spots
    ]


_FOLDER = data_folder()


@pytest.mark.skipif(_FOLDER is None, reason="the ICDAR 2013 tables are not at hand")
def test_published_tables_of_the_competition() -> None:
    """Every finding was looked at by hand; see each line."""
    assert _FOLDER is not None
    agreeing: Counter[Kind] = Counter()
    found = []
    for file in sorted(_FOLDER.glob("*-str.xml")):
        tables: dict[tuple[int, str], list[Spot]] = defaultdict(list)
        for spot in true_cells(file):
            tables[spot.table].append(spot)
        for (page, _), spots in sorted(tables.items()):
            checked = check_table(_published(spots, page))
            agreeing.update(one.kind for one in checked.agreements)
            found += [
                (file.name[:6], f.kind, str(f.stated), str(f.computed)) for f in checked.findings
            ]
    assert found == [
        ("eu-004", Kind.TOTAL, "3236.5", "2849.4"),  # retail outlets: 387,100 apart
        ("eu-004", Kind.TOTAL, "876", "878"),  # food outlets, in thousands
        ("eu-008", Kind.TOTAL, "145.69", "144.83"),  # one row has no figure in this column: 0.87
        ("eu-015", Kind.TOTAL_UNPLACED, "23900", "9038"),  # over this table and the one before
        ("eu-015", Kind.TOTAL, "159", "160"),
        ("eu-020", Kind.PERCENTAGE, "19.9", "19.97"),  # made to close at a hundred
        ("eu-020", Kind.PERCENTAGE, "19.3", "19.23"),
    ]
    assert agreeing == {Kind.TOTAL: 63, Kind.PERCENTAGE: 40, Kind.HUNDRED: 98}


def test_yearly_sums_of_the_gulag_camps(real_material: Path) -> None:
    """The sums of prisoners by year that are published beside the table, printed below it."""
    file = real_material / "facilities" / "gulag" / "statistics.csv"
    if not file.is_file():
        pytest.skip("the yearly counts of camps are not at hand")
    years = {"1934": 584_233, "1938": 1_559_984, "1941": 2_004_485, "1950": 1_381_246}
    years |= {"1952": 1_948_014, "1953": 1_843_386}
    held: dict[str, dict[str, str]] = defaultdict(dict)
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if line["year"] in years and line["prisoners"] != "":
                held[line["location_id"]][line["year"]] = line["prisoners"]
    rows = [(f"lager {at}", *map(one.get, years)) for at, one in held.items()]
    total = ("Всего", *[f"{value:,}" for value in years.values()])
    checked = table(("", *years), *rows, total)
    assert checked.findings == ()
    assert [one.stated for one in checked.agreements] == list(years.values())
    shifted = ("Всего", *[f"{value + 3_000 * (value == 1_381_246):,}" for value in years.values()])
    [found] = table(("", *years), *rows, shifted).findings
    assert (found.difference, where(found)[1]) == (3_000, 5)


def test_cells_as_readers_yield_them() -> None:
    """A share is taken as shown, a date is no figure, and each sheet is a table of its own."""
    grid = [("", "n", "share", "day"), ("A", 30, 0.3, 43000), ("B", 45, 0.45, 43001)]
    grid += [("C", 25, 0.25, 43002), ("Total", 110, 1, 43003)]
    parts = [
        Cell(
            CellArea(row, column, sheet),
            _kind(value, column),
            str(value),
            shown=f"{value:.0%}"
            if column == 3 and row > 1
            else "1.9.2017"
            if column == 4
            else None,
        )
        for sheet in ("one", "two")
        for row, values in enumerate(grid, 1)
        for column, value in enumerate(values, 1)
        if value != ""
    ]
    tables = tables_of(parts)
    assert set(tables) == {("one", None), ("two", None)}
    [found] = check_table(tables["two", None]).findings
    assert (found.kind, found.difference, where(found)) == (Kind.TOTAL, 10, (5, 2))
    assert found.at[0] == CellArea(5, 2, "two")


def _kind(value: object, column: int) -> CellKind:
    if isinstance(value, str):
        return CellKind.TEXT
    return CellKind.DATE if column == 4 else CellKind.NUMBER


def test_tables_on_pages_are_told_apart_by_page() -> None:
    cells = [
        Cell(
            Area(page, (10.0 * column, 10.0 * row, 8, 8)),
            CellKind.TEXT,
            text,
            grid=CellArea(row, column, "table 1"),
        )
        for page, total in ((1, "100"), (2, "90"))
        for row, texts in enumerate([("", "n"), ("A", "40"), ("B", "60"), ("Total", total)], 1)
        for column, text in enumerate(texts, 1)
        if text
    ]
    checked = {table: check_table(held) for table, held in tables_of(cells).items()}
    assert checked["table 1", 1].findings == ()
    [found] = checked["table 1", 2].findings
    assert found.at == (
        Area(2, (20, 40, 8, 8)),
        Area(2, (20, 20, 8, 8)),
        Area(2, (20, 30, 8, 8)),
    )
