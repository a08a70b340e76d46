"""Chinese resident identity numbers: each aspect apart, no crash, no verdict.

Numbers have an area that was never assigned (659999) or a birth in 1899; the check digits are
worked out here by the definition of ISO 7064, not by the code that is tested.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from muniment.text.identifiers import IDENTIFIERS, Context, Identifier, Outcome
from muniment.text.identifiers.cn_resident import CN_RESIDENT, check_digit

C, NO, N, X = (
    Outcome.CONSISTENT,
    Outcome.INCONSISTENT,
    Outcome.NOT_EVALUATED,
    Outcome.NOT_APPLICABLE,
)


def with_check(body: str) -> str:
    """ISO 7064 MOD 11-2 as its definition has it: the whole number is 1 modulo eleven."""
    for letter in "0123456789X":
        value = 10 if letter == "X" else int(letter)
        total = value + sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(body))
        if total % 11 == 1:
            return body + letter
    raise AssertionError


def outcomes(written: str, context: Context = Context()) -> dict[str, Outcome]:  # noqa: B008
    parsed = CN_RESIDENT.parse(written)
    assert parsed is not None
    return {each.name: each.outcome for each in CN_RESIDENT.assess(parsed, context)}


def test_it_is_registered() -> None:
    assert CN_RESIDENT in IDENTIFIERS


SAME = {
    "as printed": "65999919800305002X",
    "lower-case x": "65999919800305002x",
    "with gaps": "659999 19800305 002X",
    "full width": "６５９９９９１９８００３０５００２Ｘ",
    "with an ideographic space": "659999\u300019800305002X",
    "marked as text by a spreadsheet": "'65999919800305002X",
    "Arabic digits": "٦٥٩٩٩٩١٩٨٠٠٣٠٥٠٠٢X",
}


@pytest.mark.parametrize("written", SAME.values(), ids=list(SAME))
def test_writings_of_one_number_are_one_number(written: str) -> None:
    parsed = CN_RESIDENT.parse(written)
    assert parsed is not None
    assert (parsed.compact, parsed.birth_date) == ("65999919800305002X", "1980-03-05")
    assert (parsed.sex, parsed.region, parsed.inferred) == ("female", "659999", ())
    assert parsed.written == written


NO_NUMBER = {
    "17 digits": "65999919800305002",
    "19 digits": "659999198003050021X",
    "X inside": "6599991980X3050021",
    "two numbers": "659999198003050021 659999198003050021",
    "of 15 digits with a thirteenth month": "659999801305123",
    "of 15 digits in no province": "019999800305123",
    "a number as a spreadsheet cut it": "6.59999E+17",
}


@pytest.mark.parametrize("written", NO_NUMBER.values(), ids=list(NO_NUMBER))
def test_other_forms_are_not_read(written: str) -> None:
    assert CN_RESIDENT.parse(written) is None


def test_an_area_never_assigned_leaves_everything_else_to_be_assessed() -> None:
    context = Context(birth_date="1980-03", sex="male", as_of="2018-06")
    assert outcomes(with_check("65999919800305001"), context) == {
        "form": C,
        "check-digit": C,
        "birth-date-possible": C,
        "birth-date-stated": C,
        "sex-stated": C,
        "region-known": NO,
        "region-period": N,
    }


def test_each_wrong_thing_shows_in_its_own_aspect_alone() -> None:
    right = with_check("65999919800305001")
    wrong_last = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert outcomes(wrong_last)["check-digit"] is NO
    assert outcomes(wrong_last)["birth-date-possible"] is C
    assert outcomes(with_check("65999919801305001"))["birth-date-possible"] is NO
    assert outcomes(with_check("65999919801305001"))["check-digit"] is C
    late = outcomes(with_check("65999920990101001"), Context(as_of="2018"))
    assert (late["birth-date-possible"], late["check-digit"]) == (NO, C)
    female = outcomes(right, Context(sex="female"))
    assert (female["sex-stated"], female["birth-date-stated"]) == (NO, N)
    assert outcomes(right, Context(sex="other"))["sex-stated"] is N


def test_the_year_of_birth_is_not_the_year_in_which_the_area_must_have_existed() -> None:
    # 654027 is Tekes since 2001: somebody born in 1899 can have been registered there later.
    assert outcomes("654027189901010015", Context(as_of="2018"))["region-period"] is C
    assert outcomes("654027189901010015", Context(as_of="1999"))["region-period"] is NO
    # 652221 was the county of Kumul until 1982 or 1983, before there were such numbers at all.
    assert outcomes("652221189901010015")["region-period"] is NO
    # 654127 was Tekes from 1984 to 2000.
    assert outcomes("654127189901010015", Context(as_of="2018"))["region-period"] is C


def test_a_code_that_the_library_crashes_on_is_unknown() -> None:
    with pytest.raises(KeyError):
        ric.validate(with_check("65399919800305001"))
    assert outcomes(with_check("65399918990305001"))["region-known"] is NO


def test_fifteen_digits_have_an_inferred_century_and_no_check_digit() -> None:
    parsed = CN_RESIDENT.parse("659999800305123")
    assert parsed is not None
    assert (parsed.birth_date, parsed.inferred) == ("1980-03-05", ("century",))
    found = outcomes("659999800305123", Context(birth_date="1880-03-05"))
    assert (found["check-digit"], found["birth-date-stated"]) == (X, C)
    assert outcomes("659999800305123", Context(birth_date="1980-03-06"))["birth-date-stated"] is NO


@given(st.integers(10**16, 10**17 - 1).map(str))
def test_the_check_digit_is_that_of_the_standard_and_of_the_library(body: str) -> None:
    whole = with_check(body)
    assert check_digit(body) == whole[-1]
    assert ric.calc_check_digit(whole) == whole[-1]


@given(st.text("0123456789Xx ６٥", max_size=20))
def test_any_writing_is_read_or_not_and_never_raises(written: str) -> None:
    parsed = CN_RESIDENT.parse(written)
    if parsed is not None:
        assert CN_RESIDENT.parse(CN_RESIDENT.show(parsed)) is not None
        CN_RESIDENT.assess(parsed, Context(birth_date="1980", sex="male", as_of="2018-01-01"))


def test_in_prose_it_is_no_code_of_an_organisation_as_well() -> None:
    code = next(each for each in IDENTIFIERS if each.name == "cn-organisation-code")
    for serial in range(1, 400):
        number = with_check(f"65999918990101{serial:03}")
        assert code.find(number) == ()


def test_in_prose_a_number_of_18_digits_needs_a_check_digit_or_a_date() -> None:
    identifier: Identifier = CN_RESIDENT
    right = with_check("65999919800305001")
    slip = right[:-1] + ("0" if right[-1] != "0" else "1")
    other = "999999999999999999"
    text = f"买买提（{right}）、{slip}，账号{other}"
    assert [each.written for each in identifier.find(text)] == [right, slip]
