"""One value can be shown; nothing can be learnt of, or passed off as, another."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.core import IntegrityError, PolicyError, UsageError, canonical_json, digest_of
from muniment.vault.commitments import (
    Commitment,
    Opening,
    Record,
    _canonical,
    commit,
    open_value,
    opening_holds,
    parse_opening,
    print_opening,
)
from muniment.vault.salts import Salts

FORMAT = Path(__file__).parents[2] / "docs" / "formats" / "commitments.md"
NAME = digest_of(b"object")
RECORDS: list[Record] = [
    [(str(column), f"值 {row}.{column}") for column in range(row % 6)] for row in range(23)
]

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()


def counting() -> Callable[[int], bytes]:
    """A source of bytes that are all different and the same in every test."""
    numbers: Iterator[int] = iter(range(1, 10**9))
    return lambda size: b"".join(next(numbers).to_bytes(16, "big") for _ in range(size // 16))


@pytest.fixture
def salts(tmp_path: Path) -> Salts:
    return Salts(tmp_path, NAME, counting())


def test_a_commitment_is_what_it_was_when_the_format_was_fixed(salts: Salts) -> None:
    commitment = commit(salts, RECORDS)
    assert (commitment.records, commitment.root.hex) == (
        23,
        "b9f55d3d7b0cc43bb122255b5b185c10d2404be3a58cac154297b0fe11dea93f",
    )


def test_the_keys_lie_as_drawn(tmp_path: Path, salts: Salts) -> None:
    commit(salts, RECORDS)
    files = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    stem = f"{NAME.hex[:2]}/{NAME.hex}"
    assert [str(path.relative_to(tmp_path)) for path in files] == [f"{stem}.roots", f"{stem}.salts"]
    assert [path.stat().st_size for path in files] == [32 * 23, 16 * 23]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_every_value_can_be_opened(salts: Salts) -> None:
    commitment = commit(salts, RECORDS)
    for number, record in enumerate(RECORDS):
        for path, value in record:
            opening = open_value(salts, number, record, path)
            assert opening.value == value
            assert opening_holds(opening, commitment)
            assert opening_holds(parse_opening(print_opening(opening)), commitment)


def test_a_stranger_checks_it_with_the_program_in_the_format(tmp_path: Path, salts: Salts) -> None:
    commitment = commit(salts, RECORDS)
    program = re.search(r"```python\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)
    assert program is not None
    file = tmp_path / "opening.json"
    for number in (1, 4, 11, 22):
        opening = open_value(salts, number, RECORDS[number], "0")
        file.write_bytes(print_opening(opening))
        command = [sys.executable, "-I", "-c", program[1], str(file)]
        stated = [str(commitment.records), commitment.root.hex]
        shown = subprocess.run([*command, *stated], capture_output=True, check=True, text=True)
        assert shown.stdout == f'record {number}, 0: "值 {number}.0"\n'
        file.write_bytes(print_opening(msgspec.structs.replace(opening, value="值 4.1")))
        assert subprocess.run([*command, *stated], capture_output=True, check=False).returncode != 0


def test_no_other_opening_holds(salts: Salts) -> None:
    commitment = commit(salts, RECORDS)
    good = open_value(salts, 11, RECORDS[11], "2")
    change = msgspec.structs.replace
    wrong: dict[str, Opening] = {
        "another value": change(good, value="值 11.3"),
        "another type of value": change(good, value=11),
        "a value that has no canonical JSON": change(good, value=0.5),
        "another path": change(good, path="3"),
        "a path that is no text": change(good, path="\ud800"),
        "another salt": change(good, salt=bytes(16)),
        "a longer salt": change(good, salt=good.salt + b"\x00"),
        "another place in the record": change(good, leaf=3),
        "a place outside the record": change(good, leaf=8 + 2),
        "a negative place": change(good, leaf=-1),
        "a wider record": change(good, leaves=16),
        "no leaves": change(good, leaves=0),
        "a width that is no power of two": change(good, leaves=7),
        "another record": change(good, record=12),
        "a record outside": change(good, record=23),
        "another number of records": change(good, records=24),
        "a node missing": change(good, leaf_nodes=good.leaf_nodes[:-1]),
        "a node too many": change(good, record_nodes=(*good.record_nodes, commitment.root)),
        "the nodes of another record": change(
            good, record_nodes=open_value(salts, 5, RECORDS[5], "2").record_nodes
        ),
    }
    for what, opening in wrong.items():
        assert not opening_holds(opening, commitment), what
    assert not opening_holds(good, Commitment(23, digest_of(b"")))
    assert opening_holds(good, commitment)


def test_equal_values_have_nothing_in_common(tmp_path: Path) -> None:
    salts = Salts(tmp_path, NAME, os.urandom)
    same: list[Record] = [[("0", "same"), ("1", "same")]] * 2
    commit(salts, same)
    roots = salts.roots(0, 2)
    assert roots[:32] != roots[32:]
    openings = [open_value(salts, row, same[row], path) for row in (0, 1) for path in "01"]
    assert len({opening.salt for opening in openings}) == 4
    assert len({node for opening in openings for node in opening.leaf_nodes}) == 4


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 31, 32, 33])
def test_the_number_of_values_is_rounded_up_to_a_power_of_two(tmp_path: Path, count: int) -> None:
    salts = Salts(tmp_path, NAME, counting())
    record = [(str(number), number) for number in range(count)]
    commitment = commit(salts, [record])
    assert commitment.records == 1
    if count > 0:
        leaves = open_value(salts, 0, record, "0").leaves
        assert leaves >= count > leaves // 2
        assert leaves & (leaves - 1) == 0


def test_keys_are_made_once_and_used_again(tmp_path: Path, salts: Salts) -> None:
    first = commit(salts, RECORDS)
    again = Salts(tmp_path, NAME, lambda size: pytest.fail("no new keys are needed"))
    assert commit(again, iter(RECORDS)) == first


def test_a_commitment_that_was_cut_off_is_finished(tmp_path: Path, salts: Salts) -> None:
    whole = commit(salts, RECORDS)
    keys, roots = (
        tmp_path / NAME.hex[:2] / f"{NAME.hex}{ending}" for ending in (".salts", ".roots")
    )
    for cut in (0, 5, 32, 40, 32 * 22 + 1):
        roots.write_bytes(roots.read_bytes()[:cut])
        assert commit(Salts(tmp_path, NAME, counting()), RECORDS) == whole
    keys.write_bytes(keys.read_bytes()[: 16 * 7 + 3])
    roots.write_bytes(b"")
    commitment = commit(Salts(tmp_path, NAME, os.urandom), RECORDS)
    assert keys.stat().st_size == 16 * 23
    assert commitment != whole


def test_other_records_than_those_committed_to_are_named(salts: Salts) -> None:
    commit(salts, RECORDS)
    changed = [*RECORDS[:9], [("0", "another")], *RECORDS[10:]]
    with pytest.raises(IntegrityError, match="record 9 is not"):
        commit(salts, changed)
    with pytest.raises(IntegrityError, match="20 records came out where 23"):
        commit(salts, RECORDS[:20])
    with pytest.raises(IntegrityError, match="record 9 is not"):
        open_value(salts, 9, [("0", "another")], "0")


def test_a_destroyed_record_is_gone_and_the_others_are_not(tmp_path: Path, salts: Salts) -> None:
    commitment = commit(salts, RECORDS)
    before = (tmp_path / NAME.hex[:2] / f"{NAME.hex}.salts").read_bytes()
    salts.shred(11)
    after = (tmp_path / NAME.hex[:2] / f"{NAME.hex}.salts").read_bytes()
    assert after == before[: 16 * 11] + bytes(16) + before[16 * 12 :]
    with pytest.raises(PolicyError, match="destroyed"):
        open_value(salts, 11, RECORDS[11], "2")
    assert commit(salts, RECORDS) == commitment
    assert opening_holds(open_value(salts, 10, RECORDS[10], "2"), commitment)


def test_what_cannot_be_meant_is_refused(tmp_path: Path, salts: Salts) -> None:
    commit(salts, RECORDS)
    wrong: dict[str, Callable[[], Any]] = {
        "a path that is not there": lambda: open_value(salts, 1, RECORDS[1], "7"),
        "a record that is not there": lambda: open_value(salts, 23, RECORDS[1], "0"),
        "destroying what is not there": lambda: salts.shred(23),
        "randomness that is none": lambda: commit(Salts(tmp_path, digest_of(b""), bytes), RECORDS),
    }
    for ask in wrong.values():
        with pytest.raises(UsageError) as caught:
            ask()
        assert caught.value.next_step != ""
    for record in ([("0", 0.5)], [("0", "\ud800")], [("\ud800", 0)], [("0", 1), ("0", 2)]):
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            commit(Salts(tmp_path, digest_of(repr(record).encode()), counting()), [record])


@given(st.text(st.characters()) | st.text(st.sampled_from('"\\\x00\x1f\x7f\u2028/<é😀')))
def test_the_quick_way_to_write_a_string_is_the_canonical_way(text: str) -> None:
    try:
        slow = canonical_json(text)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 a lone surrogate
            _canonical(text)
        return
    assert _canonical(text) == slow


@given(st.lists(st.dictionaries(st.text(), scalars, max_size=5), min_size=1, max_size=8), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_value_of_any_record_can_be_opened(
    tmp_path: Path, records: list[dict[str, Any]], data: st.DataObject
) -> None:
    name = digest_of(canonical_json([sorted(record.items()) for record in records]))
    salts = Salts(tmp_path, name, counting())
    schema = [list(record.items()) for record in records]
    commitment = commit(salts, schema)
    number = data.draw(st.integers(0, len(records) - 1))
    for path, value in schema[number]:
        opening = parse_opening(print_opening(open_value(salts, number, schema[number], path)))
        assert opening.value == value
        assert opening_holds(opening, commitment)


BAD_FILES = {
    "rubbish": b"\xff",
    "nested": b"[" * 100_000,
    "nested in the value": b'{"value":' + b"[" * 100_000,
    "another format": b'{"format":"x"}',
    "nothing": b"",
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_what_is_no_opening_is_refused(what: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 each has its own message
        parse_opening(BAD_FILES[what])


def test_an_opening_in_another_spelling_is_refused(salts: Salts) -> None:
    commit(salts, RECORDS)
    written = print_opening(open_value(salts, 4, RECORDS[4], "2"))
    for old, new in ((b":", b": "), (b'"leaf":2', b'"leaf":2.0'), (b"muniment", b"monument")):
        with pytest.raises(ValueError):  # noqa: PT011 each has its own message
            parse_opening(written.replace(old, new, 1))


def test_many_records_are_committed_to_in_portions(tmp_path: Path) -> None:
    salts = Salts(tmp_path, NAME, counting())
    count = 4_096 * 2 + 5
    commitment = commit(salts, ([("0", number)] for number in range(count)))
    assert commitment.records == count
    for number in (0, 4_095, 4_096, count - 1):
        assert opening_holds(open_value(salts, number, [("0", number)], "0"), commitment)
