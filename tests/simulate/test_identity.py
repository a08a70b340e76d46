from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.simulate.identity import (
    COUNTY_CODE,
    FLAWS,
    check_character,
    flawed_number,
    valid_number,
)

births = st.dates(date(1930, 1, 1), date(2018, 6, 30))
sequences = st.integers(1, 999)


def test_the_example_of_the_published_standard_has_the_check_character_x() -> None:
    # GB 11643-1999, the worked example of clause 4: 11010519491231002X
    assert check_character("11010519491231002") == "X"


@given(births, sequences)
def test_a_valid_number_has_weighted_sum_one_modulo_eleven(birth: date, sequence: int) -> None:
    # ISO 7064 MOD 11-2 by its definition, not by the table the code uses
    number = valid_number(birth, sequence)
    values = [10 if character == "X" else int(character) for character in number]
    assert sum(v * pow(2, 17 - i, 11) for i, v in enumerate(values)) % 11 == 1


@given(births, sequences)
def test_every_number_carries_the_county_code_that_was_never_assigned(
    birth: date, sequence: int
) -> None:
    number = valid_number(birth, sequence)
    assert number.startswith(COUNTY_CODE + birth.strftime("%Y%m%d"))
    assert COUNTY_CODE == "659999"
    assert len(number) == 18


@given(births, sequences)
def test_a_wrong_check_digit_is_wrong_and_nothing_else_is(birth: date, sequence: int) -> None:
    number = valid_number(birth, sequence)
    flawed = flawed_number(number, "check-digit")
    assert flawed[:17] == number[:17]
    assert flawed[17] != check_character(flawed[:17])


@pytest.mark.parametrize(
    ("flaw", "written"),
    {
        "check-digit": "659999198703140127",
        "birth-date-column": "65999919870314012X",
        "sex-column": "65999919870314012X",
        "impossible-date": "659999198702300128",
        "fifteen-digits": "659999870314012",
        "stored-as-number": "659999198703140000",
        "full-width-digits": "６５９９９９１９８７０３１４０１２Ｘ",
        "": "65999919870314012X",
    }.items(),
)
def test_each_flaw_writes_a_known_number(flaw: str, written: str) -> None:
    number = valid_number(date(1987, 3, 14), 12)
    assert flawed_number(number, flaw) == written
    assert flaw in (*FLAWS, "")
