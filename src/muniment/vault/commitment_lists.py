"""Lists of what was committed to: one line an object read, one file a run of processing.

    vault/commitments/<SHA-256 of the file, hex>.jsonl

    {"parts_digest":"<64 hex>","records":"300000","root":"<64 hex>","sha256":"<64 hex>"}

- Lines are canonical JSON (RFC 8785), sorted by `sha256`. The journal event `metadata extraction`
  names the file and the RFC 9162 root over its lines, so one line can be shown without the others.
- A file is never changed. A rebuild that finds the same values adds no line.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

from muniment.core import Digest, canonical_json
from muniment.vault.durable import sync_folder
from muniment.vault.event import Event, EventDraft
from muniment.vault.merkle import CompactRange, leaf_hash
from muniment.vault.object_check import Unsound

_EVENT = "metadata extraction"  # PREMIS 3 event type
_CHUNK = 1 << 20


class Line(msgspec.Struct, frozen=True):
    """What was committed to for one object: as many records, under that root."""

    sha256: Digest
    parts_digest: Digest
    records: int
    root: Digest

    @property
    def encoded(self) -> bytes:
        """The line, without its newline."""
        return canonical_json(
            {
                "parts_digest": self.parts_digest.hex,
                "records": str(self.records),
                "root": self.root.hex,
                "sha256": self.sha256.hex,
            }
        )


class Written(msgspec.Struct, frozen=True):
    """A list that was written: its file's digest, how many lines, and the root over them."""

    name: Digest
    lines: int
    root: Digest

    def draft(self, actor: str, tool: str) -> EventDraft:
        """The event that records the list."""
        detail = {"list": self.name.hex, "readings": str(self.lines), "root": self.root.hex}
        return EventDraft(event=_EVENT, actor=actor, tool=tool, detail=detail)


class CommitmentLists:
    """The lists in one folder, `vault/commitments`."""

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first list is written."""
        self._folder = folder

    def add(self, lines: Iterable[Line], recorded: Iterable[str]) -> Written | None:
        """Write those of `lines` (sorted by `sha256`) that none of the `recorded` lists has.

        `recorded` are the names that events give; a list that no event names does not count yet.
        None where no line is new. Durable on return.
        """
        self._folder.mkdir(exist_ok=True)
        for leftover in self._folder.glob(".new-*"):
            leftover.unlink()  # of a run that was killed before its list had a name
        known = self._known(recorded)
        tree, hasher = CompactRange(), hashlib.sha256()
        with NamedTemporaryFile(dir=self._folder, prefix=".new-", delete=False) as file:
            for line in lines:
                if not known.adds(line.encoded):
                    continue
                tree.extend(leaf_hash(line.encoded))
                hasher.update(line.encoded + b"\n")
                file.write(line.encoded + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return self._place(Path(file.name), Digest(hasher.digest()), tree)

    def name(self, digest: Digest, parts_digest: Digest) -> bool:
        """Whether a list has a line for that reading of that object."""
        wanted = (f'"sha256":"{digest.hex}"'.encode(), f'"{parts_digest.hex}"'.encode())
        for path in sorted(self._folder.glob("*.jsonl")):
            with path.open("rb") as file:
                if any(all(each in line for each in wanted) for line in file):
                    return True
        return False

    def failures(self, events: Iterable[Event]) -> Iterator[Unsound]:
        """Every list that an event names and that is not there as it was written."""
        for event in events:
            name = event.detail.get("list") if event.event == _EVENT else None
            if isinstance(name, str):
                trouble = self._trouble(name)
                if trouble is not None:
                    yield Unsound("commitment list", f"event {event.seq}", trouble)

    def _known(self, recorded: Iterable[str]) -> "_Known":
        known = _Known()
        for name in recorded:
            with (self._folder / f"{name}.jsonl").open("rb") as file:
                for line in file:
                    known.adds(line.rstrip(b"\n"))
        return known

    def _place(self, path: Path, name: Digest, tree: CompactRange) -> Written | None:
        if tree.size == 0:
            path.unlink()
            return None
        path.chmod(0o444)
        path.rename(self._folder / f"{name.hex}.jsonl")
        sync_folder(self._folder)
        return Written(name, tree.size, Digest(tree.root()))

    def _trouble(self, name: str) -> str | None:
        hasher = hashlib.sha256()
        try:
            with (self._folder / f"{Path(name).name}.jsonl").open("rb") as file:
                while len(chunk := file.read(_CHUNK)) > 0:
                    hasher.update(chunk)
        except OSError as why:
            return f"its list of commitments cannot be read: {why.strerror}"
        return None if hasher.hexdigest() == name else "its list of commitments was altered"


class _Known:
    """Lines met so far, in a temporary table that SQLite keeps on disk once it grows."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("")
        self._table.execute("CREATE TABLE met (leaf BLOB PRIMARY KEY) WITHOUT ROWID")

    def adds(self, line: bytes) -> bool:
        """Whether the line was not known; afterwards it is."""
        leaf = hashlib.sha256(line).digest()
        done = self._table.execute("INSERT OR IGNORE INTO met VALUES (?)", [leaf])
        return done.rowcount == 1
