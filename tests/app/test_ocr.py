"""Pictures read as a stage of processing: resumable, recorded, the same each time."""

import json
from pathlib import Path
from typing import Any

import pytest

from muniment.catalog.ocr_step import ocr_folder
from muniment.core import parse_digest
from muniment.vault import open_case
from tests.app.cli import killed_after, muniment, muniment_json, muniment_lines
from tests.copies import copy_of
from tests.readers.ocr import drawn


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan of five pages, a picture of one, and a file that needs no eyes."""
    folder = tmp_path_factory.mktemp("scans")
    pages = [
        drawn.page((f"Page {n} of the register.", *drawn.ENGLISH[:2]), "latin") for n in range(5)
    ]
    (folder / "register.pdf").write_bytes(drawn.pdf(*pages))
    (folder / "photograph.png").write_bytes(drawn.png(drawn.page(drawn.GERMAN, "latin")))
    (folder / "note.txt").write_text("nothing to see")
    return folder


@pytest.fixture(scope="module")
def unread(scans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose pictures were not read."""
    case = tmp_path_factory.mktemp("unread") / "case"
    muniment("init", case)
    muniment("intake", case, scans)
    done = muniment_json("process", case, "--ocr", "off")
    assert done["pages_read_as_pictures"] == 0
    return case


@pytest.fixture(scope="module")
def read(unread: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same case after its pictures were read."""
    case = tmp_path_factory.mktemp("read") / "case"
    copy_of(unread, case)
    assert muniment_json("process", case, "--ocr", "eng+deu")["pages_read_as_pictures"] == 6
    return case


def codes(case: Path) -> list[str]:
    return [problem["code"] for problem in muniment_lines("problems", case)]


def decisions(case: Path) -> list[Any]:
    (journal,) = (case / "vault" / "journal").glob("events-*.jsonl")
    events = [json.loads(line) for line in journal.read_text().splitlines()]
    return [event["detail"]["ocr"] for event in events if "ocr" in event["detail"]]


def test_pages_that_are_not_read_are_listed(unread: Path) -> None:
    assert codes(unread).count("page-without-text") == 5
    assert muniment_lines("search", unread, "register") != []  # its name
    assert muniment_lines("search", unread, '"twenty more beds"') == []
    assert decisions(unread) == []


def test_what_was_read_answers_the_problem_and_is_found_in_its_place(read: Path) -> None:
    assert codes(read) == []
    hits = muniment_lines("search", read, '"Page 4 of the register"')
    assert len(hits) == 1
    assert "#page=5&xywh=" in hits[0]["citation"]
    shown = muniment_json("show", read, hits[0]["citation"])
    assert shown["written"] == shown["text"] == "Page 4 of the register."
    (row,) = muniment_lines("sql", read, "SELECT * FROM texts WHERE text LIKE 'Page 4%'")
    assert row["citation"] == hits[0]["citation"]
    assert row["confidence"] > 0.9
    assert row["source"].startswith("rapidocr")


def test_text_stands_in_the_order_of_pages_and_is_counted(read: Path) -> None:
    scan = next(i for i in muniment_lines("items", read) if i["names"] == ["register.pdf"])
    assert scan["parts"]["text"] == 15
    lines = muniment("text", read, scan["sha256"]).stdout.decode().splitlines()
    assert [line[5] for line in lines if line.startswith("Page ")] == list("01234")


def test_the_languages_are_a_decision_in_the_journal(read: Path) -> None:
    (decision,) = decisions(read)
    assert decision["languages"] == "deu+eng"
    assert "rapidocr" in decision["engines"]


@pytest.mark.night
def test_what_was_read_is_not_read_again_unless_asked_anew(read: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    copy_of(read, case)
    assert muniment_json("process", case)["pages_read_as_pictures"] == 0
    assert muniment_json("process", case, "--ocr", "deu+eng")["pages_read_as_pictures"] == 0
    assert muniment_json("process", case, "--ocr", "eng")["pages_read_as_pictures"] == 6
    assert [each["languages"] for each in decisions(case)] == ["deu+eng", "eng"]
    rows = muniment_lines("sql", case, "SELECT * FROM texts WHERE text LIKE 'Page 4%'")
    assert len(rows) == 1
    assert muniment_json("verify", case)["ok"]


@pytest.mark.night
def test_a_rebuild_uses_the_recorded_languages_and_gives_the_same_digest(
    read: Path, unread: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    copy_of(read, case)
    digest = muniment_json("rebuild", case)["digest"]
    assert codes(case) == []
    assert muniment_json("rebuild", case, "--workers", 1)["digest"] == digest
    copy_of(unread, tmp_path / "unread")
    assert muniment_json("rebuild", tmp_path / "unread")["digest"] != digest


@pytest.mark.night
def test_a_kill_costs_at_most_the_tasks_under_way(unread: Path, read: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    copy_of(unread, case)
    for seconds in (2.0, 4.0, 7.0):
        killed_after(seconds, "process", case, "--ocr", "eng+deu", "--workers", 1)
    muniment("process", case)
    assert codes(case) == []
    assert muniment_json("verify", case)["ok"]
    copy_of(read, tmp_path / "read")
    digest = muniment_json("rebuild", tmp_path / "read")["digest"]
    assert muniment_json("rebuild", case)["digest"] == digest


def test_verify_notices_what_was_done_to_the_letters(read: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    copy_of(read, case)
    assert muniment_json("verify", case)["ok"]
    scan = next(i for i in muniment_lines("items", case) if i["names"] == ["register.pdf"])
    digest = parse_digest(scan["sha256"])
    (first, _) = sorted(ocr_folder(open_case(case).work, digest).glob("*.parts"))
    first.write_bytes(first.read_bytes()[:-40])
    done = muniment("verify", case, "--json", check=False)
    assert done.returncode == 3
    assert "pictures" in done.stdout.decode()


@pytest.mark.parametrize("written", ["klingon", "eng+", "auto+eng"])
def test_a_language_that_nobody_knows_is_refused(unread: Path, written: str) -> None:
    done = muniment("process", unread, "--ocr", written, check=False)
    assert done.returncode == 2
    assert "no language is known" in done.stderr.decode()
