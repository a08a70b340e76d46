"""The formula of a data table: what a sheet computes for inputs put in the place of others.

    <f t="dataTable" ref="B2:C3" dt2D="1" dtr="1" r1="A1" r2="A2"/>      TABLE(A1,A2)

- It reads as spreadsheets show it: first the cell for the inputs of the row above the table, then
  the one for the inputs of the column beside it; a table of one row or column has one of them.
- An input cell that was deleted is #REF!, as in any formula.

Source: ECMA-376 Part 1, §18.3.1.40 and §18.18.6.
"""

from collections.abc import Mapping

DATA_TABLE = "dataTable"
_TRUE = ("1", "true")


def table_formula(stated: Mapping[str, str]) -> str:
    """The formula by its element's attributes."""
    first, second = (_input(stated, number) for number in "12")
    if stated.get("dt2D") in _TRUE:
        return f"TABLE({first},{second})"
    return f"TABLE({first},)" if stated.get("dtr") in _TRUE else f"TABLE(,{first})"


def _input(stated: Mapping[str, str], number: str) -> str:
    return "#REF!" if stated.get(f"del{number}") in _TRUE else stated.get(f"r{number}", "")
