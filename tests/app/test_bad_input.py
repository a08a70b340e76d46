"""Every wrong call gets one clear line, a next step and its exit code; nothing is changed."""

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.app.main import run
from tests.app.cli import COMMAND, muniment, muniment_json, muniment_lines

CASE = object()  # stands for the shared case in the calls below
HASH = "00" * 32

# What is wrong: the call, its exit code, and a word of what the person is told.
WRONG_CALLS: dict[str, tuple[list[object], int, str]] = {
    "no such command": (["frobnicate"], 2, "frobnicate"),
    "an unknown option": (["items", CASE, "--loud"], 2, "--loud"),
    "a missing argument": (["show", CASE], 2, "citation"),
    "a number that is none": (["search", CASE, "x", "--limit", "many"], 2, "many"),
    "a number out of range": (["process", CASE, "--workers", "0"], 2, "workers"),
    "a folder that is no case": (["status", "/etc"], 2, "not a case"),
    "a case that is not there": (["status", "/nowhere"], 2, "not a case"),
    "a file as a case": (["items", "/etc/hostname"], 2, "not a case"),
    "a path that is not there": (["intake", CASE, "/nowhere/at/all"], 2, "not there"),
    "no path": (["intake", CASE], 2, "paths"),
    "the case into itself": (["intake", CASE, CASE], 2, "inside each other"),
    "a folder around the case": (["intake", CASE, "/"], 2, "inside each other"),
    "a case over a case": (["init", CASE], 2, "already"),
    "a case where no folder is": (["init", "/nowhere/case"], 2, "not a folder"),
    "a digest that is none": (["text", CASE, "abc"], 2, "not a digest"),
    "a digest of nothing here": (["text", CASE, HASH], 2, "not in this case"),
    "a citation that is none": (["show", CASE, "page 3"], 2, "not a citation"),
    "a citation of nothing here": (["show", CASE, HASH], 2, "no object"),
    "a trace of nothing here": (["trace", CASE, HASH], 2, "no object"),
    "an empty query": (["search", CASE, ""], 2, "no letter"),
    "a query of signs": (["search", CASE, "!!! ???"], 2, "no letter"),
    "a query without end": (["search", CASE, "x" * 5_000], 2, "characters"),
    "SQL that changes": (["sql", CASE, "DELETE FROM items"], 2, "SELECT"),
    "SQL that writes a file": (["sql", CASE, "COPY items TO '/tmp/stolen'"], 2, "SELECT"),
    "SQL that reads a file": (["sql", CASE, "SELECT * FROM read_text('/etc/passwd')"], 2, "SQL"),
    "SQL that is none": (["sql", CASE, "SELEKT"], 2, "SQL"),
    "two statements": (["sql", CASE, "SELECT 1; SELECT 2"], 2, "one SELECT"),
    "a verifier key that is none": (["verify", CASE, "--key", "abc"], 2, "verifier key"),
    "an export over something": (["export", CASE, "--out", "/etc"], 2, "already"),
    "an export of nothing here": (["export", CASE, "--out", "/tmp/new", "--object", HASH], 2, ""),
    "an import of nothing": (["import", CASE, "/nowhere"], 2, "not there"),
    "an import of no bag": (["import", CASE, "/etc/apt"], 2, ""),
    "a passphrase file that is not there": (
        ["process", CASE, "--passphrase-file", "/nowhere"],
        2,
        "passphrase",
    ),
    "a passphrase that is not needed": (
        ["process", CASE, "--passphrase-file", "/etc/hostname"],
        2,
        "not encrypted",
    ),
    "too few people": (["simulate", "--people", "3", "--out", "/tmp/new"], 2, "people"),
    "a simulation over something": (["simulate", "--out", "/etc"], 2, "already"),
    "a checkpoint that is not there": (
        ["log", "checkpoint", CASE, "--size", "99999"],
        2,
        "no check",
    ),
}


def snapshot(folder: Path) -> str:
    """One hash over names, sizes and modes of a case, and the bytes of its journal."""
    hasher = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        # The databases' side files come and go with every reader.
        if not path.name.endswith(("-wal", "-shm")):
            kind = path.stat().st_mode
            size = path.stat().st_size if path.is_file() else 0
            hasher.update(f"{path.relative_to(folder)} {kind} {size}\n".encode("utf-8", "replace"))
    for path in sorted((folder / "vault" / "journal").glob("events-*")):
        hasher.update(path.read_bytes())
    return hasher.hexdigest()


