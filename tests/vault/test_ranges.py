"""Runs of positions behave as the set of the positions in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.vault.findings import Failure, Findings, What
from muniment.vault.ranges import Ranges, name_run


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5), st.booleans()), max_size=30))
def test_runs_are_a_set(steps: list[tuple[int, int, bool]]) -> None:
    ranges, model = Ranges(), set[int]()
    for start, length, is_added in steps:
        run = set(range(start, start + length))
        if is_added and not run & model:
            ranges.add(start, start + length)
            model |= run
        elif not is_added:
            assert ranges.discard(start) == (start in model)
            model.discard(start)
        assert [n for a, b in ranges for n in range(a, b)] == sorted(model)
        assert all(first[1] < second[0] for first, second in zip(ranges, list(ranges)[1:]))  # noqa: B905 pairs
        assert {n for n in range(40) if n in ranges} == model
        assert len(ranges) == len(list(ranges))


@pytest.mark.parametrize(("run", "named"), [((5, 6), "event 5"), ((5, 9), "events 5 to 8")])
def test_a_run_is_named_by_its_first_and_last(run: tuple[int, int], named: str) -> None:
    assert name_run(*run) == named


def test_what_is_beyond_a_thousand_is_counted() -> None:
    findings = Findings()
    for number in range(1_003):
        findings.fail(What.ALTERED, f"event {number}", "x")
    findings.note(What.TORN, "the end", "y")
    assert len(findings.failures) == 1_001
    assert findings.is_full
    assert findings.failures[-1] == Failure(
        What.MORE, "the journal", "3 further findings are not listed"
    )
    assert [note.what for note in findings.notes] == [What.TORN]
