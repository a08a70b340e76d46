"""Every identifier of `IDENTIFIERS`, and telephone numbers with a country, keep the contract."""

import pytest

from muniment.text.identifiers import IDENTIFIERS, Identifier, phones_of
from tests.text.identifiers.contract import IdentifierContract

ALL = (*IDENTIFIERS, phones_of("US"))


class TestContracts(IdentifierContract):
    @pytest.fixture(params=ALL, ids=lambda each: each.name)
    def identifier(self, request: pytest.FixtureRequest) -> Identifier:
        found: Identifier = request.param
        return found


def test_names_are_unique() -> None:
    names = [each.name for each in ALL]
    assert len(set(names)) == len(names)
