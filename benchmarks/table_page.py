"""Measures the table page: 20 readers at once on one table of 300,000 rows × 20 columns.

    python benchmarks/table_page.py                    300,000 × 20; some minutes, 150 MB of disk
    python benchmarks/table_page.py 30000 10 5         rows, columns, readers

Lays the table out as `process` does, then prints, in milliseconds and CPU seconds,

    laying out      CPU seconds, bytes on disk, peak memory
    windows         50 rows in any order under any condition, by threads of one process
    pages           whole pages by HTTP from a process of its own, each reader asking again as soon
                    as it was answered; and each with a second between two pages, as readers do

and, for comparison in the same run, how long DuckDB takes for the same windows over a wide Parquet
file of the same values. The cells are handed in as read: reading them is `sheets.py`'s to measure.
"""

import http.client
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import duckdb
from sqlalchemy import func, insert, select

from muniment.app.main import run
from muniment.catalog import Ledger, open_ledger
from muniment.catalog.flat import pack_rows
from muniment.catalog.laid_out import sheets_path
from muniment.catalog.sheets import Sheet, letters, open_sheet, question_of, window
from muniment.catalog.sheets.stage import Parts, lay_out_tables
from muniment.catalog.tables import DELIVERIES, OBJECTS
from muniment.core import Cell, CellArea, CellKind, digest_of
from muniment.vault import Case, open_case

DIGEST = digest_of(b"the benchmark's table")
_FAMILIES = ("王", "李", "阿不都", "买买提", "ئابدۇ", "گۈل", "Ali", "Yusuf")
_SERVER = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI
from muniment.app.web import Gate, make_app, open_room
config = uvicorn.Config(FastAPI(), host="127.0.0.1", port=0, log_level="error", access_log=False)
listener = config.bind_socket()
listener.listen(100)
gate = Gate(listener.getsockname()[1])
with open_room(Path(sys.argv[1]), "reader") as room:
    config.app = make_app(room, gate)
    print(listener.getsockname()[1], *(gate.new_key() for _ in range(int(sys.argv[2]))), flush=True)
    uvicorn.Server(config).run(sockets=[listener])
