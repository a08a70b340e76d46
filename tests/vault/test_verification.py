"""Whatever is done to a journal is named, and nothing that is done stops the naming."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.core import Digest, canonical_json, digest_of
from muniment.vault.checkpoint import (
    Checkpoint,
    checkpoint_draft,
    checkpoint_path,
    key_draft,
    write_checkpoint,
)
from muniment.vault.cosign import Request, cosign, cosignatures_folder, import_cosignature
from muniment.vault.event import EventDraft, decode_event, encode_event
from muniment.vault.findings import What
from muniment.vault.journal import Clock, Journal
from muniment.vault.keys import Algorithm, SigningKey
from muniment.vault.merkle import leaf_hash
from muniment.vault.note import print_note, sign_note
from muniment.vault.timestamps import request_timestamp
from muniment.vault.verification import Verification, verify_journal

Drafts = Callable[..., list[EventDraft]]
WHO = ("archivist", "muniment 0.1.0")
EVENTS = "events-000000000000.jsonl"


@pytest.fixture
def header(key: SigningKey) -> bytes:
    return canonical_json({"format": "muniment-case", "origin": key.verifier().name})


@pytest.fixture
def grown(tmp_path: Path, header: bytes, key: SigningKey, clock: Clock, drafts: Drafts) -> Path:
    """A journal of 20 events, signed at 10, as event 10 says, and at 18."""
    with Journal.create(tmp_path / "journal", header, clock) as journal:
        journal.append([key_draft(key.verifier(), *WHO), *drafts(9)])
        journal.append([checkpoint_draft(write_checkpoint(journal, key), *WHO)])
        journal.append(drafts(7, 11))
        write_checkpoint(journal, key)
        journal.append(drafts(2, 18))
        return journal.folder


@pytest.fixture
def folder(grown: Path, key: SigningKey, partner: SigningKey) -> Path:
    """That journal, its first checkpoint cosigned by the partner."""
    asked = Request(checkpoint_path(grown, 10).read_bytes(), (), key.verifier())
    line = str(cosign(grown.parent / "state", asked, partner, datetime(2026, 3, 4, tzinfo=UTC)))
    import_cosignature(grown, 10, line, partner.verifier(Algorithm.COSIGNATURE))
    request_timestamp(grown, 18, bytes)
    return grown


@pytest.fixture
def verify(header: bytes, key: SigningKey, partner: SigningKey) -> Callable[[Path], Verification]:
    known = [partner.verifier(Algorithm.COSIGNATURE)]
    return lambda folder: verify_journal(folder, header, [key.verifier()], known)


def lines_of(folder: Path) -> list[bytes]:
    return (folder / EVENTS).read_bytes().splitlines(keepends=True)


def write_lines(folder: Path, lines: list[bytes]) -> None:
    (folder / EVENTS).write_bytes(b"".join(lines))


def alter(folder: Path, seq: int) -> None:
    lines = lines_of(folder)
    lines[seq] = lines[seq].replace(b'"archivist"', b'"anarchist"')
    write_lines(folder, lines)


def alter_with_its_leaf(folder: Path, seq: int) -> None:
    alter(folder, seq)
    leaves = bytearray((folder / "leaves.bin").read_bytes())
    leaves[seq * 32 : seq * 32 + 32] = leaf_hash(lines_of(folder)[seq][:-1])
    (folder / "leaves.bin").write_bytes(leaves)


def rewrite(folder: Path, seq: int, *, leaves: bool, drop: bool = False) -> None:
    """Alter or drop event `seq` as one who knows the format: everything after it is made to fit."""
    events = [decode_event(line[:-1]) for line in lines_of(folder)]
    kept = events[:seq] + events[seq + 1 :] if drop else events
    prev, lines, hashes = events[0].prev, [], b""
    for number, event in enumerate(kept):
        actor = "anarchist" if number == seq and not drop else event.actor
        draft = EventDraft(
            event=event.event,
            actor=actor,
            tool=event.tool,
            objects=event.objects,
            outcome=event.outcome,
            detail=event.detail,
        )
        line, made = encode_event(draft, number, prev, event.at)
        prev = made.leaf
        hashes += prev.raw
        lines.append(line + b"\n")
    write_lines(folder, lines)
    if leaves:
        (folder / "leaves.bin").write_bytes(hashes)


def drop(folder: Path, start: int, stop: int) -> None:
    lines = lines_of(folder)
    write_lines(folder, lines[:start] + lines[stop:])


def swap(folder: Path, first: int, second: int) -> None:
    lines = lines_of(folder)
    lines[first], lines[second] = lines[second], lines[first]
    write_lines(folder, lines)


def insert(folder: Path, at: int, line: bytes) -> None:
    lines = lines_of(folder)
    write_lines(folder, [*lines[:at], line, *lines[at:]])


def forged_event(folder: Path, at: int) -> bytes:
    """A line that fits behind event `at - 1` in every respect, and was never recorded."""
    event = decode_event(lines_of(folder)[at][:-1])
    draft = EventDraft(event="ingestion", actor="stranger", tool="t")
    return encode_event(draft, event.seq, event.prev, event.at)[0] + b"\n"


def cut(folder: Path, count: int) -> None:
    write_lines(folder, lines_of(folder)[:count])
    leaves = (folder / "leaves.bin").read_bytes()
    (folder / "leaves.bin").write_bytes(leaves[: count * 32])


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def resign(folder: Path, size: int, root: Digest, key: SigningKey, origin: str = "") -> None:
    text = Checkpoint(origin if origin != "" else key.verifier().name, size, root).text
    checkpoint_path(folder, size).write_bytes(print_note(sign_note(text, key)))


def replace_number(folder: Path) -> None:
    """One digit of a checkpoint's size changed in the note."""
    path = checkpoint_path(folder, 18)
    path.write_bytes(path.read_bytes().replace(b"\n18\n", b"\n19\n"))


