"""Handing over, checking as a stranger, taking in, and naming what was done to a case."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from tests.app.cli import muniment, muniment_json, muniment_lines


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small case of its own, with something in an archive."""
    leak = tmp_path / "leak"
    leak.mkdir()
    (leak / "a.txt").write_text("Erster Satz über 名单.")
    (leak / "b.csv").write_text("name,year\nA,1988\nB,1990\n")
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-c", str(leak / "c.zip"), str(leak / "b.csv")],
        check=True,
    )
    case = tmp_path / "case"
    muniment("init", case)
    muniment("intake", case, leak)
    muniment("process", case)
    return case


def key_of(case: Path) -> str:
    return str(muniment_json("log", "key", case)["verifier_key"])


def by_a_stranger(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier, alone, in a Python that has no Muniment."""
    call = [sys.executable, "-I", str(folder / "verify.py"), str(folder), *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def test_a_whole_case_goes_to_a_partner_and_says_the_same_there(case: Path, tmp_path: Path) -> None:
    bag, partner = tmp_path / "bag", tmp_path / "partner"
    muniment("export", case, "--out", bag, "--recipient", "newsroom B")
    checked = by_a_stranger(bag, "--key", key_of(case))
    assert checked.returncode == 0, checked.stdout
    muniment("init", partner)
    taken = muniment_json("import", partner, bag, "--key", key_of(case))
    assert taken["objects"] == muniment_json("status", case)["received"]
    muniment("process", partner)
    assert muniment_json("verify", partner)["ok"]
    theirs = {item["sha256"]: item["state"] for item in muniment_lines("items", partner)}
    assert theirs == {item["sha256"]: item["state"] for item in muniment_lines("items", case)}


def test_an_encrypted_bag_opens_for_its_recipient_only(small: Path, tmp_path: Path) -> None:
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    for name, identity in (("mine", mine), ("other", other)):
        (tmp_path / name).write_text(f"{identity}\n")
    packed, partner = tmp_path / "bag.tar.age", tmp_path / "partner"
    muniment("export", small, "--out", packed, "--encrypt-to", mine.to_public())
    assert [path.name for path in tmp_path.glob("*bag*")] == ["bag.tar.age"]
    assert b"Erster Satz" not in packed.read_bytes()
    muniment("init", partner)
    told = ["import", partner, packed, "--key", key_of(small), "--identity"]
    refused = muniment(*told, tmp_path / "other", check=False)
    assert refused.returncode == 2
    assert muniment_json("status", partner)["items"] == 0
    muniment(*told, tmp_path / "mine")
    assert muniment_json("status", partner)["items"] == 3


def test_one_object_leaves_without_the_names_of_others(small: Path, tmp_path: Path) -> None:
    (inner,) = [i for i in muniment_lines("items", small) if "b.csv" in i["names"]]
    bag = tmp_path / "bag"
    muniment("export", small, "--out", bag, "--object", inner["sha256"])
    assert by_a_stranger(bag, "--key", key_of(small)).returncode == 0
    told = b"".join(path.read_bytes() for path in bag.rglob("*") if path.is_file())
    assert b"a.txt" not in told


def test_a_partner_cosigns_and_refuses_a_rollback(small: Path, tmp_path: Path) -> None:
    witness, state = tmp_path / "witness.pem", tmp_path / "state.json"
    made = muniment("log", "new-witness", "partner-b", "--out", witness)
    verifier = made.stdout.decode().strip()
    old, new = tmp_path / "old.note", tmp_path / "new.note"
    old.write_bytes(muniment("log", "checkpoint", small).stdout)
    old_size = int(old.read_text().split("\n")[1])
    with_key = ["--key", witness, "--name", "partner-b", "--case-key", key_of(small)]
    (tmp_path / "more.txt").write_text("more")
    muniment("intake", small, tmp_path / "more.txt")
    new.write_bytes(muniment("log", "checkpoint", small).stdout)
    muniment("log", "continues", small, old_size, "--out", tmp_path / "continues.json")
    muniment("log", "cosign", old, *with_key, "--state", state, "--out", tmp_path / "line1")
    bare = ["log", "cosign", new, *with_key, "--state", state, "--out", tmp_path / "line2"]
    assert muniment(*bare, check=False).returncode == 3
    muniment(*bare, "--continues", tmp_path / "continues.json")
    back = ["log", "cosign", old, *with_key, "--state", state, "--out", tmp_path / "line3"]
    assert muniment(*back, check=False).returncode == 3
    muniment("log", "add-cosignature", small, tmp_path / "line2", "--witness", verifier)
    assert muniment_json("verify", small, "--witness", verifier)["ok"]
    (kept,) = (small / "vault/journal/checkpoints").glob("*.cosignatures/*")
    name, signature = kept.read_text().rsplit(" ", 1)
    kept.write_text(f"{name} {signature[:20]}{signature[20:].swapcase()}")
    assert muniment("verify", small, "--witness", verifier, check=False).returncode == 3


def test_a_time_stamp_goes_out_and_comes_in_by_file(small: Path, tmp_path: Path) -> None:
    request = Path(muniment("log", "stamp", small).stdout.decode().strip())
    shown = subprocess.run(
        ["openssl", "ts", "-query", "-in", str(request), "-text"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "sha256" in shown.stdout
    (tmp_path / "answer.tsr").write_bytes(b"not a token")
    name = request.with_suffix(".json").name
    call = ["log", "add-stamp", small, tmp_path / "answer.tsr", "--request", name]
    assert muniment(*call, check=False).returncode == 3


def _flip(path: Path, at: int = 40) -> None:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1
    path.chmod(0o644)
    path.write_bytes(bytes(data))


def _object(case: Path) -> Path:
    return next(p for p in sorted((case / "vault/objects").rglob("*")) if p.is_file())


def _lines(case: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path = case / "vault/journal/events-000000000000.jsonl"
    path.write_bytes(b"\n".join(change(path.read_bytes().split(b"\n"))))


def _forge(case: Path) -> None:
    note = max((case / "vault/journal/checkpoints").glob("*.note"))
    lines = note.read_text().split("\n")
    note.write_text("\n".join([*lines[:4], lines[4][:-12] + "AAAAAAAAAAA=", ""]))


def _replay(case: Path) -> None:
    notes = sorted((case / "vault/journal/checkpoints").glob("*.note"))
    notes[-1].write_bytes(notes[0].read_bytes())


DEEDS: dict[str, Callable[[Path], None]] = {
    "a bit of an object": lambda case: _flip(_object(case), 3),
    "an object removed": lambda case: _object(case).unlink(),
    "a stranger among the objects": lambda case: (
        (_object(case).parent / "x").write_text("x") and None
    ),
    "an event altered": lambda case: _lines(
        case, lambda lines: [lines[0], lines[1].replace(b"custodian", b"custodiam"), *lines[2:]]
    ),
    "an event dropped": lambda case: _lines(case, lambda lines: lines[:2] + lines[3:]),
    "events reordered": lambda case: _lines(
        case, lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]]
    ),
    "an event inserted": lambda case: _lines(
        case, lambda lines: [*lines[:2], lines[1], *lines[2:]]
    ),
    "the journal cut": lambda case: _lines(case, lambda lines: [*lines[:-3], b""]),
    "a forged checkpoint": _forge,
    "a replayed checkpoint": _replay,
    "a list of commitments altered": lambda case: _flip(
        next((case / "vault/commitments").glob("*.jsonl"))
    ),
    "the header altered": lambda case: (
        (case / "muniment.json").write_bytes(
            (case / "muniment.json").read_bytes().replace(b'"created":"2', b'"created":"3')
        )
        and None
    ),
    "a working copy": lambda case: _flip(
        next(p for p in (case / "work/objects").rglob("*") if p.is_file()), 3
    ),
    "a reading": lambda case: _flip(next((case / "work/readings").rglob("*.parts"))),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_whatever_is_done_to_a_case_is_named(small: Path, deed: str) -> None:
    assert muniment_json("verify", small)["ok"]
    DEEDS[deed](small)
    done = muniment("verify", small, "--json", check=False)
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["ok"] is False
    assert all(each["what"] and each["where"] and each["why"] for each in told["failures"])
