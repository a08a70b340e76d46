"""The main job on a leak whose truth is known: nothing lost or invented, every place right."""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from muniment.catalog import full_text, parts_of
from muniment.core import CellArea, Citation, parse_citation, parse_digest
from muniment.readers.ocr import available_settings
from muniment.vault import open_case
from tests.app.cli import muniment_json, muniment_lines
from tests.readers.ocr.drawn import error_rate

Truth = list[dict[str, Any]]
PICTURES = ("scan", "list-scan", "page-photograph")
PICTURES_BOUND = 0.02  # edits a character, spaces left out
UNREAD = "page-without-text"


@pytest.fixture(scope="module")
def files(truth: Path) -> Truth:
    """What is true of each file, also of those inside others."""
    with (truth / "files.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def items(case: Path) -> dict[str, dict[str, Any]]:
    """What the case says of each object."""
    return {item["sha256"]: item for item in muniment_lines("items", case)}


def reachable(files: Truth) -> Truth:
    """Files that do not lie in one that is locked or refused."""
    closed = {file["sha256"] for file in files if file["state"] in ("locked", "refused")}
    paths = {tuple(_names(file)): file["sha256"] for file in files}
    return [
        file
        for file in files
        # What does not come out of its container whole is the container's problem.
        if not (file["state"] == "unreadable" and len(file["chain"]) > 1)
        and not any(
            paths[tuple(_names(file)[:depth])] in closed for depth in range(1, len(file["chain"]))
        )
    ]


def _names(file: dict[str, Any]) -> list[str]:
    return [f"{step['name']}|{step.get('index')}" for step in file["chain"]]


def test_every_file_is_there_under_its_hash(files: Truth, items: dict[str, Any]) -> None:
    missing = [file["chain"] for file in reachable(files) if file["sha256"] not in items]
    assert missing == []


def test_every_state_is_the_true_one(files: Truth, items: dict[str, Any]) -> None:
    wrong = {
        file["chain"][-1]["name"]: (file["state"], items[file["sha256"]]["state"])
        for file in reachable(files)
        if file["sha256"] in items and items[file["sha256"]]["state"] != file["state"]
    }
    # What is broken or dangerous may honestly be refused or saved in part: it is told apart by
    # its problem, which the next test asks for.
    harmless = {"unreadable", "refused"}
    assert {name: each for name, each in wrong.items() if each[0] not in harmless} == {}


def test_every_unread_object_says_why(items: dict[str, Any]) -> None:
    silent = [
        item["names"] for item in items.values() if item["state"] != "read" and item["reason"] == ""
    ]
    assert silent == []
    assert not any(item["state"] == "pending" for item in items.values())


def test_what_is_broken_has_a_problem(case: Path, files: Truth) -> None:
    troubled = {problem["sha256"] for problem in muniment_lines("problems", case)}
    bounded = {"11 异常/年度报表.zip"}  # a thousandfold inflation: within the limits, read whole
    hostile = {
        file["sha256"]
        for file in reachable(files)
        if file["state"] == "refused" and file["chain"][-1]["name"] not in bounded
    }
    assert hostile <= troubled
    broken = {file["sha256"] for file in reachable(files) if file["state"] == "unreadable"}
    assert broken <= troubled


def test_every_type_is_the_true_one(files: Truth, items: dict[str, Any]) -> None:
    wrong = {
        file["chain"][-1]["name"]: (file["media_type"], items[file["sha256"]]["type"])
        for file in reachable(files)
        if file["state"] == "read" and items[file["sha256"]]["type"] != file["media_type"]
    }
    # CSV with few columns may honestly be called plain text, and the other way round.
    textual = {
        name: types
        for name, types in wrong.items()
        if not all(t.startswith("text/") for t in types)
    }
    assert textual == {}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def test_the_whole_text_of_every_file_is_read(case: Path, files: Truth) -> None:
    lacking = {}
    opened = open_case(case)
    for file in reachable(files):
        if file["state"] != "read" or file["kind"] in PICTURES:
            continue
        wanted = [*file.get("text", "").split("\n"), *file.get("tokens", [])]
        if wanted == [""]:
            continue
        digest = parse_digest(file["sha256"])
        found = squeezed("".join(full_text(parts_of(opened, digest), file["media_type"])))
        gone = [line for line in wanted if squeezed(line) not in found]
        if len(gone) > 0:
            lacking[file["chain"][-1]["name"]] = gone[:3]
    assert lacking == {}


def can_be_read(file: dict[str, Any]) -> bool:
    """Whether this machine has a model for the file's language."""
    wanted = {"ug": "uig", "ru": "rus"}.get(file["language"], "eng")
    return wanted in available_settings().languages


def test_the_letters_of_every_scan_and_photograph_of_a_page_are_read(
    case: Path, files: Truth
) -> None:
    opened = open_case(case)
    rates = {}
    for file in files:
        if file["kind"] in PICTURES and can_be_read(file):
            digest = parse_digest(file["sha256"])
            found = "".join(full_text(parts_of(opened, digest), file["media_type"]))
            rates[file["chain"][-1]["name"]] = error_rate(file["text"], found)
    assert {name: rate for name, rate in rates.items() if rate > PICTURES_BOUND} == {}
    unread = {p["sha256"] for p in muniment_lines("problems", case) if p["code"] == UNREAD}
    assert (
        unread & {f["sha256"] for f in files if f["kind"] in PICTURES and can_be_read(f)} == set()
    )


def test_a_scanned_list_comes_out_cell_by_cell(case: Path, files: Truth) -> None:
    for file in (each for each in files if each["kind"] == "list-scan"):
        rows = muniment_lines("sql", case, f"SELECT * FROM cells WHERE sha256 = '{file['sha256']}'")  # noqa: S608 - a digest of ours
        read = {(row["row"], row["column"]): row["written"] for row in rows}
        true = [line.split("\t") for line in file["text"].split("\n")]
        assert [read.get((n, 4)) for n in range(1, len(true) + 1)] == [row[3] for row in true]
        cells = [(n, c, v) for n, row in enumerate(true, 1) for c, v in enumerate(row, 1)]
        right = sum(read.get((n, c)) == written for n, c, written in cells)
        assert right >= 0.97 * len(cells)


def test_no_letters_are_invented_on_portraits(case: Path, files: Truth) -> None:
    portraits = {f["sha256"] for f in files if f["kind"] in ("portrait", "embedded-portrait")}
    listed = ", ".join(f"'{each}'" for each in sorted(portraits))
    statement = f"SELECT * FROM texts WHERE source <> '' AND sha256 IN ({listed})"  # noqa: S608 - digests of ours
    assert muniment_lines("sql", case, statement) == []


def tables(truth: Path) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    with gzip.open(truth / "cells.jsonl.gz", "rt", encoding="utf-8") as lines:
        head: dict[str, Any] = {}
        for line in lines:
            value = json.loads(line)
            if isinstance(value, dict):
                head = value
            else:
                yield head, value


def _read_cells(case: Path) -> dict[tuple[str, str, int, int], dict[str, Any]]:
    rows = muniment_lines("sql", case, "SELECT * FROM cells")
    return {(row["sha256"], row["sheet"] or "", row["row"], row["column"]): row for row in rows}


def test_every_cell_of_every_list_is_read_where_it_stands(
    case: Path, truth: Path, files: Truth
) -> None:
    digests = {
        file["chain"][0]["name"]: file["sha256"]
        for file in files
        if len(file["chain"]) == 1 and file["state"] == "read"
    }
    read = _read_cells(case)
    checked, wrong = 0, []
    for head, (_, row, _, cells) in tables(truth):
        digest = digests.get(head["file"])
        if digest is None or not head["file"].endswith((".xlsx", ".csv", ".tsv")):
            continue
        for column, cell in enumerate(cells, 1):
            if cell is None or cell == "":
                continue
            found = read.get((digest, head["sheet"], row, column))
            checked += 1
            if found is None or not _agrees(cell, found):
                wrong.append((head["file"], head["sheet"], row, column, cell, found))
    assert wrong[:5] == []
    assert checked > 1_000


def _agrees(cell: Any, found: dict[str, Any]) -> bool:
    if isinstance(cell, dict) and "date" in cell:
        return bool(found["kind"] == "date" and found["shown"].startswith(cell["date"]))
    if isinstance(cell, dict):
        formula = found["formula"].lstrip("=")
        return bool(
            formula == cell["formula"].lstrip("=") and found["written"] == str(cell["value"])
        )
    if isinstance(cell, float) and cell.is_integer():
        return bool(float(found["written"]) == cell)
    return bool(found["written"] == str(cell))


def test_a_cells_citation_leads_back_to_what_is_written(case: Path) -> None:
    (row,) = muniment_lines(
        "sql",
        case,
        "SELECT * FROM cells WHERE written LIKE '659999%' AND sheet IS NOT NULL AND source = '' "
        "ORDER BY citation LIMIT 1",
    )
    place = parse_citation(row["citation"])
    assert place == Citation(
        parse_digest(row["sha256"]), CellArea(row["row"], row["column"], row["sheet"])
    )
    shown = muniment_json("show", case, row["citation"])
    assert shown["written"] == row["written"]
    assert shown["chain"][-1]["relation"] == "received"


def test_a_hit_inside_an_archive_is_traced_to_the_delivery(case: Path, files: Truth) -> None:
    delivered = {file["sha256"] for file in files if len(file["chain"]) == 1}
    inner = next(
        file
        for file in reachable(files)
        if len(file["chain"]) > 2
        and file["sha256"] not in delivered
        and file["state"] == "read"
        and file.get("text", "") != ""
    )
    word = max(re.findall(r"\w+", inner["text"]), key=len)
    hits = muniment_lines("search", case, f'"{word}"', "--limit", 1000)
    hit = next(hit for hit in hits if hit["sha256"] == inner["sha256"])
    traced = muniment_json("trace", case, hit["citation"])
    assert traced["chain"][0]["sha256"] == inner["sha256"]
    assert len(traced["chain"]) >= 2
    assert traced["proof"]["checkpoint"] > traced["proof"]["event"]


def test_search_finds_words_of_every_script(case: Path, files: Truth) -> None:
    for language in ("zh", "ug-Arab", "ru", "en"):
        file = next(
            f
            for f in reachable(files)
            if f.get("language") == language
            and f["state"] == "read"
            and len(f.get("text", "")) > 40
        )
        word = max(re.findall(r"\w+", file["text"]), key=len)[:12]
        if language != "zh":
            word = max(re.findall(r"\w+", file["text"]), key=len)
        hits = muniment_lines("search", case, word, "--limit", 1000)
        assert file["sha256"] in {hit["sha256"] for hit in hits}, (language, word)


def test_containers_account_for_what_they_announce(case: Path) -> None:
    status = muniment_json("status", case)
    assert status["items"] == sum(status["by_state"].values())
    for container in status["containers"]:
        assert container["announced"] == container["emitted"] + container["failed"]


def test_the_password_of_the_locked_files_can_be_found(case: Path, truth: Path) -> None:
    passwords = json.loads((truth / "truth.json").read_text())["passwords"]
    assert len(passwords) > 0
    for password in passwords.values():
        assert len(muniment_lines("search", case, f'"{password}"')) > 0
