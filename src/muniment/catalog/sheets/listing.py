"""The tables of a case, and those of one object."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, func, select, tuple_, union_all

from muniment.catalog.ledger import Ledger
from muniment.catalog.object_view import names_to_show
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS, SHEETS
from muniment.core import Digest

_MOST = 500  # of a page
_NOTHING: Mapping[str, object] = MappingProxyType({})

# Put together once: on every page of a table, that takes longer than the answer.
_EVERY: Select[tuple[object, ...]] = select(SHEETS, OBJECTS.c.type).join(
    OBJECTS, OBJECTS.c.digest == SHEETS.c.digest
)
_OWN = _EVERY.where(SHEETS.c.digest == bindparam("digest"))
_FIRST_OWN = _OWN.order_by(SHEETS.c.sheet.is_not(None), SHEETS.c.number).limit(1)
_OWN_CALLED = _OWN.where(SHEETS.c.sheet == bindparam("sheet")).limit(1)
_OWN_IN_ORDER = (
    _OWN.where(SHEETS.c.number >= bindparam("start"))
    .order_by(SHEETS.c.number)
    .limit(bindparam("limit"))
)
_NAMES = union_all(
    *(
        select(table.c.digest, func.min(table.c.name).label("name"))
        .where(table.c.digest.in_(bindparam("digests", expanding=True)))
        .group_by(table.c.digest)
        for table in (DELIVERIES, CONTAINMENTS)
    )
)


class TableView(msgspec.Struct, frozen=True):
    """One table: where it is, and what it holds; `rows` and `columns` are those with a cell."""

    sha256: str
    number: int  # among the tables of its object, from 0
    sheet: str | None
    name: str  # of the file; empty where it has none
    media_type: str
    state: str  # as the file states it: visible, hidden, veryHidden …
    rows: int
    columns: int
    last_row: int
    last_column: int
    cells: int
    hidden: int
    comments: int
    formulas: int
    columns_left_out: int

    @property
    def is_hidden(self) -> bool:
        """Whether everything in it is hidden."""
        return self.cells == self.hidden


class Wanted(msgspec.Struct, frozen=True):
    """Which tables are asked for; `name` is a part of the name of the table or of its file."""

    name: str = ""
    least_rows: int = 0
    hidden: bool = False  # only those that hide a cell
    comments: bool = False
    formulas: bool = False


class After(msgspec.Struct, frozen=True):
    """The last table of the page before: the next one begins behind it."""

    cells: int
    sha256: str
    number: int


def tables_in_case(
    ledger: Ledger, wanted: Wanted, *, after: After | None = None, limit: int = 50
) -> tuple[TableView, ...]:
    """The tables of the case, those of most cells first."""
    chosen = _chosen(wanted)
    if after is not None:
        behind = tuple_(-SHEETS.c.cells, SHEETS.c.digest, SHEETS.c.number)
        chosen = chosen.where(behind > tuple_(-after.cells, after.sha256, after.number))
    ordered = chosen.order_by(SHEETS.c.cells.desc(), SHEETS.c.digest, SHEETS.c.number)
    return _views(ledger, ordered.limit(min(limit, _MOST)))


def tables_counted(ledger: Ledger, wanted: Wanted) -> tuple[int, int]:
    """How many tables are asked for, and how many cells they hold."""
    some = _chosen(wanted).subquery()
    with ledger.engine.connect() as connection:
        count, cells = connection.execute(select(func.count(), func.sum(some.c.cells))).one()
        return int(count), int(cells or 0)


def tables_of(
    ledger: Ledger, digest: Digest, *, start: int = 0, limit: int = _MOST
) -> tuple[TableView, ...]:
    """The tables of one object in its own order, from the `start`-th on; none where it has none."""
    asked = {"digest": digest.hex, "start": start, "limit": limit}
    return _views(ledger, _OWN_IN_ORDER, asked)


def table_of(ledger: Ledger, digest: Digest, sheet: str | None) -> TableView | None:
    """One table of an object; its first where `sheet` is None and none is without a name."""
    asked = {"digest": digest.hex}
    if sheet is None:
        found = _views(ledger, _FIRST_OWN, asked)
    else:
        found = _views(ledger, _OWN_CALLED, asked | {"sheet": sheet})
    return found[0] if len(found) > 0 else None


def _chosen(wanted: Wanted) -> Select[tuple[object, ...]]:
    chosen = _EVERY
    if wanted.name != "":
        named = [
            select(table.c.digest).where(table.c.name.contains(wanted.name, autoescape=True))
            for table in (DELIVERIES, CONTAINMENTS)
        ]
        in_sheet = SHEETS.c.sheet.contains(wanted.name, autoescape=True)
        chosen = chosen.where(in_sheet | SHEETS.c.digest.in_(named[0].union(named[1])))
    if wanted.least_rows > 0:
        chosen = chosen.where(SHEETS.c.rows >= wanted.least_rows)
    for name in ("hidden", "comments", "formulas"):
        if getattr(wanted, name):
            chosen = chosen.where(SHEETS.c[name] > 0)
    return chosen


def _views(
    ledger: Ledger, chosen: Select[tuple[object, ...]], asked: Mapping[str, object] = _NOTHING
) -> tuple[TableView, ...]:
    with ledger.engine.connect() as connection:
        rows = connection.execute(chosen, asked).fetchall()
        names = _names(connection, {str(row.digest) for row in rows})
        return tuple(_view(row, names) for row in rows)


def _names(connection: Connection, digests: set[str]) -> dict[str, str]:
    """The first name of each object, by the alphabet."""
    found: dict[str, str] = {}
    for row in connection.execute(_NAMES, {"digests": sorted(digests)}):
        found[row.digest] = min(found.get(row.digest, row.name), row.name)
    return names_to_show(connection, found)


def _view(row: Row[tuple[object, ...]], names: dict[str, str]) -> TableView:
    counts: Sequence[str] = TableView.__struct_fields__[5:]
    return TableView(
        row.digest,
        row.number,
        row.sheet,
        names.get(row.digest, ""),
        row.type,
        **{name: getattr(row, name) for name in counts},
    )
