"""An answer is kept until the ledger changes, whoever changes it, and no longer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from muniment.catalog import Ledger
from muniment.catalog.tables import DELIVERIES


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    opened = Ledger(tmp_path / "ledger.sqlite")
    yield opened
    opened.close()


def arrive(ledger: Ledger, seq: int) -> None:
    """One more delivery."""
    row = {"seq": seq, "digest": "0" * 64, "intake": "i", "name": f"{seq}", "raw_name": b""}
    with ledger.engine.begin() as connection:
        connection.execute(insert(DELIVERIES).values(row))


class Counting:
    """Counts deliveries, and how often it was asked to."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        with self._ledger.engine.connect() as connection:
            return len(connection.scalars(select(DELIVERIES.c.seq)).all())


def test_it_is_worked_out_once(ledger: Ledger) -> None:
    count = Counting(ledger)
    assert [ledger.remembered("deliveries", count) for _ in range(3)] == [0, 0, 0]
    assert count.asked == 1


def test_a_change_by_this_process_is_seen_at_once(ledger: Ledger) -> None:
    count = Counting(ledger)
    for expected in range(4):
        assert ledger.remembered("deliveries", count) == expected
        arrive(ledger, expected)


def test_a_change_by_another_connection_is_seen_at_once(ledger: Ledger, tmp_path: Path) -> None:
    count = Counting(ledger)
    assert ledger.remembered("deliveries", count) == 0
    other = Ledger(tmp_path / "ledger.sqlite")
    arrive(other, 1)
    other.close()
    assert ledger.remembered("deliveries", count) == 1


def test_a_change_while_it_is_worked_out_is_seen_by_the_next(ledger: Ledger) -> None:
    count = Counting(ledger)

    def slowly() -> int:
        found = count()
        arrive(ledger, 1)
        return found

    assert ledger.remembered("deliveries", slowly) == 0
    assert ledger.remembered("deliveries", count) == 1


def test_other_questions_have_other_answers(ledger: Ledger) -> None:
    assert ledger.remembered(("a", 1), lambda: 1) == 1
    assert ledger.remembered(("a", 2), lambda: 2) == 2


def test_what_may_be_stale_is_kept_for_a_while(ledger: Ledger) -> None:
    count = Counting(ledger)
    assert ledger.remembered("deliveries", count, stale_s=60) == 0
    arrive(ledger, 1)
    assert ledger.remembered("deliveries", count, stale_s=60) == 0
    assert ledger.remembered("deliveries", count) == 1


def test_trouble_is_not_kept(ledger: Ledger) -> None:
    with pytest.raises(ZeroDivisionError):
        ledger.remembered("trouble", lambda: 1 // 0)
    assert ledger.remembered("trouble", lambda: 5) == 5
