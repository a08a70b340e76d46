"""Access databases (.mdb, .accdb): every row of every table, at its place.

- Tables come in the order of the catalogue; those that Access keeps for itself are named, not
  read. Rows come in the order of their pages; deleted ones are passed over.
- Queries, forms and linked tables are named. A stored file is a child at its cell.

Source: mdbtools, HACKING.md.
"""

from collections.abc import Iterator

import msgspec

from muniment.core import CellArea, Field, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.blobs import Blobs
from muniment.readers.jet_pages import Pages
from muniment.readers.jet_rows import columns_of, values_of
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import UnreadableError
from muniment.readers.source import Source
from muniment.readers.table_rows import CellCount, cell_of, column_parts

_SIGNS = (b"\0\1\0\0Standard Jet DB\0", b"\0\1\0\0Standard ACE DB\0")
_CATALOGUE = 2
_SYSTEM = 0x80000002
_PAGE = 0x00FFFFFF
_TABLE = 1
_OTHERS = {
    4: "linked table (ODBC)",
    5: "query",
    6: "linked table",
    -32768: "form",
    -32764: "report",
}
_KINDS = {
    1: "boolean", 2: "byte", 3: "integer", 4: "long integer", 5: "currency", 6: "single",
    7: "double", 8: "date and time", 9: "binary", 10: "text", 11: "object", 12: "memo",
    15: "GUID", 16: "decimal", 18: "complex", 19: "big integer", 20: "date and time, extended",
}  # fmt: skip


class _Object(msgspec.Struct, frozen=True):
    """An entry of the catalogue."""

    name: str
    kind: int
    flags: int
    page: int

    @property
    def is_own(self) -> bool:
        """Whether a person made it, not Access for itself."""
        return self.flags & _SYSTEM == 0 and not self.name.startswith(("MSys", "f_", "~"))


def read_access(source: Source, context: Context) -> Iterator[Part]:
    """The columns and cells of every table.

    Raises:
        LockedError: it is encrypted with a password.
        UnreadableError: its catalogue cannot be read.
        RefusedError: it has more cells than the limits allow.
    """
    pages = Pages(source)
    objects = _catalogue(pages)
    tables = [entry for entry in objects if entry.kind == _TABLE and entry.is_own]
    yield Tally(Whole(), "tables", len(tables))
    for entry in objects:
        sort = _OTHERS.get(entry.kind)
        if sort is not None and not entry.name.startswith("~"):
            yield Metadata(Field(sort), sort, entry.name)
    blobs = Blobs(context.children, Relation.EMBEDDED)
    count = CellCount(context.limits.cells)
    for table in tables:
        yield from _rows(pages, table, blobs, count)
    yield Tally(Whole(), "embedded", blobs.count)


def _catalogue(pages: Pages) -> list[_Object]:
    columns = columns_of(pages, pages.definition(_CATALOGUE))
    places = {column.name: place for place, column in enumerate(columns)}
    if not {"Id", "Name", "Type", "Flags"} <= places.keys():
        raise UnreadableError("its catalogue is damaged")
    found = []
    for row in pages.rows_of(_CATALOGUE):
        values = values_of(pages, columns, row)
        name, page = values[places["Name"]], values[places["Id"]]
        kind, flags = values[places["Type"]], values[places["Flags"]]
        if isinstance(name, str) and isinstance(page, int) and isinstance(kind, int):
            stated = flags if isinstance(flags, int) else 0
            found.append(_Object(name, kind, stated, page & _PAGE))
    return found


def _rows(pages: Pages, table: _Object, blobs: Blobs, count: CellCount) -> Iterator[Part]:
    definition = pages.definition(table.page)
    columns = columns_of(pages, definition)
    if len(columns) == 0:
        message = "the definition of a table is damaged"
        yield Problem(CellArea(1, 1, table.name), "table-damaged", message)
        return
    names = [column.name for column in columns]
    yield from column_parts(table.name, names, [_KINDS.get(c.kind, str(c.kind)) for c in columns])
    row = 0
    for row, raw in enumerate(pages.rows_of(table.page), start=1):
        count.add(len(columns))
        for column, value in enumerate(values_of(pages, columns, raw), start=1):
            at = CellArea(row, column, table.name)
            if isinstance(value, bytes):
                yield from blobs.parts(at, value)
            elif (cell := cell_of(at, value)) is not None:
                yield cell
    stated = int.from_bytes(definition[16:20] if pages.newer else definition[12:16], "little")
    if stated != row:
        message = f"the table announces {stated} rows and has {row}"
        yield Problem(CellArea(1, 1, table.name), "directory-disagrees", message)


ACCESS_DATABASE = Reader(
    name="access",
    version=1,
    media_types=("application/x-msaccess",),
    read=read_access,
    recognises=lambda head: head.startswith(_SIGNS),
    begins=rb"\0\x01\0\0Standard ",
)
