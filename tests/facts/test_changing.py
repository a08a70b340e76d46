"""A sheet that changes its shape half-way, and columns whose dates are meant otherwise."""

import msgspec
import pytest

from muniment.core import CellArea, CellKind, digest_of
from muniment.facts import Applied, apply_mapping, find_layout, mapping_of, propose, statements_of
from muniment.facts.readings.offered import OFFERED
from muniment.facts.readings.options import wrong_options
from muniment.facts.table import Held, Table, table_of_rows
from muniment.facts.totals import TableCell, check_table

_HEADERS = ["Lfd. Nr.", "Name", "Vorname", "Geburtsdatum", "Wohnort", "Haftbeginn", "Haftort"]
_SOURCE = digest_of(b"decision").hex


def _fits(number: int) -> list[str]:
    born = f"{1 + number % 28}.{1 + number % 12}.19{10 + number % 20}"
    return [
        str(number),
        "Muster",
        "Max",
        born,
        "Prüfstadt",
        f"{1 + number % 28:02}.05.1942",
        "Lager A",
    ]


def _other(number: int) -> list[str]:
    born = f"{1 + number % 28}.3.1915"
    return [
        str(number),
        "Probe",
        "Paul",
        f"{1 + number % 28:02}.05.1943",
        born,
        "Lager B",
        "Testheim",
    ]


def _applied(rows: list[list[str]]) -> Applied:
    table: Table = table_of_rows(digest_of(b"list"), rows)
    mapping = mapping_of(
        propose(table_of_rows(digest_of(b"list"), [_HEADERS, *map(_fits, range(40))])), "list"
    )
    return apply_mapping(table, mapping, find_layout(table), _SOURCE)


def _applied_as_proposed(rows: list[list[str]]) -> Applied:
    table = table_of_rows(digest_of(b"x"), rows)
    return apply_mapping(table, mapping_of(propose(table), "x"), find_layout(table), _SOURCE)


def test_rows_of_another_shape_are_not_stated_and_listed_each() -> None:
    applied = _applied([_HEADERS, *map(_fits, range(40)), *map(_other, range(40, 70))])
    changed = [each.row for each in applied.misfits if each.code == "shape-changed"]
    assert changed == list(range(42, 72))
    assert max(each.at.place.row for each in statements_of(applied)) == 41  # type: ignore[union-attr]
    assert applied.counts["rows_changed"] == 30
    assert applied.counts["cells_elsewhere"] == 30 * len(_HEADERS)


def test_rows_that_fit_again_are_stated_again() -> None:
    rows = [*map(_fits, range(40)), *map(_other, range(40, 50)), *map(_fits, range(50, 60))]
    assert _applied([_HEADERS, *rows]).counts["rows_changed"] == 10


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_few_bad_rows_are_no_other_shape(count: int) -> None:
    applied = _applied([_HEADERS, *map(_fits, range(40)), *map(_other, range(40, 40 + count))])
    assert applied.counts["rows_changed"] == 0


def test_a_column_that_never_read_is_no_change_of_shape() -> None:
    rows = [[*_fits(number)[:5], "Lager B", "1.1.1942"] for number in range(60)]
    assert _applied([_HEADERS, *rows]).counts["rows_changed"] == 0


def test_a_form_above_a_list_is_listed_cell_by_cell() -> None:
    rows = [
        ["Wachstube"],
        ["Kommandant", "Muster"],
        ["Stand", "1.5.1942"],
        _HEADERS,
        *map(_fits, range(20)),
    ]
    applied = _applied(rows)
    assert [each.row for each in applied.misfits if each.code == "above-headers"] == [2, 3]
    assert applied.counts["cells_elsewhere"] == 5


def test_nobody_is_made_of_a_word_for_nobody() -> None:
    rows = [
        ["户主姓名", "子女姓名"],
        ["户甲", "子一"],
        ["户乙", "无"],
        ["户丙", "/"],
        ["户丁", "不详"],
    ]
    applied = _applied_as_proposed(rows)
    assert applied.entities.names.count("child") == 1
    assert applied.entities.schemas.count("Relation") == 1
    assert applied.counts["cells_without_subject"] == 3
    assert not any(each.code == "no-subject" for each in applied.misfits)


def test_somebody_unknown_who_was_detained_is_somebody() -> None:
    rows = [
        ["Name", "Arrested on"],
        ["Ana Roca", "2017-03-05"],
        ["unknown", "2017-03-06"],
        ["Eva Roca", "2017-03-07"],
    ]
    applied = _applied_as_proposed(rows)
    assert applied.entities.names.count("person") == 3


# --- dates of a column as a whole -------------------------------------------------------------


