"""Measures the pages of facts over a large list: CPU milliseconds, the first time and later.

    python benchmarks/pages_of_facts.py CASE        a case with a confirmed mapping, such as of
                                                    300,000 rows of 20 columns

In one process, without a network: what the pages cost, not what a server adds. Every address is
another one, so that no answer is one that was kept; the last column asks the same again.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import quote

from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room

_PORT = 8080


def addresses(room: Room) -> dict[str, list[str]]:
    """Addresses by sort of page."""
    chance = random.Random(5)
    asked = "SELECT entity, sha256, sheet, citation FROM statements USING SAMPLE 15"
    rows = room.facts.rows(asked)
    table = rows[0]["sha256"] if rows else ""
    sheet = "" if not rows or rows[0]["sheet"] is None else "?sheet=" + quote(rows[0]["sheet"])
    return {
        "facts": ["/facts"],
        "facts: later pages": [f"/facts?start={chance.randrange(6_000) * 50}" for _ in rows],
        "facts: of a name": [f"/facts?words=Name{chance.randrange(50_000)}" for _ in rows],
        "an entity": [f"/entity/{row['entity']}" for row in rows],
        "what a row states": ["/statements?c=" + quote(row["citation"], safe="") for row in rows],
        "facilities": ["/facilities"],
        "in time": ["/timeline"],
        "mappings": ["/mappings"],
        "a mapping": [f"/mapping/{table}{sheet}"],
    }


def cpu_ms(ask: Callable[[str], int], address: str) -> float:
    before = time.process_time()
    status = ask(address)
    if status != 200:
        raise SystemExit(f"{address}: {status}")
    return 1000 * (time.process_time() - before)


def main() -> None:
    with open_room(Path(sys.argv[1]), "a benchmark") as room:
        gate = Gate(_PORT)
        client = TestClient(make_app(room, gate), f"http://127.0.0.1:{_PORT}")
        client.get(f"/enter/{gate.new_key()}")

        def ask(address: str) -> int:
            answer = client.get(address)
            sizes.append(len(answer.content))
            return answer.status_code

        sizes: list[int] = []
        print(f"{'CPU ms':<22}{'first':>9}{'median':>9}{'largest':>9}{'again':>9}{'kB':>9}")
        for name, listed in addresses(room).items():
            sizes.clear()
            found = [cpu_ms(ask, each) for each in listed]
            again = cpu_ms(ask, listed[0])
            kb = max(sizes) / 1000
            figures = (found[0], median(found), max(found), again, kb)
            print(f"{name:<22}" + "".join(f"{each:9.1f}" for each in figures), flush=True)


if __name__ == "__main__":
    main()
