"""Printed totals, percentages, row numbers and cached values, computed again; pure functions."""

from muniment.facts.totals.checking import check_table
from muniment.facts.totals.finding import Agreement, Checked, Finding, Kind
from muniment.facts.totals.grid import TableCell

__all__ = ["Agreement", "Checked", "Finding", "Kind", "TableCell", "check_table"]