A = What.ALTERED
STAMP = "000000000018-" + "00" * 16
# What was done -> how; and every failure that must be named, with where it is.
TAMPERED: dict[str, tuple[Callable[[Path], object], set[tuple[What, str]]]] = {
    "a word of an event changed": (lambda at: alter(at, 5), {(A, "event 5")}),
    "a word of the last event changed": (lambda at: alter(at, 19), {(A, "event 19")}),
    "an event changed together with leaves.bin": (
        lambda at: alter_with_its_leaf(at, 5),
        {(A, "event 5 or 6"), (What.CONTRADICTED, "checkpoint of 10 events")},
    ),
    "the number of an event changed": (
        lambda at: write_lines(
            at,
            [line.replace(b'"seq":5,', b'"seq":9,') for line in lines_of(at)],
        ),
        {(A, "event 5")},
    ),
    "the number of an event made huge": (
        lambda at: write_lines(
            at,
            [line.replace(b'"seq":5,', b'"seq":9007199254740991,') for line in lines_of(at)],
        ),
        {(A, "event 5")},
    ),
    "an event made unreadable": (
        lambda at: write_lines(at, [*lines_of(at)[:5], b"\xff\n", *lines_of(at)[6:]]),
        {(A, "event 5")},
    ),
    "history rewritten from an event on": (
        lambda at: rewrite(at, 5, leaves=False),
        {(A, "events 5 to 19"), (What.CONTRADICTED, "checkpoint of 10 events")},
    ),
    "history rewritten together with leaves.bin": (
        lambda at: rewrite(at, 5, leaves=True),
        {
            (What.CONTRADICTED, "checkpoint of 10 events"),
            (What.CONTRADICTED, "checkpoint of 18 events"),
        },
    ),
    "an event dropped": (lambda at: drop(at, 5, 6), {(What.DROPPED, "event 5")}),
    "several events dropped": (lambda at: drop(at, 5, 9), {(What.DROPPED, "events 5 to 8")}),
    "an event dropped and the rest renumbered": (
        lambda at: rewrite(at, 5, leaves=True, drop=True),
        {
            (What.CONTRADICTED, "checkpoint of 10 events"),
            (What.CHECKPOINT, "event 9"),  # it tells of a checkpoint of ten events
        },
    ),
    "two neighbours swapped": (lambda at: swap(at, 5, 6), {(What.REORDERED, "event 5")}),
    "two distant events swapped": (lambda at: swap(at, 5, 9), {(What.REORDERED, "event 5")}),
    "an event put in again": (
        lambda at: insert(at, 9, lines_of(at)[5]),
        {(What.INSERTED, "event 5")},
    ),
    "a forged event put in": (
        lambda at: insert(at, 5, forged_event(at, 5)),
        {(What.INSERTED, "event 5")},
    ),
    "rubbish put in": (lambda at: insert(at, 5, b"rubbish\n"), {(What.INSERTED, "event 5")}),
    "the end cut off behind the last checkpoint": (
        lambda at: drop(at, 18, 20),
        {(What.TRUNCATED, "event 18")},
    ),
    "the end cut off before the last checkpoint, with leaves.bin": (
        lambda at: cut(at, 15),
        {(What.TRUNCATED, "event 15")},
    ),
    "everything cut off": (lambda at: cut(at, 0), {(What.TRUNCATED, "event 0")}),
    "the file of events removed": (
        lambda at: (at / EVENTS).unlink(),
        {(What.TRUNCATED, "event 0")},
    ),
    "the file of events made a pipe": (
        lambda at: ((at / EVENTS).unlink(), os.mkfifo(at / EVENTS)),
        {(What.FILE, EVENTS), (What.TRUNCATED, "event 0")},
    ),
    "the file of events made a link": (
        lambda at: (
            (at / EVENTS).rename(at.parent / EVENTS),
            (at / EVENTS).symlink_to(at.parent / EVENTS),
        ),
        {(What.FILE, EVENTS), (What.TRUNCATED, "event 0")},
    ),
    "a line of five million letters": (
        lambda at: insert(at, 5, b"x" * 5_000_000 + b"\n"),
        {(What.INSERTED, "event 5")},
    ),
    "a leaf changed": (
        lambda at: flip(at / "leaves.bin", 32 * 5),
        {(What.LEAVES, "event 5")},
    ),
    "leaves.bin filled with zeros": (
        lambda at: (at / "leaves.bin").write_bytes(bytes(32 * 20)),
        {(What.LEAVES, "events 0 to 19")},
    ),
    "leaves.bin made a pipe": (
        lambda at: ((at / "leaves.bin").unlink(), os.mkfifo(at / "leaves.bin")),
        {(What.FILE, "leaves.bin")},
    ),
    "a checkpoint's signature changed": (
        lambda at: flip(checkpoint_path(at, 18), -10),
        {(What.FORGED, "checkpoint of 18 events")},
    ),
    "a checkpoint's size changed": (
        replace_number,
        {(What.FORGED, "checkpoint of 18 events")},
    ),
    "a checkpoint made rubbish": (
        lambda at: checkpoint_path(at, 18).write_bytes(b"\xff"),
        {(What.CHECKPOINT, "checkpoint of 18 events")},
    ),
    "a checkpoint made a pipe": (
        lambda at: (checkpoint_path(at, 18).unlink(), os.mkfifo(checkpoint_path(at, 18))),
        {(What.CHECKPOINT, "checkpoint of 18 events")},
    ),
    "a checkpoint of ten gigabytes": (
        lambda at: os.truncate(checkpoint_path(at, 18), 10**10),
        {(What.CHECKPOINT, "checkpoint of 18 events")},
    ),
    "a checkpoint made a link": (
        lambda at: (
            checkpoint_path(at, 18).unlink(),
            checkpoint_path(at, 18).symlink_to(checkpoint_path(at, 10)),
        ),
        {(What.CHECKPOINT, "checkpoint of 18 events")},
    ),
    "an old checkpoint under a newer name": (
        lambda at: shutil.copy(checkpoint_path(at, 10), checkpoint_path(at, 18)),
        {(What.REPLAYED, "checkpoint of 18 events")},
    ),
    "a checkpoint removed that an event tells of": (
        lambda at: checkpoint_path(at, 10).unlink(),
        {
            (What.MISSING, "checkpoint of 10 events"),
            (What.COSIGNATURE, "cosignature 35533a82 of the checkpoint of 10 events"),
        },
    ),
    "the folder of checkpoints removed": (
        lambda at: shutil.rmtree(at / "checkpoints"),
        {(What.FILE, "checkpoints"), (What.MISSING, "checkpoint of 10 events")},
    ),
    "a cosignature changed": (
        lambda at: flip(next(cosignatures_folder(at, 10).iterdir()), -10),
        {(What.COSIGNATURE, "cosignature 35533a82 of the checkpoint of 10 events")},
    ),
    "a cosignature under another checkpoint": (
        lambda at: cosignatures_folder(at, 10).rename(cosignatures_folder(at, 18)),
        {(What.COSIGNATURE, "cosignature 35533a82 of the checkpoint of 18 events")},
    ),
    "a cosignature under another name": (
        lambda at: next(cosignatures_folder(at, 10).iterdir()).rename(
            cosignatures_folder(at, 10) / "00000000"
        ),
        {(What.COSIGNATURE, "cosignature 00000000 of the checkpoint of 10 events")},
    ),
    "a request for a time stamp changed": (
        lambda at: flip(at / "timestamps" / f"{STAMP}.tsq", -10),
        {(What.STAMP, f"time stamp {STAMP}")},
    ),
    "a request for a time stamp removed": (
        lambda at: (at / "timestamps" / f"{STAMP}.tsq").unlink(),
        {(What.STAMP, f"time stamp {STAMP}")},
    ),
    "a nonce changed": (
        lambda at: flip(at / "timestamps" / f"{STAMP}.json", 40),
        {(What.STAMP, f"time stamp {STAMP}")},
    ),
    "a time stamp under another name": (
        lambda at: (at / "timestamps" / f"{STAMP}.json").rename(at / "timestamps" / "other.json"),
        {(What.STAMP, "time stamp other")},
    ),
    "a token made rubbish": (
        lambda at: (at / "timestamps" / f"{STAMP}.tsr").write_bytes(b"rubbish"),
        {(What.STAMP, f"time stamp {STAMP}")},
    ),
    "an event and a checkpoint and a leaf changed": (
        lambda at: (
            alter(at, 5),
            flip(checkpoint_path(at, 18), -10),
            flip(at / "leaves.bin", 32 * 12),
        ),
        {
            (A, "event 5"),
            (What.FORGED, "checkpoint of 18 events"),
            (What.LEAVES, "event 12"),
        },
    ),
}


