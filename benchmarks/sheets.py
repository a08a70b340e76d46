"""Measures reading a large workbook against python-calamine's bare read of its values, in one run.

    python benchmarks/sheets.py                  300,000 rows × 20 columns; 250 MB, some minutes
    python benchmarks/sheets.py 30000 10         rows, columns

Prints, for a workbook written with inline strings and one with shared strings, the time of

    calamine     CalamineWorkbook.from_path(…).get_sheet_by_index(0).to_python(), values alone
    reader       the workbook reader alone, cells packed
    parts        read_isolated to a part file: both processes, everything checked

and their ratios to calamine, with the peak memory of the parent before and after.
"""

import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from muniment.core import digest_of
from muniment.readers import (
    DEFAULT_LIMITS,
    READERS,
    ChildSink,
    Context,
    Desk,
    Request,
    open_source,
    read_isolated,
)
from muniment.readers.reader import PackedCells
from muniment.readers.workbook import WORKBOOK

_NAMES = 5_000


def write(path: str, rows: int, columns: int, *, shared: bool) -> None:
    """Numbers, names, dates, decimals and one repeated word, column by column."""
    book = xlsxwriter.Workbook(path, {"constant_memory": not shared})
    sheet = book.add_worksheet("list")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sum_format = book.add_format({"num_format": "0.00"})
    for row in range(rows):
        for column in range(columns):
            seed = row * columns + column
            match column % 5:
                case 0:
                    sheet.write_number(row, column, seed)
                case 1:
                    sheet.write_string(row, column, f"name {seed * 7919 % _NAMES}")
                case 2:
                    sheet.write_number(row, column, 20_000 + seed * 104_729 % 25_000, day)
                case 3:
                    sheet.write_number(row, column, seed * 31 % 10_000_000 / 100, sum_format)
                case _:
                    sheet.write_string(row, column, "detained & held")
    book.close()


def timed(what: Callable[[], object]) -> float:
    """Wall seconds, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        gc.collect()
        began = time.perf_counter()
        what()
        best = min(best, time.perf_counter() - began)
    return best


def calamine(path: str) -> None:
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def reader(path: str) -> int:
    assert WORKBOOK.read_packed is not None
    with tempfile.TemporaryDirectory() as folder, open_source(path) as source:
        context = Context("", DEFAULT_LIMITS, ChildSink(folder, DEFAULT_LIMITS))
        parts = WORKBOOK.read_packed(source, context)
        return sum(part.count for part in parts if isinstance(part, PackedCells))


def parts(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        request = Request(path, digest_of(b""))  # its name is of no matter here
        read_isolated(request, Desk(READERS, DEFAULT_LIMITS, str(scratch)), f"{folder}/parts")


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    rows, columns = (int(n) for n in sys.argv[1:3]) if len(sys.argv) > 2 else (300_000, 20)
    print(f"{rows:,} rows × {columns} columns; seconds, and ratios to calamine")
    for shared in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/list.xlsx"
            write(path, rows, columns, shared=shared)
            before = peak_mb()
            through = timed(lambda path=path: parts(path))
            after = peak_mb()
            alone = timed(lambda path=path: reader(path))
            bare = timed(lambda path=path: calamine(path))
            print(
                f"{'shared' if shared else 'inline'} strings: calamine {bare:.2f}"
                f"  reader {alone:.2f} ({alone / bare:.2f})"
                f"  parts {through:.2f} ({through / bare:.2f})"
                f"  parent's peak {before:.0f} → {after:.0f} MB"
            )


if __name__ == "__main__":
    main()
