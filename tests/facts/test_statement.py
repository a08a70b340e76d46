"""Statements and their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import CellArea, Citation, digest_of
from muniment.facts import By, Statement, key_entity, row_entity

_AT = Citation(digest_of(b"a list"), CellArea(5, 7, "Liste"))


def _statement(**changes: object) -> Statement:
    fields: dict[str, object] = {
        "entity": "e",
        "schema": "Person",
        "property": "birthDate",
        "written": "1987年3月",
        "read": "1987-03",
        "unread": "",
        "at": _AT,
        "by": By.MAPPING,
        "source": "0" * 64,
    }
    return Statement(**(fields | changes))  # type: ignore[arg-type]


def test_the_name_of_a_statement_is_pinned() -> None:
    assert _statement().id == "c0fdd85bd4a41ed7c9b721aea250475f8cd2adcd1aeaea5a1dfb43742ad1ab73"


def test_another_reading_of_the_same_place_is_the_same_statement() -> None:
    assert _statement(read=None, unread="not-a-date").id == _statement().id


OTHER = {
    "entity": "f",
    "schema": "LegalEntity",
    "property": "deathDate",
    "written": "1987",
    "at": Citation(_AT.digest, CellArea(5, 8, "Liste")),
    "by": By.PERSON,
    "source": "1" * 64,
}


@pytest.mark.parametrize("field", OTHER)
def test_what_says_something_else_has_another_name(field: str) -> None:
    assert _statement(**{field: OTHER[field]}).id != _statement().id


def test_a_statement_is_read_or_says_why_not() -> None:
    with pytest.raises(ValueError, match="why"):
        _statement(read=None)
    with pytest.raises(ValueError, match="why"):
        _statement(unread="not-a-date")


def test_the_names_of_entities_are_pinned() -> None:
    assert (
        row_entity(_AT.digest, "Liste", 5, "person") == "d7d5c86e109b74f83b0e1e1c5db38794e4052819"
    )
    assert key_entity("case", "idNumber", "1") == "1fe772634339ee26c47e5e38f6d4b1cb6a2e783e"


@given(st.tuples(*[st.text(max_size=4)] * 3), st.tuples(*[st.text(max_size=4)] * 3))
def test_different_keys_name_different_entities(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert (key_entity(*one) == key_entity(*other)) == (one == other)
