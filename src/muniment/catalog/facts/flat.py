"""Statements, entities and misfits as flat tables: Parquet files of batches of objects.

    tables/statements/<batch>.parquet   what a cell states, as written and as read, with its place
    tables/entities/<batch>.parquet     whom and what statements are about
    tables/mentions/<batch>.parquet     in which rows an entity is spoken of: by its id
    tables/misfits/<batch>.parquet      what of a table its mapping does not fit

- A file counts once the ledger knows its batch; others are left from a run that was cut off.
- DuckDB joins arrays of codes with the different values of a column: no object is made a cell.
- Statements and entities stand in the order of rows, mentions in that of ids, in small groups: what
  is asked of one row or of one entity is found by the least and largest of each group.
- A statement's name and its place follow from the other columns; the view of `muniment sql` has
  them (`VIEWS`), the files do not.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np

from muniment.catalog.fact_columns import FACT_COLUMNS, OF_SOURCES, statement_row
from muniment.catalog.fact_mentions import write_mentions
from muniment.core import CellArea, Citation, canonical_json, print_place
from muniment.facts.applying.applied import Applied, Block, citation_at, doubts_of
from muniment.facts.applying.flags import FLAG_DOUBTS
from muniment.facts.statement import Statement

_OPTIONS = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 16384)"
_COMPUTED = ("statement", "place")  # by the view
_AT_ONCE = 1_000_000  # statements of one file, and in memory
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "600MB",
    "threads": 2,
    # Texts are texts: a guess from a sample fails where it holds nothing but null, as the sheets
    # of a file without sheets do.
    "pandas_analyze_sample": 0,
}
_CELLS = ("table", "row", "code", "subject", "target", "flags", "block", "printed")
_BITS = 1 << len(FLAG_DOUBTS)


def write_applied(folder: Path, batch: str, applied: Sequence[Applied]) -> None:
    """Write what came of applying mappings to some tables, as the files of one batch."""
    for table in FACT_COLUMNS:
        (folder / table).mkdir(parents=True, exist_ok=True)
    for number, (blocks, constants) in enumerate(_portions(applied)):
        path = folder / "statements" / f"{batch}-{number}.parquet"
        with duckdb.connect(config=_SETTINGS) as database:
            _write_statements(database, path, blocks, constants)
            if path.exists():
                write_mentions(path, folder / "mentions" / path.name)
    with duckdb.connect(config=_SETTINGS) as database:
        for table, arrays in (("entities", _entities(applied)), ("misfits", _misfits(applied))):
            _write_rows(database, folder / table / f"{batch}-0.parquet", table, arrays)


def remove_unknown_facts(folder: Path, batches: frozenset[str]) -> None:
    """Remove what a run that was cut off left among the tables of facts."""
    for table in FACT_COLUMNS:
        for path in sorted((folder / table).glob("*")):
            if path.stem.startswith(OF_SOURCES):
                continue  # made, and removed, by `exchange`
            if batch_of(path) not in batches or path.suffix != ".parquet":
                path.unlink()


def batch_of(path: Path) -> str:
    """The batch that a file belongs to."""
    return path.stem.partition("-")[0]


def _portions(
    applied: Sequence[Applied],
) -> Iterator[tuple[list[tuple[Applied, Block]], list[Statement]]]:
    """Blocks and single statements in portions that fit into memory."""
    blocks: list[tuple[Applied, Block]] = []
    held = 0
    for each in applied:
        for block in each.blocks:
            if len(block.rows) == 0:
                continue
            if held > 0 and held + len(block.rows) > _AT_ONCE:
                yield blocks, []
                blocks, held = [], 0
            blocks.append((each, block))
            held += len(block.rows)
    constants = [statement for each in applied for statement in each.constants]
    if len(blocks) + len(constants) > 0:
        yield blocks, constants


def digest_of_applied(applied: Applied) -> str:
    """One digest over all statements of a table, however they are stored."""
    hasher = hashlib.sha256()
    for block in applied.blocks:
        said = [(held.written, reading) for held, reading in _pairs(block)]
        head = (block.entity, block.property, block.column, said)
        hasher.update(hashlib.sha256(msgspec.msgpack.encode(head)).digest())
        for array in (
            block.rows,
            block.codes,
            block.cited,
            block.flags,
            block.subjects,
            block.targets,
        ):
            hasher.update(hashlib.sha256(array.astype("<i8").tobytes()).digest())
    hasher.update(hashlib.sha256(msgspec.msgpack.encode(applied.entities.ids)).digest())
    hasher.update(msgspec.msgpack.encode([each.id for each in applied.constants]))
    return hasher.hexdigest()


def _pairs(block: Block) -> Iterable[tuple[Any, Any]]:
    used = np.unique(block.codes)
    return ((block.values.held[int(code)], block.values.readings[int(code)]) for code in used)


def _write_statements(
    database: duckdb.DuckDBPyConnection,
    path: Path,
    blocks: list[tuple[Applied, Block]],
    single: list[Statement],
) -> None:
    """Write the statements of some blocks in one join: cells, values, entities and blocks."""
    gathered = _Gathered(blocks)
    constants = [statement_row(statement) | {"doubts": ""} for statement in single]
    selects = []
    if len(gathered.blocks) > 0:
        gathered.register(database)
        selects.append(_SELECT)
    if len(constants) > 0:
        database.register("constants", _arrays("statements", constants, _COMPUTED))
        cast = ", ".join(
            f'"{name}"::{kind} AS "{name}"' if name != "doubts" else "[]::VARCHAR[] AS doubts"
            for name, kind in FACT_COLUMNS["statements"].items()
            if name not in _COMPUTED
        )
        selects.append(f"SELECT {cast} FROM constants")  # noqa: S608 - our own names
    if len(selects) > 0:
        _copy(database, " UNION ALL ".join(f"({each})" for each in selects), path)


_SELECT = """
    SELECT i.id AS entity, b."schema", b.property, v.written,
      CASE WHEN v.is_shown THEN v.shown END AS shown,
      CASE WHEN c.target >= 0 THEN t.id WHEN v.is_read THEN v.read END AS read,
      CASE WHEN c.target >= 0 THEN '' ELSE v.unread END AS unread,
      CASE WHEN v.doubts = '' OR c.target >= 0 THEN f.added
           ELSE list_concat(string_split(v.doubts, ' '), f.added) END AS doubts,
      b.sha256, CASE WHEN b.has_sheet THEN b.sheet END AS sheet, c."row"::BIGINT AS "row",
      b."column"::BIGINT AS "column",
      CASE WHEN c.printed >= 0 THEN p.citation
           ELSE b.before || c."row" || ',' || b."column" END AS citation,
      'mapping' AS "by", b.source
    FROM cells c JOIN "values" v USING (code) JOIN ids i ON i.n = c.subject
      JOIN blocks b USING (block) JOIN flag_doubts f USING (flags)
      LEFT JOIN ids t ON t.n = c.target LEFT JOIN printed p ON p.n = c.printed"""


class _Gathered:
    """The arrays of many blocks, end to end, with codes that are apart."""

    def __init__(self, blocks: list[tuple[Applied, Block]]) -> None:
        self.blocks: list[dict[str, Any]] = []
        self._cells: dict[str, list[Any]] = {name: [] for name in _CELLS}
        self._held: list[Any] = []
        self._read: list[Any] = []
        self._ids: list[str] = []
        self._printed: list[str] = []
        starts: dict[int, int] = {}
        for applied, block in blocks:
            if id(applied) not in starts:
                starts[id(applied)] = len(self._ids)
                self._ids += applied.entities.ids
            self._add(applied, block, starts[id(applied)])

    def _add(self, applied: Applied, block: Block, start: int) -> None:
        table, count = applied.table, len(block.rows)
        used, codes = np.unique(block.codes, return_inverse=True)
        cells = self._cells
        cells["code"].append(codes + len(self._held))
        cells["subject"].append(block.subjects + start)
        links = len(block.targets) > 0
        cells["target"].append(block.targets + start if links else np.full(count, -1))
        cells["flags"].append(block.flags)
        cells["row"].append(_rows_of_cells(applied, block))
        cells["table"].append(np.full(count, start))
        cells["block"].append(np.full(count, len(self.blocks)))
        cells["printed"].append(self._places(applied, block))
        self._held += [block.values.held[int(code)] for code in used]
        self._read += [block.values.readings[int(code)] for code in used]
        self.blocks.append(
            {
                "schema": block.schema,
                "property": block.property,
                "sha256": table.digest.hex,
                "sheet": table.sheet or "",
                "has_sheet": table.sheet is not None,
                "column": block.column,
                "before": _before(applied),
                "source": applied.source,
            }
        )

    def _places(self, applied: Applied, block: Block) -> Any:
        """The numbers of printed citations, of cells that stand on a page; else -1."""
        column = applied.table.column(block.column)
        if column is None or len(column.places) == 0:
            return np.full(len(block.rows), -1)
        start = len(self._printed)
        self._printed += [
            str(citation_at(applied.table, column, int(position))) for position in block.cited
        ]
        return np.arange(start, len(self._printed))

    def register(self, database: duckdb.DuckDBPyConnection) -> None:
        """Make the arrays tables of a database."""
        every = [(flags, list(doubts_of(flags))) for flags in range(_BITS)]
        database.execute("CREATE TABLE flag_doubts (flags INTEGER, added VARCHAR[])")
        database.executemany("INSERT INTO flag_doubts VALUES (?, ?)", every)
        kinds = {name: np.int64 if name == "row" else np.int32 for name in _CELLS}
        cells = {
            name: np.concatenate(found).astype(kinds[name]) for name, found in self._cells.items()
        }
        order = np.lexsort((cells["block"], cells["row"], cells["table"]))
        database.register("cells", {name: held[order] for name, held in cells.items()})
        held, read = self._held, self._read
        values = {
            "code": np.arange(len(held), dtype=np.int32),
            "written": _objects(each.written for each in held),
            "shown": _objects(each.shown or "" for each in held),
            "is_shown": np.array([each.shown is not None for each in held], np.bool_),
            "read": _objects(each.read or "" for each in read),
            "is_read": np.array([each.read is not None for each in read], np.bool_),
            "unread": _objects(each.unread for each in read),
            "doubts": _objects(" ".join(each.doubts) for each in read),
        }
        database.register("values", values)
        names = {"block": np.arange(len(self.blocks), dtype=np.int32)}
        for name in self.blocks[0]:
            found = [block[name] for block in self.blocks]
            is_text = isinstance(found[0], str)
            names[name] = _objects(found) if is_text else np.array(found)
        database.register("blocks", names)
        for name, texts, label in (
            ("ids", self._ids, "id"),
            ("printed", self._printed, "citation"),
        ):
            listed = texts or [""]  # an array without elements has no kind
            database.register(
                name, {"n": np.arange(len(listed), dtype=np.int32), label: _objects(listed)}
            )


def _rows_of_cells(applied: Applied, block: Block) -> Any:
    """The rows of the sheet in which the cited cells stand."""
    table = applied.table
    if table.arrangement == "":
        return table.rows[block.cited]
    rows = [table.stands_at(block.column, int(position))[0] for position in block.cited]
    return np.array(rows, np.int64)


def _objects(texts: Iterable[Any]) -> Any:
    return np.array(list(texts), dtype=object)


def _before(applied: Applied) -> str:
    """What citations of cells of a table begin with, up to the row."""
    table = applied.table
    printed = print_place(CellArea(1, 1, table.sheet))
    return f"{table.digest.ni}#{printed.removesuffix('1,1')}"


def _entities(applied: Sequence[Applied]) -> dict[str, Any]:
    """The entities of some tables, column by column."""
    found: dict[str, list[Any]] = {name: [] for name in FACT_COLUMNS["entities"]}
    for each in applied:
        entities, count = each.entities, len(each.entities.ids)
        found["entity"] += entities.ids
        found["schema"] += entities.schemas
        found["name"] += entities.names
        found["caption"] += _captions(each)
        found["sha256"] += [each.table.digest.hex] * count
        found["sheet"] += [each.table.sheet] * count
        found["row"] += [int(row) for row in each.table.rows[entities.rows]]
        found["source"] += [each.source] * count
    order = sorted(range(len(found["row"])), key=_by_row(found))
    return {
        name: np.array([values[each] for each in order], dtype=object)
        for name, values in found.items()
    }


def _by_row(found: dict[str, list[Any]]) -> Callable[[int], tuple[str, str, int]]:
    digests, sheets, rows = found["sha256"], found["sheet"], found["row"]
    return lambda each: (digests[each], sheets[each] or "", rows[each])


def _captions(applied: Applied) -> list[str]:
    """What each entity is called: the first text that was read of it, else what is said of all."""
    found = [""] * len(applied.entities.ids)
    left = np.ones(len(found), np.bool_)
    for block in applied.blocks:
        if len(block.targets) > 0 or not left.any():
            continue
        subjects, first = np.unique(block.subjects, return_index=True)
        for subject, place in zip(subjects[left[subjects]], first[left[subjects]], strict=True):
            code = int(block.codes[place])
            found[int(subject)] = (
                block.values.readings[code].read or block.values.held[code].written
            )
        left[subjects] = False
    said = {one.entity: one.written for one in reversed(applied.constants)}
    for place in np.flatnonzero(left).tolist() if len(said) > 0 else ():
        found[place] = said.get(applied.entities.ids[place], "")
    return found


def _misfits(applied: Sequence[Applied]) -> dict[str, Any]:
    rows = [
        {
            "sha256": each.table.digest.hex,
            "sheet": each.table.sheet,
            "row": misfit.row if misfit.row > 0 else None,
            "column": misfit.column if misfit.column > 0 else None,
            "code": misfit.code,
            "says": misfit.says,
            "citation": _misfit_citation(each, misfit.row, misfit.column),
            "source": each.source,
        }
        for each in applied
        for misfit in each.misfits
    ]
    return _arrays("misfits", rows)


def _misfit_citation(applied: Applied, row: int, column: int) -> str:
    table = applied.table
    if row == 0:
        return str(Citation(table.digest))
    if column > 0 and table.arrangement != "":
        return str(Citation(table.digest, CellArea(row, column, table.sheet)))
    found = table.column(column) if column > 0 else None
    position = table.position(row)
    if found is not None and position is not None:
        return str(citation_at(table, found, position))
    first, last = table.columns[0].number, table.columns[-1].number
    return str(Citation(table.digest, CellArea(row, first, table.sheet, row, last)))


def _arrays(
    table: str, rows: Sequence[dict[str, Any]], without: tuple[str, ...] = ()
) -> dict[str, Any]:
    return {
        name: np.array([row[name] for row in rows], dtype=object)
        for name in FACT_COLUMNS[table]
        if name not in without
    }


def _write_rows(
    database: duckdb.DuckDBPyConnection, path: Path, table: str, arrays: dict[str, Any]
) -> None:
    if len(arrays["source"]) == 0:
        return
    database.register(f"rows_{table}", arrays)
    kinds = FACT_COLUMNS[table]
    listed = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in kinds.items())
    _copy(database, f"SELECT {listed} FROM rows_{table}", path)  # noqa: S608 - our own names


def _copy(database: duckdb.DuckDBPyConnection, select: str, path: Path) -> None:
    partial = path.with_suffix(".partial")
    target = "'" + str(partial).replace("'", "''") + "'"
    database.execute(f"COPY ({select}) TO {target} {_OPTIONS}")
    os.replace(partial, path)


def batch_name(objects: Sequence[tuple[str, str]]) -> str:
    """The name of a batch: a digest over its objects and what each was made of."""
    return hashlib.sha256(canonical_json([list(each) for each in objects])).hexdigest()[:32]