def _dates(
    header: str, values: list[str], options: tuple[tuple[str, str], ...] | None = None
) -> list[str]:
    table = table_of_rows(
        digest_of(b"x"),
        [["Name", header], *([f"Person {n}", each] for n, each in enumerate(values))],
    )
    mapping = mapping_of(propose(table), "x")
    if options is not None:
        rules = tuple(
            msgspec.structs.replace(
                rule, entity="person", property="birthDate", reader="date", options=options
            )
            if rule.column == 2 else rule for rule in mapping.columns
        )  # fmt: skip
        mapping = msgspec.structs.replace(mapping, columns=rules)
    applied = apply_mapping(table, mapping, find_layout(table), _SOURCE)
    return [
        each.read or each.unread for each in statements_of(applied) if each.at.place.column == 2
    ]  # type: ignore[union-attr]


def test_ethiopian_dates_are_not_taken_for_ours() -> None:
    values = ["13/02/2008", "ጥር 5 2008", "14/03/2009"]
    assert _dates("የታሰረበት ቀን", values, ()) == [
        "ambiguous-calendar",
        "2016-01-14",
        "ambiguous-calendar",
    ]
    assert _dates("የታሰረበት ቀን", values)[0] == "2015-10-24"
    assert (
        _dates(
            "የታሰረበት ቀን",
            ["13/02/2008", "14/03/2009", "15/03/2009"],
            (("calendar", "gregory"), ("order", "dmy")),
        )[0]
        == "2008-02-13"
    )


def test_a_year_and_the_next_is_no_month() -> None:
    assert _dates("Born", ["1905/06", "1911/12", "1936/37", "1940"], ()) == [
        "ambiguous-date",
        "ambiguous-date",
        "qualified-date",
        "1940",
    ]
    assert _dates("Born", ["1905/06", "1905/11", "1940"], ())[0] == "1905-06"


def test_a_year_of_ours_in_a_column_of_another_calendar_is_not_read() -> None:
    assert _dates(
        "出生年月日", ["民國20年5月12日", "39/05/13", "1950/05/13"], (("calendar", "roc"),)
    ) == ["1931-05-12", "1950-05-13", "ambiguous-calendar"]


def test_a_workbooks_own_dates_keep_their_day() -> None:
    held = Held(CellKind.DATE, "42800", "2017-03-06", "yyyy-mm-dd")
    table = table_of_rows(
        digest_of(b"x"), [["ስም", "የታሰረበት ቀን"], ["ሀ", held], ["ለ", held], ["ሐ", held]]
    )
    applied = apply_mapping(table, mapping_of(propose(table), "x"), find_layout(table), _SOURCE)
    assert {each.read for each in statements_of(applied) if each.property == "startDate"} == {
        "2017-03-06"
    }


@pytest.mark.parametrize(
    ("reader", "option", "allowed"),
    [
        ("duration", ("unit", "Q"), "Y, M, W, D"),
        ("date", ("order", "dym"), "dmy"),
        ("date", ("calendar", "nosuch"), "persian"),
        ("date", ("pivot", "2030"), "digits"),
        ("number", ("decimal", "x"), "., ,"),
        ("phone", ("country", "XX"), "ISO 3166"),
        ("sex", ("vocabulary", "1=man"), "male"),
        ("code", ("vocabulary", "nosuch"), "facility-kinds"),
        ("text", ("unit", "Y"), "blank"),
    ],
)
def test_an_option_that_no_reader_knows_is_refused(
    reader: str, option: tuple[str, str], allowed: str
) -> None:
    ((_, says),) = wrong_options(reader, dict([option]))
    assert allowed in says


@pytest.mark.parametrize(
    ("reader", "option"),
    [
        ("duration", ("unit", "M")),
        ("date", ("order", "ym")),
        ("date", ("calendar", "ethiopic")),
        ("date-range", ("pivot", "30")),
        ("sex", ("vocabulary", "F=female;H=male;M=")),
        ("code", ("vocabulary", "facility-kinds;x=prison")),
        ("phone", ("country", "de")),
        *(
            (reader, tuple(option.split("=", 1)))
            for reader, offered in OFFERED.items()
            for option, _ in offered
        ),
    ],
)
def test_options_that_are_offered_are_allowed(reader: str, option: tuple[str, str]) -> None:
    assert list(wrong_options(reader, dict([option]))) == []


@pytest.mark.parametrize("header", ["M", "男"])
def test_men_and_women_are_added_without_a_word(header: str) -> None:
    rows = [["", "Held", header, "女"], *([name, *map(str, held)] for name, held in _HELD.items())]
    found = check_table(
        TableCell(row, column, text, CellArea(row, column, "S"))
        for row, cells in enumerate(rows, 1)
        for column, text in enumerate(cells, 1)
    )
    assert [each.at[0] for each in found.findings] == [CellArea(4, 2, "S")]


_HELD = {"One": (50, 30, 20), "Two": (100, 60, 40), "Three": (240, 140, 101), "Four": (9, 4, 5)}
