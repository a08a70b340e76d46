"""Statements, entities and misfits as flat tables: Parquet files of batches of objects.

    tables/statements/<batch>.parquet   what a cell states, as written and as read, with its place
    tables/entities/<batch>.parquet     whom and what statements are about
    tables/misfits/<batch>.parquet      what of a table its mapping does not fit

- A file counts once the ledger knows its batch; others are left from a run that was cut off.
- DuckDB joins arrays of codes with the different values of a column: no object is made a cell.
- A statement's name and its place follow from the other columns; the view of `muniment sql` has
  them (`VIEWS`), the files do not.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np

from muniment.catalog.fact_columns import FACT_COLUMNS, OF_SOURCES
from muniment.core import CellArea, Citation, canonical_json, print_place
from muniment.facts.apply import (
    FLAG_DOUBTS,
    Applied,
    Block,
    citation_at,
    doubts_of,
)
from muniment.facts.statement import Statement

_OPTIONS = "(FORMAT parquet, COMPRESSION zstd)"
_COMPUTED = ("statement", "place")  # by the view
_MEMORY = "900MB"
_BITS = 1 << len(FLAG_DOUBTS)


def write_applied(folder: Path, batch: str, applied: Sequence[Applied]) -> None:
    """Write what came of applying mappings to some tables, as the files of one batch."""
    for table in FACT_COLUMNS:
        (folder / table).mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 2}) as database:
        _write_statements(database, folder / "statements" / f"{batch}.parquet", applied)
        _write_rows(
            database, folder / "entities" / f"{batch}.parquet", "entities", _entities(applied)
        )
        _write_rows(database, folder / "misfits" / f"{batch}.parquet", "misfits", _misfits(applied))


def remove_unknown_facts(folder: Path, batches: frozenset[str]) -> None:
    """Remove what a run that was cut off left among the tables of facts."""
    for table in FACT_COLUMNS:
        for path in sorted((folder / table).glob("*")):
            if path.stem.startswith(OF_SOURCES):
                continue  # made, and removed, by `exchange`
            if path.stem not in batches or path.suffix != ".parquet":
                path.unlink()


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
    database: duckdb.DuckDBPyConnection, path: Path, applied: Sequence[Applied]
) -> None:
    database.execute("CREATE TABLE flag_doubts (flags INTEGER, added VARCHAR[])")
    every = [(flags, list(doubts_of(flags))) for flags in range(_BITS)]
    database.executemany("INSERT INTO flag_doubts VALUES (?, ?)", every)
    selects = []
    for number, each in enumerate(applied):
        ids = np.array(each.entities.ids, dtype=object)
        database.register(f"ids_{number}", {"n": np.arange(len(ids), dtype=np.int32), "id": ids})
        for place, block in enumerate(each.blocks):
            if len(block.rows) > 0:
                selects.append(_block(database, f"{number}_{place}", f"ids_{number}", each, block))
    constants = [row for each in applied for row in map(_constant_row, each.constants)]
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


def _block(
    database: duckdb.DuckDBPyConnection, name: str, ids: str, applied: Applied, block: Block
) -> str:
    """Register the arrays of a block; the SELECT of its statements."""
    table = applied.table
    used, codes = np.unique(block.codes, return_inverse=True)
    held = [block.values.held[int(code)] for code in used]
    read = [block.values.readings[int(code)] for code in used]
    is_link = len(block.targets) > 0
    database.register(
        f"values_{name}",
        {
            "code": np.arange(len(used), dtype=np.int32),
            "written": np.array([each.written for each in held], dtype=object),
            "shown": np.array([each.shown or "" for each in held], dtype=object),
            "read": np.array([each.read or "" for each in read], dtype=object),
            "unread": np.array([each.unread for each in read], dtype=object),
            "is_read": np.array([each.read is not None for each in read], dtype=np.bool_),
            "is_shown": np.array([each.shown is not None for each in held], dtype=np.bool_),
            "doubts": np.array([" ".join(each.doubts) for each in read], dtype=object),
        },
    )
    cells = {
        "code": codes.astype(np.int32),
        "subject": block.subjects.astype(np.int32),
        "flags": block.flags.astype(np.int32),
        "row": table.rows[block.cited],
    }
    if is_link:
        cells["target"] = block.targets.astype(np.int32)
    column = table.column(block.column)
    printed = column is not None and len(column.places) > 0
    if printed and column is not None:
        cited = [str(citation_at(table, column, int(position))) for position in block.cited]
        cells["citation"] = np.array(cited, dtype=object)
    database.register(f"cells_{name}", cells)
    citation = (
        "c.citation" if printed else f"{_text(_before(applied))} || c.row || ',{block.column}'"
    )
    target = f"JOIN {ids} t ON t.n = c.target" if is_link else ""
    own = "list_filter(string_split(v.doubts, ' '), x -> x <> '')"
    return f"""
        SELECT i.id AS entity, {_text(block.schema)} AS "schema", {_text(block.property)} AS property,
          v.written, CASE WHEN v.is_shown THEN v.shown END AS shown,
          {"t.id" if is_link else "CASE WHEN v.is_read THEN v.read END"} AS read,
          {"''" if is_link else "v.unread"} AS unread,
          {"f.added" if is_link else f"list_concat({own}, f.added)"} AS doubts,
          {_text(table.digest.hex)} AS sha256, {_text(table.sheet)} AS sheet,
          c.row::BIGINT AS "row", {block.column}::BIGINT AS "column", {citation} AS citation,
          'mapping' AS "by", {_text(applied.source)} AS source
        FROM cells_{name} c JOIN values_{name} v USING (code) JOIN {ids} i ON i.n = c.subject
          JOIN flag_doubts f ON f.flags = c.flags {target}"""  # noqa: S608 - texts are quoted


def _before(applied: Applied) -> str:
    """What citations of cells of a table begin with, up to the row."""
    table = applied.table
    printed = print_place(CellArea(1, 1, table.sheet))
    return f"{table.digest.ni}#{printed.removesuffix('1,1')}"


def _text(value: str | None) -> str:
    """A text as SQL spells it."""
    return "NULL::VARCHAR" if value is None else "'" + value.replace("'", "''") + "'"


def _constant_row(statement: Statement) -> dict[str, Any]:
    place = statement.at.place
    return {
        "entity": statement.entity,
        "schema": statement.schema,
        "property": statement.property,
        "written": statement.written,
        "shown": None,
        "read": statement.read,
        "unread": statement.unread,
        "doubts": "",
        "sha256": statement.at.digest.hex,
        "sheet": place.sheet if isinstance(place, CellArea) else None,
        "row": place.row if isinstance(place, CellArea) else None,
        "column": place.column if isinstance(place, CellArea) else None,
        "citation": str(statement.at),
        "by": statement.by.value,
        "source": statement.source,
    }


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
    return {name: np.array(values, dtype=object) for name, values in found.items()}


def _captions(applied: Applied) -> list[str]:
    """What each entity is called: the first text that was read of it."""
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
    return found


def _misfits(applied: Sequence[Applied]) -> dict[str, Any]:
    rows = []
    for each in applied:
        table = each.table
        for misfit in each.misfits:
            rows.append(
                {
                    "sha256": table.digest.hex,
                    "sheet": table.sheet,
                    "row": misfit.row if misfit.row > 0 else None,
                    "column": misfit.column if misfit.column > 0 else None,
                    "code": misfit.code,
                    "says": misfit.says,
                    "citation": _misfit_citation(each, misfit.row, misfit.column),
                    "source": each.source,
                }
            )
    return _arrays("misfits", rows)


def _misfit_citation(applied: Applied, row: int, column: int) -> str:
    table = applied.table
    if row == 0:
        return str(Citation(table.digest))
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