@pytest.fixture(scope="module")
def quiet_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small case that wrong calls are tried on."""
    folder = tmp_path_factory.mktemp("quiet")
    (folder / "leak").mkdir()
    (folder / "leak" / "a.txt").write_text("Ein Satz.")
    case = folder / "case"
    muniment("init", case)
    muniment("intake", case, folder / "leak")
    muniment("process", case)
    return case


@pytest.mark.parametrize("what", WRONG_CALLS)
def test_a_wrong_call_says_what_is_wrong_and_changes_nothing(
    quiet_case: Path, what: str, capfd: pytest.CaptureFixture[str]
) -> None:
    call, code, word = WRONG_CALLS[what]
    arguments = [str(quiet_case) if each is CASE else str(each) for each in call]
    before = snapshot(quiet_case)
    returned = run(arguments)
    out, told = capfd.readouterr()
    assert returned == code, told
    assert out == ""
    assert word.lower() in told.lower()
    assert "next: " in told
    assert "Traceback" not in told
    assert len(told.splitlines()) == 2
    assert snapshot(quiet_case) == before


def test_a_wrong_passphrase_stops_before_anything_is_done(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text("correct horse\n")
    wrong.write_text("incorrect horse\n")
    (tmp_path / "a.txt").write_text("a")
    case = tmp_path / "case"
    muniment("init", case, "--passphrase-file", right)
    before = snapshot(case)
    for extra in ([], ["--passphrase-file", wrong]):
        done = muniment("intake", case, tmp_path / "a.txt", *extra, check=False)
        assert done.returncode == 2
        assert "next: " in done.stderr.decode()
        assert b"horse" not in done.stderr
        assert snapshot(case) == before
    muniment("intake", case, tmp_path / "a.txt", "--passphrase-file", right)


def test_a_newer_case_is_refused_and_left_alone(quiet_case: Path, tmp_path: Path) -> None:
    header = quiet_case / "muniment.json"
    newer = tmp_path / "case"
    newer.mkdir()
    (newer / "muniment.json").write_bytes(
        header.read_bytes().replace(b'"version":1', b'"version":7')
    )
    for command in ("status", "process", "verify", "rebuild"):
        done = muniment(command, newer, check=False)
        assert done.returncode == 2
        assert "newer Muniment" in done.stderr.decode()
    assert [path.name for path in newer.iterdir()] == ["muniment.json"]


NAMES = {
    "a newline": b"a\nb.txt",
    "control characters": b"\x1b[31mred\x07.txt",
    "not UTF-8": b"\xff\xfe.txt",
    "GBK": "名单.txt".encode("gbk"),
    "right to left": "\u202egpj.exe".encode(),
    "percent": b"a%0Ab.txt",
    "a dash": b"--help",
    "only spaces": b"   ",
    "very long": b"x" * 255,
    "a quote": b"'\"; DROP TABLE items; --.txt",
    "a backslash": b"..\\..\\a.txt",
}


@pytest.mark.parametrize("what", NAMES)
def test_a_file_of_any_name_is_taken_in_under_its_raw_bytes(tmp_path: Path, what: str) -> None:
    leak = os.fsencode(tmp_path) + b"/leak"
    os.mkdir(leak)
    with open(leak + b"/" + NAMES[what], "wb") as file:
        file.write(b"Text in " + what.encode())
    case = tmp_path / "case"
    muniment("init", case)
    assert muniment_json("intake", case, leak)["received"] == 1
    muniment("process", case)
    (item,) = muniment_lines("items", case)
    assert item["state"] == "read"
    raw = (tmp_path / "case/vault/journal/events-000000000000.jsonl").read_bytes()
    assert NAMES[what].hex().encode() in raw
    shown = muniment("items", case).stdout
    assert b"\x1b" not in shown
    assert "\u202e".encode() not in shown
    assert shown.count(b"\n") == 1


def test_what_is_no_file_is_reported_and_the_rest_is_taken_in(tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    (leak / "empty").mkdir(parents=True)
    (leak / "a.txt").write_text("a")
    (leak / "link").symlink_to("/etc/passwd")
    os.mkfifo(leak / "pipe")
    case = tmp_path / "case"
    muniment("init", case)
    taken = muniment_json("intake", case, leak)
    assert (taken["received"], taken["problems"]) == (1, 3)
    found = {(p["name"], p["code"]) for p in muniment_lines("problems", case)}
    assert found == {("empty", "empty-folder"), ("link", "not-a-file"), ("pipe", "not-a-file")}


def test_the_receipt_is_the_one_that_stock_commands_give(tmp_path: Path, leak: Path) -> None:
    case = tmp_path / "case"
    muniment("init", case)
    by_hand = subprocess.run(
        [
            "sh",
            "-c",
            "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum -z | sha256sum",
        ],
        cwd=leak,
        check=True,
        capture_output=True,
    )
    receipt = muniment_json("intake", case, leak)["receipt"]
    assert by_hand.stdout.decode().split()[0] == receipt


def test_two_processes_never_write_to_one_case(tmp_path: Path, leak: Path) -> None:
    case = tmp_path / "case"
    muniment("init", case)
    call = [*COMMAND, "intake", str(case), str(leak), "--json"]
    running = [
        subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)
    ]
    told = [each.communicate()[1].decode() for each in running]
    codes = sorted(each.returncode for each in running)
    assert codes[0] == 0
    assert set(codes) <= {0, 2}
    assert all(
        "another process" in text
        for each, text in zip(running, told, strict=True)
        if each.returncode
    )
    assert muniment_json("verify", case)["ok"]


def _as_root() -> bool:
    return os.geteuid() == 0


@pytest.fixture
def disk(tmp_path: Path) -> "Callable[[str], Path]":
    """Mounts a small disk of its own for a test."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("a small disk can only be mounted by root")
        mounted.append(place)
        return place

    yield mount  # type: ignore[misc]
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_the_same_command_completes(
    disk: Callable[[str], Path], tmp_path: Path
) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    for number in range(12):
        (leak / f"{number:02d}.bin").write_bytes(bytes([number]) * (1 << 20))
    small = disk("size=6m")
    case = small / "case"
    muniment("init", case)
    done = muniment("intake", case, leak, check=False)
    assert done.returncode == 1
    assert "make room" in done.stderr.decode()
    assert list((case / "vault" / "incoming").iterdir()) == []
    assert muniment_json("verify", case)["failures"] == []
    subprocess.run(["mount", "-o", "remount,size=80m", str(small)], check=True)
    assert muniment_json("intake", case, leak)["received"] == 12
    muniment("process", case)
    assert muniment_json("verify", case)["ok"]


