"""Tables worded in November 2026 by somebody who never saw the lexicon; read since, for tuning."""

from functools import cache
from pathlib import Path

from tests.facts.layouts.laying import Layout, lay_out
from tests.facts.layouts.wording import wordings

SEED = 26_112_026
WORDINGS = Path(__file__).with_name("held_out_2026b.txt")


@cache
def layouts(seed: int = SEED) -> tuple[Layout, ...]:
    """All tables, laid out with one seed."""
    tables = wordings(WORDINGS.read_text(encoding="utf-8"))
    return tuple(lay_out(table, seed, number) for number, table in enumerate(tables, 1))
