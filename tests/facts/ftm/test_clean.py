"""The form in which values leave is the one that the real package keeps."""

import random

import pytest

from muniment.facts.ftm import clean, why_unread
from muniment.facts.ftm.clean import LANGUAGES
from muniment.facts.model import Kind
from tests.ftm_tools import ask_ftm

_CLEAN = """
import json, sys
from followthemoney.types import registry
given = json.load(sys.stdin)
cleaned = [registry.get(kind).clean(value) for kind, value in given]
print(json.dumps([cleaned, registry.language.LANGUAGES]))
"""
_PIECES = (
    *('"', "'", " ", "  ", "\t", "\n", ";", ",", ", .", "<BR>", "ESQ.,", "\u200f", "\u00ad"),
    *("e\u0301", "é", "\ufeff", "\x07", "\ue000", "Адиль", "古丽", "عادل", "A", "12", "0", "-"),
    *(".", "2018", "-03", "-30", "-31", "-02", "T10", ":61", "+", "@", "example.org", "https://"),
    *("m", "male", "xx", "uig", "zho", "%", "&#39;", "\u00a0", "\u3000", "\r\n"),
)
GOOD = {
    (Kind.DATE, "2018-02"): "2018-02",
    (Kind.DATE, "2016-02-29"): "2016-02-29",
    (Kind.NAME, ' "Adil  Example" '): "Adil Example",
    (Kind.ADDRESS, "Street 1;Town"): "Street 1, Town",
    (Kind.PHONE, "+4930901820"): "+4930901820",
    (Kind.NUMBER, "-12.50"): "-12.50",
    (Kind.LANGUAGE, "zho"): "zho",
    (Kind.STRING, "e\u0301\u00ad"): "é",
    (Kind.GENDER, "female"): "female",
}
BAD = {
    "no such day": (Kind.DATE, "2018-02-30"),
    "no leap year": (Kind.DATE, "1900-02-29"),
    "a month too many": (Kind.DATE, "2018-13"),
    "no year": (Kind.DATE, "0000"),
    "two dates": (Kind.DATE, "2018/2019"),
    "a number in words": (Kind.NUMBER, "twelve"),
    "a number of another script": (Kind.NUMBER, "١٢"),
    "a number without a country": (Kind.PHONE, "030 901820"),
    "a word for a country": (Kind.COUNTRY, "China"),
    "a language the package does not know": (Kind.LANGUAGE, "uig"),
    "no letter": (Kind.NAME, ' "\u200f" '),
    "a letter for a sex": (Kind.GENDER, "f"),
    "a blank in an id": (Kind.ENTITY, "a b"),
    "an address without a scheme": (Kind.URL, "example.org"),
    "nothing": (Kind.TEXT, "\x00"),
}


@pytest.mark.parametrize(("given", "kept"), GOOD.items(), ids=str)
def test_a_value_is_put_into_form(given: tuple[Kind, str], kept: str) -> None:
    assert clean(*given) == kept


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_what_has_no_form_has_none(given: tuple[Kind, str]) -> None:
    assert clean(*given) is None
    assert why_unread(given[0]) != ""


def test_the_real_package_leaves_what_leaves_as_it_is() -> None:
    source = random.Random(20261122)
    values = [*(value for _, value in GOOD), *(value for _, value in BAD.values())]
    values += ["".join(source.choices(_PIECES, k=source.randint(1, 6))) for _ in range(1500)]
    asked = [
        (kind.value, kept)
        for kind in Kind
        for value in values
        if (kept := clean(kind, value)) is not None
    ]
    assert len(asked) > 5_000
    again, languages = ask_ftm(_CLEAN, asked)
    assert frozenset(languages) == LANGUAGES
    # Which numbers are dialled and which countries there are is known to the package alone.
    known_there = {Kind.PHONE.value, Kind.COUNTRY.value, Kind.TOPIC.value, Kind.MIMETYPE.value}
    differing = [
        (kind, kept, theirs)
        for (kind, kept), theirs in zip(asked, again, strict=True)
        if theirs != kept and not (kind in known_there and theirs is None)
    ]
    assert differing == []
