"""Passwords that lie in the case open what is locked in it, and nothing else ever shows them."""

import io
import json
import os
import random
import shutil
import subprocess
import time
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from muniment.catalog import FileQuery, every_file, first_names, open_ledger
from muniment.core import parse_digest
from muniment.simulate.mail import Mail, mail
from muniment.simulate.office_lock import lock_office
from muniment.vault import open_case
from tests.app.cli import COMMAND, killed_after, muniment, muniment_json, muniment_lines
from tests.copies import copy_of

PASSWORD = "Zima_2018!x"  # noqa: S105 - of a file made here
CELL = "Zhanargul Test"


def locked_workbook(password: str) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["name", CELL])
    out = io.BytesIO()
    book.save(out)
    return lock_office(out.getvalue(), password, random.Random(1))


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked workbook, and a mail in another folder that tells its password."""
    folder = tmp_path_factory.mktemp("delivery")
    for name in ("lists", "mails"):
        (folder / name).mkdir()
    (folder / "lists" / "terms.xlsx").write_bytes(locked_workbook(PASSWORD))
    body = f"Hello,\nthe table terms.xlsx\npassword: {PASSWORD}\nbye"
    letter = mail(Mail(subject="the table", body=body, day=3, number=1))
    (folder / "mails" / "note.eml").write_bytes(letter.data)
    return folder


def new_case(folder: Path, delivery: Path) -> Path:
    muniment("init", folder / "case")
    muniment("intake", folder / "case", delivery)
    return folder / "case"


@pytest.fixture(scope="module")
def read_case(delivery: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the delivery, read; nothing in it is unlocked."""
    case = new_case(tmp_path_factory.mktemp("read"), delivery)
    muniment("process", case, "--workers", 1)
    return case


