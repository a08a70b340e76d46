"""The truth folder: what is really in the simulated leak, written line by line beside it.

    truth/
      truth.json       counts, rates, passwords, files by kind, fonts
      people.csv       everybody, with what is true and what the lists write
      relations.csv    who is whose spouse, parent, child
      files.jsonl      every file, also inside archives and mails
      cells.jsonl.gz   every row of every person list, cell by cell
      claims.jsonl     what reports, press and officials say, and how it relates
      planted.jsonl    every planted error, where it is and what should be found
      dirt.jsonl       every soiled cell of the dirty lists, where these were asked for

Invariants:

- the truth is never part of the delivery: it lies beside `leak/`, not in it;
- lines are written in the order of making and nothing carries the time of writing.

`docs/formats/truth-file.md` defines every field.
"""

import gzip
import io
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One name on the way to a file. `raw` (hex) is given where the bytes are not UTF-8 text."""

    name: str
    raw: str = ""
    index: int = -1  # place in the container from 0; -1 for the delivery itself

    @classmethod
    def of(cls, raw: bytes, index: int = -1) -> "Step":
        """Read as UTF-8 where that works, else as GBK where that works, else with escapes."""
        try:
            return cls(raw.decode(), "", index)
        except UnicodeDecodeError:
            pass  # not UTF-8: the raw bytes are kept beside the reading below
        try:
            return cls(raw.decode("gbk"), raw.hex(), index)
        except UnicodeDecodeError:
            return cls(raw.decode(errors="backslashreplace"), raw.hex(), index)


class FileLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of files.jsonl."""

    chain: tuple[Step, ...]
    sha256: str
    size: int
    kind: str
    media_type: str
    state: str
    language: str = ""
    encoding: str = ""
    text: str = ""
    tokens: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    password: str = ""
    remark: str = ""
    modified: int = 0  # seconds since 1970 UTC, set on files of the delivery itself


class Planted(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of planted.jsonl: `expect` says in words what a good check should find."""

    what: str
    where: str
    expect: str
    person: int = 0


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of claims.jsonl. Claims of one `origin` count as one source."""

    id: str
    file: str  # the path under leak/ that makes the claim
    claimant: str
    origin: str
    says: str
    about: str  # person:<number> or quantity:<name>
    value: str
    truth: str
    relation: str  # agrees, contradicts, copies:<id>, concedes, non-specific
    language: str = ""


class Dirt(msgspec.Struct, frozen=True):
    """One line of dirt.jsonl: a soiled cell, or a range that is merged down to `last_row`."""

    table: int
    row: int
    column: int  # from 1
    what: str
    says: str | None  # in clean form; None where nothing in it can be read
    last_row: int = 0


class Truth:
    """The open truth folder; a context manager, because it keeps its files open while writing."""

    def __init__(self, root: Path, *, dirty: bool = False) -> None:
        self._root = root
        self._encoder = msgspec.json.Encoder()
        self.kinds: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.planted_kinds: Counter[str] = Counter()
        self.passwords: dict[str, str] = {}
        self.tables = 0
        self._files = (root / "files.jsonl").open("wb")
        self._planted = (root / "planted.jsonl").open("wb")
        self._claims = (root / "claims.jsonl").open("wb")
        self._dirt = (root / "dirt.jsonl").open("wb") if dirty else None
        self._cells_file = (root / "cells.jsonl.gz").open("wb")
        # Level 1: the file is large at county scale, and mtime and name would differ between runs.
        zipped = gzip.GzipFile("", "wb", 1, self._cells_file, mtime=0)
        self._cells_zip = zipped
        self._cells = io.BufferedWriter(zipped, 1 << 18)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for opened in (self._files, self._planted, self._claims, self._cells, self._cells_file):
            opened.close()
        if self._dirt is not None:
            self._dirt.close()

    def file(self, line: FileLine) -> None:
        self.kinds[line.kind] += 1
        self.states[line.state] += 1
        if line.password:
            self.passwords["/".join(step.name for step in line.chain)] = line.password
        self._files.write(self._encoder.encode(line) + b"\n")

    def planted(self, planted: Planted) -> None:
        self.planted_kinds[planted.what] += 1
        self._planted.write(self._encoder.encode(planted) + b"\n")

    def dirt(self, dirt: Dirt) -> None:
        """One soiled cell; only of a simulation that was asked for dirty lists."""
        if self._dirt is None:
            raise ValueError("this simulation was not asked for dirty lists")
        self._dirt.write(self._encoder.encode(dirt) + b"\n")

    def claim(self, claim: Claim) -> None:
        self._claims.write(self._encoder.encode(claim) + b"\n")

    def table(self, file: str, sheet: str, header_row: int, columns: tuple[str, ...]) -> int:
        """Begin a table; returns its number, which every row of it carries."""
        self.tables += 1
        head = {
            "table": self.tables,
            "file": file,
            "sheet": sheet,
            "header_row": header_row,
            "columns": columns,
        }
        self._cells.write(self._encoder.encode(head) + b"\n")
        return self.tables

    def row(self, table: int, row: int, person: int, cells: tuple[Any, ...]) -> None:
        """One row as written: `row` counts from 1, `person` is 0 where the row is nobody's."""
        self._cells.write(self._encoder.encode((table, row, person, cells)) + b"\n")

    def write_summary(self, summary: dict[str, Any]) -> None:
        encoded = msgspec.json.format(self._encoder.encode(summary), indent=2)
        (self._root / "truth.json").write_bytes(encoded + b"\n")
