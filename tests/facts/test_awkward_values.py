"""Awkward values, one after the other: read where they mean one thing, else kept with a reason."""

import pytest

from muniment.core import CellKind
from muniment.facts.readings import CellFacts, infer_decimal, read_value
from muniment.facts.readings.several import is_several, names_in

_TEXT, _NUMBER = CellFacts(), CellFacts(CellKind.NUMBER)


def read(
    reader: str, written: str, facts: CellFacts = _TEXT, options: dict[str, str] | None = None
) -> str:
    """What was read, or the reason in brackets; doubts behind it."""
    found = read_value(reader, written, facts, options or {})
    return " ".join([found.read or f"[{found.unread}]", *found.doubts])


@pytest.mark.parametrize(
    "written",
    ["~1950", "c. 1950", "ca 1950", "1950?", "(1950)", "[1950]", "*1950", "1950+", "2017-",
     "-2017", "около 1950", "ок. 1950", "约1950", "1950年左右", "1950s", "1950's", "1950-е годы",
     "1950-yillar", "1950年代", "五十年代", "до 1950", "not before 1950", "no later than 2017",
     "early 2017", "mid-2017", "spring 2017", "весна 2017", "2017年春", "Q1 2017", "2017上半年",
     "1950 or 1951", "1950/51", "1950-51", "probably 1950", "возможно 1950", "可能1950", "1950ish",
     "vers 1950", "um 1950", "hacia 1950", "yaklaşık 1950", "حوالي 1950", "1987/03/14 or 15"],
)  # fmt: skip
def test_what_is_not_exact_is_no_date(written: str) -> None:
    assert read("date", written) == "[qualified-date]"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30.02.1990", "[impossible-date]"), ("29.2.2019", "[impossible-date]"),
        ("2017年2月30日", "[impossible-date]"), ("00.03.1950", "[impossible-date]"),
        ("1950-00-00", "[impossible-date]"), ("0000-00-00", "[no-value]"),
        ("00/00/0000", "[no-value]"), ("N/A", "[no-value]"), ("нет", "[no-value]"),
        ("1987—03—14", "1987-03-14"), ("1987‑03‑14", "1987-03-14"), ("1987 03 14", "1987-03-14"),
        ("1987\u200b-03-14", "1987-03-14"), ("\u200e1987-03-14", "1987-03-14"),
        ("\u202e1987-03-14\u202c", "1987-03-14 hidden-letters"),
        ("14 Mars 1987\x00", "1987-03-14 hidden-letters"),
        ("201803", "2018-03"), ("195003", "1950-03"), ("170403", "[ambiguous-date]"),
        ("200103", "[ambiguous-date]"), ("03042017", "[ambiguous-date]"),
        ("13042017", "2017-04-13"), ("1950.0", "1950"),
        ("19870314.0", "1987-03-14"), ("19121950", "1950-12-19"), ("20171301", "[impossible-date]"),
        ("二〇一七年三月", "2017-03"), ("民國106年2月29日", "[impossible-date]"),
        ("1397/05/12", "[ambiguous-calendar]"), ("12 مرداد 1397", "2018-08-03"),
        ("พ.ศ. 2560", "2017"), ("12 มีนาคม พ.ศ. 2560", "2017-03-12"),
        ("Meskerem 1 2010", "2017-09-11"), ("3 kwietnia 2017", "2017-04-03"),
        ("3. dubna 2017", "2017-04-03"), ("3 aprilie 2017", "2017-04-03"),
        ("3 Απριλίου 2017", "2017-04-03"), ("3 באפריל 2017", "2017-04-03"),
        ("3 huhtikuuta 2017", "2017-04-03"), ("2017. április 3.", "2017-04-03"),
        ("3 เมษายน 2017", "2017-04-03"), ("ngày 3 tháng 4 năm 2017", "2017-04-03"),
        ("3 октябр 2017", "2017-10-03"), ("2 listopada 1999", "[not-a-date]"),
    ],
)  # fmt: skip
def test_dates(written: str, expected: str) -> None:
    assert read("date", written) == expected


