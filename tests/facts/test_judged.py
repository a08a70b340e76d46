"""How many columns are proposed right, on tables whose headings are not those of the lexicon."""

from pathlib import Path

import pytest

from tests.facts.judging import judged
from tests.facts.layouts import tuning

FLOOR = 0.85  # raised as proposals get better


@pytest.mark.night
def test_columns_of_made_tables_are_proposed_right(tmp_path: Path) -> None:
    result = judged(tuning.layouts(), tmp_path)
    assert result.share >= FLOOR, result.misses