def test_a_whole_journal_has_no_failures(
    folder: Path, verify: Callable[[Path], Verification]
) -> None:
    found = verify(folder)
    assert (found.size, found.checkpoints, found.failures) == (20, (10, 18), ())
    assert [(note.what, note.where) for note in found.notes] == [(What.UNSIGNED, "events 18 to 19")]


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_is_named(
    what: str, folder: Path, verify: Callable[[Path], Verification]
) -> None:
    tamper, expected = TAMPERED[what]
    tamper(folder)
    found = {(failure.what, failure.where) for failure in verify(folder).failures}
    assert expected <= found
    # Nothing is blamed that is in no connection with what was done.
    kinds = {what for what, _ in expected} | {What.CONTRADICTED, What.TRUNCATED, What.DROPPED}
    kinds |= {What.STAMP} if "checkpoint" in what else set()  # of the damaged checkpoint
    kinds |= {What.REORDERED} if "distant" in what else set()
    kinds |= {What.ALTERED, What.INSERTED} if "cut off" in what else set()
    assert {kind for kind, _ in found} - kinds <= (
        {What.LEAVES} if "rewritten" in what or "renumbered" in what else set()
    )


def test_a_foreign_checkpoint_is_named(
    folder: Path, key: SigningKey, partner: SigningKey, verify: Callable[[Path], Verification]
) -> None:
    resign(folder, 18, digest_of(b""), partner, key.verifier().name)
    resign(folder, 15, digest_of(b""), key, "muniment.invalid/another")
    found = {(failure.what, failure.where) for failure in verify(folder).failures}
    assert found == {
        (What.FOREIGN, "checkpoint of 18 events"),
        (What.FOREIGN, "checkpoint of 15 events"),
        (What.STAMP, f"time stamp {STAMP}"),  # of the checkpoint that was there before
    }


