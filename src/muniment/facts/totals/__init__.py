"""Printed totals, percentages, row numbers and cached values, computed again; pure functions."""

from muniment.facts.totals.checking import check_table
from muniment.facts.totals.finding import Agreement, Checked, Finding, Kind
from muniment.facts.totals.grid import TableCell
from muniment.facts.totals.reading import Table, tables_of

__all__ = [
    "Agreement",
    "Checked",
    "Finding",
    "Kind",
    "Table",
    "TableCell",
    "check_table",
    "tables_of",
]
