"""How many columns are proposed right, on tables whose headings are not those of the lexicon."""

from pathlib import Path

import pytest

from tests.facts.judging import judged
from tests.facts.layouts import held_out, tuning

FLOOR = 0.95  # raised as proposals get better
HELD_OUT = 0.88  # of tables that nobody looked at while proposals were made


@pytest.mark.night
def test_columns_of_made_tables_are_proposed_right(tmp_path: Path) -> None:
    result = judged(tuning.layouts(), tmp_path)
    assert result.share >= FLOOR, result.misses


@pytest.mark.night
def test_columns_of_tables_held_out_are_proposed_right(tmp_path: Path) -> None:
    assert judged(held_out.layouts(), tmp_path).share >= HELD_OUT