def test_a_checkpoint_signed_for_another_history_is_named(
    folder: Path, key: SigningKey, verify: Callable[[Path], Verification]
) -> None:
    resign(folder, 10, digest_of(b""), key)
    found = {(failure.what, failure.where) for failure in verify(folder).failures}
    assert found == {
        (What.CONTRADICTED, "checkpoint of 10 events"),
        (What.REPLAYED, "checkpoint of 10 events"),  # and not the one that event 10 records
        (What.COSIGNATURE, "cosignature 35533a82 of the checkpoint of 10 events"),
    }


def test_a_stated_checkpoint_of_the_future_is_named(
    tmp_path: Path, header: bytes, key: SigningKey, clock: Clock
) -> None:
    future = Checkpoint(key.verifier().name, 7, digest_of(b""))
    with Journal.create(tmp_path / "journal", header, clock) as journal:
        journal.append([checkpoint_draft(future, *WHO)])
    failures = verify_journal(tmp_path / "journal", header, [key.verifier()]).failures
    assert [(failure.what, failure.where) for failure in failures] == [
        (What.CHECKPOINT, "event 0"),
        (What.MISSING, "checkpoints"),
    ]


def test_a_journal_of_another_case_is_named(folder: Path, key: SigningKey) -> None:
    failures = verify_journal(folder, b"{}", [key.verifier()]).failures
    assert {failure.what for failure in failures} == {What.HEADER, What.FOREIGN}


