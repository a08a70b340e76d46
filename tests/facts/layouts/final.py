"""The tables for the last judging of all, worded as `held_out_2026b` in other styles and languages.

Nobody scored them while proposals were made; who works on proposals does not open this file or
its wordings.
"""

from functools import cache
from pathlib import Path

from tests.facts.layouts.laying import Layout, lay_out
from tests.facts.layouts.wording import wordings

SEED = 1_959_119
WORDINGS = Path(__file__).with_name("final.txt")


@cache
def layouts(seed: int = SEED) -> tuple[Layout, ...]:
    """All tables, laid out with one seed."""
    tables = wordings(WORDINGS.read_text(encoding="utf-8"))
    return tuple(lay_out(table, seed, number) for number, table in enumerate(tables, 1))
