"""Measures files: how each ended, and how much of what Tika finds in it was found here."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from muniment.core import State
from tests.quality.oracle import text_by_tika, text_by_xberg
from tests.quality.tokens import found, tokens
from tests.quality.tree import Tree, read_tree

# What ends a reading by our fault. Time and memory that ran out are limits that held.
CRASHES = {"reader-crashed", "border-violation", "worker-lost"}
_FEW_TOKENS = 3  # fewer that others find in an empty file are names of sheets and the like


class Row(msgspec.Struct, frozen=True):
    """One file: its states (the file's own first), and tokens that Tika and both found."""

    name: str
    format: str
    state: str
    reason: str
    codes: tuple[str, ...]
    objects: int
    theirs: int
    found: int
    locked: bool
    silently_empty: bool

    @property
    def crashed(self) -> bool:
        return len(CRASHES.intersection(self.codes)) > 0


def measure(paths: Iterable[Path], root: Path, work: Path, processes: int = 2) -> Iterator[Row]:
    """One row a file, in their order; `work` is a folder for what is read."""
    jobs = [(path, root, work) for path in paths]
    # Each worker is a single-threaded process, as readers ask of their caller.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap(_row, jobs)


def _row(job: tuple[Path, Path, Path]) -> Row:
    path, root, work = job
    tree = read_tree(path, work / f"{os.getpid()}")
    theirs = tokens([text_by_tika(path) or ""])
    ours = tokens([*tree.texts, *tree.statements])
    first = tree.readings[0]
    return Row(
        name=str(path.relative_to(root)),
        format=path.suffix.lower().lstrip(".") or "(none)",
        state=first.state.value,
        reason=first.reason,
        codes=tuple(sorted(tree.codes)),
        objects=len(tree.readings),
        theirs=theirs.total(),
        found=found(theirs, ours),
        locked=_is_locked(tree),
        silently_empty=_is_silently_empty(tree, path, theirs.total()),
    )


def _is_locked(tree: Tree) -> bool:
    return "member-locked" in tree.codes or any(
        reading.state is State.LOCKED for reading in tree.readings
    )


def _is_silently_empty(tree: Tree, path: Path, theirs: int) -> bool:
    """Nothing came out, nothing is said to be wrong, and somebody else finds text."""
    if tree.readings[0].state is not State.EMPTY:
        return False
    others = tokens([text_by_xberg(path) or ""]).total()
    return max(theirs, others) >= _FEW_TOKENS
