"""Hostile lengths: nothing raises, and nothing costs the square of its length."""

import pytest

from muniment.text import (
    find_quantities,
    find_stated_dates,
    read_age,
    read_duration,
    read_number,
    read_quantity,
    read_sentence,
    read_sex,
    read_stated_date,
)
from muniment.text.chinese_numerals import read_numeral
from muniment.text.identifiers import IDENTIFIERS, float_loss, phones_of
from muniment.text.places import country_gazetteer, read_levels

MANY = 6_000
LONG = {
    "digits": "1" * MANY,
    "zeros": "1" + "0" * MANY,
    "digits and a unit": "1" * 40 + "万人",
    "numerals": "一" * MANY,
    "numerals with units": "十百" * MANY,
    "spaces after a number": "12" + " " * MANY + "x",
    "spaces after a comparator": "约" + " " * MANY,
    "letters": "a" * MANY,
    "Uyghur letters": "ئا" * MANY,
    "groups": "1,111" * MANY,
    "points": "1." * MANY,
    "months": "may " * MANY,
    "dates": "2018-03-05 " * (MANY // 10),
    "a day and commas": "5" + "," * MANY + " march",
    "Chinese names": "新疆" * MANY,
    "signs of a passport": "<" * MANY,
    "capitals": "AB12" * MANY,
    "full-width digits": "１" * MANY,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("text", LONG.values(), ids=list(LONG))
def test_long_texts_are_read_or_not(text: str) -> None:
    # Each takes milliseconds; the square of the length would take minutes and meet the limit.
    for read in (read_stated_date, read_number, read_quantity, read_duration, read_sentence):
        read(text)
    for other in (read_age, read_sex, read_numeral, float_loss, read_levels):
        other(text)
    country_gazetteer().read(text)
    find_stated_dates(text)
    find_quantities(text)
    for identifier in (*IDENTIFIERS, phones_of("CN")):
        identifier.parse(text)
        identifier.find(text)
