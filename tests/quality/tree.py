"""One file and everything inside it, read as a case would read it."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from muniment.core import Cell, Child, Digest, Metadata, Part, Problem, Reading, TextSpan
from muniment.readers import READERS, Desk, Limits, Request, child_path, read_isolated, read_parts

LIMITS = Limits(time_s=100)
_MOST_OBJECTS = 1_500  # a quine never ends; what comes after is not needed to judge it


class Tree(msgspec.Struct):
    """What came out; the first reading is that of the file itself."""

    readings: list[Reading] = []
    codes: set[str] = set()
    texts: list[str] = []
    statements: list[str] = []  # properties and names


def read_tree(path: Path, work: Path) -> Tree:
    """Read the file at `path` and what lies in it, each object once; `work` is emptied again."""
    tree = Tree()
    seen: set[Digest] = set()
    waiting = [str(path)]
    objects = work / "objects"
    objects.mkdir(parents=True)
    while len(waiting) > 0 and len(tree.readings) < _MOST_OBJECTS:
        for child in _read(waiting.pop(0), work, tree):
            if child not in seen:
                seen.add(child)
                waiting.append(child_path(str(objects), child))
    shutil.rmtree(work)
    return tree


def _read(path: str, work: Path, tree: Tree) -> Iterator[Digest]:
    scratch, part_file = work / "scratch", str(work / "parts")
    scratch.mkdir()
    with open(path, "rb") as file:
        digest = Digest(hashlib.file_digest(file, "sha256").digest())
    reading = read_isolated(Request(path, digest), Desk(READERS, LIMITS, str(scratch)), part_file)
    tree.readings.append(reading)
    children = []
    for part in read_parts(part_file):
        _take(part, tree)
        if isinstance(part, Child):
            children.append(part.digest)
    for each in scratch.iterdir():
        os.replace(each, work / "objects" / each.name)
    scratch.rmdir()
    os.remove(part_file)
    yield from children


def _take(part: Part, tree: Tree) -> None:
    match part:
        case TextSpan():
            tree.texts.append(part.text)
        case Cell():
            tree.texts += [part.written, part.shown or "", part.comment or ""]
        case Metadata():
            tree.statements.append(part.written)
        case Child():
            tree.statements.append(part.name)
        case Problem():
            tree.codes.add(part.code)
        case _:
            pass
