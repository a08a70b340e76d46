"""Twenty readers of a large case at once: how long each sort of page takes, and what it costs.

    python benchmarks/readers_at_once.py                    makes the case, removes it after
    python benchmarks/readers_at_once.py FOLDER             keeps it there for the next run
    python benchmarks/readers_at_once.py FOLDER 20 4 30     readers, processes (0: as `open` has
                                                            it by itself), seconds of a part

`large_case.py` says what is in the case and how long it takes to make. Then, in some two minutes,

    one reader      CPU milliseconds of the server for each sort of page, over HTTP
    without pause   every reader asks again as soon as it was answered: all sorts, by chance
    tables alone    the same, of the table of 300,000 rows only
    with a pause    a second on average between two pages, as readers do who are quick

The readers are threads of this process, and so use some of the same cores. The goal: the 95th
percentile of every sort of page below 200 ms.
"""

import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import large_case
import listing
import search
import table_page
from sqlalchemy import text

from muniment.catalog import Ledger, open_ledger
from muniment.vault import open_case

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_EACH = 30  # addresses of a sort, where they differ
Pages = Mapping[str, Sequence[str]]


def pages(ledger: Ledger) -> Pages:
    """Addresses by sort of page."""
    chance, writing = random.Random(4), search.Writing(2)
    table = f"/table/{large_case.TABLE.hex}"
    named = _named(ledger)
    word, han = writing.word, writing.character

    def asked(make: Callable[[], str]) -> list[str]:
        return ["/search?q=" + quote(make()) for _ in range(_EACH)]

    rows, columns = range(1, 300_001), [table_page.letters(each) for each in range(1, 21)]
    return {
        "overview": ["/"],
        "search: a word": asked(word),
        "search: two words": asked(lambda: f"{word()} {word()}"),
        "search: one Chinese character": asked(han),
        "search: two characters": asked(lambda: han() + han()),
        "search: the end of a word": asked(lambda: f"*{word()[-4:].rjust(3, 'e')}"),
        "search: from somebody": ["/search?q=" + quote('from:"' + named["person"][0] + '"')],
        "search: narrowed": [each + "&type=mail&folder=disk/3" for each in asked(word)],
        "table: any order, conditions": [table + "?" + _question(chance) for _ in range(_EACH)],
        "table: one cell": [
            f"{table}?sort={chance.choice(columns)}&cell={chance.choice(rows)},{number % 20 + 1}"
            for number in range(_EACH)
        ],
        "table: one row": [f"{table}?row={chance.choice(rows)}" for _ in range(_EACH)],
        "table: one column": [f"{table}?column={each}" for each in columns],
        "tables": ["/tables"],
        "SQL": ["/sql"],
        "files": ["/files", "/files?order=largest", "/files?state=locked", "/files?kind=PDF"],
        "files: a name that none has": [f"/files?name={word()}zz" for _ in range(_EACH)],
        "file": [f"/object/{each}" for each in named["read"]],
        "file: a container of 200,000": [f"/object/{listing.digest(0)}"],
        "trace": [f"/trace?c={each}" for each in named["read"]],
        "notes at a file": [f"/notes/at?c={each}" for each in named["read"][:5]],
        "picture of a page": [f"/raster/{each}?page=1&w=1400" for each in named["pdf"]],
        "not read": ["/missing"],
        "problems": ["/problems", "/problems?code=repaired"],
        "locked files": ["/locked"],
        "mail": ["/mail", "/mail?order=sender", f"/mail?sender={quote(named['person'][0])}"],
        "mail: conversations": ["/mail/threads"],
        "mail: one conversation": [f"/mail/thread/{each}" for each in named["conversation"]],
        "mail: people": ["/mail/people", f"/mail/person?who={quote(named['person'][0])}"],
        "mail: one message": [f"/mail/{each}" for each in named["message"]],
        "mail: who sent a file": [f"/mail/attachment/{each}" for each in named["carried"]],
        "images": ["/images"],
        "one image": [f"/images/{each}" for each in named["picture"]],
        "map": ["/map"],
        "notes": ["/notes"],
        "work": ["/work"],
        "API": ["/api"],
        "API: status": ["/api/v1/status"],
        "API: a search": ["/api/v1/search?q=" + quote(word()) for _ in range(_EACH)],
        "facts": ["/facts", "/mappings", "/facilities", "/timeline"],
    }


