"""Pages that list and count, over ledgers of 10^4 to 10^6 objects: the 95th percentile of each.

    python benchmarks/listing.py [OBJECTS]        10^6 takes some five minutes and 2 GB

The objects are made up: kinds, states, names in three scripts, containers of up to 100,000 files,
a logo that lies in every tenth container, a problem in every third file. What is measured is what a
page asks, in milliseconds of CPU: on an idle machine hardly more passes.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from muniment.catalog import (
    FileOrder,
    FileQuery,
    Ledger,
    ProblemQuery,
    holdings,
    list_files,
    list_problems,
    next_steps,
    shortcomings,
    size_counts,
)
from muniment.catalog.listing import call
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS, PROBLEMS
from muniment.core import parse_digest

_ROUNDS = 40
_BATCH = 20_000
_TYPES = ("text/plain", "application/pdf", "image/jpeg", "message/rfc822", "application/zip", "")
_STATES = ("read",) * 92 + ("refused",) * 4 + ("locked",) * 2 + ("unreadable", "empty")
_CODES = ("encoding-guessed", "page-without-text", "crc-mismatch", "type-unknown", "repaired")
_WORDS = ("report", "Отчёт", "名单", "letter", "照片", "Übersicht", "scan", "invoice")
_HELD = 30  # of 100 objects arrived; the others lie in those


def digest(number: int) -> str:
    return f"{number * 2654435761 % 2**64:016x}".rjust(64, "0")


def objects(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        state = _STATES[number * 7 % 100]
        yield {
            "digest": digest(number),
            "size": (number * 7919 % 10_000_019) // (1 + number % 977),
            "depth": int(number % 100 >= _HELD),
            "received": int(number % 100 < _HELD),
            "state": state,
            "reason": ""
            if state in ("read", "empty")
            else f"more than {number % 5} of kind {number % 40:c<3}",
            "type": _TYPES[number % len(_TYPES)],
            "parts_digest": digest(number),
        }


def name(number: int) -> str:
    return f"{_WORDS[number * 31 % 8]} {number * 17 % 99991}.{('txt', 'pdf', 'jpg')[number % 3]}"


def fill(ledger: Ledger, count: int) -> None:
    rows = list(range(0, count, _BATCH))
    everything = objects(count)
    with ledger.engine.begin() as connection:
        for start in rows:
            batch = [next(everything) for _ in range(min(_BATCH, count - start))]
            connection.execute(insert(OBJECTS), batch)
            numbers = range(start, start + len(batch))
            arrived = [
                {"seq": 10**6 + n, "digest": digest(n), "intake": "i", "name": name(n),
                 "raw_name": b"x"}
                for n in numbers if n % 100 < _HELD
            ]  # fmt: skip
            connection.execute(insert(DELIVERIES), arrived)
            lying = [
                {"parent": digest(0 if n % 10 == 5 else n - n % 100), "number": n, "position": n,
                 "digest": digest(n), "relation": "member", "name": name(n), "raw_name": b"x",
                 "place": f"index={n}", "stated": "{}"}
                for n in numbers if n % 100 >= _HELD
            ]  # fmt: skip
            connection.execute(insert(CONTAINMENTS), lying)
            logo = [
                {"parent": digest(n), "number": -1, "position": 0, "digest": digest(99),
                 "relation": "embedded", "name": "logo.png", "raw_name": b"x", "place": "",
                 "stated": "{}"}
                for n in numbers if n % 10 == 0 and n % 100 < _HELD
            ]  # fmt: skip
            connection.execute(insert(CONTAINMENTS), logo)
            troubles = [
                {"digest": digest(n), "number": 0, "place": "", "code": _CODES[n % 5],
                 "message": "m"}
                for n in numbers if n % 3 == 0
            ]  # fmt: skip
            connection.execute(insert(PROBLEMS), troubles)
            for n in numbers:
                call(connection, digest(n), name(n))


def p95(question: Callable[[], object]) -> float:
    taken = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        question()
        taken.append(time.process_time() - start)
    return sorted(taken)[int(_ROUNDS * 0.95) - 1] * 1000


def questions(ledger: Ledger) -> dict[str, Callable[[], object]]:
    why = next(each.key for each in shortcomings(ledger) if each.key != "")
    half = list_files(ledger, FileQuery(name="invoice"), 50).after
    big, code = parse_digest(digest(0)), ProblemQuery(code="repaired")
    return {
        "counts of the overview": lambda: (
            holdings(ledger),
            next_steps(ledger),
            size_counts(ledger),
        ),
        "files by name, first page": lambda: list_files(ledger, FileQuery(), 50),
        "files by name, in the middle": lambda: list_files(ledger, FileQuery(), 50, half),
        "files, largest first": lambda: list_files(ledger, FileQuery(order=FileOrder.LARGEST), 50),
        "locked files": lambda: list_files(ledger, FileQuery(state="locked"), 50),
        "locked files, largest first": lambda: list_files(
            ledger, FileQuery(state="locked", order=FileOrder.LARGEST), 50
        ),
        "read PDFs": lambda: list_files(ledger, FileQuery(kind="PDF", state="read"), 50),
        "unreadable mail": lambda: list_files(
            ledger, FileQuery(kind="mail", state="unreadable"), 50
        ),
        "files of one reason": lambda: list_files(ledger, FileQuery(why=why), 50),
        "name holds two Chinese signs": lambda: list_files(ledger, FileQuery(name="名单"), 50),
        "name holds what no name holds": lambda: list_files(ledger, FileQuery(name="zzzz"), 50),
        "files of a large container": lambda: list_files(ledger, FileQuery(within=big), 50),
        "problems of one code": lambda: list_problems(ledger, code, 50),
        "problems of one file": lambda: list_problems(ledger, ProblemQuery(file=big), 50),
    }


def main() -> None:
    largest = int(float(sys.argv[1])) if len(sys.argv) > 1 else 100_000
    found: dict[str, list[float]] = {}
    for count in (largest // 10, largest):
        with tempfile.TemporaryDirectory() as folder:
            ledger = Ledger(Path(folder) / "ledger.sqlite")
            start = time.process_time()
            fill(ledger, count)
            each = (time.process_time() - start) / count * 1e6
            size = (Path(folder) / "ledger.sqlite").stat().st_size / count
            print(f"{count:,} objects: {each:.0f} µs of CPU and {size:.0f} bytes each")
            for said, question in questions(ledger).items():
                found.setdefault(said, []).append(p95(question))
            ledger.close()
    print(f"| p95, ms of CPU | {largest // 10:,} | {largest:,} |")
    for said, (small, large) in found.items():
        print(f"| {said} | {small:.1f} | {large:.1f} |")


if __name__ == "__main__":
    main()