def test_a_key_that_is_not_trusted_is_named(
    folder: Path, header: bytes, partner: SigningKey
) -> None:
    failures = verify_journal(folder, header, [partner.verifier()]).failures
    assert {(failure.what, failure.where) for failure in failures} == {
        (What.KEY, "event 0"),
        (What.FOREIGN, "checkpoint of 10 events"),
        (What.FOREIGN, "checkpoint of 18 events"),
    }


def test_without_a_trusted_key_damage_is_named_and_the_lack_is_noted(
    folder: Path, header: bytes
) -> None:
    whole = verify_journal(folder, header, [])
    assert (whole.failures, {note.what for note in whole.notes}) == (
        (),
        {What.UNTRUSTED, What.UNKNOWN, What.UNSIGNED},
    )
    flip(checkpoint_path(folder, 18), -10)
    assert [failure.what for failure in verify_journal(folder, header, []).failures] == [
        What.FORGED
    ]


def test_a_torn_append_and_lagging_leaves_are_notes(
    folder: Path, verify: Callable[[Path], Verification]
) -> None:
    with (folder / EVENTS).open("ab") as file:
        file.write(b'{"actor":')
    (folder / "leaves.bin").write_bytes((folder / "leaves.bin").read_bytes()[:100])
    found = verify(folder)
    assert found.failures == ()
    assert {note.what for note in found.notes} == {What.TORN, What.LAG, What.UNSIGNED}


def test_a_changed_event_is_named_without_leaves_too(
    folder: Path, verify: Callable[[Path], Verification]
) -> None:
    (folder / "leaves.bin").unlink()
    alter(folder, 5)
    found = {(failure.what, failure.where) for failure in verify(folder).failures}
    assert (A, "event 5 or 6") in found
    assert (What.CONTRADICTED, "checkpoint of 10 events") in found