"""


def cells(rows: int, columns: int) -> Iterator[Cell]:
    """A table: numbers, names, identity numbers, days, few different words, amounts, remarks."""
    chance = random.Random(5)
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            cell = _cell(chance, CellArea(row, column, "L"))
            if cell is not None:
                yield cell


def _cell(chance: random.Random, at: CellArea) -> Cell | None:
    match at.column % 10:
        case 1:
            return Cell(at, CellKind.NUMBER, str(at.row))
        case 2:
            name = chance.choice(_FAMILIES) + chance.choice(_FAMILIES)
            return Cell(at, CellKind.TEXT, f"{name}{chance.randrange(10_000)}")
        case 3:
            return Cell(at, CellKind.TEXT, f"{chance.randrange(10**18):018}")
        case 4:
            return Cell(at, CellKind.DATE, str(chance.randrange(20_000, 40_000)))
        case 5 | 6 | 7:
            return Cell(at, CellKind.TEXT, chance.choice(_FAMILIES))
        case 8 | 9:
            return Cell(at, CellKind.NUMBER, str(chance.randrange(10**6) / 100))
        case _:
            if chance.random() < 0.5:
                return None
            return Cell(at, CellKind.TEXT, f"remark {chance.randrange(5_000)}")


def question(chance: random.Random, columns: int) -> tuple[str, list[str]]:
    """What a reader asks: mostly in some order, often under a condition."""
    kind = chance.randrange(6)
    sort = chance.choice(("", "-")) + letters(chance.randrange(1, columns + 1))
    if kind == 0:
        return "", []
    where = {
        1: [],
        2: [f"B has {chance.choice(_FAMILIES)}{chance.randrange(10)}"],
        3: [f"E is {chance.choice(_FAMILIES)}", f"H from {chance.randrange(9000)}"],
        4: [f"C has {chance.randrange(1000)}"],
        5: ["J empty"],
    }
    return sort, where[kind]


def prepare(folder: Path, rows: int, columns: int) -> tuple[Case, Ledger]:
    """A case that holds the table as if it had been read."""
    run(["init", str(folder)])
    case = open_case(folder)
    ledger = open_ledger(case)
    alone = cpu(lambda: sum(1 for _ in cells(rows, columns)))
    took = cpu(lambda: lay_out(case, ledger, rows, columns))
    size = sheets_path(case.work / "sheets", DIGEST).stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"laid out   {took - alone:.1f} CPU s, {size / 1e6:.0f} MB on disk, peak {peak:.0f} MB")
    return case, ledger


def lay_out(case: Case, ledger: Ledger, rows: int, columns: int) -> None:
    """Lay the table out, as an object that was read."""
    known = {
        "digest": DIGEST.hex, "size": 1, "depth": 0, "received": 1, "state": "read",
        "type": "text/csv", "parts": f'{{"cell": {rows * columns}}}', "parts_digest": DIGEST.hex,
        "indexed": 1, "tabled": 1, "committed": 1,
    }  # fmt: skip
    with ledger.engine.begin() as connection:
        last = connection.scalar(select(func.max(DELIVERIES.c.seq))) or 0
        connection.execute(insert(OBJECTS).values(known))
        name = {"seq": last + 1, "digest": DIGEST.hex, "intake": "0", "name": "list.csv"}
        connection.execute(insert(DELIVERIES).values(**name, raw_name=b"list.csv"))
    scratch = case.work / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    parts = Parts(case.work / "sheets", scratch, lambda _digest: cells(rows, columns))
    lay_out_tables(ledger, parts, lambda *_: None)


def by_threads(readers: int, times: int, ask: Callable[[random.Random], None]) -> list[float]:
    """How long each question took, in seconds, `readers` asking at once."""
    took: list[float] = []

    def read(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(times):
            start = time.perf_counter()
            ask(chance)
            took.append(time.perf_counter() - start)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def windows(case: Case, ledger: Ledger, columns: int, readers: int) -> float:
    """Windows alone; the 95th percentile in seconds."""

    def ask(chance: random.Random) -> None:
        sort, where = question(chance, columns)
        sheet: Sheet = open_sheet(case, ledger, DIGEST)
        seen = window(sheet, question_of(sort, where))
        window(sheet, question_of(sort, where), start=chance.randrange(max(1, seen.total)))

    ask(random.Random(0))
    start = time.process_time()
    took = by_threads(readers, 10, ask)
    cpu = (time.process_time() - start) / len(took) / 2
    say("windows, two each", took)
    print(f"           {cpu * 1000:.1f} ms of CPU a window")
    return percentile(took, 95) / 2


def in_duckdb(folder: Path, rows: int, columns: int) -> None:
    """The same windows over a wide Parquet file, one reader."""
    named = {"row": "BIGINT"} | {letters(c): "VARCHAR" for c in range(1, columns + 1)}
    pack_rows(folder, "wide", named, _wide(rows, columns))
    chance, path = random.Random(1), folder / "wide.parquet"
    took = []
    with duckdb.connect() as database:
        database.execute("SET threads = 2")
        for _ in range(12):
            by = letters(chance.randrange(1, columns + 1))
            start = time.perf_counter()
            database.execute(
                f"SELECT * FROM read_parquet('{path}') ORDER BY \"{by}\", row "  # noqa: S608
                f"LIMIT 50 OFFSET {chance.randrange(rows - 50)}"
            ).fetchall()
            took.append(time.perf_counter() - start)
    say("DuckDB, one reader, sorted", took)


def _wide(rows: int, columns: int) -> Iterator[dict[str, object]]:
    held: dict[str, object] = {}
    for cell in cells(rows, columns):
        row, column = cell.in_table.row, cell.in_table.column
        if held.get("row") != row:
            if len(held) > 0:
                yield held
            held = {"row": row}
        held[letters(column)] = cell.written
    yield held


def pages(folder: Path, columns: int, readers: int, *, pause_s: float) -> None:
    """Whole pages by HTTP."""
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(folder), str(readers)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port, *keys = (server.stdout.readline() if server.stdout else "").split()
        took: list[float] = []
        threads = [
            threading.Thread(target=_reader, args=(int(port), key, columns, pause_s, took))
            for key in keys
        ]
        before = cpu_of(server.pid)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        cpu = (cpu_of(server.pid) - before) / max(1, len(took))
    finally:
        server.terminate()
        server.wait()
    say(f"pages, {pause_s:g} s between two", took)
    print(f"           {cpu * 1000:.1f} ms of CPU a page")


def cpu_of(process: int) -> float:
    """CPU seconds that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _reader(port: int, key: str, columns: int, pause_s: float, took: list[float]) -> None:
    chance = random.Random(key)
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/enter/{key}")
    answer = connection.getresponse()
    answer.read()
    cookie = {"Cookie": (answer.getheader("set-cookie") or "").split(";")[0]}
    for _ in range(10):
        time.sleep(chance.random() * 2 * pause_s)
        sort, where = question(chance, columns)
        asked = "&".join([f"sort={sort}", *(f"where={quote(each)}" for each in where)])
        start = time.perf_counter()
        connection.request("GET", f"/table/{DIGEST.hex}?{asked}", headers=cookie)
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - start)
        if answer.status != 200:
            raise SystemExit(f"{answer.status}: {asked}")


def percentile(took: Sequence[float], share: int) -> float:
    """The value that `share` per cent do not exceed."""
    return sorted(took)[min(len(took) - 1, len(took) * share // 100)]


def say(what: str, took: Sequence[float]) -> None:
    figures = ", ".join(f"p{share} {percentile(took, share) * 1000:.0f} ms" for share in (50, 95))
    print(f"{what}: {figures}, slowest {max(took) * 1000:.0f} ms ({len(took)})")


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(rows: int = 300_000, columns: int = 20, readers: int = 20) -> None:
    print(f"{rows:,} × {columns}, {readers} readers, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        case, ledger = prepare(folder, rows, columns)
        one = windows(case, ledger, columns, 1)
        many = windows(case, ledger, columns, readers)
        print(f"           p95 with {readers} readers is {many / one:.1f} times that with one")
        ledger.close()
        pages(folder, columns, readers, pause_s=0.0)
        pages(folder, columns, readers, pause_s=1.0)
        in_duckdb(Path(scratch), rows, columns)


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:4]))
