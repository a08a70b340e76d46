"""Telephone numbers: a country is assumed only where the caller gives one, and marked."""

import pytest

from muniment.text.identifiers import Context, Outcome, phones_of

FICTION = "+1 202-555-0143"


def test_with_a_country_code_no_country_is_assumed() -> None:
    for country in (None, "CN"):
        parsed = phones_of(country).parse(FICTION)
        assert parsed is not None
        assert (parsed.compact, parsed.region, parsed.inferred) == ("+12025550143", "US", ())


def test_without_one_the_country_is_the_callers_and_marked() -> None:
    assert phones_of(None).parse("202-555-0143") is None
    parsed = phones_of("US").parse("(202) 555-0143")
    assert parsed is not None
    assert (parsed.compact, parsed.inferred) == ("+12025550143", ("country",))


def test_a_prefix_out_of_todays_plan_is_not_called_wrong() -> None:
    identifier = phones_of("US")
    parsed = identifier.parse("+1 999 555 0143")
    assert parsed is not None
    aspects = {each.name: each.outcome for each in identifier.assess(parsed, Context())}
    assert aspects == {"form": Outcome.CONSISTENT, "region-known": Outcome.NOT_EVALUATED}


NO_PHONE = ("659999198003050021", "call 202-555-0143", "+1", "2018-03-05x", "", "+999 555 0143")


@pytest.mark.parametrize("written", NO_PHONE)
def test_other_writing_is_no_telephone_number(written: str) -> None:
    assert phones_of("US").parse(written) is None


def test_numbers_are_found_between_letters_of_any_script() -> None:
    text = f"电话：{FICTION}，另有(202) 555-0143。"
    found = phones_of("US").find(text)
    assert [text[each.start : each.end] for each in found] == [FICTION, "(202) 555-0143"]
