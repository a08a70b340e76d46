"""Prints how much of what Tika finds in the trove's files is found here, a format a line.

python -m tests.quality.recall                  the whole trove (some ten minutes)
python -m tests.quality.recall docx chm         these formats alone
python -m tests.quality.recall --worst 20       and the files with most missing
python -m tests.quality.recall --pin            raise the floors to what was measured
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.quality import floors as pinned
from tests.quality.measure import Row, measure

_ROOT = Path(__file__).parents[2]


def trove() -> Path:
    """Where the real files lie; it may not be there."""
    material = Path(os.environ.get("MUNIMENT_DATA", _ROOT.parent / "shared" / "data"))
    return material / "trove" / "tika"


def files(folder: Path) -> list[Path]:
    """Every file, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.recall")
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--pin", action="store_true")
    options = parser.parse_args(arguments)
    folder = trove()
    chosen = [
        path
        for path in files(folder)
        if len(options.formats) == 0 or path.suffix.lower().lstrip(".") in options.formats
    ]
    with tempfile.TemporaryDirectory(prefix="muniment-recall-") as work:
        rows = list(measure(chosen, folder, Path(work)))
    _print(rows, options.worst)
    floors = pinned.load()
    whole = len(options.formats) == 0
    for sentence in pinned.failures(rows, floors, whole=whole):
        print(f"FAILED  {sentence}")  # noqa: T201 - a command
    if options.pin and whole:
        _raise_floors(rows, floors)
    return 0


def _raise_floors(rows: list[Row], floors: pinned.Floors) -> None:
    for name, (_, theirs, here) in pinned.by_format(rows).items():
        if theirs > 0:
            measured = pinned.recall(theirs, here)
            floors.formats[name] = max(floors.formats.get(name, 0.0), measured)
    floors.pooled = max(floors.pooled, pinned.mean_recall(rows))
    floors.locked = sorted({*floors.locked, *(row.name for row in rows if row.locked)})
    pinned.save(floors)


def _print(rows: list[Row], worst: int) -> None:
    lines = ["format       files   Tika's tokens   found   recall"]
    for name, (count, theirs, here) in pinned.by_format(rows).items():
        share = f"{pinned.recall(theirs, here):.4f}" if theirs > 0 else "-"
        lines.append(f"{name:12} {count:5} {theirs:15,} {here:12,}   {share}")
    theirs, here = sum(row.theirs for row in rows), sum(row.found for row in rows)
    lines.append(
        f"all: {len(rows)} files; mean recall a file {pinned.mean_recall(rows):.4f}, "
        f"of all tokens {pinned.recall(theirs, here):.4f}"
    )
    lines.append(f"states: {dict(Counter(row.state for row in rows).most_common())}")
    lines.append(f"crashed: {[row.name for row in rows if row.crashed]}")
    lines.append(f"silently empty: {[row.name for row in rows if row.silently_empty]}")
    lines.append(f"locked: {[row.name for row in rows if row.locked]}")
    most_missing = sorted(rows, key=lambda row: row.found - row.theirs)[:worst]
    lines.extend(
        f"  {row.theirs - row.found:8} of {row.theirs:8} missing  {row.state:10} {row.name}"
        f"  {row.reason[:60]}"
        for row in most_missing
    )
    print("\n".join(lines))  # noqa: T201 - a command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
