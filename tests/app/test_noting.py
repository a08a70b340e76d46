"""What people write is recorded once, outlives a held case, and travels with the journal."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from muniment.app.deciding import Notebook
from muniment.catalog import AnnotationsWanted, Ledger, annotations, open_ledger
from muniment.core import Citation, digest_of
from muniment.vault import Case, Note, Waiting, locked, open_case
from tests.app.cli import muniment, muniment_json, muniment_lines
from tests.copies import copy_of

TEXT = b"First line.\nSecond line about the list.\n"
PLACE = f"{digest_of(TEXT).ni}#char=0,11"


@pytest.fixture(scope="module")
def read_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("noting")
    (folder / "leak").mkdir()
    (folder / "leak" / "a.txt").write_bytes(TEXT)
    muniment("init", folder / "case")
    muniment("intake", folder / "case", folder / "leak")
    muniment("process", folder / "case", "--workers", 1)
    return folder / "case"


@pytest.fixture
def case(read_case: Path, tmp_path: Path) -> Path:
    """A case of one file, read, for one test to write in."""
    return copy_of(read_case, tmp_path / "case")


def written(case: Path, *more: object) -> list[dict[str, Any]]:
    return muniment_lines("notes", case, *more)


def test_a_note_is_recorded_shown_and_proved(case: Path) -> None:
    text = "Same hand?\n再看一遍 — بۇ كىم؟"
    done = muniment_json("note", case, PLACE, text, "--as", "reader-2")
    (found,) = written(case)
    assert done == {"ids": [found["id"]], "why": "", "next_step": "", "waits": False}
    assert (found["body"], found["actor"], found["target"]) == (text, "reader-2", PLACE)
    assert muniment_json("verify", case)["ok"]
    assert "reader-2" in muniment("notes", case).stdout.decode()


def test_a_file_is_found_by_what_is_noted_beside_it(case: Path) -> None:
    assert muniment_lines("search", case, "note:koala") == []
    muniment("note", case, PLACE, "a koala, they say")
    assert len(muniment_lines("search", case, "note:koala")) > 0


def test_tags_are_set_listed_and_taken_off(case: Path) -> None:
    muniment("tag", case, PLACE, "first wave", "list", " list ")
    assert [each["body"] for each in written(case)] == ["list", "first wave"]
    (tag,) = written(case, "--tag", "list")
    muniment("withdraw", case, tag["id"], "--as", "another")
    assert [each["body"] for each in written(case)] == ["first wave"]
    assert [each["body"] for each in written(case, "--withdrawn")] == ["list", "first wave"]


def test_a_correction_and_a_withdrawal_leave_the_history(case: Path) -> None:
    (name,) = muniment_json("note", case, PLACE, "page 3", "--as", "r")["ids"]
    assert muniment("correct", case, name, "page 4", check=False).returncode == 4
    muniment("correct", case, name, "page 4", "--as", "r")
    muniment("withdraw", case, name, "misread", "--as", "r")
    (found,) = written(case, "--withdrawn")
    assert (found["first"], found["body"], found["standing"]) == ("page 3", "page 4", False)
    shown = muniment("notes", case, "--withdrawn").stdout.decode()
    for word in ("page 3", "page 4", "misread", "withdrawal", name):
        assert word in shown


REFUSED: dict[str, tuple[object, ...]] = {
    "an empty note": ("note", PLACE, ""),
    "a note that steers the terminal": ("note", PLACE, "a\x1b[2J"),
    "a place of another case": ("note", digest_of(b"?").ni, "a"),
    "no citation": ("note", "here", "a"),
    "a real newline in a name": ("note", PLACE, "a", "--as", ""),
    "no such note": ("withdraw", digest_of(b"?").hex, "a"),
    "no id": ("correct", "12", "a"),
    "an empty tag": ("tag", PLACE, ""),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_is(what: str, case: Path) -> None:
    command, *rest = REFUSED[what]
    done = muniment(command, case, *rest, check=False)
    assert done.returncode == 2
    assert b"next: " in done.stderr
    assert b"Traceback" not in done.stderr
    assert written(case) == []
    assert not (case / "vault" / "waiting").exists()


def test_what_is_written_while_the_case_is_held_waits_and_is_recorded_later(case: Path) -> None:
    with locked(open_case(case)):
        done = muniment_json("note", case, PLACE, "typed meanwhile")
        assert done["waits"]
        assert done["ids"] == []
        assert [each["id"] for each in written(case)] == [None]
        assert "not yet in the journal" in muniment("notes", case).stdout.decode()
    muniment("process", case)  # any command that writes
    (found,) = written(case)
    assert found["body"] == "typed meanwhile"
    assert found["id"] is not None
    assert muniment_json("verify", case)["ok"]


def test_what_is_written_while_a_command_works_is_recorded_at_its_end(case: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from muniment.app.session import writing\n"
        "with writing(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(case)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert muniment_json("note", case, PLACE, "meanwhile")["waits"]
        holder.communicate()
    assert not any((case / "vault" / "waiting").iterdir())
    assert [each["body"] for each in written(case)] == ["meanwhile"]


def test_a_wrong_passphrase_loses_nothing_that_was_typed(tmp_path: Path, case: Path) -> None:
    (tmp_path / "empty").write_text("")
    done = muniment_json("note", case, PLACE, "kept", "--passphrase-file", tmp_path / "empty")
    assert done["waits"]
    assert "passphrase" in done["why"]
    muniment("note", case, PLACE, "next")
    assert [each["body"] for each in written(case)] == ["next", "kept"]


def test_two_who_write_at_once_lose_nothing(case: Path) -> None:
    opened = open_case(case)
    ledgers = [open_ledger(opened) for _ in range(2)]

    def write(number: int) -> None:
        notebook = Notebook(opened, ledgers[number], f"reader-{number}", patience=30)
        for count in range(15):
            decided = notebook.decide([Note(Citation(digest_of(TEXT)), f"{number}.{count}")])
            assert not decided.waits
            assert len(decided.ids) == 1

    both = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    found = [each["body"] for each in written(case, "--limit", 100)]
    assert sorted(found) == sorted(f"{n}.{count}" for n in range(2) for count in range(15))
    for number in range(2):  # each one's own in the order in which they were typed
        mine = [body for body in found[::-1] if body.startswith(f"{number}.")]
        assert mine == [f"{number}.{count}" for count in range(15)]
    assert muniment_json("verify", case)["ok"]
    _close(ledgers)


def _close(ledgers: list[Ledger]) -> None:
    for ledger in ledgers:
        ledger.close()


def test_deleting_every_projection_loses_no_note(case: Path) -> None:
    muniment("note", case, PLACE, "a")
    with locked(open_case(case)):
        muniment("note", case, PLACE, "b")
    before = muniment_json("rebuild", case)["digest"]
    shutil.rmtree(case / "work")
    assert muniment_json("rebuild", case)["digest"] == before
    assert [each["body"] for each in written(case)] == ["b", "a"]


def test_notes_leave_with_the_whole_journal_and_not_with_a_selection(
    case: Path, tmp_path: Path
) -> None:
    muniment("note", case, PLACE, "between us")
    key = muniment_json("log", "key", case)["verifier_key"]
    for name, more in (("whole", ()), ("chosen", ("--object", digest_of(TEXT).hex))):
        bag = tmp_path / name
        muniment("export", case, "--out", bag, "--recipient", "B", *more)
        call = [sys.executable, "-I", str(bag / "verify.py"), str(bag), "--key", key]
        assert subprocess.run(call, capture_output=True, check=False).returncode == 0
        told = b"".join(path.read_bytes() for path in bag.rglob("*") if path.is_file())
        assert (b"between us" in told) == (name == "whole")
    partner = tmp_path / "partner"
    muniment("init", partner)
    muniment("import", partner, tmp_path / "whole", "--key", key)
    muniment("process", partner)
    assert written(partner) == []  # theirs stay in their journal, which is kept beside ours
    muniment("note", partner, PLACE, "ours")
    assert muniment_json("verify", partner)["ok"]


def test_a_damaged_draft_is_named_by_verify(case: Path) -> None:
    with locked(open_case(case)):
        muniment("note", case, PLACE, "a")
    (path,) = (case / "vault" / "waiting").iterdir()
    path.write_bytes(b"{}")
    done = muniment("verify", case, "--json", check=False)
    assert done.returncode == 3
    assert [each["what"] for each in json.loads(done.stdout)["failures"]] == ["waiting draft"]


def test_a_long_text_comes_from_standard_input(case: Path) -> None:
    opened: Case = open_case(case)
    call = [sys.executable, "-c", "from muniment.app.main import main; main()"]
    text = "行\n" * 9_000
    subprocess.run([*call, "note", str(case), PLACE, "-"], input=text.encode(), check=True)
    assert written(case)[0]["body"] == text.strip()
    assert Waiting(opened.waiting_folder).drafts() == ()
    ledger = open_ledger(opened)
    assert len(annotations(ledger, AnnotationsWanted(words="行"), 9)) == 1
    ledger.close()
