"""Objects are listed from any one on, and asked for one at a time."""

from pathlib import Path

import pytest

from muniment.catalog import Ledger, item, items, open_ledger
from muniment.core import digest_of, parse_digest
from muniment.vault import open_case
from tests.app.conftest import case, leak

__all__ = ["case", "leak"]


@pytest.fixture
def ledger(case: Path) -> Ledger:
    return open_ledger(open_case(case))


def test_objects_are_listed_from_any_one_on(ledger: Ledger) -> None:
    whole = list(items(ledger))
    assert list(items(ledger, whole[4].sha256, 3)) == whole[5:]
    assert item(ledger, parse_digest(whole[7].sha256)) == whole[7]
    assert item(ledger, digest_of(b"nowhere")) is None
