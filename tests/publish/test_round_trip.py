"""Two cases made by the program itself: taken in, handed over, packed, taken in, handed on."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pyrage

from muniment.core import Digest, digest_of, stated
from muniment.publish import (
    Chosen,
    Containers,
    Limits,
    Request,
    Whole,
    check_kept_logs,
    encrypt_bag,
    export,
    import_bag,
    import_drafts,
    unpacked,
)
from muniment.publish.selection import Selection
from muniment.publish.verify import verify
from muniment.vault import (
    Case,
    Delivery,
    Founding,
    Journal,
    VerifierKey,
    create_case,
    load_signing_key,
    new_header,
    open_case,
    take_in,
    write_checkpoint,
)
from tests.publish.conftest import NOON

TOOL = "muniment 0.1.0"
NAMES = {
    b"plain.txt": b"one",
    b"a%0Ab.txt": b"two",
    b"line\nbreak.txt": b"three",
    b"\xff\xfe.bin": b"four",
    "维吾尔.txt".encode(): b"five",
    b"  spaces  ": b"six",
    b"-rf": b"",
    b"twin.txt": b"one",
}


def noon() -> datetime:
    return NOON


def made_case(folder: Path, digit: str) -> tuple[Case, VerifierKey]:
    header = new_header(digit * 32, "2026-01-02T03:04:05.000000Z")
    key = create_case(folder, Founding(header, "archivist", TOOL, noon))
    return open_case(folder), key


def delivered(folder: Path) -> bytes:
    folder.mkdir()
    for name, content in NAMES.items():
        (folder / "sub").mkdir(exist_ok=True)
        with open(bytes(folder / "sub") + b"/" + name, "wb") as file:
            file.write(content)
    return bytes(folder)


def take(case: Case, root: bytes) -> None:
    unknown = stated(None)
    delivery = Delivery((root,), "archivist", TOOL, unknown, unknown, unknown, unknown)
    with Journal.open(case.journal_folder, noon, writable=True) as journal:
        take_in(delivery, case.received, journal, workers=1, progress=lambda *_: None)
        write_checkpoint(journal, load_signing_key(case.key_path, case.header.origin, None))


def hand_over(case: Case, target: Path, selection: Selection) -> Path:
    key = load_signing_key(case.key_path, case.header.origin, None)
    with Journal.open(case.journal_folder, noon, writable=True) as journal:
        request = Request(
            target=target,
            selection=selection,
            recipient="the next",
            organization="Desk",
            contact="none",
            caveat="none",
            at=NOON,
            actor="archivist",
            tool=TOOL,
        )
        made = export(case, journal, key, request)
        journal.append(made.drafts)
        write_checkpoint(journal, key)
    return made.bag


def take_bag(case: Case, bag: Path, told: VerifierKey) -> None:
    done = import_bag(case, bag, str(told))
    with Journal.open(case.journal_folder, noon, writable=True) as journal:
        journal.append(list(import_drafts(case, done, "archivist", TOOL)))
        write_checkpoint(journal, load_signing_key(case.key_path, case.header.origin, None))


def names_in(case: Case) -> set[tuple[str, Digest]]:
    with Journal.open(case.journal_folder, noon) as journal:
        return {
            (event.detail["name_hex"], event.objects[0])
            for event in journal.events()
            if event.event == "ingestion" and len(event.objects) > 0
        }


def test_hostile_names_go_from_case_to_case_and_nothing_is_lost(tmp_path: Path) -> None:
    first, first_key = made_case(tmp_path / "first", "1")
    take(first, delivered(tmp_path / "drive"))
    bag = hand_over(first, tmp_path / "bag", Whole())
    identity = pyrage.x25519.Identity.generate()
    encrypt_bag(bag, tmp_path / "bag.tar.age", [str(identity.to_public())])

    second, second_key = made_case(tmp_path / "second", "2")
    limits = Limits(files=10_000, bytes=10**8)
    packed = tmp_path / "bag.tar.age"
    with unpacked(packed, [str(identity)], second.work / "scratch", limits) as opened:
        take_bag(second, opened, first_key)
    assert names_in(second) == names_in(first)
    assert {digest for _, digest in names_in(second)} == set(map(digest_of, NAMES.values()))

    onward = hand_over(second, tmp_path / "onward", Whole())
    for folder, key in (
        (tmp_path / "first", first_key),
        (tmp_path / "second", second_key),
        (onward, second_key),
    ):
        report = verify(str(folder), [str(key)])
        assert report.failures == []
        assert [point for point in report.not_proved if "partner(s)" not in point] == []
    assert list(check_kept_logs(second.vault)) == []


def test_a_selection_after_a_whole_bag_and_a_whole_bag_after_that(tmp_path: Path) -> None:
    """Each export and import adds events; every bag must continue the one before."""
    first, key = made_case(tmp_path / "first", "1")
    take(first, delivered(tmp_path / "drive"))
    second, _ = made_case(tmp_path / "second", "2")
    one = Chosen(frozenset({digest_of(b"five")}), Containers.INCLUDED)
    take_bag(second, hand_over(first, tmp_path / "a", one), key)
    take_bag(second, hand_over(first, tmp_path / "b", Whole()), key)
    take_bag(second, hand_over(first, tmp_path / "c", one), key)
    assert len(list((second.vault / "partners").glob("*/0*"))) == 3


def test_the_bag_checks_itself_as_its_readme_says(tmp_path: Path) -> None:
    first, key = made_case(tmp_path / "first", "1")
    take(first, delivered(tmp_path / "drive"))
    bag = hand_over(first, tmp_path / "bag", Whole())
    command = [sys.executable, "-I", "verify.py", "--key", str(key)]
    done = subprocess.run(command, cwd=bag, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "Nothing failed." in done.stdout
