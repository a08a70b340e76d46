"""Values that may mean two things are not read; those that mean one are."""

import pytest

from muniment.core import CellKind
from muniment.facts import propose
from muniment.facts.readings import CellFacts, read_value
from tests.facts.invented_lists import table

_TEXT = CellFacts()


@pytest.mark.parametrize(
    "written",
    ["۱۳۶۵/۰۷/۱۲", "1438-09-01", "2560-05-12", "5784", "9999-12-31", "3018-01-01", "1365",
     "12 March 2560", "2100", "1598-1610", "1599-12-31"],
)  # fmt: skip
def test_a_bare_year_that_may_be_of_another_calendar_is_not_read(written: str) -> None:
    found = read_value("date", written, _TEXT, {})
    assert (found.read, found.unread) == (None, "ambiguous-calendar")


@pytest.mark.parametrize(
    ("written", "options", "read"),
    [
        ("۱۳۶۵/۰۷/۱۲", {"calendar": "persian"}, "1986-10-04"),
        ("2560-05-12", {"calendar": "buddhist"}, "2017-05-12"),
        ("9999-12-31", {"calendar": "gregory"}, "9999-12-31"),
        ("12 March 1450", {}, None),
        ("1365 مهر 12", {}, "1986-10-04"),
        ("昭和60年", {}, "1985"),
        ("1600-01-01", {}, "1600-01-01"),
        ("2099-12-31", {}, "2099-12-31"),
    ],
)
def test_a_year_whose_calendar_is_named_is_read(
    written: str, options: dict[str, str], read: str | None
) -> None:
    expected = read or "1450-03-12"
    assert read_value("date", written, _TEXT, options).read == expected


@pytest.mark.parametrize(
    "written", ["c. 1950", "1950?", "< 1950", "> 1950", "<=1950", ">= 1950", "±1950", "1950-03-02?"]
)
def test_a_qualified_date_is_not_that_date(written: str) -> None:
    found = read_value("date", written, _TEXT, {})
    assert (found.read, found.unread) == (None, "qualified-date")


@pytest.mark.parametrize("time", ["25:00", "24:01", "12:60", "12:00:61"])
def test_a_date_at_a_time_that_no_day_has_is_none(time: str) -> None:
    assert read_value("date", f"2018-2-3T{time}", _TEXT, {}).unread == "not-a-date"
    assert read_value("date", "2018-2-3T23:59:60Z", _TEXT, {}).read == "2018-02-03"


@pytest.mark.parametrize("reader", ["number", "quantity", "integer"])
@pytest.mark.parametrize("written", ["1.234", "1,234", "-12.345", "١,٢٣٤"])
def test_thousands_or_decimals_are_not_guessed(reader: str, written: str) -> None:
    found = read_value(reader, written, _TEXT, {})
    assert (found.read, found.unread) == (None, "ambiguous-number")


@pytest.mark.parametrize(
    ("written", "decimal", "read"),
    [("1.234", ".", "1.234"), ("1.234", ",", "1234"), ("1,234", ".", "1234"),
     ("1,234", ",", "1.234"), ("0.125", "", "0.125"), ("0,125", "", "0.125"),
     ("1,234,567", "", "1234567"), ("1 234", "", "1234"), ("12.5", "", "12.5"),
     ("1234.567", "", "1234.567")],
)  # fmt: skip
def test_the_decimal_sign_is_an_option(written: str, decimal: str, read: str) -> None:
    options = {} if decimal == "" else {"decimal": decimal}
    assert read_value("number", written, _TEXT, options).read == read


def test_number_cells_and_coordinates_are_exact() -> None:
    assert read_value("number", "1.234", CellFacts(CellKind.NUMBER), {}).read == "1.234"
    assert read_value("coordinate", "43.825", _TEXT, {}).read == "43.825"


@pytest.mark.parametrize("written", ["200-300", "200 – 300", "200 to 300", "200至300人"])
def test_a_range_is_no_quantity(written: str) -> None:
    assert read_value("quantity", written, _TEXT, {}).unread == "not-a-number"


def test_a_quantity_with_a_unit_is_read_with_a_doubt() -> None:
    found = read_value("quantity", "200 people", _TEXT, {})
    assert (found.read, found.doubts) == ("200", ("suffix",))
    assert read_value("quantity", "1.234 people", _TEXT, {}).unread == "ambiguous-number"


@pytest.mark.parametrize("written", ["Congo", "Kongo", "КОНГО", "Korea"])
def test_a_name_of_two_countries_is_neither(written: str) -> None:
    assert read_value("country", written, _TEXT, {}).unread == "not-a-country"
    assert read_value("country", "Republic of the Congo", _TEXT, {}).read == "cg"


def test_a_column_of_years_that_may_be_of_another_calendar_says_so() -> None:
    rows = [["Name", "Date of birth"], ["Ana Roca", "1365/07/12"], ["Luis Sol", "1370/02/05"]]
    doubts = propose(table(rows)).doubts  # type: ignore[arg-type]
    assert any("column 2 holds years that may be of another calendar" in doubt for doubt in doubts)


# What a number cell stores, and the number it comes to; text is read as it stands.
STORED = {
    ("0.10000000000000001", CellKind.NUMBER): "0.1",
    ("31.230416000000002", CellKind.NUMBER): "31.230416",
    ("1E3", CellKind.NUMBER): "1000",
    ("10.50", CellKind.NUMBER): "10.5",
    ("0.10000000000000001", CellKind.TEXT): "0.10000000000000001",
}


@pytest.mark.parametrize(("written", "kind"), STORED)
def test_a_number_cell_is_read_as_the_number_that_it_stores(written: str, kind: CellKind) -> None:
    assert read_value("number", written, CellFacts(kind), {}).read == STORED[written, kind]


@pytest.mark.parametrize(
    ("written", "read", "doubts"),
    [
        ("7 anni e 6 mesi", "P7Y6M", ()),
        ("5 anni di reclusione", "P5Y", ()),
        ("7 anos e 6 meses de prisão", "P7Y6M", ()),
        ("10 ans de réclusion", "P10Y", ()),
        ("5 lat i 6 miesięcy", "P5Y6M", ()),
        ("6 mois avec sursis", "P6M", ("not-prison",)),
        ("2 ans dont 1 an avec sursis", None, ()),
        ("perpétuité", None, ()),
    ],
)
def test_terms_in_words_of_further_languages(
    written: str, read: str | None, doubts: tuple[str, ...]
) -> None:
    found = read_value("duration", written, _TEXT, {})
    assert (found.read, found.doubts) == (read, doubts)
