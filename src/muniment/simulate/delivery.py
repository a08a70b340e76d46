"""Writes the delivery file by file and notes in the truth what each file is and holds.

Invariants:

- nothing reaches `leak/` except through `put` and `put_large`, so that nothing there is unknown;
- a file inside a file is noted with the chain of names that leads to it;
- names are bytes: some are GBK, some are no text in any encoding.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from muniment.simulate.truth import FileLine, Step, Truth

READ, EMPTY, LOCKED, REFUSED, UNREADABLE = "read", "empty", "locked", "refused", "unreadable"
_BLOCK = 1 << 20
_FIRST_TIME = 1_488_326_400  # 1 March 2017, 00:00 UTC
_PERIOD_S = 660 * 86_400  # to 21 December 2018


class Note(msgspec.Struct, frozen=True):
    """What is true of a file. `text` is its whole text where it has any; `tokens` must occur."""

    kind: str
    media_type: str
    state: str = READ
    language: str = ""
    encoding: str = ""
    text: str = ""
    tokens: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    password: str = ""
    remark: str = ""
    members: tuple["Member", ...] = ()


class Member(msgspec.Struct, frozen=True):
    """A file inside a file: its raw name, its place in the container (from 0) and what it is."""

    name: bytes
    index: int
    sha256: str
    size: int
    note: Note


class Made(msgspec.Struct, frozen=True):
    """A finished file that is not yet anywhere."""

    data: bytes
    note: Note


def member(name: str | bytes, index: int, made: Made) -> Member:
    """Describe `made` as the contained file number `index` of some container."""
    raw = name if isinstance(name, bytes) else name.encode()
    return Member(raw, index, sha256(made.data), len(made.data), made.note)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Delivery:
    """The folder `leak/` while it is written, and the truth that goes with it."""

    def __init__(self, root: Path, truth: Truth) -> None:
        self.truth = truth
        self._root = os.fsencode(root)

    def put(self, path: str | bytes, made: Made) -> str:
        """Write one file under `leak/`; returns its SHA-256."""
        raw = self._place(path)
        with open(os.path.join(self._root, raw), "xb") as out:
            out.write(made.data)
        return self._note(raw, sha256(made.data), len(made.data), made.note)

    def large_path(self, path: str) -> Path:
        """Where a writer that needs a path of its own should write; then call `put_large`."""
        return Path(os.fsdecode(os.path.join(self._root, self._place(path))))

    def put_large(self, path: str, note: Note) -> str:
        """Note a file that lies at `large_path(path)` already; returns its SHA-256."""
        digest = hashlib.sha256()
        size = 0
        with open(os.path.join(self._root, path.encode()), "rb") as written:
            while block := written.read(_BLOCK):
                digest.update(block)
                size += len(block)
        return self._note(path.encode(), digest.hexdigest(), size, note)

    def _place(self, path: str | bytes) -> bytes:
        raw = path if isinstance(path, bytes) else path.encode()
        os.makedirs(os.path.join(self._root, os.path.dirname(raw)), exist_ok=True)
        return raw

    def _note(self, raw: bytes, digest: str, size: int, note: Note) -> str:
        """Note the file and date it: between March 2017 and December 2018, by its path alone."""
        modified = _FIRST_TIME + int.from_bytes(hashlib.sha256(raw).digest()[:6]) % _PERIOD_S
        os.utime(os.path.join(self._root, raw), (modified, modified))
        self._lines((Step.of(raw),), digest, size, note, modified)
        return digest

    def _lines(
        self, chain: tuple[Step, ...], digest: str, size: int, note: Note, modified: int = 0
    ) -> None:
        line = FileLine(
            chain=chain,
            sha256=digest,
            size=size,
            modified=modified,
            **{
                field: getattr(note, field)
                for field in Note.__struct_fields__
                if field != "members"
            },
        )
        self.truth.file(line)
        for inner in note.members:
            step = Step.of(inner.name, inner.index)
            self._lines((*chain, step), inner.sha256, inner.size, inner.note)
