"""All checks on the printed figures of one table."""

from collections.abc import Iterable

from muniment.facts.totals.counted import check_counts
from muniment.facts.totals.finding import Checked
from muniment.facts.totals.formulas import check_formulas
from muniment.facts.totals.grid import Grid, TableCell
from muniment.facts.totals.percentages import check_percentages
from muniment.facts.totals.running import check_running_numbers
from muniment.facts.totals.sums import check_sums


def check_table(cells: Iterable[TableCell]) -> Checked:
    """What of a table's printed figures agrees with its cells, and what does not.

    Cells stand for themselves: nothing is repaired, filled in or left out.
    """
    grid = Grid(cells)
    if not grid.body:
        return Checked()
    return (
        check_sums(grid)
        + check_percentages(grid)
        + check_running_numbers(grid)
        + check_counts(grid)
        + check_formulas(grid)
    )
