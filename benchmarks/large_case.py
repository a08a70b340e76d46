"""Makes the case that `readers_at_once.py` reads: large where pages could grow with it.

    python benchmarks/large_case.py FOLDER [SHARE]

    a simulated leak, received and processed        files of every kind, really read
    100,000 objects in containers, with problems    as `listing.py` makes them up
    10^6 passages of 5,000 of them                  as `search.py` writes them
    100,000 messages of 5,000 people                as `mail.py` makes them up
    100,000 pictures, a tenth with a place
    a table of 300,000 rows × 20 columns            as `table_page.py` makes it up
    2,000 notes and tags

Takes some five minutes and 1.5 GB, once: the case stays where FOLDER is named. A SHARE of 0.01
makes everything a hundred times smaller.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import listing
import mail
import search
import table_page
from sqlalchemy import func, insert, select

from muniment.app.main import run
from muniment.catalog import Ledger, open_ledger
from muniment.catalog.annotation_tables import ANNOTATIONS
from muniment.catalog.mail.stage import _converse, _correspond
from muniment.catalog.mail.tables import MAIL_READ
from muniment.catalog.passages import Passage, Piece
from muniment.catalog.pictures.stage import _count, _row
from muniment.catalog.pictures.stating import stated_by
from muniment.catalog.pictures.tables import PICTURES
from muniment.catalog.searching.embedded import EmbeddedEngine
from muniment.catalog.searching.engine import Entry
from muniment.catalog.tables import CONTAINMENTS, OBJECTS
from muniment.core import Chars, Field, Image, Metadata, Part, UsageError, Whole, parse_digest
from muniment.simulate import SimulationRequest, simulate
from muniment.vault import Case, open_case

TABLE = table_page.DIGEST
_OBJECTS, _PASSAGES, _MESSAGES, _PICTURES, _ROWS, _COLUMNS, _NOTES = (
    100_000, 1_000_000, 100_000, 100_000, 300_000, 20, 2_000,
)  # fmt: skip
_PEOPLE = 200  # of the simulated leak
_PUT = 100  # objects a commit


def make(folder: Path, share: float = 1.0) -> Case:
    """The case at `folder`, made where there is none of this version."""
    if (folder / "made-up").exists() and _is_current(folder):
        return open_case(folder)
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        leak = simulate(SimulationRequest(11, _PEOPLE, Path(scratch) / "county")).leak
        run(["init", str(folder)])
        run(["intake", str(folder), str(leak), "--from", "a drive in the post"])
        run(["process", str(folder), "--workers", "2"])
    case = open_case(folder)
    ledger = open_ledger(case)
    for named, fill in {
        "objects": lambda: listing.fill(ledger, int(_OBJECTS * share)),
        "objects as read": lambda: _as_read(ledger),
        "pictures": lambda: pictures(ledger, int(_PICTURES * share)),
        "messages": lambda: messages(ledger, int(_MESSAGES * share)),
        "notes": lambda: notes(ledger, int(_NOTES * share)),
        "table": lambda: table_page.lay_out(case, ledger, int(_ROWS * share), _COLUMNS),
        "passages": lambda: passages(case, int(_PASSAGES * share)),
    }.items():
        print(f"{named}: {table_page.cpu(fill):.0f} CPU s", flush=True)
    ledger.close()
    (folder / "made-up").touch()
    return case


def _is_current(folder: Path) -> bool:
    try:
        open_ledger(open_case(folder)).close()
    except UsageError:
        return False
    return True


def _as_read(ledger: Ledger) -> None:
    """Nothing is left to be indexed: the room would begin with that."""
    with ledger.engine.begin() as connection:
        connection.execute(OBJECTS.update().values(indexed=1, tabled=1, committed=1))


def passages(case: Case, count: int) -> None:
    """Made-up writing of made-up objects, beside what was really read."""
    engine = EmbeddedEngine(case.work / "index")
    waiting: list[Entry] = []
    for number, (_, facts, texts) in enumerate(search.objects(count, 1)):
        held = [
            Passage(text, (Piece(0, len(text), Chars(0, len(text))),), "text") for text in texts
        ]
        waiting.append(Entry(parse_digest(listing.digest(number)), facts, held))
        if len(waiting) == _PUT:
            engine.put(waiting)
            waiting = []
    engine.put(waiting)
    engine.close()


def messages(ledger: Ledger, count: int) -> None:
    """Made-up messages, each an object."""
    mail.fill(ledger, count)
    with ledger.engine.begin() as connection:
        known = select(OBJECTS.c.digest)
        new = select(MAIL_READ.c.digest).where(MAIL_READ.c.digest.not_in(known))
        digests = list(connection.scalars(new))
        for start in range(0, len(digests), 10_000):
            _meet(connection, digests[start : start + 10_000], "message/rfc822", "eml")
        _converse(connection)
        _correspond(connection)


def pictures(ledger: Ledger, count: int) -> None:
    """Made-up photographs, a tenth of them with a place."""
    chance = random.Random(3)
    digests = [f"{number:08x}".rjust(64, "1") for number in range(count)]
    for start in range(0, count, 10_000):
        batch = digests[start : start + 10_000]
        rows = [_row(each, "x", stated_by(_photograph(chance))) for each in batch]
        with ledger.engine.begin() as connection:
            _meet(connection, batch, "image/jpeg", "jpg")
            connection.execute(insert(PICTURES), rows)
    with ledger.engine.begin() as connection:
        _count(connection)


def _photograph(chance: random.Random) -> Iterator[Part]:
    yield Image(Whole(), chance.randrange(100, 5_000), chance.randrange(100, 4_000))
    day = (
        f"{chance.randrange(2005, 2020)}:{chance.randrange(1, 13):02}:{chance.randrange(1, 28):02}"
    )
    values = {"EXIF DateTimeOriginal": f"{day} 10:00:00", "Image Model": f"C{chance.randrange(60)}"}
    if chance.random() < 0.1:
        values["XMP exif:GPSLatitude"] = f"{chance.randrange(90)},{chance.randrange(6_000) / 100}N"
        values["XMP exif:GPSLongitude"] = f"{chance.randrange(180)},{chance.randrange(60)}.5E"
    for name, value in values.items():
        yield Metadata(Field(name), name, value)


def _meet(connection: Any, digests: list[str], kind: str, ending: str) -> None:
    """Objects that lie in one container."""
    common = {
        "size": 999, "depth": 1, "received": 0, "state": "read", "type": kind,
        "indexed": 1, "tabled": 1, "committed": 1, "parts_digest": "x",
    }  # fmt: skip
    connection.execute(insert(OBJECTS), [{"digest": each} | common for each in digests])
    last = connection.scalar(select(func.max(CONTAINMENTS.c.number))) or 0
    lying = [
        {"parent": listing.digest(0), "number": last + n, "position": last + n, "digest": each,
         "relation": "member", "name": f"{n}.{ending}", "raw_name": b"x", "place": f"index={n}",
         "stated": "{}"}
        for n, each in enumerate(digests, 1)
    ]  # fmt: skip
    connection.execute(insert(CONTAINMENTS), lying)


def notes(ledger: Ledger, count: int) -> None:
    """Notes and tags at a few hundred objects."""
    rows = [
        {"id": f"{n:064x}", "seq": 10**9 + n, "draft": f"{n:032x}", "kind": ("note", "tag")[n % 2],
         "actor": f"desk-{n % 5}", "at": "2026-01-01T00:00:00Z", "written": "2026-01-01T00:00:00Z",
         "digest": listing.digest(n % 700), "place": "", "body": f"said {n % 300}",
         "now": f"said {n % 300}", "folded": f"said {n % 300}"}
        for n in range(count)
    ]  # fmt: skip
    with ledger.engine.begin() as connection:
        connection.execute(insert(ANNOTATIONS), rows)


def main(folder: str = "", share: str = "1") -> None:
    if folder == "":  # among all benchmarks `readers_at_once.py` makes it
        print("name a folder: the case stays there for `readers_at_once.py FOLDER`")
        return
    make(Path(folder), float(share))


if __name__ == "__main__":
    main(*sys.argv[1:3])
