from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Attested, Basis, Run, Stamp, stamp_of_instant, stated


def test_an_unknown_value_is_none_and_says_so() -> None:
    assert stated(None) == Attested(None, Basis.UNKNOWN)
    assert stated("drive") == Attested("drive", Basis.STATED)


@pytest.mark.parametrize(("value", "basis"), [(None, Basis.STATED), ("x", Basis.UNKNOWN)])
def test_a_value_without_a_basis_is_refused(value: str | None, basis: Basis) -> None:
    with pytest.raises(ValueError, match="unknown"):
        Attested(value, basis)


def test_an_instant_keeps_its_moment_whatever_its_zone() -> None:
    beijing = datetime(2018, 3, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    assert stamp_of_instant(beijing).local == "2018-03-04T02:00:00.000000"
    assert stamp_of_instant(beijing.astimezone(UTC)) == stamp_of_instant(beijing)


def test_a_time_without_a_zone_is_never_given_one() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp_of_instant(datetime(2018, 3, 4, 10, 0))  # noqa: DTZ001 - that is the point


def test_a_time_that_cannot_be_read_has_no_zone() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        Stamp("gestern", None, 60, None)


ASCII = st.text(st.characters(codec="ascii"), max_size=5)


@given(st.lists(st.tuples(ASCII, ASCII), max_size=4), st.randoms())
def test_a_runs_digest_does_not_depend_on_the_order_of_parameters(
    pairs: list[tuple[str, str]], random: Random
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert Run("t", "1", tuple(pairs)).digest == Run("t", "1", tuple(shuffled)).digest


def test_fields_of_a_run_cannot_run_into_each_other() -> None:
    assert Run("a", "b.c").digest != Run("a.b", "c").digest