@pytest.mark.parametrize(
    ("written", "options", "expected"),
    [
        ("170403", {"order": "dmy", "pivot": "30"}, "2003-04-17 two-digit-year"),
        ("200103", {"order": "ym"}, "2001-03"),
        ("03042017", {"order": "mdy"}, "2017-03-04"),
        ("12 March 2560", {"calendar": "buddhist"}, "2017-03-12"),
        ("42000", {}, "[not-a-date]"),
        ("42000", {"epoch": "1904"}, "2018-12-28 serial-without-format"),
    ],
)
def test_dates_of_which_a_person_said_more(
    written: str, options: dict[str, str], expected: str
) -> None:
    assert read("date", written, _TEXT, options) == expected


@pytest.mark.parametrize(
    ("written", "options", "expected"),
    [
        ("42000", {}, "2014-12-27 serial-without-format"),
        ("42000", {"workbook-epoch": "1904"}, "2018-12-28 serial-without-format"),
        ("42000", {"workbook-epoch": "1904", "epoch": "1900"}, "2014-12-27 serial-without-format"),
        ("1950", {}, "1950"), ("1950", {"workbook-epoch": "1904"}, "1950"),
        ("19500312", {}, "1950-03-12"), ("195003", {}, "1950-03"),
        ("2017.1", {}, "[ambiguous-date]"), ("35", {}, "[not-a-date]"), ("-5", {}, "[not-a-date]"),
    ],
)  # fmt: skip
def test_numbers_in_columns_of_dates(written: str, options: dict[str, str], expected: str) -> None:
    assert read("date", written, _NUMBER, options) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3 years suspended", "P3Y not-prison"), ("3 года условно", "P3Y not-prison"),
        ("拘役6个月", "P6M not-prison"), ("行政拘留15日", "P15D not-prison"),
        ("有期徒刑十五年，剥夺政治权利五年", "P15Y suffix"), ("有期徒刑3年6个月", "P3Y6M"),
        ("有期徒刑三年，缓刑四年", "[several-terms]"), ("3 years to life", "[several-terms]"),
        ("3 years, 2 years", "[several-terms]"), ("3–5 years", "[qualified-term]"),
        ("от 3 до 5 лет", "[qualified-term]"), ("三至五年", "[qualified-term]"),
        ("до 5 лет", "[qualified-term]"), ("at least 3 years", "[qualified-term]"),
        ("3年以上", "[qualified-term]"), ("约3年", "[qualified-term]"),
        *((each, "[no-fixed-term]") for each in (
            "life", "死缓", "死刑缓期二年执行", "无期徒刑", "пожизненно", "müebbet", "perpétuité",
            "cadena perpetua", "lebenslänglich", "السجن المؤبد", "حبس ابد", "өмір бойы", "расстрел",
            "death sentence with reprieve", "Todesstrafe")),
        *((each, "[not-a-duration]") for each in (
            "3 years or 1,000 fine", "until education is completed", "学习期满", "not sentenced",
            "-3 years", "3岁", "3 years ago", "未判", "5 years + fine", "3 ans et amende")),
        ("3 ans avec sursis", "P3Y not-prison"),
        ("P5Y6M", "P5Y6M"), ("半年", "P6M"), ("полгода", "P6M"), ("三年半", "P3Y6M"),
        ("3г.6м.", "P3Y6M"), ("10л.", "P10Y"), ("\u200f3 سنوات", "P3Y"), ("3\u00a0years", "P3Y"),
    ],
)  # fmt: skip
def test_terms(written: str, expected: str) -> None:
    assert read("duration", written) == expected


