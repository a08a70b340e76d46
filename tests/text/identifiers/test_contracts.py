"""Every identifier of `IDENTIFIERS`, and telephone numbers with a country, keep the contract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text.identifiers import (
    IDENTIFIERS,
    Context,
    Identifier,
    identifiers_of,
    phones_of,
)
from tests.text.identifiers.contract import IdentifierContract

ALL = (*IDENTIFIERS, phones_of("US"))


class TestContracts(IdentifierContract):
    @pytest.fixture(params=ALL, ids=lambda each: each.name)
    def identifier(self, request: pytest.FixtureRequest) -> Identifier:
        found: Identifier = request.param
        return found


def test_identifiers_are_chosen_by_country() -> None:
    chosen = identifiers_of(["CN"])
    assert {each.country for each in chosen} == {"CN", None}
    assert len(identifiers_of([])) < len(chosen) < len(IDENTIFIERS)


def test_names_are_unique() -> None:
    names = [each.name for each in ALL]
    assert len(set(names)) == len(names)


@given(
    st.text(max_size=30)
    | st.text("0123456789 -./+<XAM", max_size=46)
    | st.sampled_from([each.example for each in ALL]).map(lambda each: each.replace("9", "0"))
)
def test_any_text_is_read_or_not_and_found_numbers_are_read(text: str) -> None:
    context = Context(birth_date="1980-03", sex="male", as_of="2018")
    for identifier in ALL:
        parsed = identifier.parse(text)
        if parsed is not None:
            identifier.assess(parsed, context)
            again = identifier.parse(identifier.show(parsed))
            assert again is not None
            assert again.compact == parsed.compact
        for found in identifier.find(text):
            assert text[found.start : found.end] == found.written
            assert identifier.parse(found.written) is not None
