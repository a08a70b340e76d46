"""Measures commitments: making, making again, opening one value, at so many rows of 20 cells.

python benchmarks/commitments.py [rows]            default 300000
"""

import os
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from muniment.core import digest_of
from muniment.vault.commitments import Record, commit, open_value, opening_holds
from muniment.vault.salts import Salts

SCRATCH = Path(__file__).parent / "scratch" / "commitments"


def row(number: int) -> Record:
    return [(str(column), f"值 {number} {column}") for column in range(20)]


def rows(count: int) -> Iterator[Record]:
    return (row(number) for number in range(count))


def main(count: int) -> None:
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    salts = Salts(SCRATCH, digest_of(b"table"), os.urandom)
    for step in ("made", "made again"):
        began, used = time.perf_counter(), time.process_time()
        commitment = commit(salts, rows(count))
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # KiB on Linux
        print(f"{count} rows of 20 {step}: {wall:.1f} s, CPU {cpu:.1f} s, peak {peak} MB")
    began = time.perf_counter()
    assert opening_holds(open_value(salts, count // 2, row(count // 2), "7"), commitment)
    print(f"one value opened and checked: {time.perf_counter() - began:.2f} s")
    shutil.rmtree(SCRATCH)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
