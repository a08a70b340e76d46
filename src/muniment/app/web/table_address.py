"""The address of a view of a table: everything that is seen follows from it.

/table/<sha256>?sheet=…&sort=-C&where=B+has+word&columns=A,C&head=2&first=U&start=50&cell=5,7
"""

from typing import Any
from urllib.parse import urlencode

import msgspec

from muniment.catalog.sheets import Question, Sort, Where, letters

COLUMNS_SHOWN = 20
ROWS_SHOWN = 50


class TableAddress(msgspec.Struct, frozen=True, kw_only=True):
    """One view of one table; what is None or empty is left out of the address."""

    sha256: str
    sheet: str | None = None
    question: Question = Question()
    columns: tuple[int, ...] = ()  # chosen by the person; none: all
    first: int | None = None  # the leftmost column seen
    head: int | None = None  # the row of headings; 0: none
    start: int = 0  # rows before the first one seen
    row: int | None = None
    cell: tuple[int, int] | None = None
    column: int | None = None  # whose statistics are seen

    def to(self, **changes: Any) -> str:
        """The address of the view that differs from this one so."""
        return msgspec.structs.replace(self, **changes).address

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values, in the order of the address."""
        found = [] if self.sheet is None else [("sheet", self.sheet)]
        if len(self.question.sort) > 0:
            found.append(("sort", ",".join(map(str, self.question.sort))))
        found += [("where", str(each)) for each in self.question.where]
        if len(self.columns) > 0:
            found.append(("columns", ",".join(map(letters, self.columns))))
        if self.head is not None:
            found.append(("head", str(self.head)))
        if self.first is not None:
            found.append(("first", letters(self.first)))
        if self.start > 0:
            found.append(("start", str(self.start)))
        if self.row is not None:
            found.append(("row", str(self.row)))
        if self.cell is not None:
            found.append(("cell", f"{self.cell[0]},{self.cell[1]}"))
        if self.column is not None:
            found.append(("column", letters(self.column)))
        return found

    @property
    def address(self) -> str:
        """This view's own address."""
        query = self.query
        return f"/table/{self.sha256}" + ("" if query == "" else f"?{query}")

    @property
    def query(self) -> str:
        """What of it follows the question mark."""
        return urlencode(self.fields)

    @property
    def plain(self) -> "TableAddress":
        """The same rows, with nothing picked out."""
        return msgspec.structs.replace(self, row=None, cell=None, column=None)

    def sorted_by(self, column: int) -> str:
        """The address where this column orders the rows; from ascending on to descending, to none.

        The rows are seen from the first on: the place in another order says nothing.
        """
        now = self.question.sort
        if now == (Sort(column),):
            sort: tuple[Sort, ...] = (Sort(column, descending=True),)
        elif now == (Sort(column, descending=True),):
            sort = ()
        else:
            sort = (Sort(column),)
        question = Question(sort, self.question.where)
        return self.plain.to(question=question, start=0)

    def where(self, condition: Where) -> str:
        """The address of the rows for which this holds too."""
        held = tuple(dict.fromkeys((*self.question.where, condition)))
        return self.plain.to(question=Question(self.question.sort, held), start=0)

    def without(self, condition: Where) -> str:
        """The address of the rows asked for without this condition."""
        held = tuple(each for each in self.question.where if each != condition)
        return self.plain.to(question=Question(self.question.sort, held), start=0)

    def hidden_fields(self, *left_out: str) -> list[tuple[str, str]]:
        """What a form must carry on, without what it asks for itself."""
        return [(name, value) for name, value in self.fields if name not in left_out]

    def download(self, **choice: str) -> str:
        """The address at which what is asked for leaves as a file."""
        carried = self.plain.hidden_fields("start", "first")
        return f"/table/{self.sha256}/download?" + urlencode([*carried, *choice.items()])