def _question(chance: random.Random) -> str:
    sort, where = table_page.question(chance, 20)
    return "&".join([f"sort={sort}", *(f"where={quote(each)}" for each in where)])


def _named(ledger: Ledger) -> dict[str, list[str]]:
    """Digests and names that addresses hold."""
    asked = {
        "read": "SELECT max(digest) FROM objects "
        "WHERE reader <> '' AND state = 'read' GROUP BY type",
        "pdf": "SELECT digest FROM objects "
        "WHERE reader <> '' AND type = 'application/pdf' AND state = 'read' LIMIT 5",
        "message": "SELECT m.digest FROM messages m JOIN objects o USING (digest) "
        "WHERE o.reader <> '' LIMIT 20",
        "carried": "SELECT m.digest FROM message_files m JOIN objects o USING (digest) "
        "WHERE o.reader <> '' LIMIT 10",
        "picture": "SELECT p.digest FROM pictures p JOIN objects o USING (digest) "
        "WHERE o.reader <> '' LIMIT 10",
        "conversation": "SELECT id FROM conversations ORDER BY messages DESC LIMIT 20",
        "person": "SELECT person FROM correspondents ORDER BY messages DESC LIMIT 1",
    }
    with ledger.engine.connect() as connection:
        return {name: list(connection.scalars(text(each))) for name, each in asked.items()}


class Load(NamedTuple):
    """How many read, from how many processes (0: as `open` has it), for how long each time."""

    readers: int
    processes: int
    seconds: float


class Reader:
    """A browser without anything around it: one connection, opened again where it was closed."""

    def __init__(self, host: tuple[str, int], cookie: str = "") -> None:
        self._host, self._cookie = host, cookie
        self._connection: socket.socket | None = None

    def ask(self, address: str) -> tuple[int, bytes]:
        """The status and everything that came."""
        cookie = f"Cookie: {self._cookie}\r\n" if self._cookie != "" else ""
        head = f"GET {address} HTTP/1.1\r\nHost: {self._host[0]}:{self._host[1]}\r\n{cookie}\r\n"
        if self._connection is None:
            self._connection = socket.create_connection(self._host)
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection.sendall(head.encode())
        answer = self._whole(self._connection)
        if b"\r\nconnection: close" in answer[:2_000]:
            self._connection.close()
            self._connection = None
        return int(answer[9:12]), answer

    def _whole(self, connection: socket.socket) -> bytes:
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += _more(connection)
        found = _LENGTH.search(answer, 0, end)
        rest = (int(found[1]) if found is not None else 0) - (len(answer) - end - 4)
        pieces = [answer]
        while rest > 0:
            pieces.append(_more(connection))
            rest -= len(pieces[-1])
        return b"".join(pieces)


def _more(connection: socket.socket) -> bytes:
    found = connection.recv(1 << 18)
    if found == b"":
        raise SystemExit("the room closed the connection")
    return found