@pytest.fixture
def copied(read_case: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    copy_of(read_case, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture(scope="module")
def unlocked(read_case: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A copy that was unlocked, and what the command said."""
    case = tmp_path_factory.mktemp("unlocked") / "case"
    copy_of(read_case, case)
    return case, muniment_json("unlock", case, "--workers", 1)


def events(case: Path) -> list[dict[str, Any]]:
    lines = (case / "vault/journal/events-000000000000.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def states(case: Path) -> dict[str, str]:
    return {(item["names"] or [""])[0]: item["state"] for item in muniment_lines("items", case)}


def test_the_password_is_found_where_it_stands(unlocked: tuple[Path, Any]) -> None:
    case, said = unlocked
    (opened,) = said["opened"]
    (place,) = opened["places"]
    assert muniment_json("show", case, place)["written"] == PASSWORD
    assert said["locked"] == []
    assert states(case)["lists/terms.xlsx"] == "read"


def test_what_lay_inside_is_read_and_leads_back(unlocked: tuple[Path, Any]) -> None:
    case, said = unlocked
    hit = next(
        hit
        for hit in muniment_lines("search", case, f'"{CELL}"')
        if hit["sha256"] == said["opened"][0]["outputs"][0]
    )
    links = muniment_json("trace", case, hit["citation"])["chain"]
    assert [link["relation"] for link in links] == ["decrypted", "received"]
    assert [link["name"] for link in links] == ["lists/terms.xlsx (decrypted)", "lists/terms.xlsx"]
    assert bytes.fromhex(links[0]["name_hex"]) == b"EncryptedPackage"


def test_what_time_ran_out_on_is_tried_again(copied: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    words.write_text("\n".join((*(f"wrong{n}" for n in range(15)), PASSWORD)))
    asked = ("unlock", copied, "--passwords", words, "--most", 16, "--workers", 1)
    ended_early = muniment_json(*asked, "--seconds", 1)
    again = muniment_json(*asked)
    # However many were tried in a second: none of those left was taken for tried.
    assert len(ended_early["opened"]) + len(again["opened"]) == 1


def test_a_list_of_files_shows_it_under_the_name_of_what_held_it(
    unlocked: tuple[Path, Any],
) -> None:
    case, said = unlocked
    opened = said["opened"][0]["outputs"][0]
    with closing(open_ledger(open_case(case))) as ledger:
        (row,) = [row for row in every_file(ledger, FileQuery()) if row.sha256 == opened]
        assert first_names(ledger, [parse_digest(opened)])[opened] == row.name
    assert row.name == "lists/terms.xlsx (decrypted)"
    assert row.others == ("EncryptedPackage",)


def test_the_journal_says_how_and_never_what(unlocked: tuple[Path, Any]) -> None:
    case, said = unlocked
    (event,) = [event for event in events(case) if event["event"] == "decryption"]
    detail = event["detail"]
    assert event["objects"][0] == said["opened"][0]["sha256"]
    assert detail["scheme"] == "ECMA-376 agile, AES-256, SHA512, 100000 rounds"
    assert detail["reader"].startswith("encrypted-office ")
    assert detail["outputs"] == said["opened"][0]["outputs"]
    assert detail["places"] == said["opened"][0]["places"]
    assert len(detail["commitment"]) == 64
    assert PASSWORD not in json.dumps(event)
    assert muniment_json("verify", case)["ok"]


def test_no_row_of_the_tables_stands_twice(unlocked: tuple[Path, Any]) -> None:
    case, _ = unlocked
    for table in ("texts", "cells"):
        rows = muniment_lines("sql", case, f"FROM {table} SELECT citation")
        assert len(rows) == len({row["citation"] for row in rows}) > 0
    rows = muniment_lines("sql", case, "SELECT * FROM metadata WHERE name = 'encryption'")
    assert len(rows) == 1


def test_a_rebuild_opens_it_again_and_gives_the_same(
    unlocked: tuple[Path, Any], tmp_path: Path
) -> None:
    case, _ = unlocked
    for name in ("one", "two"):
        copy_of(case, tmp_path / name)
    shutil.rmtree(tmp_path / "two" / "work")
    digests = {muniment_json("rebuild", tmp_path / name)["digest"] for name in ("one", "two")}
    assert len(digests) == 1
    assert states(tmp_path / "two")["lists/terms.xlsx"] == "read"


def test_however_it_was_opened_the_digest_is_one(
    unlocked: tuple[Path, Any], delivery: Path, tmp_path: Path
) -> None:
    copy_of(unlocked[0], tmp_path / "found")
    given = new_case(tmp_path, delivery)
    (tmp_path / "list").write_text(f"wrong\n\n{PASSWORD}\nother\n", "utf-16")
    assert muniment_json("process", given, "--passwords", tmp_path / "list")["opened"] == 1
    assert (
        muniment_json("rebuild", given)["digest"]
        == muniment_json("rebuild", tmp_path / "found")["digest"]
    )
    (event,) = [event for event in events(given) if event["event"] == "decryption"]
    assert (event["detail"]["how"], event["detail"]["places"]) == ("given", [])


def test_wrong_passwords_leave_it_locked_and_are_not_tried_twice(
    copied: Path, tmp_path: Path
) -> None:
    case = copied
    (tmp_path / "list").write_text("\n".join(f"wrong {number}" for number in range(12)))
    seconds = []
    for _ in range(2):
        began = time.monotonic()
        done = muniment_json("process", case, "--passwords", tmp_path / "list", "--workers", 1)
        seconds.append(time.monotonic() - began)
        assert done["opened"] == 0
        assert states(case)["lists/terms.xlsx"] == "locked"
        (tried,) = [path for path in (case / "work/tried").rglob("*") if path.is_file()]
        assert tried.stat().st_size == 12 * 8
    assert not (case / "vault/keyring").exists()


BAD_FILES: dict[str, bytes] = {
    "nothing": b"",
    "blank lines": b"\n \r\n\t\n",
    "no letters": b"\xff\xfe\x00",
    "neither encoding": b"pass\xffword",
    "a line that nobody typed": b"x" * 300,
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_list_is_refused_before_anything_is_done(
    what: str, read_case: Path, tmp_path: Path
) -> None:
    (tmp_path / "list").write_bytes(BAD_FILES[what])
    before = len(events(read_case))
    done = muniment("process", read_case, "--passwords", tmp_path / "list", check=False)
    assert done.returncode == 2
    assert b"list" in done.stderr
    assert b"xxx" not in done.stderr
    assert len(events(read_case)) == before


def test_passwords_are_shown_on_a_terminal_alone(read_case: Path) -> None:
    for more in ((), ("--json",)):
        done = muniment("unlock", read_case, "--show-passwords", *more, check=False)
        assert done.returncode == 2
        assert done.stdout == b""


def holds(data: bytes, password: str) -> bool:
    return any(password.encode(name) in data for name in ("utf-8", "utf-16-le", "utf-16-be"))


def unpacked_frames(data: bytes) -> bytes:
    """Everything in a part file or index that zlib packed."""
    found = []
    for at in range(len(data)):
        if data[at : at + 1] == b"\x78":
            unpacker = zlib.decompressobj()
            try:
                found.append(unpacker.decompress(data[at:], 1 << 20))
            except zlib.error:
                continue
    return b"".join(found)


def test_a_given_password_is_nowhere_but_in_its_list(tmp_path: Path) -> None:
    """Not in the case, in an argument or environment of any process, or in what is said."""
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    (delivery / "terms.xlsx").write_bytes(locked_workbook(PASSWORD))
    case = new_case(tmp_path, delivery)
    passwords = tmp_path / "list"
    passwords.write_text("\n".join([*(f"wrong {n}" for n in range(20)), PASSWORD]))
    command = [*COMMAND, "process", str(case), "--passwords", str(passwords), "--workers", "1"]
    seen = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        while running.poll() is None:
            seen += list(_arguments_and_environments())
            time.sleep(0.1)
        said = running.stdout.read() if running.stdout is not None else b""
    assert states(case)["terms.xlsx"] == "read"
    assert len(seen) > 10
    assert not any(holds(each, PASSWORD) for each in (said, *seen))
    for path in case.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not holds(data, PASSWORD), path
            if path.suffix in (".parts", ".store"):
                assert not holds(unpacked_frames(data), PASSWORD), path


def _arguments_and_environments() -> list[bytes]:
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            for name in ("cmdline", "environ"):
                try:
                    found.append((process / name).read_bytes())
                except OSError:
                    continue
    return found


def test_an_export_holds_no_key(unlocked: tuple[Path, Any], tmp_path: Path) -> None:
    case, said = unlocked
    muniment("export", case, "--out", tmp_path / "bag")
    (key,) = (case / "vault/keyring").iterdir()
    names = {path.name for path in (tmp_path / "bag").rglob("*")}
    assert key.name not in names
    assert said["opened"][0]["sha256"] in names


@pytest.mark.night
def test_killing_unlock_loses_nothing(
    read_case: Path, unlocked: tuple[Path, Any], tmp_path: Path
) -> None:
    case = tmp_path / "case"
    copy_of(read_case, case)
    moments = random.Random(4)
    hit = 0
    for _ in range(12):
        hit += killed_after(moments.uniform(0.8, 4.5), "unlock", case, "--workers", 1)
    assert hit > 2
    muniment("unlock", case, "--workers", 1)
    assert states(case)["lists/terms.xlsx"] == "read"
    assert len([event for event in events(case) if event["event"] == "decryption"]) == 1
    assert len(list((case / "vault/keyring").glob("*.key"))) == 1
    assert muniment_json("verify", case)["ok"]
    copy_of(unlocked[0], tmp_path / "calm")
    digests = {muniment_json("rebuild", each)["digest"] for each in (case, tmp_path / "calm")}
    assert len(digests) == 1


def test_the_simulated_leak_opens_itself(case_of_leak: Path, truth: Path) -> None:
    passwords = json.loads((truth / "truth.json").read_text("utf-8"))["passwords"]
    said = muniment_json("unlock", case_of_leak, "--workers", 2)
    names = {item["sha256"]: item["names"] for item in muniment_lines("items", case_of_leak)}
    for opened in said["opened"]:
        written = muniment_json("show", case_of_leak, opened["places"][0])["written"]
        assert written in {passwords[name] for name in names[opened["sha256"]]}
    workbook = "02 收押/刑期台账（加密）.xlsx"
    assert [workbook] in [names[opened["sha256"]] for opened in said["opened"]]
    assert states(case_of_leak)[workbook] == "read"


@pytest.fixture
def case_of_leak(case: Path, tmp_path: Path) -> Path:
    """A copy of the case of the whole simulated leak, read."""
    copy_of(case, tmp_path / "leak-case")
    return tmp_path / "leak-case"


def test_a_key_that_is_gone_is_named_and_can_be_found_again(
    unlocked: tuple[Path, Any], tmp_path: Path
) -> None:
    copy_of(unlocked[0], tmp_path / "case")
    (key,) = (tmp_path / "case/vault/keyring").iterdir()
    key.unlink()
    done = muniment("verify", tmp_path / "case", "--json", check=False)
    assert done.returncode == 3
    failures = json.loads(done.stdout)["failures"]
    assert [(each["what"], each["where"]) for each in failures] == [("key missing", key.stem)]
    muniment("rebuild", tmp_path / "case")
    assert states(tmp_path / "case")["lists/terms.xlsx"] == "locked"
    assert len(muniment_json("unlock", tmp_path / "case")["opened"]) == 1
    assert muniment_json("verify", tmp_path / "case")["ok"]
