"""The tables that pages list and count from say what the ledger says, at every moment."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from muniment.catalog import Ledger, intakes, kind_of, open_ledger
from muniment.catalog.custody import INTAKES
from muniment.catalog.kinds import general, why_key
from muniment.catalog.ledger import Joined
from muniment.catalog.listing_tables import (
    FILES,
    LACK_COUNTS,
    LANGUAGE_COUNTS,
    PROBLEM_COUNTS,
    SIZE_COUNTS,
    TALLIES,
)
from muniment.catalog.name_index import few_named
from muniment.catalog.tables import LANGUAGES
from muniment.catalog.tables import OBJECTS as OBJECT_ROWS
from muniment.core import Child, Member, Problem, Reading, Relation, State, Whole, digest_of
from muniment.text import fold
from muniment.vault import open_case
from tests.app.cli import muniment, muniment_json

OBJECTS = [digest_of(bytes([number])) for number in range(6)]
Counts = dict[str, list[tuple[object, ...]]]


def counts(ledger: Ledger) -> Counts:
    """Everything that is kept for lists and counts; what counts nothing is not there."""
    found: Counts = {}
    with ledger.engine.connect() as connection:
        for table in (FILES, TALLIES, LANGUAGE_COUNTS, SIZE_COUNTS, LACK_COUNTS, PROBLEM_COUNTS):
            columns = [each for each in table.columns if each.name not in ("id", "reason")]
            rows = [row._asdict() for row in connection.execute(select(*columns))]
            counted = [row for row in rows if row.get("objects", row.get("times")) != 0]
            found[table.name] = sorted(tuple(row.values()) for row in counted)
    return found


def refilled(path: Path) -> Counts:
    """The same, made anew of what it follows."""
    ledger = Ledger(path)
    with ledger.engine.begin() as connection:
        connection.execute(text("DELETE FROM progress WHERE name LIKE 'rules%'"))
    ledger.close()
    again = Ledger(path)
    found = counts(again)
    again.close()
    return found


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, tuple[Child, ...], tuple[Problem, ...]]:
    """What could come of reading one of a few objects, which lie in each other as they like."""
    digest = draw(st.sampled_from(OBJECTS))
    state = draw(st.sampled_from(list(State)))
    names = st.sampled_from(["", "a.txt", "Ä.TXT", "密码 2.doc", "\u202egpj.exe", "0"])
    children = draw(st.lists(st.tuples(st.sampled_from(OBJECTS), names), max_size=4))
    codes = draw(st.lists(st.sampled_from(["crc-mismatch", "page-without-text"]), max_size=4))
    reading = Reading(
        digest=digest,
        size=1,
        media_type=draw(st.sampled_from(["", "text/plain", "application/pdf"])),
        reader="r",
        reader_version=1,
        state=state,
        reason=draw(st.sampled_from(["", "more than 7", "b"])),
        parts=(),
        announced=draw(st.integers(0, 3)),
        emitted=len(children),
        failed=draw(st.integers(0, 2)),
        parts_digest=digest,
    )
    lying = tuple(
        Child(Member(i), i, Relation.MEMBER, name.encode(), name, held, 1)
        for i, (held, name) in enumerate(children)
    )
    return reading, lying, tuple(Problem(Whole(), code, "said 3 times") for code in codes)


def speak(ledger: Ledger, digest: str, language: str) -> None:
    """Say in which language an object is, as indexing does; an unknown object has none."""
    with ledger.engine.begin() as connection:
        connection.execute(LANGUAGES.delete().where(LANGUAGES.c.digest == digest))
        if connection.scalar(select(OBJECT_ROWS.c.size).where(OBJECT_ROWS.c.digest == digest)):
            connection.execute(LANGUAGES.insert(), {"digest": digest, "language": language})


@given(st.lists(readings(), max_size=12))
@settings(max_examples=25)
def test_counts_and_lists_follow_every_change(
    happened: list[tuple[Reading, tuple[Child, ...], tuple[Problem, ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, languages = Path(folder) / "ledger.sqlite", ("unknown", "ug", "zh", "unknown", "en")
        ledger = Ledger(path)
        ledger.take_joined(Joined(OBJECTS[0], 5, "whole.zip", (OBJECTS[1],)))
        for reading, children, problems in happened:
            ledger.take_reading(reading, children, problems)
            speak(ledger, reading.digest.hex, languages[len(children)])
        kept = counts(ledger)
        check_letters_of_names(ledger)
        ledger.close()
        assert kept == refilled(path)


def check_letters_of_names(ledger: Ledger) -> None:
    """What is looked up is no less than what a look through all names finds."""
    with ledger.engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(select(FILES.c.id, FILES.c.fold))]
        for wanted in map(fold, (".tx", "ä.txt", "码 2.d", "gpj.exe", 'a"b', "b* a", "x.txtz")):
            few = few_named(connection, wanted)
            assert few is not None
            assert {number for number, folds in rows if wanted in folds} <= set(few)
        assert few_named(connection, "xt") is None
        assert few_named(connection, "a.\0") is None


def test_a_delivery_is_listed_with_its_receipt_and_one_cut_off_says_so(tmp_path: Path) -> None:
    delivered = tmp_path / "in"
    delivered.mkdir()
    (delivered / "a.txt").write_text("words")
    muniment("init", tmp_path / "case")
    muniment("intake", tmp_path / "case", delivered, "--from", "<b>the post</b>")
    receipt = muniment_json("intake", tmp_path / "case", delivered)["receipt"]
    muniment_json("status", tmp_path / "case")  # looks, and so catches up
    ledger = open_ledger(open_case(tmp_path / "case"))
    first, second = intakes(ledger)
    assert (first.source, first.received, first.bytes) == ("<b>the post</b>", 1, 5)
    assert (second.receipt, second.source, second.finished) == (receipt, "", True)
    cut_off = INTAKES.update().where(INTAKES.c.intake == second.intake)
    with ledger.engine.begin() as connection:
        connection.execute(cut_off.values(receipt=None, received=None))
    cut = intakes(ledger)[1]
    ledger.close()
    assert (cut.finished, cut.received) == (False, 1)


def test_reasons_that_differ_in_a_number_alone_are_one() -> None:
    assert general("a message of more than 4,096 bytes") == "a message of more than … bytes"
    assert why_key("refused", "more than 7") == why_key("refused", "more than 88")
    assert why_key("refused", "more than 7") != why_key("locked", "more than 7")
    assert why_key("read", "") == why_key("pending", "") == ""
    assert kind_of("") == "not read yet"
