"""What pages list and count of a whole leak is what its ledger says."""

import sqlite3
from contextlib import closing
from pathlib import Path

from muniment.catalog import Ledger, chain, chains, coverage, items, open_ledger
from muniment.core import digest_of, parse_digest
from muniment.vault import open_case
from tests.catalog.test_listing import counts, refilled


def test_the_counts_of_a_leak_are_those_of_its_coverage(case: Path) -> None:
    ledger = open_ledger(open_case(case))
    kept, covered, listed = counts(ledger), coverage(ledger), list(items(ledger))
    ledger.close()
    by_kind = {kind.kind: kind.objects for kind in covered.kinds}
    summed = dict.fromkeys(by_kind, 0)
    for kind, _, objects, *_ in kept["tallies"]:
        summed[str(kind)] += int(str(objects))
    assert summed == by_kind
    assert len(kept["files"]) == covered.total.objects
    assert {row[0]: row[1] for row in kept["files"]} == {
        each.sha256: min((name for name in each.names if name != ""), default="") for each in listed
    }
    said = {(lack.what, lack.count, lack.objects) for lack in covered.lacks}
    assert {row for row in kept["problem_counts"] if row[0] != "type-disagrees"} <= said


def test_a_ledger_from_before_is_filled_when_it_is_opened(case: Path, tmp_path: Path) -> None:
    # By SQLite itself: reading the file beside it would take the locks of this process away.
    with (
        closing(sqlite3.connect(case / "work" / "ledger.sqlite")) as shared,
        closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as own,
    ):
        shared.backup(own)
    ledger = Ledger(tmp_path / "ledger.sqlite")
    kept = counts(ledger)
    ledger.close()
    assert kept == refilled(tmp_path / "ledger.sqlite")


def test_many_ways_at_once_are_the_ways_one_by_one(case: Path) -> None:
    ledger = open_ledger(open_case(case))
    every = [parse_digest(each.sha256) for each in items(ledger)]
    ways = chains(ledger, every)
    assert ways == {each: chain(ledger, each) for each in every}
    stranger = digest_of(b"nobody")
    assert chains(ledger, [stranger]) == {stranger: ()}
    ledger.close()
