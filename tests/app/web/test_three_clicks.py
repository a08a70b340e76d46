"""What people come to ask is answered at most three clicks behind the overview, in a real browser.

- With scripts and without; sending a form is a click. What is typed is words, never an address.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from muniment.app.web import Room
from muniment.catalog.mail.tables import MESSAGE_FILES
from muniment.catalog.tables import DELIVERIES

_MOST = 3


class Hand:
    """Clicks on what a page shows, and counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks = page, 0

    def click(self, what: str) -> None:
        """Follow the first link or button that is found by these words of CSS."""
        with self.page.expect_navigation():
            self.page.locator(what).first.click()
        self.clicks += 1
        assert self.clicks <= _MOST

    def search(self, words: str) -> None:
        self.page.locator("form.find input").fill(words)
        self.click("form.find button")

    @property
    def main(self) -> str:
        return str(self.page.locator("main").inner_text())


def which_were_not_read_and_why(hand: Hand, room: Room) -> None:
    del room
    hand.click("main a[href^='/missing']")
    assert "not read" in hand.main
    assert "encrypted with a password" in hand.main


def where_a_number_stands(hand: Hand, room: Room) -> None:
    del room
    hand.search("sort:row 1988*")
    hand.click("main a[href^='/trace']")
    for word in ("row ", "SHA-256", "event", "checkpoint"):
        assert word in hand.main


def who_sent_an_attachment(hand: Hand, room: Room) -> None:
    with room.ledger.engine.connect() as connection:
        row = connection.execute(select(MESSAGE_FILES).order_by("digest")).first()
    assert row is not None
    hand.search(f'name:"{row.name}"')
    hand.click(f"main a[href^='/object/{row.digest}']")
    assert "Sent by" in hand.main
    hand.click("main a[href^='/mail/attachment/']")
    assert "from " in hand.main
    assert "@" in hand.main


def what_else_is_the_same(hand: Hand, room: Room) -> None:
    with room.ledger.engine.connect() as connection:
        twice = select(DELIVERIES.c.digest, func.min(DELIVERIES.c.name).label("name"))
        many = twice.group_by("digest").having(func.count(DELIVERIES.c.name.distinct()) > 1)
        row = connection.execute(many.order_by("digest")).first()
        assert row is not None
        names = select(DELIVERIES.c.name).where(DELIVERIES.c.digest == row.digest)
        others = list(connection.scalars(names))
    hand.search(f"hash:{row.digest}")
    hand.click(f"main a[href^='/object/{row.digest}']")
    assert "The same bytes came" in hand.main
    for name in others:
        assert name.rpartition("/")[2] in hand.main


def all_mentions_of_a_name(hand: Hand, room: Room) -> None:
    del room
    hand.search("阿不都")
    assert "found" in hand.page.locator("h1").inner_text()
    assert "阿不都" in hand.main


ASKED = (
    which_were_not_read_and_why,
    where_a_number_stands,
    who_sent_an_attachment,
    what_else_is_the_same,
    all_mentions_of_a_name,
)


@pytest.mark.parametrize("javascript", [False, True])
@pytest.mark.parametrize("ask", ASKED, ids=lambda each: each.__name__)
def test_it_is_answered_in_three_clicks(
    visit: Callable[..., Any], room: Room, ask: Callable[[Hand, Room], None], *, javascript: bool
) -> None:
    ask(Hand(visit("/", javascript=javascript)), room)
