"""Tables laid out for questions: any window of any table, in any order, under any condition.

- Tables of objects with more than a few cells are laid out while a case is processed, the others
  whenever somebody asks for them; both are read alike.
- Every cell comes back as it was read, with its place.
- It works with numpy, so it is imported where tables are asked for, not with the catalogue.
"""

from muniment.catalog.sheets.headings import CHOSEN, GUESSED, NONE, STATED, Headings, headings
from muniment.catalog.sheets.leaving import Cite, Leaving, as_csv, guarded, write_parquet
from muniment.catalog.sheets.letters import column_of, letters
from muniment.catalog.sheets.listing import (
    After,
    TableView,
    Wanted,
    table_of,
    tables_counted,
    tables_in_case,
    tables_of,
)
from muniment.catalog.sheets.opening import OpenSheets, open_sheet, open_view
from muniment.catalog.sheets.question import (
    Mark,
    Question,
    Sort,
    Test,
    Where,
    parse_sort,
    parse_where,
    question_of,
    where_of,
)
from muniment.catalog.sheets.sheet import Range, Sheet
from muniment.catalog.sheets.statistics import ColumnStatistics, Frequent, column_statistics
from muniment.catalog.sheets.value import Value
from muniment.catalog.sheets.window import SeenCell, SeenRow, Window, rank_of_row, window

__all__ = [
    "CHOSEN",
    "GUESSED",
    "NONE",
    "STATED",
    "After",
    "Cite",
    "ColumnStatistics",
    "Frequent",
    "Headings",
    "Leaving",
    "Mark",
    "OpenSheets",
    "Question",
    "Range",
    "SeenCell",
    "SeenRow",
    "Sheet",
    "Sort",
    "TableView",
    "Test",
    "Value",
    "Wanted",
    "Where",
    "Window",
    "as_csv",
    "column_of",
    "column_statistics",
    "guarded",
    "headings",
    "letters",
    "open_sheet",
    "open_view",
    "parse_sort",
    "parse_where",
    "question_of",
    "rank_of_row",
    "table_of",
    "tables_counted",
    "tables_in_case",
    "tables_of",
    "where_of",
    "window",
    "write_parquet",
]
