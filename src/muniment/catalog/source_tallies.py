"""What came of each source: counts, and a digest over all that it states; a small file each.

    sources/<first 32 digits of its id>.json

- Written whole, after the source's tables: a source without one is made again.
- Apart from `exchange`, which works with DuckDB: what only counts or compares need not load that.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.core import Digest
from muniment.vault import Case


class SourceTally(msgspec.Struct, frozen=True):
    """What came of a source: statements, those unread by reason, rows that said nothing.

    `unknown` counts the statements of each schema and property that the model lacks. `content` is a
    digest over its statements in their order, hexadecimal; empty where an earlier
    version made them.
    """

    statements: int
    unread: dict[str, int]
    misread: int
    places: tuple[tuple[str, str], ...]  # citation and reason, of the first misread rows
    content: str = ""
    unknown: dict[str, int] = {}


def tally_path(case: Case, source: Digest) -> Path:
    """Where the tally of a source lies."""
    return case.work / "sources" / f"{source.hex[:32]}.json"


def tally_of(case: Case, source: Digest) -> SourceTally | None:
    """What came of a source; None while it waits for its object to be read."""
    path = tally_path(case, source)
    return _read(path) if path.exists() else None


def write_tally(case: Case, source: Digest, tally: SourceTally) -> None:
    """Say what came of a source, once its tables are there."""
    path = tally_path(case, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(msgspec.json.encode(tally))
    os.replace(partial, path)


def contents_of_sources(case: Case) -> Iterator[tuple[str, str]]:
    """Each source that states something, and the digest over what it states."""
    for path in sorted((case.work / "sources").glob("*.json")):
        yield path.stem, _read(path).content


def _read(path: Path) -> SourceTally:
    return msgspec.json.decode(path.read_bytes(), type=SourceTally)
