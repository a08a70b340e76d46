"""What every identifier owes: round trips, places, aspects with known names, kept promises."""

from collections.abc import Iterator

import pytest

from muniment.text.identifiers import (
    ASPECTS,
    Catches,
    Context,
    Identifier,
    Outcome,
    Parsed,
)

KNOWN = Context(birth_date="1950-05-05", sex="female", as_of="2018-06-30")
TEXTS = (
    "No. {}, as written.",
    "号码：{}。",
    "{}\n{}",
    "номер {} (проверен); {}",
    "كىملىك نومۇرى {}",
)


def parsed_example(identifier: Identifier) -> Parsed:
    parsed = identifier.parse(identifier.example)
    assert parsed is not None
    return parsed


def check_digit(identifier: Identifier, compact: str) -> Outcome | None:
    parsed = identifier.parse(compact)
    if parsed is None:
        return None
    aspects = {each.name: each.outcome for each in identifier.assess(parsed, Context())}
    return aspects.get("check-digit")


def changed(compact: str) -> Iterator[str]:
    """Every number that differs in one digit."""
    for at, letter in enumerate(compact):
        if letter.isdigit():
            for other in "0123456789".replace(letter, ""):
                yield compact[:at] + other + compact[at + 1 :]


def swapped(compact: str) -> Iterator[str]:
    """Every number with two different neighbouring digits exchanged."""
    for at in range(len(compact) - 1):
        one, other = compact[at : at + 2]
        if one != other and (one + other).isdigit():
            yield compact[:at] + other + one + compact[at + 2 :]


class IdentifierContract:
    """Inherited by the tests of all identifiers; parametrised by `identifier`."""

    @pytest.fixture
    def identifier(self) -> Identifier:
        raise NotImplementedError

    def test_what_is_shown_is_read_again(self, identifier: Identifier) -> None:
        parsed = parsed_example(identifier)
        shown = identifier.parse(identifier.show(parsed))
        assert shown is not None
        assert shown.compact == parsed.compact
        assert identifier.show(shown) == identifier.show(parsed)

    def test_what_is_written_is_kept(self, identifier: Identifier) -> None:
        written = f" {identifier.example} "
        parsed = identifier.parse(written)
        assert parsed is None or parsed.written == written

    def test_full_width_and_arabic_digits_are_read(self, identifier: Identifier) -> None:
        wide = identifier.example.translate(
            {point: point + 0xFEE0 for point in range(ord("0"), ord("9") + 1)}
        )
        arabic = identifier.example.translate(
            {point: point - ord("0") + 0x660 for point in range(ord("0"), ord("9") + 1)}
        )
        for written in (wide, arabic):
            parsed = identifier.parse(written)
            assert parsed is not None
            assert parsed.compact == parsed_example(identifier).compact

    def test_what_is_found_is_parsed_and_stands_there(self, identifier: Identifier) -> None:
        for pattern in TEXTS:
            text = pattern.format(identifier.example, identifier.example)
            for found in identifier.find(text):
                assert text[found.start : found.end] == found.written
                parsed = identifier.parse(found.written)
                assert parsed is not None
                assert parsed.compact == found.compact

    def test_its_example_is_found(self, identifier: Identifier) -> None:
        text = f"第一个是{identifier.example}，没有第二个。"
        compacts = [each.compact for each in identifier.find(text)]
        assert parsed_example(identifier).compact in compacts

    def test_nothing_is_found_inside_longer_numbers(self, identifier: Identifier) -> None:
        compact = parsed_example(identifier).compact.lstrip("+")
        for text in (f"9{compact}", f"{compact}9", f"a{compact}", f"{compact}b"):
            assert compact not in [each.written for each in identifier.find(text)]

    def test_aspects_have_known_names_once_and_say_something(self, identifier: Identifier) -> None:
        parsed = parsed_example(identifier)
        for context in (Context(), KNOWN):
            aspects = identifier.assess(parsed, context)
            names = [each.name for each in aspects]
            assert len(set(names)) == len(names)
            assert set(names) <= set(ASPECTS)
            assert "form" in names
            for aspect in aspects:
                assert aspect.says.endswith(".")
                assert aspect.source != ""
                assert "valid" not in aspect.says.split()  # no verdicts

    def test_nothing_is_compared_with_what_is_not_known(self, identifier: Identifier) -> None:
        for aspect in identifier.assess(parsed_example(identifier), Context()):
            if aspect.name in ("birth-date-stated", "sex-stated"):
                assert aspect.outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_EVALUATED)

    def test_its_check_digit_catches_what_it_promises(self, identifier: Identifier) -> None:
        # The aspect must not agree for any such slip of the example made right.
        compact = right(identifier)
        slips: list[str] = []
        if Catches.SINGLE in identifier.catches:
            slips.extend(changed(compact))
        if Catches.SWAP in identifier.catches:
            slips.extend(swapped(compact))
        for slip in slips:
            assert check_digit(identifier, slip) in (None, Outcome.INCONSISTENT), slip

    def test_other_writing_is_no_number(self, identifier: Identifier) -> None:
        for written in ("", " ", "-", "n/a", "无", "不详", "x" * 500, "\ud800", "0", "12"):
            assert identifier.parse(written) is None


def right(identifier: Identifier) -> str:
    """The example, or it with the last letter that makes the check digit agree."""
    compact = parsed_example(identifier).compact
    tried = [compact, *(compact[:-1] + letter for letter in "0123456789X")]
    return next(
        (each for each in tried if check_digit(identifier, each) is Outcome.CONSISTENT), compact
    )