@contextmanager
def opened(folder: Path, processes: int) -> Iterator[tuple[int, tuple[str, int], str]]:
    """The room of the case: its process, where it answers, and the cookie of a session."""
    chosen = ["--processes", str(processes)] if processes > 0 else []
    with subprocess.Popen(
        [sys.executable, "-m", "muniment", "open", str(folder), *chosen],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as room:
        try:
            link = urlsplit((room.stdout.readline() if room.stdout else "").strip())
            host = (link.hostname or "", link.port or 0)
            time.sleep(10)  # the others beside it are there by then
            _, answer = Reader(host).ask(link.path)
            found = re.search(rb"set-cookie: ([^;]+)", answer)
            yield room.pid, host, found[1].decode() if found is not None else ""
        finally:
            room.terminate()


def family(process: int) -> list[int]:
    """A process and those that it started."""
    started = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    return [process, *(each for child in started for each in family(int(child)))]


def cpu_s(process: int) -> float:
    """CPU seconds that a process and those that it started have used (Linux)."""
    return sum(table_page.cpu_of(each) for each in family(process))


def alone(process: int, reader: Reader, asked: Pages) -> None:
    """What each sort of page costs one reader, over HTTP."""
    print(f"{'one reader':32} {'CPU ms':>8} {'p50':>7} {'p95':>7} {'bytes':>9}")
    for sort, addresses in asked.items():
        for address in addresses:  # once before: what is drawn or compiled once is not measured
            status, _ = reader.ask(address)
            if status != 200:
                raise SystemExit(f"{status}: {address}")
        count = max(1, 40 // len(addresses)) * len(addresses)
        before, took, size = cpu_s(process), [], 0
        for number in range(count):
            start = time.perf_counter()
            size = max(size, len(reader.ask(addresses[number % len(addresses)])[1]))
            took.append(time.perf_counter() - start)
        cost = (cpu_s(process) - before) / count * 1000
        print(f"{sort:32} {cost:8.1f} {_both(took)} {size:9,}", flush=True)


def together(
    reader_of: Callable[[], Reader], asked: Pages, load: Load, pause_s: float
) -> dict[str, list[float]]:
    """How long each page took, by sort, in seconds."""
    took: defaultdict[str, list[float]] = defaultdict(list)
    until = time.perf_counter() + load.seconds

    def read(seed: int) -> None:
        chance, reader, sorts = random.Random(seed), reader_of(), list(asked)
        while time.perf_counter() < until:
            time.sleep(chance.random() * 2 * pause_s)
            sort = chance.choice(sorts)
            address = chance.choice(asked[sort])
            start = time.perf_counter()
            status, _ = reader.ask(address)
            took[sort].append(time.perf_counter() - start)
            if status != 200:
                print(f"{status}: {address}", flush=True)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(load.readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def say(named: str, took: Mapping[str, list[float]], seconds: float) -> None:
    every = [each for one in took.values() for each in one]
    print(f"{named:32} {'pages':>8} {'p50':>7} {'p95':>7}")
    for sort in took if len(took) > 1 else ():
        print(f"{sort:32} {len(took[sort]):8,} {_both(took[sort])}")
    slow = max((table_page.percentile(one, 95), sort) for sort, one in took.items())
    print(f"{'all':32} {len(every):8,} {_both(every)}  {len(every) / seconds:.0f} pages a second; "
          f"slowest sort: {slow[1]}, p95 {slow[0] * 1000:.0f} ms", flush=True)  # fmt: skip


def _both(took: Sequence[float]) -> str:
    return " ".join(f"{table_page.percentile(took, share) * 1000:7.0f}" for share in (50, 95))


def measure(folder: Path, load: Load) -> None:
    ledger = open_ledger(open_case(folder))
    asked = pages(ledger)
    ledger.close()
    with opened(folder, load.processes) as (process, host, cookie):
        serving = 1 + sum("beside" in _called(each) for each in family(process))
        print(f"{load.readers} readers, {serving} serving processes, {os.cpu_count()} cores, "
              f"load {os.getloadavg()[0]:.1f}; milliseconds", flush=True)  # fmt: skip
        alone(process, Reader(host, cookie), asked)
        tables = {each: asked[each] for each in asked if each.startswith("table: any")}
        for named, some, pause_s in (
            ("without pause", asked, 0.0),
            ("without pause, tables alone", tables, 0.0),
            ("with a second's pause", asked, 1.0),
        ):
            before = cpu_s(process)
            took = together(lambda: Reader(host, cookie), some, load, pause_s)
            say(named, took, load.seconds)
            count = sum(map(len, took.values()))
            print(f"{'':32} {(cpu_s(process) - before) / count * 1000:.1f} CPU ms a page")


def _called(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def main(folder: str = "", readers: str = "20", processes: str = "0", seconds: str = "25") -> None:
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(folder or scratch) / ("" if folder != "" else "case")
        large_case.make(kept)
        measure(kept, Load(int(readers), int(processes), float(seconds)))


if __name__ == "__main__":
    main(*sys.argv[1:5])
