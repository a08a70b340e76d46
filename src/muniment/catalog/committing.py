"""Commits to every value that was read, so that one can later be shown without the others.

    record          values, by path
    a table row     `sheet`, `row`, then for each cell its column number: what is written;
                    `7/shown`, `7/formula`, `7/comment` where there is one; `7#2` where a damaged
                    file names the cell twice
    a text span     `at`, `text`
    a property      `at`, `name`, `written`
    a child         `at`, `name`, `raw_name`, `sha256`

- Records stand in the order of the parts; a row is a run of cells of one sheet and row.
- The keys are named by object and parts together: a newer reader's values get keys of their own.
- The commitment is kept beside the part file and appears before it.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

import msgspec

from muniment.core import (
    Cell,
    Child,
    Digest,
    Image,
    IntegrityError,
    Metadata,
    Part,
    Problem,
    Reading,
    Tally,
    TextSpan,
    canonical_json,
    digest_of,
    print_place,
)
from muniment.vault import Commitment, CommitmentLists, Record, Salts, commit

Values = list[tuple[str, str]]


def commit_to(vault: Path, reading: Reading, parts: Callable[[], Iterable[Part]]) -> Commitment:
    """Commit to the values of one reading; keys become durable with the vault's file system.

    Raises:
        IntegrityError: they are not the values that were committed to under that name before.
    """
    name = digest_of(canonical_json([reading.digest.hex, reading.parts_digest.hex]))
    salts = Salts(vault / "salts", name, os.urandom)
    with salts.held():
        try:
            return commit(salts, records(parts()), durable=False)
        except IntegrityError:
            lists = CommitmentLists(vault / "commitments")
            if lists.name(reading.digest, reading.parts_digest):
                raise
            # Never recorded, so nothing rests on it: what a power cut left of an earlier run.
            salts.begin_again()
            return commit(salts, records(parts()), durable=False)


def records(parts: Iterable[Part]) -> Iterator[Record]:
    """The records of an object, in order."""
    for row, members in groupby(parts, key=_row):
        if row is None:
            for part in members:
                values = _values(part)
                if len(values) > 0:
                    yield values
        else:
            values = [*row, *(value for cell in members for value in _cell_values(cell))]
            yield values if len(dict(values)) == len(values) else _numbered(values)


def _numbered(values: Values) -> Values:
    """The values of a row that names a cell more than once: the n-th of a path is `path#n`."""
    met: Counter[str] = Counter()
    numbered = []
    for path, value in values:
        met[path] += 1
        numbered.append((path if met[path] == 1 else f"{path}#{met[path]}", value))
    return numbered


def write_commitment(path: Path, commitment: Commitment) -> None:
    """Keep a commitment in a file that appears whole."""
    partial = path.with_suffix(".partial")
    partial.write_bytes(msgspec.json.encode(commitment))
    os.replace(partial, path)


def read_commitment(path: Path) -> Commitment:
    """The commitment in a file.

    Raises:
        IntegrityError: the file is not whole.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Commitment)
    except msgspec.MsgspecError as why:
        raise IntegrityError(
            f"{path} is damaged: {why}", next_step="run `muniment rebuild` on the case"
        ) from why


def _row(part: Part) -> tuple[tuple[str, str], ...] | None:
    """What the cells of one row share; None for anything but a cell."""
    if not isinstance(part, Cell):
        return None
    return (("sheet", part.in_table.sheet or ""), ("row", str(part.in_table.row)))


def _cell_values(part: Part) -> Values:
    if not isinstance(part, Cell):
        return []
    column = str(part.in_table.column)
    values = [(column, part.written)]
    for name, extra in (
        ("shown", part.shown),
        ("formula", part.formula),
        ("comment", part.comment),
    ):
        if extra is not None:
            values.append((f"{column}/{name}", extra))
    return values


def _values(part: Part) -> Values:
    match part:
        case TextSpan():
            return [("at", print_place(part.at)), ("text", part.text)]
        case Metadata():
            named = [("name", part.name), ("written", part.written)]
            return [("at", print_place(part.at)), *named]
        case Child():
            named = [("name", part.name), ("raw_name", part.raw_name.hex())]
            return [("at", print_place(part.at)), *named, ("sha256", part.digest.hex)]
        case Cell() | Image() | Tally() | Problem():
            return []  # a cell stands in its row; the others hold no value of the source


def commitment_path(work: Path, digest: Digest) -> Path:
    """Where the commitment of an object's reading is kept."""
    return work / "readings" / digest.hex[:2] / f"{digest.hex}.commitment"
