"""Sets of volumes by name, and what joining them gives."""

import hashlib
import io
import random
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from muniment.catalog.volumes import Named, volume_sets
from tests.app.cli import muniment, muniment_json, muniment_lines


def sets_of(*names: str) -> list[tuple[str, list[str]]]:
    named = [Named(name, "here", name) for name in names]
    return [(each.name, [v.name for v in each.volumes]) for each in volume_sets(named)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.7z.002", "a.7z.001"], [("a.7z", ["a.7z.001", "a.7z.002"])]),
        (["a.000", "a.001"], [("a", ["a.000", "a.001"])]),
        (["b.part2.rar", "b.part1.rar"], [("b.rar", ["b.part1.rar", "b.part2.rar"])]),
        (["c.zip", "c.z02", "c.z01"], [("c.zip", ["c.z01", "c.z02", "c.zip"])]),
        (["d.r00", "d.r01", "d.rar"], [("d.rar", ["d.rar", "d.r00", "d.r01"])]),
        (["e.db-wal", "e.db"], [("e.db", ["e.db", "e.db-wal"])]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_volumes_are_put_in_order(names: list[str], expected: list[tuple[str, list[str]]]) -> None:
    assert sets_of(*names) == expected


@pytest.mark.parametrize(
    "names",
    [
        ["a.7z.002", "a.7z.003"],
        ["a.7z.001", "a.7z.003"],
        ["c.z01", "c.z03", "c.zip"],
        ["a.001", "b.002"],
        ["one.zip"],
        ["d.r00", "d.r01"],
        ["e.db-wal", "e"],
    ],
    ids=str,
)
def test_a_set_with_a_gap_is_not_proposed(names: list[str]) -> None:
    assert sets_of(*names) == []


def test_files_of_different_places_do_not_belong_together() -> None:
    named = [Named("1", "here", "a.001"), Named("2", "there", "a.002")]
    assert list(volume_sets(named)) == []


@pytest.fixture
def archive() -> bytes:
    noise = random.Random(5).randbytes(90_000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr("noise.bin", noise)
        opened.writestr("letter.txt", "The ledger lies in the third drawer.")
    return made.getvalue()


def test_a_split_archive_is_joined_read_and_traced(tmp_path: Path, archive: bytes) -> None:
    folder, case = tmp_path / "leak", tmp_path / "case"
    folder.mkdir()
    step = 40_000
    for number, start in enumerate(range(0, len(archive), step), 1):
        (folder / f"papers.zip.{number:03}").write_bytes(archive[start : start + step])
    muniment("init", case)
    muniment("intake", case, folder)
    muniment("process", case)
    (hit,) = [h for h in muniment_lines("search", case, "drawer") if "ledger" in h["snippet"]]
    shown = muniment_json("show", case, hit["citation"])
    relations = [link["relation"] for link in shown["chain"]]
    assert relations == ["member", "joined", "received"]
    joined = hashlib.sha256(archive).hexdigest()
    (item,) = [i for i in muniment_lines("items", case) if i["sha256"] == joined]
    assert item["names"] == ["papers.zip"]
    assert [parent["member"] for parent in item["parents"]] == ["papers.zip"] * 3
    before = muniment_json("rebuild", case)["digest"]
    assert muniment_json("process", case)["read_now"] == 0
    assert muniment_json("rebuild", case)["digest"] == before
    assert muniment_json("verify", case)["ok"]


def test_a_database_and_the_log_beside_it_are_read_together(tmp_path: Path) -> None:
    folder, case = tmp_path / "leak", tmp_path / "case"
    folder.mkdir()
    with closing(sqlite3.connect(tmp_path / "calls.db")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE calls (said TEXT)")
        database.execute("INSERT INTO calls VALUES ('before the log was emptied')")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.execute("INSERT INTO calls VALUES ('only in the log')")
        database.commit()
        for name in ("calls.db", "calls.db-wal"):
            shutil.copy(tmp_path / name, folder)
    muniment("init", case)
    muniment("intake", case, folder)
    muniment("process", case)
    (hit,) = muniment_lines("search", case, '"only in the log"')
    shown = muniment_json("show", case, hit["citation"])
    assert [link["relation"] for link in shown["chain"]] == ["joined", "received"]
    items = {item["sha256"]: item for item in muniment_lines("items", case)}
    whole = b"".join((folder / name).read_bytes() for name in ("calls.db", "calls.db-wal"))
    assert items[hashlib.sha256(whole).hexdigest()]["state"] == "read"
    assert muniment_json("verify", case)["ok"]


def test_pictures_with_numbers_for_endings_are_not_joined(tmp_path: Path) -> None:
    folder, case = tmp_path / "leak", tmp_path / "case"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"page.{number:03}").write_bytes(b"\xff\xd8\xff\xe0" + bytes([number]) * 500)
    muniment("init", case)
    muniment("intake", case, folder)
    assert muniment_json("process", case)["items"] == 2