@pytest.mark.parametrize(
    ("reader", "written", "expected"),
    [
        ("number", "1,23,456", "123456"), ("number", "12.345,67", "12345.67"),
        ("number", "1.234.567", "1234567"), ("number", "1\u202f000,5", "1000.5"),
        ("number", "(5)", "[not-a-number]"), ("number", "1e999", "[not-a-number]"),
        ("number", "~5", "[qualified-number]"),
        ("integer", "5+", "[qualified-number]"), ("integer", "约5人", "[qualified-number]"),
        ("integer", "3万", "30000"), ("integer", "5 and 6", "[not-a-number]"),
        ("quantity", "5 people, 6 cows", "[not-a-number]"), ("quantity", "5 km", "5 suffix"),
        ("age", "虚岁35", "35 nominal-age"), ("age", "35+", "[not-an-age]"),
        ("age", "未成年", "[not-an-age]"),
    ],
)  # fmt: skip
def test_numbers(reader: str, written: str, expected: str) -> None:
    assert read(reader, written) == expected


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        (["1,234", "12,345,678"], "."), (["1,234", "1,5"], ","), (["1.234", "2.5"], "."),
        (["1.234", "1.234.567"], ","), (["1,234", "2,345"], None), (["1,5", "2.5"], None),
        (["0,125"], ","), (["1 234 567", "1,234"], None), (["12", "7"], None),
    ],
)  # fmt: skip
def test_a_column_proves_its_decimal_sign_or_does_not(values: list[str], sign: str | None) -> None:
    assert infer_decimal(values) == sign


@pytest.mark.parametrize(
    ("one", "other"),
    [("540101/9998", "5401019998"), ("999.999.998-08", "99999999808"),
     ("010100-9998", "0101009998"), ("00.01.01-999.45", "00010199945"),
     ("99999-9999999-9", "9999999999999"), ("xxxxxx00a01z999o", "XXXXXX00A01Z999O"),
     ("659999-19900305-1230", "659999199003051230"), ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
     ("ab 123456", "AB123456"), ("№ 123456", "123456"), ("1234\u200b5678", "12345678")],
)  # fmt: skip
def test_numbers_that_are_one_are_read_alike(one: str, other: str) -> None:
    found = [read_value("identity", each, _TEXT, {}).read for each in (one, other)]
    assert found[0] == found[1] is not None


def test_separators_of_numbers_that_nobody_knows_stay() -> None:
    assert [read("identity", each) for each in ("12-345/7", "123-45/7")] == ["12-345/7", "123-45/7"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ali, Bekri and Gül", ["Ali", "Bekri", "Gül"]), ("张三、李四", ["张三", "李四"]),
        ("张三 李四", ["张三", "李四"]), ("Ali ve Bekri", ["Ali", "Bekri"]),
        ("Иванов И.И., Петров П.П.", ["Иванов И.И.", "Петров П.П."]),
        ("علي، بكر", ["علي", "بكر"]), ("阿依古丽和买买提", ["阿依古丽", "买买提"]),
        *((one, [one]) for one in ("Doe, John", "Smith, John, Jr.", "王和平", "亚森·伊敏",
          "José Ortega y Gasset", "Ali / علي", "Abdulla bin Omar", "王小明（小王）")),
    ],
)  # fmt: skip
def test_names_of_several_people_in_one_cell(written: str, names: list[str]) -> None:
    assert list(names_in(written)) == names
    assert is_several(written) is (len(names) > 1)


@pytest.mark.parametrize("written", ["张三等3人", "Ali et al.", "Ali и др.", "Ali + 2 others"])
def test_others_who_are_not_named(written: str) -> None:
    assert is_several(written)
    assert names_in(written) == (written,)


def test_letters_that_nobody_sees_are_left_out_of_what_is_read() -> None:
    assert read("name", "Gül\u00adnar\u200b") == "Gülnar"
    assert read("name", "\u202eilA\u202c") == "ilA hidden-letters"
    assert read("name", "A\ufffdi") == "A\ufffdi lost-letters"
    assert read("text", "نگه\u200cداری") == "نگه\u200cداری"
    assert read("name", "\u200b") == "[no-value]"


@pytest.mark.parametrize("written", ["ditto", "Do.", "同上", "то же", "〃", '"', '- " -', "ئوخشاش"])
@pytest.mark.parametrize("reader", ["text", "name", "date", "code", "identity"])
def test_what_says_as_above_is_filled_in_by_nobody(reader: str, written: str) -> None:
    assert read(reader, written) == "[as-above]"


@pytest.mark.parametrize("written", ["1950-1975", "1950 - 1975", "between 1950 and 1975"])
def test_a_life_is_no_day_in_it(written: str) -> None:
    assert read("date", written) == "[qualified-date]"
    assert read("date", "1950-1952") == "1950/1952"
