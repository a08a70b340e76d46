"""What the journal acknowledged is there, in order, and nothing else passes for it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.core import Digest, Error, IntegrityError, UsageError, digest_of
from muniment.vault import segments
from muniment.vault.event import EventDraft, decode_event
from muniment.vault.journal import Clock, Journal
from muniment.vault.merkle import consistency_holds, inclusion_holds, root_of

Drafts = Callable[..., list[EventDraft]]

FIRST = "events-000000000000.jsonl"


@pytest.fixture
def small_segments(monkeypatch: pytest.MonkeyPatch) -> int:
    """Files of four events, so that a few events fill several."""
    for module in ("segments", "replay", "journal"):
        monkeypatch.setattr(f"muniment.vault.{module}.SEGMENT_EVENTS", 4)
    return 4


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_new_journal_is_laid_out_as_drawn(journal: Journal, header: bytes) -> None:
    names = sorted(path.name for path in journal.folder.iterdir())
    assert names == ["checkpoints", FIRST, "leaves.bin", "timestamps"]
    lines = (journal.folder / FIRST).read_bytes().split(b"\n")
    assert lines[-1] == b""
    assert len(lines) == 13
    assert decode_event(lines[0]).prev == digest_of(header)
    leaves = b"".join(decode_event(line).leaf.raw for line in lines[:-1])
    assert (journal.folder / "leaves.bin").read_bytes() == leaves
    assert journal.root() == Digest(root_of(leaves))


def test_the_root_of_a_journal_is_what_it_was_when_the_format_was_fixed(journal: Journal) -> None:
    assert journal.root().hex == "787a99c7379eaf72be05c2321b269d087910e85e4307ec911ff440bfdfb0187f"


def test_the_leaf_hash_can_be_made_by_hand_as_the_format_says(journal: Journal) -> None:
    command = f"sed -n 5p {FIRST} | head -c -1 | (printf '\\0'; cat) | sha256sum"
    found = subprocess.run(
        ["bash", "-c", command], cwd=journal.folder, capture_output=True, check=True, text=True
    )
    assert found.stdout.split()[0] == next(journal.events(4)).leaf.hex


def test_what_was_appended_is_read_back_by_another(
    journal: Journal, clock: Clock, drafts: Drafts
) -> None:
    appended = journal.append(drafts(3, 12))
    other = Journal.open(journal.folder, clock)
    assert list(other.events(12)) == appended
    assert [event.seq for event in other.events()] == list(range(15))
    assert [event.seq for event in other.events(3, 6)] == [3, 4, 5]
    assert list(other.events(15)) == []
    assert other.root() == journal.root()


def test_each_event_names_the_one_before(journal: Journal, header: bytes) -> None:
    prev = digest_of(header)
    for event in journal.events():
        assert event.prev == prev
        prev = event.leaf


def test_a_root_of_the_past_does_not_change(journal: Journal, drafts: Drafts) -> None:
    before = [journal.root(size) for size in range(13)]
    journal.append(drafts(9, 12))
    assert [journal.root(size) for size in range(13)] == before


def test_the_proofs_hold(journal: Journal) -> None:
    events = list(journal.events())
    for size in range(1, 13):
        for seq in range(size):
            path = [node.raw for node in journal.inclusion_proof(seq, size)]
            assert inclusion_holds(events[seq].leaf.raw, seq, size, path, journal.root(size).raw)
        for old in range(size + 1):
            path = [node.raw for node in journal.consistency_proof(old, size)]
            roots = (journal.root(old).raw, journal.root(size).raw)
            assert consistency_holds(old, roots[0], size, roots[1], path)


def test_a_batch_may_cross_files(
    tmp_path: Path, header: bytes, clock: Clock, drafts: Drafts, small_segments: int
) -> None:
    folder = tmp_path / "journal"
    with Journal.create(folder, header, clock) as journal:
        journal.append(drafts(3))
        journal.append(drafts(14, 3))
        root = journal.root()
    assert segments.segment_firsts(folder) == (0, 4, 8, 12, 16)
    counts = [len(data.splitlines()) for name, data in sorted(files(folder).items())][:5]
    assert counts == [4, 4, 4, 4, 1]
    with Journal.open(folder, clock, writable=True) as journal:
        assert journal.root() == root
        assert [event.seq for event in journal.events(6, 13)] == list(range(6, 13))
        journal.append(drafts(3, 17))
        journal.append(drafts(1, 20))
        assert [event.detail["number"] for event in journal.events()] == list(range(21))


def test_opening_for_reading_changes_nothing(journal: Journal, clock: Clock) -> None:
    root = journal.root()
    journal.close()
    with (journal.folder / FIRST).open("ab") as file:
        file.write(b'{"actor":"arch')
    (journal.folder / "leaves.bin").write_bytes(b"")
    before = files(journal.folder)
    reader = Journal.open(journal.folder, clock)
    assert reader.torn_bytes == 14
    assert len(list(reader.events())) == 12
    assert reader.root() == root
    assert files(journal.folder) == before


def test_a_torn_append_is_kept_aside_and_the_journal_goes_on(
    journal: Journal, clock: Clock, drafts: Drafts
) -> None:
    journal.close()
    for number, torn in enumerate((b"{", b'{"seq":12')):
        with (journal.folder / FIRST).open("ab") as file:
            file.write(torn)
        with Journal.open(journal.folder, clock, writable=True) as again:
            assert (again.size, again.torn_bytes) == (12, 0)
        assert (journal.folder / f"torn-000000000012-{number}.bytes").read_bytes() == torn
    with Journal.open(journal.folder, clock, writable=True) as again:
        assert again.append(drafts(1, 12))[0].seq == 12


def test_an_append_cut_off_anywhere_leaves_whole_events_only(
    journal: Journal, clock: Clock, drafts: Drafts
) -> None:
    path, leaves = journal.folder / FIRST, journal.folder / "leaves.bin"
    before, known = path.read_bytes(), leaves.read_bytes()
    journal.append(drafts(2, 12))
    journal.close()
    whole = path.read_bytes()
    newlines = [at for at, byte in enumerate(whole) if byte == ord("\n") and at > len(before)]
    near = {at + step for at in newlines for step in (-1, 0, 1)} - {len(whole)}
    for cut in sorted(near | set(range(len(before), len(whole), 17))):
        path.write_bytes(whole[:cut])
        leaves.write_bytes(known)
        with Journal.open(journal.folder, clock, writable=True) as again:
            assert again.size == whole[:cut].count(b"\n")
            assert path.read_bytes() == whole[: whole[:cut].rfind(b"\n") + 1]
    kept = {file.read_bytes() for file in journal.folder.glob("torn-*.bytes")}
    assert all(torn in whole for torn in kept)


def test_leaves_that_lag_are_completed_from_the_events(journal: Journal, clock: Clock) -> None:
    journal.close()
    leaves = journal.folder / "leaves.bin"
    whole = leaves.read_bytes()
    for size in (0, 31, 32, 100, len(whole) - 1):
        leaves.write_bytes(whole[:size])
        with Journal.open(journal.folder, clock, writable=True) as again:
            assert again.size == 12
        assert leaves.read_bytes() == whole
    leaves.unlink()
    Journal.open(journal.folder, clock, writable=True).close()
    assert leaves.read_bytes() == whole


def _change(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))


def _drop_line(path: Path, number: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))


def _swap_leaf(path: Path, number: int) -> None:
    data = bytearray(path.read_bytes())
    data[number * 32] ^= 1
    path.write_bytes(bytes(data))


# What was done -> how, and the event that must be named.
TAMPERED: dict[str, tuple[Callable[[Path], object], int]] = {
    "a word of an event changed": (lambda at: _change(at / FIRST, b'"number":7', b'"number":8'), 7),
    "an event dropped": (lambda at: _drop_line(at / FIRST, 4), 4),
    "the last event dropped": (lambda at: _drop_line(at / FIRST, 11), 11),
    "a leaf changed": (lambda at: _swap_leaf(at / "leaves.bin", 5), 5),
    "the file of events removed": (lambda at: (at / FIRST).unlink(), 0),
    "the file of events emptied": (lambda at: (at / FIRST).write_bytes(b""), 0),
    "a line without end": (
        lambda at: (at / FIRST).write_bytes((at / FIRST).read_bytes() + b"x" * 5_000_000 + b"\n"),
        12,
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_journal_that_differs_from_its_leaves_names_the_event(
    what: str, journal: Journal, clock: Clock
) -> None:
    tamper, seq = TAMPERED[what]
    journal.close()
    tamper(journal.folder)
    before = files(journal.folder)
    with pytest.raises(IntegrityError, match=f"event {seq} of the journal"):
        Journal.open(journal.folder, clock, writable=True)
    assert files(journal.folder) == before


def test_an_event_changed_in_an_earlier_file_is_named_when_it_is_read(
    tmp_path: Path, header: bytes, clock: Clock, drafts: Drafts, small_segments: int
) -> None:
    folder = tmp_path / "journal"
    with Journal.create(folder, header, clock) as journal:
        journal.append(drafts(11))
        _change(folder / "events-000000000004.jsonl", b'"number":5', b'"number":6')
        with pytest.raises(IntegrityError, match="event 5 of the journal"):
            list(journal.events())
        assert len(list(journal.events(6))) == 5
        _drop_line(folder / FIRST, 3)
        with pytest.raises(IntegrityError, match="event 3 of the journal"):
            list(journal.events(0, 4))
    (folder / "events-000000000004.jsonl").unlink()
    with pytest.raises(IntegrityError, match="event 4 of the journal"):
        Journal.open(folder, clock)


def test_leaves_that_vanish_under_an_open_journal_give_no_root(journal: Journal) -> None:
    (journal.folder / "leaves.bin").write_bytes(b"")
    with pytest.raises(IntegrityError, match="leaf hash"):
        journal.root(7)


def test_leaves_are_not_made_from_events_that_do_not_follow_each_other(
    journal: Journal, clock: Clock
) -> None:
    journal.close()
    (journal.folder / "leaves.bin").write_bytes(b"")
    _change(journal.folder / FIRST, b'"number":7', b'"number":6')
    with pytest.raises(IntegrityError, match="event 8 of the journal: it does not follow"):
        Journal.open(journal.folder, clock, writable=True)


def test_the_first_event_is_held_to_the_case_header(
    journal: Journal, clock: Clock, header: bytes
) -> None:
    assert next(Journal.open(journal.folder, clock, case_header=header).events()).seq == 0
    other = Journal.open(journal.folder, clock, case_header=b"{}")
    with pytest.raises(IntegrityError, match="event 0"):
        next(other.events())


def test_a_journal_without_events_takes_the_first_once_its_header_is_known(
    tmp_path: Path, header: bytes, clock: Clock, drafts: Drafts
) -> None:
    folder = tmp_path / "journal"
    Journal.create(folder, header, clock).close()
    with Journal.open(folder, clock, writable=True) as journal:
        assert (journal.size, list(journal.events())) == (0, [])
        with pytest.raises(UsageError, match="case header"):
            journal.append(drafts(1))
    with Journal.open(folder, clock, writable=True, case_header=header) as journal:
        assert journal.append(drafts(1))[0].prev == digest_of(header)


def test_what_cannot_be_meant_is_refused(
    journal: Journal, clock: Clock, header: bytes, drafts: Drafts, tmp_path: Path
) -> None:
    reader = Journal.open(journal.folder, clock)
    wrong = {
        "a journal made twice": lambda: Journal.create(journal.folder, header, clock),
        "a journal that is not there": lambda: Journal.open(tmp_path / "none", clock),
        "writing to a journal that is read": lambda: reader.append(drafts(1)),
        "a root of the future": lambda: journal.root(13),
        "events of the future": lambda: journal.events(0, 13),
        "a negative size": lambda: journal.root(-1),
        "an event that is not there": lambda: journal.inclusion_proof(12),
        "an event later than the tree": lambda: journal.inclusion_proof(5, 5),
        "a beginning longer than the whole": lambda: journal.consistency_proof(9, 8),
    }
    for what, ask in wrong.items():
        with pytest.raises(UsageError) as caught:
            ask()
        assert caught.value.next_step != "", what


def test_a_draft_that_cannot_be_written_leaves_nothing_behind(
    journal: Journal, drafts: Drafts
) -> None:
    before = files(journal.folder)
    bad = type(drafts(1)[0])(event="e", actor="a", tool="t", detail={"n": 0.5})
    with pytest.raises(ValueError, match="float"):
        journal.append([*drafts(3, 12), bad])
    assert files(journal.folder) == before
    assert journal.append(drafts(1, 12))[0].seq == 12


def test_after_the_disk_refused_nothing_more_is_taken(journal: Journal, drafts: Drafts) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, journal._handle)
    os.close(full)
    with pytest.raises(Error, match="could not be written"):
        journal.append(drafts(1, 12))
    with pytest.raises(UsageError, match="not open for writing"):
        journal.append(drafts(1, 12))


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from muniment.vault import journal, segments, replay
from muniment.vault.event import EventDraft
for module in (journal, segments, replay):
    module.SEGMENT_EVENTS = 64
opened = journal.Journal.open(
    Path(sys.argv[1]), lambda: datetime.now(UTC), writable=True, case_header=b"{}")
print("open", opened.size, flush=True)
while True:
    batch = [EventDraft(event="ingestion", actor="a", tool="t", detail={"pad": "x" * 700})] * 37
    print(opened.append(batch)[-1].seq, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill_at_any_moment(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("segments", "replay", "journal"):
        monkeypatch.setattr(f"muniment.vault.{module}.SEGMENT_EVENTS", 64)
    folder = tmp_path / "journal"
    Journal.create(folder, b"{}", clock).close()
    moments = random.Random(7)
    acknowledged = -1
    for _ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        assert int(writer.stdout.readline().split()[1]) > acknowledged
        time.sleep(moments.uniform(0, 0.15))
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
        # A line that the kill cut off is no acknowledgement; each whole one is.
        acknowledged = max([acknowledged, *(int(line) for line in said[:-1])])
        reader = Journal.open(folder, clock, case_header=b"{}")
        assert reader.size > acknowledged
        assert [event.seq for event in reader.events()] == list(range(reader.size))
    with Journal.open(folder, clock, writable=True, case_header=b"{}") as journal:
        assert journal.torn_bytes == 0
        assert sum(1 for _ in journal.events()) == journal.size > acknowledged
