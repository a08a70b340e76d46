"""National numbers: what each says of its holder, by examples that are nobody's."""

from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from muniment.text.identifiers import IDENTIFIERS, Context, Identifier, Outcome

BY_NAME = {each.name: each for each in IDENTIFIERS}
# Country, module of the library: an oracle, where its `validate` does not ask what day it is.
ORACLES = {
    "bg-civil-number": ("bg", "egn"), "br-cpf": ("br", "cpf"), "cz-birth-number": ("cz", "rc"),
    "de-tax-number": ("de", "idnr"), "ee-personal-code": ("ee", "ik"),
    "es-identity-number": ("es", "dni"), "fr-social-number": ("fr", "nir"),
    "gr-amka": ("gr", "amka"), "kr-resident-number": ("kr", "rrn"),
    "lt-personal-code": ("lt", "asmens"),
    "lv-personal-code": ("lv", "pvn"), "mx-curp": ("mx", "curp"), "pl-pesel": ("pl", "pesel"),
    "ro-personal-code": ("ro", "cnp"), "ru-tax-number": ("ru", "inn"), "si-emso": ("si", "emso"),
    "tr-identity-number": ("tr", "tckimlik"), "se-personal-number": ("se", "personnummer"),
    "it-fiscal-code": ("it", "codicefiscale"), "be-national-number": ("be", "nn"),
    "no-birth-number": ("no", "fodselsnummer"),
}  # fmt: skip


def outcome(identifier: Identifier, compact: str, name: str, context: Context) -> Outcome | None:
    parsed = identifier.parse(compact)
    if parsed is None:
        return None
    return {each.name: each.outcome for each in identifier.assess(parsed, context)}.get(name)


def test_examples_and_their_slips_are_judged_as_the_library_judges_them() -> None:
    for name, (country, module) in ORACLES.items():
        identifier = BY_NAME[name]
        library = get_cc_module(country, module)
        parsed = identifier.parse(identifier.example)
        assert parsed is not None
        for last in "0123456789":
            number = parsed.compact[:-1] + last
            try:
                library.validate(number)
                expected = True
            except ValidationError:
                expected = False
            found = outcome(identifier, number, "check-digit", Context())
            born = outcome(identifier, number, "birth-date-possible", Context())
            region = outcome(identifier, number, "region-known", Context())
            wrong = Outcome.INCONSISTENT in (born, region)
            agrees = found is Outcome.CONSISTENT and not wrong
            assert agrees is expected, (name, number)


BORN = {
    "bg-civil-number": ("1899-01-01", "female"),
    "cz-birth-number": ("1954-01-01", "male"),
    "dk-personal-number": ("2000-01-01", "female"),
    "ee-personal-code": ("1899-01-01", "male"),
    "fi-identity-code": ("1899-01-01", "female"),
    "kz-individual-number": ("1899-01-01", "male"),
    "pl-pesel": ("1899-01-01", "female"),
    "se-personal-number": ("1899-01-01", "female"),
    "si-emso": ("1899-01-01", "female"),
}


def test_dates_of_birth_and_sex_are_read_from_examples() -> None:
    for name, said in BORN.items():
        parsed = BY_NAME[name].parse(BY_NAME[name].example)
        assert parsed is not None
        assert (parsed.birth_date, parsed.sex) == said, name


def test_a_short_year_is_compared_without_its_century() -> None:
    identifier = BY_NAME["my-identity-number"]
    parsed = identifier.parse("000101-01-9999")
    assert parsed is not None
    assert parsed.inferred == ("century",)
    stated = Context(birth_date="2000-01-01")
    assert outcome(identifier, "000101-01-9999", "birth-date-stated", stated) is Outcome.CONSISTENT
    other = Context(birth_date="2000-01-02")
    assert outcome(identifier, "000101-01-9999", "birth-date-stated", other) is Outcome.INCONSISTENT


def test_newer_numbers_without_a_check_digit_are_not_called_wrong() -> None:
    identifier = BY_NAME["dk-personal-number"]
    assert outcome(identifier, "010100-9999", "check-digit", Context()) is Outcome.NOT_EVALUATED


def test_numbers_without_a_check_digit_are_found_in_text_only_as_they_are_printed() -> None:
    identifier = BY_NAME["pk-identity-card"]
    assert len(identifier.find("No 99999-9999999-9 here")) == 1
    assert identifier.find("No 9999999999999 here") == ()


def test_a_passport_line_says_which_part_does_not_agree() -> None:
    identifier = BY_NAME["passport-line"]
    parsed = identifier.parse(identifier.example[:13] + "990102" + identifier.example[19:])
    assert parsed is not None
    check = next(
        each for each in identifier.assess(parsed, Context()) if each.name == "check-digit"
    )
    assert check.outcome is Outcome.INCONSISTENT
    assert "date of birth" in check.says
