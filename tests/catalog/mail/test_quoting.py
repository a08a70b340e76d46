"""Quoted text is folded and never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.mail import stretches

QUOTED = {
    "marks": ("Yes.\n> No?\n> Why?\nBye", [("Yes.\n", False), ("> No?\n> Why?\n", True)]),
    "a divider": ("Yes\n-----Original Message-----\nOld", [("Yes\n", False)]),
    "a Chinese divider": (
        "好\n------------------ 原始邮件 ------------------\n旧",
        [("好\n", False)],
    ),
    "a header in the text": ("Yes\nFrom: a\nSent: b\nTo: c\nOld", [("Yes\n", False)]),
}


@pytest.mark.parametrize("how", QUOTED)
def test_what_was_quoted_is_told_apart(how: str) -> None:
    text, first = QUOTED[how]
    found = [(each.text, each.quoted) for each in stretches(text)]
    assert found[: len(first)] == first
    assert any(quoted for _, quoted in found)


def test_a_message_that_begins_with_a_header_is_not_all_quoted() -> None:
    assert not any(each.quoted for each in stretches("From: a\nSent: b\nTo: c\nText"))


@given(st.text(alphabet="> |\n\r-=abFrom:To:Sent\u2028\x0b", max_size=300))
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(each.text for each in stretches(text)) == text