def test_a_missing_file_in_the_middle_is_named(
    tmp_path: Path, header: bytes, key: SigningKey, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("segments", "replay", "journal", "verification"):
        monkeypatch.setattr(f"muniment.vault.{module}.SEGMENT_EVENTS", 4)
    folder = tmp_path / "journal"
    with Journal.create(folder, header, clock) as journal:
        for _ in range(15):
            journal.append([EventDraft(event="e", actor="a", tool="t")])
        write_checkpoint(journal, key)
    assert verify_journal(folder, header, [key.verifier()]).failures == ()
    second, third = folder / "events-000000000004.jsonl", folder / "events-000000000008.jsonl"
    lines = second.read_bytes().splitlines(keepends=True)
    second.write_bytes(b"".join(lines[:-1]))
    third.write_bytes(lines[-1] + third.read_bytes())
    moved = verify_journal(folder, header, [key.verifier()]).failures
    assert [failure.what for failure in moved] == [What.MISPLACED, What.MISPLACED]
    second.unlink()
    third.unlink()
    failures = verify_journal(folder, header, [key.verifier()]).failures
    assert [(failure.what, failure.where) for failure in failures] == [
        (What.DROPPED, "events 4 to 11")
    ]


def test_a_folder_that_is_not_there_is_a_failure(tmp_path: Path, header: bytes) -> None:
    failures = verify_journal(tmp_path / "none", header, []).failures
    assert {failure.what for failure in failures} == {What.FILE}


def test_thousands_of_failures_are_counted_and_reading_stops(
    tmp_path: Path, header: bytes, key: SigningKey, clock: Clock, drafts: Drafts
) -> None:
    folder = tmp_path / "journal"
    with Journal.create(folder, header, clock) as journal:
        journal.append(drafts(12_000))
    lines = lines_of(folder)
    write_lines(folder, [line if seq % 2 == 0 else b"x\n" for seq, line in enumerate(lines)])
    failures = verify_journal(folder, header, [key.verifier()]).failures
    assert len(failures) == 1001
    assert failures[-1].what is What.MORE


statements = st.dictionaries(
    st.sampled_from(["checkpoint", "verifier_key", "root", "size"]),
    st.none()
    | st.integers(-5, 50)
    | st.text(max_size=5)
    | st.fixed_dictionaries({"root": st.text(max_size=3), "size": st.integers(-1, 30)}),
)


@given(
    events=st.lists(
        st.binary(max_size=60)
        | statements.map(
            lambda detail: encode_event(
                EventDraft(
                    event="digital signature generation", actor="a", tool="t", detail=detail
                ),
                0,
                digest_of(b""),
                datetime(2026, 1, 1, tzinfo=UTC),
            )[0]
        ),
        max_size=6,
    ),
    seqs=st.lists(st.integers(0, 2**53 - 1), max_size=6),
    leaves=st.binary(max_size=200),
    note=st.binary(max_size=200),
    header=st.binary(max_size=20),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_arbitrary_files_never_raise(  # noqa: PLR0913 each is a file that a stranger wrote
    tmp_path: Path,
    *,
    events: list[bytes],
    seqs: list[int],
    leaves: bytes,
    note: bytes,
    header: bytes,
) -> None:
    (tmp_path / "checkpoints" / "000000000003.cosignatures").mkdir(parents=True, exist_ok=True)
    numbered = [
        encode_event(
            EventDraft(event="e", actor="a", tool="t"),
            seq,
            digest_of(b""),
            datetime(2026, 1, 1, tzinfo=UTC),
        )[0]
        for seq in seqs
    ]
    (tmp_path / EVENTS).write_bytes(b"\n".join([*events, *numbered]))
    (tmp_path / "leaves.bin").write_bytes(leaves)
    (tmp_path / "checkpoints" / "000000000003.note").write_bytes(note)
    (tmp_path / "timestamps").mkdir(exist_ok=True)
    (tmp_path / "timestamps" / "x.json").write_bytes(note)
    (tmp_path / "checkpoints" / "000000000003.cosignatures" / "00").write_bytes(note)
    found = verify_journal(tmp_path, header, [])
    assert json.dumps([failure.why for failure in found.failures]) != ""


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_changed_byte_in_any_file_is_noticed(
    folder: Path, verify: Callable[[Path], Verification], data: st.DataObject
) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(files))
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    changed = good[at] ^ data.draw(st.integers(1, 255))
    path.write_bytes(good[:at] + bytes([changed]) + good[at + 1 :])
    found = verify(folder)
    path.write_bytes(good)
    assert found.failures != () or found.notes != ()
