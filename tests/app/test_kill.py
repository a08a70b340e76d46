"""A kill at any moment loses nothing that was received and leaves nothing half-written."""

import hashlib
import json
import random
import shutil
from pathlib import Path

import pytest

from tests.app.cli import killed_after, muniment, muniment_json, muniment_lines

# In each of the two tests: some at every change, many at night.
kills = pytest.mark.parametrize("kills", [12, pytest.param(60, marks=pytest.mark.night)])
LARGE = 5
LARGE_BYTES = 24 << 20


@pytest.fixture(scope="module")
def delivery(leak: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every third file of the simulated leak, and large ones, so that a kill can hit a copy."""
    folder = tmp_path_factory.mktemp("delivery")
    files = sorted(path for path in leak.rglob("*") if path.is_file())
    for number, path in enumerate(files[::3]):
        shutil.copyfile(path, folder / f"{number:03d}{path.suffix[:8]}")
    for number in range(LARGE):
        with (folder / f"image-{number}.dd").open("wb") as file:
            file.write(b"\x00\x01disk %d" % number)
            file.truncate(LARGE_BYTES)
    return folder


@pytest.fixture(scope="module")
def undisturbed(delivery: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Receipt and digest of a case that nobody disturbed."""
    case = tmp_path_factory.mktemp("undisturbed") / "case"
    muniment("init", case)
    receipt = muniment_json("intake", case, delivery)["receipt"]
    muniment("process", case)
    return receipt, muniment_json("rebuild", case)["digest"]


def objects_are_whole(case: Path) -> None:
    for path in (case / "vault" / "objects").rglob("*"):
        if path.is_file():
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def acknowledged(case: Path) -> set[str]:
    """The objects that whole lines of the journal say were received."""
    named: set[str] = set()
    for path in sorted((case / "vault" / "journal").glob("events-*.jsonl")):
        for line in path.read_bytes().split(b"\n")[:-1]:
            named |= set(json.loads(line)["objects"])
    return named


@kills
@pytest.mark.timeout(1_200)
def test_killing_intake_loses_nothing_that_was_acknowledged(
    delivery: Path, undisturbed: tuple[str, str], tmp_path: Path, kills: int
) -> None:
    case = tmp_path / "case"
    muniment("init", case)
    moments = random.Random(1)
    hit, seen = 0, set[str]()
    for number in range(kills):
        workers = 1 + number % 2
        hit += killed_after(
            moments.uniform(0.15, 1.3), "intake", case, delivery, "--workers", workers
        )
        objects_are_whole(case)
        now = acknowledged(case)
        assert seen <= now
        assert all((case / "vault/objects/sha256" / d[:2] / d).is_file() for d in now)
        seen = now
    assert hit >= 3  # once all is taken in, a command is over before it is killed
    receipt, digest = undisturbed
    assert muniment_json("intake", case, delivery)["receipt"] == receipt
    assert list((case / "vault" / "incoming").iterdir()) == []
    assert muniment_json("verify", case)["ok"]
    muniment("process", case)
    assert muniment_json("rebuild", case)["digest"] == digest


@kills
@pytest.mark.timeout(1_200)
def test_killing_processing_costs_only_doing_it_again(
    delivery: Path, undisturbed: tuple[str, str], tmp_path: Path, kills: int
) -> None:
    case = tmp_path / "case"
    muniment("init", case)
    muniment("intake", case, delivery)
    moments = random.Random(2)
    hit = 0
    command = "process"
    for number in range(kills):
        workers = 1 + number % 2
        hit += killed_after(moments.uniform(0.3, 2.5), command, case, "--workers", workers)
        if all(item["state"] != "pending" for item in muniment_lines("items", case)):
            command = "rebuild"
        else:
            command = "process"
    assert hit > kills / 3
    muniment("process", case)
    assert muniment_json("verify", case)["ok"]
    assert muniment_json("rebuild", case)["digest"] == undisturbed[1]
