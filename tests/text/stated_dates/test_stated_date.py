"""Dates as people write them, in a dozen languages: what is stated is read, and nothing more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Precision
from muniment.text import (
    DateHints,
    DateReading,
    DateReason,
    Extent,
    Order,
    Qualifier,
    read_stated_date,
)

DAY = (
    "2018-03-05", "2018/3/5", "2018.3.5", "2018.03.05.", "20180305", "2018 - 03 - 05",
    "２０１８年３月５日", "2018年3月5日", "2018年03月05号",
    "二〇一八年三月五日", "二零一八年三月五日",
    "公元2018年3月5日", "民国107年3月5日", "平成30年3月5日", "2018년 3월 5일",
    "March 5, 2018", "5 March 2018", "5th March 2018", "5 Mar 2018", "Monday, 5 March 2018",
    "5. März 2018", "5 mars 2018", "5 de marzo de 2018", "5 de março de 2018", "5 marzo 2018",
    "5 марта 2018", "5 марта 2018 г.", "5 марта 2018 года", "5 березня 2018 р.",
    "2018 жылғы 5 наурыз", "2018 ж. 5 наурыз", "5 наурыз 2018", "5 Mart 2018", "5 mart 2018",
    "2018-يىلى 3-ئاينىڭ 5-كۈنى", "2018-يىلى 5-مارت", "2018-yili 3-ayning 5-küni",
    "2018-yili 5-mart",
    "٥ مارس ٢٠١٨", "٥ مارس ٢٠١٨م", "5 آذار 2018", "٢٠١٨/٠٣/٠٥", "۵ مارس ۲۰۱۸",
    "5.III.2018", "2018年3月5日生", "出生于2018年3月5日",
    "\u200f5 مارس 2018\u200f", "۱۴ اسفند ۱۳۹۶",
)  # fmt: skip


@pytest.mark.parametrize("written", DAY)
def test_one_day_is_the_same_day_in_every_language(written: str) -> None:
    reading = read_stated_date(written)
    assert (reading.value, reading.precision) == ("2018-03-05", Precision.DAY)
    assert (reading.written, reading.reason, reading.extent) == (written, None, Extent.POINT)


COARSER = {
    "2018": "2018", "2018年": "2018", "2018 г.": "2018", "二〇一八年": "2018", "民国七年": "1918",
    "2018年度": "2018", "2018-03": "2018-03", "2018.3": "2018-03", "03/2018": "2018-03",
    "201803": "2018-03", "2018年3月": "2018-03", "2018年3月份": "2018-03", "March 2018": "2018-03",
    "март 2018 г.": "2018-03", "März 2018": "2018-03", "مارس 2018": "2018-03",
    "昭和六十三年": "1988", "平成元年": "1989",
}  # fmt: skip


@pytest.mark.parametrize("written", COARSER)
def test_no_part_is_invented(written: str) -> None:
    reading = read_stated_date(written)
    assert reading.value == COARSER[written]
    assert reading.precision is (Precision.YEAR if len(COARSER[written]) == 4 else Precision.MONTH)


UNREAD = {
    "2018-13-05": DateReason.IMPOSSIBLE,
    "2018-02-29": DateReason.IMPOSSIBLE,
    "31.06.2018": DateReason.IMPOSSIBLE,
    "2018年2月30日": DateReason.IMPOSSIBLE,
    "30 февраля 2018": DateReason.IMPOSSIBLE,
    "昭和70年": DateReason.IMPOSSIBLE,
    "2018-05-03 到 2018-05-01": DateReason.IMPOSSIBLE,
    "2018-03-05 27:00": DateReason.IMPOSSIBLE,
    "农历正月初五": DateReason.LUNAR,
    "2018年腊月": DateReason.LUNAR,
    "5 марта": DateReason.NO_YEAR,
    "5-7 мая": DateReason.NO_YEAR,
    "0001-01-01": DateReason.NOT_A_DATE,
    "V 2018": DateReason.NOT_A_DATE,
    "2018-03-05 13:00 PM": DateReason.IMPOSSIBLE,
    "3月5日": DateReason.NO_YEAR,
    "43164": DateReason.NUMBER,
    "": DateReason.EMPTY,
    " ": DateReason.EMPTY,
    "不详": DateReason.NOT_A_DATE,
    "hello 2018": DateReason.NOT_A_DATE,
    "5 March 2018 in Kashgar": DateReason.NOT_A_DATE,
    "1.1.1": DateReason.NOT_A_DATE,
    "2018年第3季度": DateReason.NOT_A_DATE,
    "659999198003051234": DateReason.NUMBER,
}


@pytest.mark.parametrize("written", UNREAD)
def test_what_is_no_sure_date_has_a_reason(written: str) -> None:
    reading = read_stated_date(written)
    assert (reading.value, reading.reason, reading.written) == (None, UNREAD[written], written)


OPEN = {
    "03/04/2018": (DateReason.AMBIGUOUS_ORDER, {"2018-04-03", "2018-03-04"}),
    "3.4.2018": (DateReason.AMBIGUOUS_ORDER, {"2018-04-03", "2018-03-04"}),
    "05.03.2018 г.": (DateReason.AMBIGUOUS_ORDER, {"2018-03-05", "2018-05-03"}),
    "18年3月5日": (DateReason.TWO_DIGIT_YEAR, {"1918-03-05", "2018-03-05"}),
    "18.3.25": (
        DateReason.AMBIGUOUS_ORDER, {"1918-03-25", "2018-03-25", "1925-03-18", "2025-03-18"}
    ),
    "25-Mar-45": (DateReason.TWO_DIGIT_YEAR, {"1945-03-25", "2045-03-25"}),
    "1397/01/05": (DateReason.CALENDAR_UNKNOWN, {"2018-03-25", "1976-12-26"}),
    "2561": (DateReason.CALENDAR_UNKNOWN, {"2018"}),
    "107/3/5": (DateReason.CALENDAR_UNKNOWN, {"2018-03-05"}),
}  # fmt: skip


@pytest.mark.parametrize("written", OPEN)
def test_all_readings_of_an_open_date_are_alternatives(written: str) -> None:
    reading = read_stated_date(written)
    assert (reading.value, reading.reason) == (None, OPEN[written][0])
    assert set(reading.alternatives) == OPEN[written][1]


HINTED = (
    ("03/04/2018", DateHints(order=Order.DMY), "2018-04-03"),
    ("03/04/2018", DateHints(order=Order.MDY), "2018-03-04"),
    ("18年3月5日", DateHints(pivot=25), "2018-03-05"),
    ("58年3月5日", DateHints(pivot=25), "1958-03-05"),
    ("5/3/58", DateHints(order=Order.DMY, pivot=25), "1958-03-05"),
    ("1397/01/05", DateHints(calendar="persian"), "2018-03-25"),
    ("1440/01/10", DateHints(calendar="islamic-umalqura"), "2018-09-20"),
    ("2561-03-05", DateHints(calendar="buddhist"), "2018-03-05"),
    ("107.3.5", DateHints(calendar="roc"), "2018-03-05"),
    ("43164", DateHints(serials=1900), "2018-03-05"),
    ("41702", DateHints(serials=1904), "2018-03-05"),
    ("1", DateHints(serials=1900), "1900-01-01"),
    ("59", DateHints(serials=1900), "1900-02-28"),
    ("61", DateHints(serials=1900), "1900-03-01"),
    ("0", DateHints(serials=1904), "1904-01-01"),
)


@pytest.mark.parametrize(("written", "hints", "value"), HINTED)
def test_a_hint_settles_what_is_open(written: str, hints: DateHints, value: str) -> None:
    assert read_stated_date(written, hints).value == value


def test_a_hint_against_the_writing_does_not_bend_it() -> None:
    reading = read_stated_date("13/04/2018", DateHints(order=Order.MDY))
    assert (reading.value, reading.reason) == (None, DateReason.IMPOSSIBLE)
    assert reading.alternatives == ("2018-04-13",)


def test_the_day_that_spreadsheets_invented_is_impossible() -> None:
    assert read_stated_date("60", DateHints(serials=1900)).reason is DateReason.IMPOSSIBLE


def test_a_month_that_lost_its_zero_as_a_number_is_open() -> None:
    hints = DateHints(stored_as_number=True)
    reading = read_stated_date("2018.1", hints)
    assert (reading.reason, reading.alternatives) == (
        DateReason.ZERO_LOST,
        ("2018-01", "2018-10"),
    )
    assert read_stated_date("2018.11", hints).value == "2018-11"


RANGES = {
    "2017.3-2018.4": ("2017-03", "2018-04"),
    "2017-2018": ("2017", "2018"),
    "2017年3月至2018年4月": ("2017-03", "2018-04"),
    "2017年3月至5月": ("2017-03", "2017-05"),
    "2017年3月5日-8日": ("2017-03-05", "2017-03-08"),
    "2017年3月5日至4月6日": ("2017-03-05", "2017-04-06"),
    "自2017年3月至2018年4月": ("2017-03", "2018-04"),
    "с 5 марта 2017 г. по 6 мая 2018 г.": ("2017-03-05", "2018-05-06"),
    "3-5 марта 2018": ("2018-03-03", "2018-03-05"),
    "from March 2017 to April 2018": ("2017-03", "2018-04"),
    "vom 3. März 2018 bis 5. März 2018": ("2018-03-03", "2018-03-05"),
    "2017—2018 гг.": ("2017", "2018"),
}


@pytest.mark.parametrize("written", RANGES)
def test_ranges_keep_both_ends(written: str) -> None:
    reading = read_stated_date(written)
    assert (reading.value, reading.until, reading.extent) == (*RANGES[written], Extent.RANGE)


QUALIFIED = {
    "约2018年": (Qualifier.ABOUT, "2018"),
    "2018年左右": (Qualifier.ABOUT, "2018"),
    "about 2018": (Qualifier.ABOUT, "2018"),
    "около 2018 г.": (Qualifier.ABOUT, "2018"),
    "2018年3月以前": (Qualifier.BEFORE, "2018-03"),
    "before March 2018": (Qualifier.BEFORE, "2018-03"),
    "2018'den önce": (Qualifier.BEFORE, "2018"),
    "2018-يىلىدىن بۇرۇن": (Qualifier.BEFORE, "2018"),
    "до 2018 г.": (Qualifier.UNTIL, "2018"),
    "截至2018年12月": (Qualifier.UNTIL, "2018-12"),
    "after 5 March 2018": (Qualifier.AFTER, "2018-03-05"),
    "2018年以后": (Qualifier.AFTER, "2018"),
    "since 2016": (Qualifier.SINCE, "2016"),
    "2017年3月至今": (Qualifier.SINCE, "2017-03"),
    "с 2017 года": (Qualifier.SINCE, "2017"),
    "2018年3月初": (Qualifier.EARLY, "2018-03"),
    "2018年底": (Qualifier.LATE, "2018"),
    "late 2017": (Qualifier.LATE, "2017"),
    "в конце 2017 года": (Qualifier.LATE, "2017"),
    "2017年3月中旬": (Qualifier.MIDDLE, "2017-03"),
}


@pytest.mark.parametrize("written", QUALIFIED)
def test_a_word_beside_a_date_is_kept_as_what_it_says(written: str) -> None:
    reading = read_stated_date(written)
    assert (reading.qualifier, reading.value) == QUALIFIED[written]


def test_a_time_beside_a_date_is_kept() -> None:
    reading = read_stated_date("2018-03-05 9:05:00")
    assert (reading.value, reading.time) == ("2018-03-05", "09:05:00")
    assert read_stated_date("25/3/2018 12:00:00 AM").time == "00:00:00"
    assert read_stated_date("25/3/2018 11:59 pm").time == "23:59"


def test_islamic_dates_say_their_variant_and_their_uncertainty() -> None:
    reading = read_stated_date("١٠ محرم ١٤٤٠هـ")
    assert reading == DateReading(
        "١٠ محرم ١٤٤٠هـ",
        "2018-09-20",
        precision=Precision.DAY,
        calendar="islamic-umalqura",
        uncertainty_days=1,
    )
    assert read_stated_date("10 محرم 1250 هـ").calendar == "islamic-civil"


def test_a_year_of_another_calendar_is_a_span_of_days() -> None:
    reading = read_stated_date("1397", DateHints(calendar="persian"))
    assert (reading.value, reading.until, reading.extent) == (
        "2018-03-21",
        "2019-03-20",
        Extent.WITHIN,
    )
    assert reading.precision is Precision.YEAR


FORMS = ("{y}-{m:02}-{d:02}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y}{m:02}{d:02}", "{y}/{m}/{d}")
MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ug": "يانۋار فېۋرال مارت ئاپرېل ماي ئىيۇن ئىيۇل ئاۋغۇست سېنتەبىر ئۆكتەبىر نويابىر دېكابىر",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November "
    "December",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
}  # fmt: skip


@given(st.dates(date(1550, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back_from_every_form(day: date) -> None:
    for form in FORMS:
        written = form.format(y=day.year, m=day.month, d=day.day)
        assert read_stated_date(written).value == day.isoformat()
    for names in MONTHS.values():
        written = f"{day.day} {names.split()[day.month - 1]} {day.year}"
        assert read_stated_date(written).value == day.isoformat()


@given(st.text(max_size=40) | st.text("0123456789 -./年月日至一二十марта", max_size=20))
def test_any_text_is_read_or_has_a_reason(written: str) -> None:
    for hints in (DateHints(), DateHints(order=Order.DMY, pivot=30, serials=1900)):
        reading = read_stated_date(written, hints)
        assert reading.written == written
        assert (reading.value is None) == (reading.reason is not None)
        assert reading.value is not None or reading.qualifier is None
