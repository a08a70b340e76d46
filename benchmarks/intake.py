"""Intake against `cp -r` and `sha256sum` of the same files in the same run.

    python benchmarks/intake.py [SMALL_FILES] [LARGE_FILES] [LARGE_MIB]

Prints a table of wall seconds and the ratio; peak memory of intake as the delivery grows tenfold.
`cp` and `sha256sum` are followed by `sync`, since intake makes what it acknowledges durable too.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = [sys.executable, "-c", "from muniment.app.main import main; main()"]
TRIES = 3


def small_files(folder: Path, count: int) -> None:
    """Text-sized files, 500 a folder."""
    source = random.Random(1)
    for number in range(count):
        below = folder / f"{number // 500:04d}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{number:06d}.txt").write_bytes(source.randbytes(source.randint(200, 8_000)))


def large_files(folder: Path, count: int, mib: int) -> None:
    """Disk images of random bytes."""
    folder.mkdir(parents=True)
    source = random.Random(2)
    block = source.randbytes(1 << 20)
    for number in range(count):
        with (folder / f"image-{number}.dd").open("wb") as file:
            for piece in range(mib):
                file.write(number.to_bytes(4, "big") + piece.to_bytes(4, "big") + block[8:])


def stock(leak: Path, scratch: Path) -> float:
    """Seconds that `cp`, `sha256sum` and `sync` take."""
    copy = scratch / "copy"
    started = time.perf_counter()
    subprocess.run(["cp", "-r", leak, copy], check=True)
    hashed = "find . -type f -print0 | xargs -0 sha256sum > /dev/null"
    subprocess.run(["sh", "-c", hashed], cwd=leak, check=True)
    subprocess.run(["sync", "-f", copy], check=True)
    seconds = time.perf_counter() - started
    shutil.rmtree(copy)
    return seconds


def intake(leak: Path, scratch: Path) -> tuple[float, int]:
    """Seconds that `muniment intake` takes, and its peak memory in MB (its workers' too)."""
    case = scratch / "case"
    subprocess.run([*COMMAND, "init", str(case)], check=True, capture_output=True)
    started = time.perf_counter()
    child = subprocess.Popen([*COMMAND, "intake", str(case), str(leak)], stdout=-3, stderr=-3)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    assert os.waitstatus_to_exitcode(status) == 0
    shutil.rmtree(case)
    return seconds, usage.ru_maxrss // 1024


def compare(what: str, leak: Path, scratch: Path) -> None:
    """One line of the table: the best of several tries of each, taken in turn."""
    pairs = [(stock(leak, scratch), intake(leak, scratch)) for _ in range(TRIES)]
    theirs = min(each for each, _ in pairs)
    ours, memory = min(each for _, each in pairs)
    ratio = ours / theirs
    print(f"{what:<28} {theirs:>9.2f} s {ours:>9.2f} s {ratio:>7.2f} {memory:>8} MB", flush=True)


def main() -> None:
    """Make the deliveries, measure, print."""
    numbers = [int(each) for each in sys.argv[1:]]
    small, large, mib = (numbers + [100_000, 10, 512][len(numbers) :])[:3]
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        scratch = Path(folder)
        print(f"{'':<28} {'cp+sha256sum':>11} {'intake':>11} {'ratio':>7} {'peak':>11}")
        small_files(scratch / "tenth", small // 10)
        compare(f"{small // 10:,} small files", scratch / "tenth", scratch)
        small_files(scratch / "small", small)
        compare(f"{small:,} small files", scratch / "small", scratch)
        large_files(scratch / "large", large, mib)
        compare(f"{large} files of {mib} MiB", scratch / "large", scratch)


if __name__ == "__main__":
    main()
