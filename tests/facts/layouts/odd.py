"""Odd tables as police, prisons, hospitals and relatives keep them; proposals are tuned on them."""

from functools import cache
from pathlib import Path

from tests.facts.layouts.laying import Layout, lay_out
from tests.facts.layouts.wording import wordings

SEED = 20_261_123
WORDINGS = Path(__file__).with_name("odd.txt")


@cache
def layouts(seed: int = SEED) -> tuple[Layout, ...]:
    """All tables, laid out with one seed."""
    tables = wordings(WORDINGS.read_text(encoding="utf-8"))
    return tuple(lay_out(table, seed, number) for number, table in enumerate(tables, 1))
