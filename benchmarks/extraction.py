"""Measures extraction: ours against extractous, xberg and markitdown, on the same files in one run.

    python benchmarks/extraction.py                 a tenth of the files beside the project
    python benchmarks/extraction.py --every 1       all of them
    python benchmarks/extraction.py --kinds 12      also by reader of ours, the dearest first
    python benchmarks/extraction.py some/folder     another folder

- Ours is the real thing: each file in a confined process of its own, parts written and hashed,
  without what lies inside containers. The others read in one process that stays warm.
- Compared on what both read: files from which ours got parts and the other got text.
- CPU seconds are those of the processes and their children; wall time depends on the machine.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import resource
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from muniment.core import Digest, State
from muniment.readers import READERS, Desk, Forker, Limits, Request, read_isolated

_ROOT = Path(__file__).parents[1]
_TIME_S = 30.0
_LARGEST = 20_000_000  # bytes
_HEADING = (
    "both read          files     MB   ours   theirs (MB per CPU s) ratio   only ours   only theirs"
)
# Reads paths from its input, writes {"path", "letters", "cpu"} lines; no OCR, no network use.
_PRELUDE = """
import json, os, sys, time
os.environ["PATH"] = ""
def serve(extract):
    for line in sys.stdin:
        path, began = line.rstrip("\\n"), time.process_time()
        try:
            letters = len(extract(path))
        except BaseException:
            letters = 0
        spent = time.process_time() - began
        print(json.dumps({"letters": letters, "cpu": spent}), flush=True)
"""
_OTHERS = {
    "extractous": """
from extractous import Extractor
extractor = Extractor().set_extract_string_max_length(50_000_000)
serve(lambda path: extractor.extract_file_to_string(path)[0])
""",
    "xberg": """
import asyncio, xberg
async def read(path):
    config = xberg.ExtractionConfig(disable_ocr=True, use_cache=False)
    return await xberg.extract(xberg.ExtractInput(kind="uri", uri=path), config)
serve(lambda path: "".join(each.content for each in asyncio.run(read(path)).results))
""",
    "markitdown": """
from markitdown import MarkItDown
reader = MarkItDown(enable_plugins=False)
serve(lambda path: reader.convert(path).text_content)
""",
}


class Figure(msgspec.Struct, frozen=True):
    """One file by one reader: whether anything came out, what it cost, and which of ours it was."""

    read: bool
    cpu_s: float
    reader: str = ""


def ours(paths: list[Path], work: Path) -> list[Figure]:
    """Each file through `read_isolated`; the processes that fork are started before."""
    with Forker(READERS, after=0) as forker:
        forker.start()
        return [_one(path, work, forker) for path in paths]


def _one(path: Path, work: Path, forker: Forker) -> Figure:
    scratch = work / "scratch"
    scratch.mkdir()
    began = _cpu(forker)
    with path.open("rb") as file:
        digest = Digest(hashlib.file_digest(file, "sha256").digest())
    desk = Desk(READERS, Limits(time_s=_TIME_S), str(scratch), forker=forker)
    reading = read_isolated(Request(str(path), digest), desk, str(work / "parts"))
    figure = Figure(reading.state is State.READ, _cpu(forker) - began, reading.reader)
    (work / "parts").unlink()
    shutil.rmtree(scratch)
    return figure


def _cpu(forker: Forker) -> float:
    """Seconds of this process, of the children that have ended, and of those that fork for it."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    # The clock of another process: clock_getcpuclockid(3), in the kernel's spelling.
    forking = sum(time.clock_gettime((~pid << 3) | 2) for pid in forker.pids)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime + forking


def theirs(name: str, paths: list[Path]) -> list[Figure]:
    """Each file by one of the others, in a process that is started again where it dies or hangs."""
    figures: list[Figure] = []
    process = None
    for path in paths:
        process = process or _started(name)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{path}\n")
        process.stdin.flush()
        line = _line(process)
        if line == "":
            process.kill()
            process.wait()
            process = None
            figures.append(Figure(read=False, cpu_s=_TIME_S))
        else:
            told = json.loads(line)
            figures.append(Figure(told["letters"] > 0, told["cpu"]))
    if process is not None:
        process.kill()
        process.wait()
    return figures


def _started(name: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _PRELUDE + _OTHERS[name]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _line(process: "subprocess.Popen[str]") -> str:
    """The answer, or nothing where none comes in time."""

    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], _TIME_S)
    return process.stdout.readline() if len(ready) > 0 else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    material = Path(os.environ.get("MUNIMENT_DATA", _ROOT.parent / "shared" / "data"))
    parser.add_argument("folder", nargs="?", type=Path, default=material / "trove" / "tika")
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--kinds", type=int, default=0)
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"no files at {options.folder}: nothing was measured")
        return
    found = sorted(p for p in options.folder.rglob("*") if p.is_file())
    paths = [p for p in found if 0 < p.stat().st_size <= _LARGEST][:: options.every]
    sizes = [path.stat().st_size for path in paths]
    with tempfile.TemporaryDirectory(prefix="muniment-bench-") as work:
        began = time.monotonic()
        mine = ours(paths, Path(work))
    wall = time.monotonic() - began
    read = sum(figure.read for figure in mine)
    print(f"ours: {read} of {len(paths)} files read, {len(paths) / wall:.1f} files/s")
    print(_HEADING)
    for name in _OTHERS:
        if importlib.util.find_spec(name) is None:
            print(f"{name:18} is not installed here")
            continue
        other = theirs(name, paths)
        both = [i for i in range(len(paths)) if mine[i].read and other[i].read]
        megabytes = sum(sizes[i] for i in both) / 1e6
        own = megabytes / max(sum(mine[i].cpu_s for i in both), 1e-9)
        foreign = megabytes / max(sum(other[i].cpu_s for i in both), 1e-9)
        pairs = list(zip(mine, other, strict=True))
        only_ours = sum(one.read and not two.read for one, two in pairs)
        only_theirs = sum(two.read and not one.read for one, two in pairs)
        print(
            f"{name:18} {len(both):5} {megabytes:6.1f} {own:6.2f} {foreign:8.2f}"
            f" {own / foreign:22.2f} {only_ours:11} {only_theirs:13}"
        )
        _print_kinds([pairs[i] for i in both], options.kinds)


def _print_kinds(pairs: list[tuple[Figure, Figure]], most: int) -> None:
    """By reader, of the files that both read: CPU seconds of ours and of theirs, and the ratio."""
    readers = {mine.reader for mine, _ in pairs}
    sums = {
        name: [sum(pair[side].cpu_s for pair in pairs if pair[0].reader == name) for side in (0, 1)]
        for name in readers
    }
    for name in sorted(readers, key=lambda name: -sums[name][0])[:most]:
        own, foreign = sums[name]
        count = sum(mine.reader == name for mine, _ in pairs)
        print(f"    {name:22} {count:5} {own:7.2f} {foreign:7.2f} {foreign / own:6.2f}")


if __name__ == "__main__":
    main()