def test_a_case_on_a_read_only_disk_can_be_looked_at_and_not_changed(
    disk: Callable[[str], Path], quiet_case: Path
) -> None:
    place = disk("size=80m")
    subprocess.run(["cp", "-a", str(quiet_case), str(place / "case")], check=True)
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    case = place / "case"
    assert muniment_json("verify", case)["ok"]
    assert muniment_json("status", case)["items"] == 1
    (hit,) = muniment_lines("search", case, "Satz")
    assert muniment_json("show", case, hit["citation"])["text"] == "Satz"
    for command in (["intake", case, "/etc/hostname"], ["process", case], ["rebuild", case]):
        done = muniment(*command, check=False)
        assert done.returncode == 1
        assert "read-only" in done.stderr.decode()


def test_an_unreadable_file_is_a_problem_and_not_the_end(tmp_path: Path) -> None:
    if _as_root():
        pytest.skip("root can read every file; the container's user can not")
    leak = tmp_path / "leak"
    leak.mkdir()
    (leak / "a.txt").write_text("a")
    (leak / "b.txt").write_text("b")
    (leak / "b.txt").chmod(0)
    case = tmp_path / "case"
    muniment("init", case)
    taken = muniment_json("intake", case, leak)
    assert (taken["received"], taken["problems"]) == (1, 1)


def test_workers_that_share_the_copying_keep_every_file_apart(tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    for number in range(1_500):
        (leak / f"{number:04d}.txt").write_text(f"{number % 1_200}")
    case = tmp_path / "case"
    muniment("init", case)
    taken = muniment_json("intake", case, leak, "--workers", 3)
    assert (taken["received"], taken["objects"]) == (1_500, 1_200)
    assert muniment_json("verify", case)["objects"] == 1_200
