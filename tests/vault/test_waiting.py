"""What waits is kept until it is recorded, and is recorded once."""

import os
import secrets
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from muniment.core import Citation, IntegrityError, digest_of
from muniment.vault import (
    Annotated,
    EventDraft,
    Journal,
    Note,
    Waiting,
    annotation_draft,
    annotation_of,
)

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def waiting(tmp_path: Path) -> Waiting:
    return Waiting(tmp_path / "waiting")


def note(body: str, seconds: int = 0) -> EventDraft:
    made = Note(Citation(digest_of(b"a file")), body)
    annotated = Annotated(made, secrets.token_hex(16), START + timedelta(seconds=seconds))
    return annotation_draft(annotated, "reader-2", "muniment 0.1.0")


def bodies(journal: Journal) -> list[str]:
    found = [event for event in journal.events() if event.event == "annotation"]
    return [annotation_of(event).annotation.body for event in found]


def test_what_waits_is_recorded_in_the_order_in_which_it_was_typed(
    waiting: Waiting, journal: Journal, tmp_path: Path
) -> None:
    for number in (2, 0, 1):
        waiting.keep(note(f"n{number}", number))
    events = waiting.record(journal)
    assert [event.seq for event in events] == [12, 13, 14]
    assert bodies(journal) == ["n0", "n1", "n2"]
    assert waiting.drafts() == ()
    assert list((tmp_path / "waiting").iterdir()) == []
    assert waiting.record(journal) == ()
    assert journal.size == 15


def test_nothing_waits_where_nothing_was_kept(waiting: Waiting, journal: Journal) -> None:
    assert waiting.drafts() == ()
    assert waiting.record(journal) == ()
    assert list(waiting.failures()) == []


def test_a_draft_is_for_its_owner_alone(waiting: Waiting, tmp_path: Path) -> None:
    waiting.keep(note("a"))
    (path,) = (tmp_path / "waiting").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("moment", ["before the event", "after the event", "half removed"])
def test_a_kill_between_draft_and_journal_records_each_once(
    moment: str, waiting: Waiting, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        waiting.keep(note(f"n{number}", number))
    append, unlink, removed = Journal.append, Path.unlink, []

    def killed_append(journal: Journal, drafts: list[EventDraft]) -> None:
        if moment == "after the event":
            append(journal, drafts)
        raise Killed

    def killed_unlink(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name == "waiting" and not path.name.startswith("."):
            removed.append(path)
            if len(removed) == 2:
                raise Killed
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        if moment == "half removed":
            patched.setattr(Path, "unlink", killed_unlink)
        else:
            patched.setattr(Journal, "append", killed_append)
        with pytest.raises(Killed):
            waiting.record(journal)
    waiting.keep(note("n3", 3))
    waiting.record(journal)
    assert bodies(journal) == ["n0", "n1", "n2", "n3"]
    assert waiting.drafts() == ()


def test_a_damaged_draft_is_named_and_neither_recorded_nor_removed(
    waiting: Waiting, journal: Journal, tmp_path: Path
) -> None:
    waiting.keep(note("kept"))
    waiting.keep(note("to be damaged", 1))
    name = waiting.drafts()[1].annotated.draft
    path = tmp_path / "waiting" / f"{name}.json"
    whole = path.read_bytes()
    (tmp_path / "waiting" / f"{'0' * 32}.json").write_bytes(whole)  # under another's name
    for number, damaged in enumerate(
        (b"", whole[:-9], whole.replace(b"damaged", b"d\\u0061maged"))
    ):
        path.unlink()
        path.write_bytes(damaged)
        assert [each.where for each in waiting.failures()] == sorted(
            [f"vault/waiting/{'0' * 32}.json", f"vault/waiting/{name}.json"]
        )
        waiting.record(journal)
        assert bodies(journal) == ["kept"]
        assert path.read_bytes() == damaged, number


def test_only_annotations_wait(waiting: Waiting) -> None:
    with pytest.raises(ValueError, match="no annotation"):
        waiting.keep(EventDraft(event="ingestion", actor="a", tool="t"))


def test_a_link_in_place_of_the_folder_is_not_followed(waiting: Waiting, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    os.symlink(tmp_path / "elsewhere", tmp_path / "waiting")
    with pytest.raises(IntegrityError):
        waiting.keep(note("a"))
    assert list((tmp_path / "elsewhere").iterdir()) == []
