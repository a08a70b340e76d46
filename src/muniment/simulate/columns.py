"""The columns of the person lists: a header in some language and the cell it gives for a person.

Invariants:

- a column writes what the *lists* say (`written_…`, recorded points), never the hidden truth;
- a cell is text, a number, a date or nothing; the truth keeps exactly what is returned here.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import msgspec

from muniment.simulate.people import Person, recorded

Cell = str | int | float | date | None


class Column(msgspec.Struct, frozen=True):
    """One column; `make` gives the cell for a person."""

    header: str
    make: Callable[[Person], Cell]
    width: float = 12.0  # characters


def _point(name: str) -> Callable[[Person], Cell]:
    """The recorded point of a detention; a released person's points stay in the lists."""

    def make(person: Person) -> Cell:
        return recorded(person.detention)[name] if person.detention else ""

    return make


def _birth_as(form: str) -> Callable[[Person], Cell]:
    """Birth date in one notation: a date cell, or text by `strftime` codes."""

    def make(person: Person) -> Cell:
        return person.written_birth if form == "date" else person.written_birth.strftime(form)

    return make


def birth_number(person: Person) -> Cell:
    """Birth date as the whole number YYYYMMDD."""
    return int(person.written_birth.strftime("%Y%m%d"))


def identity_cell(person: Person) -> Cell:
    """The identity number as text, or as the number a careless spreadsheet makes of it."""
    written = person.written_identity
    return float(written) if person.flaw == "stored-as-number" else written


BIRTH_NOTATIONS: tuple[Callable[[Person], Cell], ...] = (
    _birth_as("date"),
    _birth_as("%Y-%m-%d"),
    _birth_as("%Y.%m.%d"),
    _birth_as("%Y年%m月%d日"),
    birth_number,
)

NAME = Column("姓名", lambda person: person.name.zh, 24)
SEX = Column("性别", lambda person: person.written_sex, 6)
ETHNICITY = Column("民族", lambda person: person.ethnicity, 10)
IDENTITY = Column("身份证号", identity_cell, 22)
HOME = Column("户籍地", lambda person: person.address, 22)
STATUS = Column("状态", _point("status"), 8)
REASON = Column("原因", _point("reason"), 22)
FACILITY = Column("羁押场所", _point("facility"), 22)
BEGAN = Column("羁押日期", _point("date"), 12)
TERM = Column("刑期", _point("term"), 6)


def birth(notation: int) -> Column:
    """The birth date column in one of `BIRTH_NOTATIONS`, counted round."""
    return Column("出生日期", BIRTH_NOTATIONS[notation % len(BIRTH_NOTATIONS)], 14)


def text_of(cell: Cell) -> str:
    """A cell as a text list writes it."""
    match cell:
        case None:
            return ""
        case float():
            return str(int(Decimal(f"{cell:.15g}")))  # the 15 digits that a spreadsheet keeps
        case _:
            return str(cell)
