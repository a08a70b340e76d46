"""Problems come a page at a time, all of them, each once, in one order."""

from pathlib import Path

import pytest

from muniment.catalog import Ledger, item, items, open_ledger, problem_page, problems
from muniment.core import UsageError, digest_of, parse_digest
from muniment.vault import open_case
from tests.app.conftest import case, leak

__all__ = ["case", "leak"]


@pytest.fixture
def ledger(case: Path) -> Ledger:
    return open_ledger(open_case(case))


@pytest.mark.parametrize("limit", [1, 3, 1_000])
def test_pages_hold_every_problem_once(ledger: Ledger, limit: int) -> None:
    expected = list(problems(ledger))
    found, after = [], ""
    while True:
        page = problem_page(ledger, after, limit)
        found += page.problems
        if page.after is None:
            break
        assert page.after != after
        after = page.after
    assert len(expected) > 10
    assert found == expected


@pytest.mark.parametrize("after", ["a", "p:1", "n:zz", "a:-2", "a:" + "9" * 16, "x:1", "p::1:2"])
def test_a_place_that_no_page_named_is_refused(ledger: Ledger, after: str) -> None:
    with pytest.raises(UsageError):
        problem_page(ledger, after, 10)


def test_objects_are_listed_from_any_one_on(ledger: Ledger) -> None:
    whole = list(items(ledger))
    assert list(items(ledger, whole[4].sha256, 3)) == whole[5:]
    assert item(ledger, parse_digest(whole[7].sha256)) == whole[7]
    assert item(ledger, digest_of(b"nowhere")) is None
