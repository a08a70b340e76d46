"""Parts as flat tables: Parquet files that `muniment sql` and other programs read.

    tables/cells/<batch>.parquet      sha256, sheet, row, column, kind, written, shown, formula,
                                      number_format, comment, hidden, confidence, source, citation
    tables/texts/<batch>.parquet      sha256, number, role, hidden, text, confidence, source,
                                      citation
    tables/metadata/<batch>.parquet   sha256, name, written, citation

- A projection: one file a batch of objects, named by the digest of the batch. A file counts once
  the ledger knows its name; others are left from a run that was cut off, and are removed.
- Every row carries the citation it came from.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import msgspec

from muniment.core import (
    Cell,
    Citation,
    Digest,
    Metadata,
    Part,
    TextSpan,
    canonical_json,
    digest_of,
)

COLUMNS: dict[str, dict[str, str]] = {
    "cells": {
        "sha256": "VARCHAR",
        "sheet": "VARCHAR",
        "row": "BIGINT",
        "column": "BIGINT",
        "kind": "VARCHAR",
        "written": "VARCHAR",
        "shown": "VARCHAR",
        "formula": "VARCHAR",
        "number_format": "VARCHAR",
        "comment": "VARCHAR",
        "hidden": "BOOLEAN",
        "confidence": "DOUBLE",
        "source": "VARCHAR",
        "citation": "VARCHAR",
    },
    "texts": {
        "sha256": "VARCHAR",
        "number": "BIGINT",
        "role": "VARCHAR",
        "hidden": "BOOLEAN",
        "text": "VARCHAR",
        "confidence": "DOUBLE",
        "source": "VARCHAR",
        "citation": "VARCHAR",
    },
    "metadata": {
        "sha256": "VARCHAR",
        "name": "VARCHAR",
        "written": "VARCHAR",
        "citation": "VARCHAR",
    },
}
_LEAST_BUFFER = 8 << 20  # bytes, of the longest line that is looked for
_MEMORY = 512 << 20  # bytes in which a table is written, and eight times its longest line


def write_batch(
    folder: Path, batch: Iterable[tuple[Digest, Iterable[Part]]], called: str = ""
) -> str:
    """Write the tables of a batch of objects; the batch's name, made of theirs where not given."""
    folder.mkdir(parents=True, exist_ok=True)
    spools = {name: folder / f"{name}.jsonl" for name in COLUMNS}
    files = {name: path.open("wb") for name, path in spools.items()}
    digests, longest = [], dict.fromkeys(COLUMNS, 0)
    try:
        for digest, parts in batch:
            digests.append(digest.hex)
            for name, row in _rows(digest, parts):
                longest[name] = max(longest[name], _write_row(files[name], row))
    finally:
        for file in files.values():
            file.close()
    name = called or digest_of(canonical_json(digests)).hex[:32]
    for table, spool in spools.items():
        if spool.stat().st_size > 0:
            target = folder / table / f"{name}.parquet"
            target.parent.mkdir(exist_ok=True)
            _pack_columns(COLUMNS[table], spool, target, longest[table])
        spool.unlink()
    return name


def remove_unknown(folder: Path, batches: frozenset[str]) -> None:
    """Remove what a run that was cut off left among the tables."""
    for table in COLUMNS:
        for path in sorted((folder / table).glob("*")):
            if path.stem not in batches or path.suffix != ".parquet":
                path.unlink()


def pack_rows(folder: Path, table: str, columns: dict[str, str], rows: Iterable[Any]) -> None:
    """Write one whole table anew, in one file."""
    folder.mkdir(parents=True, exist_ok=True)
    spool = folder / f"{table}.jsonl"
    with spool.open("wb") as file:
        longest = max((_write_row(file, row) for row in rows), default=0)
    _pack_columns(columns, spool, folder / f"{table}.parquet", longest)
    spool.unlink()


def _rows(digest: Digest, parts: Iterable[Part]) -> Iterator[tuple[str, dict[str, Any]]]:
    sha256, texts = digest.hex, 0
    for part in parts:
        citation = str(Citation(digest, part.at))
        match part:
            case Cell():
                yield "cells", _cell_row(sha256, part, citation)
            case TextSpan():
                row = {
                    "sha256": sha256,
                    "number": texts,
                    "role": part.role,
                    "hidden": part.hidden,
                    "text": part.text,
                    "confidence": part.confidence,
                    "source": part.source,
                    "citation": citation,
                }
                yield "texts", row
                texts += 1
            case Metadata():
                row = {"sha256": sha256, "name": part.name, "written": part.written}
                yield "metadata", row | {"citation": citation}
            case _:
                continue  # children and problems are in the ledger's tables


def _cell_row(sha256: str, cell: Cell, citation: str) -> dict[str, Any]:
    return {
        "sha256": sha256,
        "sheet": cell.in_table.sheet,
        "row": cell.in_table.row,
        "column": cell.in_table.column,
        "kind": cell.kind,
        "written": cell.written,
        "shown": cell.shown,
        "formula": cell.formula,
        "number_format": cell.number_format,
        "comment": cell.comment,
        "hidden": cell.hidden,
        "confidence": cell.confidence,
        "source": cell.source,
        "citation": citation,
    }


def _write_row(file: BinaryIO, row: Any) -> int:
    """Write a row as a line; the line's bytes."""
    line: bytes = msgspec.json.encode(row)
    file.write(line)
    file.write(b"\n")
    return len(line)


def _pack_columns(columns: dict[str, str], spool: Path, target: Path, longest: int) -> None:
    """Write the lines of a spool, of which the longest has so many bytes, as a table."""
    if spool.stat().st_size == 0:
        target.unlink(missing_ok=True)
        return
    partial = target.with_suffix(".partial")
    with duckdb.connect() as database:
        database.execute("SET threads = 2")
        database.execute(f"SET memory_limit = '{_MEMORY + 8 * longest}B'")
        rows = database.read_json(
            str(spool),
            columns=columns,
            format="newline_delimited",
            # Each thread holds twice as much at once.
            maximum_object_size=max(_LEAST_BUFFER, 2 * longest),
        )
        rows.write_parquet(str(partial), compression="zstd")
    os.replace(partial, target)
