"""Files and reports of others: what is not taken is told, and who may read a report is held."""

import json
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, make_app, open_room
from muniment.catalog import open_ledger
from muniment.catalog.sheets import Wanted, tables_in_case
from muniment.core import parse_digest
from muniment.vault import open_case
from tests.app.inside import inside, inside_json, inside_lines
from tests.app.test_ftm import REPORT, rows, statements
from tests.app.web.conftest import ADDRESS, PORT

ODD = """
{"id": "E-1", "schema": "Person", "properties": {"name": ["First Example"], "shoeSize": ["42"]}}
{"id": "E-2", "schema": "Person", "properties": {"name": ["Lost"], "name": ["Kept"]}}
{"id": "E-3", "schema": "Spaceship", "properties": {"name": ["Third Example"]}}
{"id": "E-4", "schema": "Person", "properties": {"birthDate": ["1990-13-01"], "name": [{"x": 1}]}}
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with an import that holds odd things, a report, and one for its custodian alone."""
    folder = tmp_path_factory.mktemp("sources")
    case = folder / "case"
    inside("init", case)
    (folder / "odd.ftm.json").write_text(ODD.lstrip(), "utf-8")
    inside("ftm", "import", case, folder / "odd.ftm.json", "--from", "desk C")
    for scope in ("case", "custodian"):
        (folder / f"{scope}.toml").write_text(REPORT.replace("{scope}", scope), "utf-8")
        inside("report", "new", case, folder / f"{scope}.toml")
    inside("process", case, "--workers", 1)
    return folder


def _source(case: Path, scope: str) -> dict[str, Any]:
    listed = inside_lines("source", "list", case)
    return next(e for e in listed if e["source"].get("consent", {}).get("scope") == scope)


def test_what_an_import_says_beyond_the_model_is_kept_unread_and_told(here: Path) -> None:
    (imported,) = [
        e for e in inside_lines("source", "list", here / "case") if e["source"]["type"] == "import"
    ]
    came = statements(here / "case", f"source = '{imported['id']}'")
    unread = {(e["schema"], e["property"]): e["unread"] for e in came if e["read"] is None}
    assert unread == {
        ("Person", "shoeSize"): "not-in-the-model",
        ("Spaceship", "name"): "not-in-the-model",
        ("Person", "birthDate"): "not-a-date",
    }
    tally = imported["tally"]
    assert tally["unread"] == {"not-a-date": 1, "not-in-the-model": 2}
    assert tally["unknown"] == {"Person:shoeSize": 1, "Spaceship:name": 1}
    assert [why.split(":")[0] for _, why in tally["places"]] == [
        "member-twice",
        "no list of at most 10,000 texts",
    ]
    shown = inside("source", "show", here / "case", imported["id"])[0]
    assert "not in the model: 1 Spaceship:name" in shown
    assert "member-twice" in shown
    problems = inside_lines("problems", here / "case")
    assert [each["code"] for each in problems] == ["member-twice"]


def test_statements_come_in_one_a_line_too(here: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    inside("ftm", "export", here / "case", "--out", tmp_path / "out", "--dataset", "x")
    sent = rows(tmp_path / "out/statements.csv")
    lines = "".join(json.dumps(row) + "\n" for row in sent)
    (tmp_path / "statements.json").write_text(lines, "utf-8")
    inside("init", case)
    done = inside_json("ftm", "import", case, tmp_path / "statements.json", "--from", "desk A")
    assert done["form"] == "ftm-statement-lines"
    inside("process", case, "--workers", 1)
    assert Counter((e["property"], e["written"]) for e in statements(case)) == Counter(
        (row["prop"], row["value"]) for row in sent if row["prop"] != "id"
    )


def test_a_file_of_statements_is_searched_by_whom_its_lines_are_about(
    here: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    inside("init", case)
    (tmp_path / "more.toml").write_text(REPORT.replace("{scope}", "partners"), "utf-8")
    inside("report", "new", case, tmp_path / "more.toml")
    inside("ftm", "export", case, "--out", tmp_path / "out", "--dataset", "x")
    there = tmp_path / "there"
    inside("init", there)
    inside("intake", there, tmp_path / "out/citations.csv")
    inside("process", there, "--workers", 1)
    as_a_file = _tables(there)
    assert len(as_a_file) == 1
    inside("ftm", "import", there, tmp_path / "out", "--from", "us", "--same-ids")
    inside("process", there, "--workers", 1)
    assert _tables(there) == []
    (found,) = inside_lines("search", there, "Adil 1988")  # two lines of one person
    cited = {each["citation"]: each["written"] for each in statements(there)}
    assert cited[found["citation"]] in {"Adil Example", "1988"}
    address, page = _page_of(there, found["citation"])
    assert "/object/" in address
    assert cited[found["citation"]] in page
    assert 'id="here"' in page
    kept = {each["written"] for each in inside_lines("sql", there, "SELECT written FROM cells")}
    assert {each["citation"] for each in rows(tmp_path / "out/citations.csv")} <= kept
    digest = inside_json("rebuild", there, "--workers", 1)["digest"]
    (listed,) = inside_lines("source", "list", there)
    inside("source", "withdraw", there, listed["id"], "a mistake")
    assert _tables(there) == as_a_file
    assert inside_json("rebuild", there, "--workers", 1)["digest"] != digest


def test_what_is_for_its_custodian_alone_is_shown_to_nobody(here: Path, tmp_path: Path) -> None:
    case, report = here / "case", _source(here / "case", "custodian")
    assert statements(case, f"source = '{report['id']}'") == []
    assert report["tally"] is None
    names = (report["source"]["object"], report["source"]["given"])
    for sha256 in names:
        printed, said = inside("text", case, sha256)
        assert printed == ""
        assert "for its custodian alone" in said
        citation = parse_digest(sha256).ni
        assert "for its custodian alone" in inside("show", case, citation)[1]
        assert "for its custodian alone" in inside("propose", case, sha256)[1]
        inside("note", case, citation, "she said so", code=2)
    found = {each["sha256"] for each in inside_lines("search", case, "Aynur", "--limit", 99)}
    assert len(found) > 0
    assert found.isdisjoint(names)
    inside("ftm", "export", case, "--out", tmp_path / "out", "--dataset", "x")
    assert b"custodian" not in (tmp_path / "out/citations.csv").read_bytes()
    inside("export", case, "--out", tmp_path / "bag")
    bag = {path.name for path in (tmp_path / "bag").rglob("*")}
    assert bag.isdisjoint(names)
    shown = inside("source", "show", case, report["id"])[0]
    assert "nothing of it is shown, searched or handed over" in shown


def test_what_was_noted_beside_a_report_is_withheld_with_it(tmp_path: Path) -> None:
    case = tmp_path / "case"
    inside("init", case)
    (tmp_path / "report.toml").write_text(REPORT.replace("{scope}", "case"), "utf-8")
    inside("report", "new", case, tmp_path / "report.toml")
    inside("process", case, "--workers", 1)
    report = _source(case, "case")
    citation = parse_digest(report["source"]["object"]).ni
    inside("note", case, citation, "she was afraid")
    inside("tag", case, citation, "urgent")
    assert len(inside_lines("notes", case)) == 2
    inside("source", "withdraw", case, report["id"], "she asked for it")
    printed, said = inside("notes", case)
    assert "afraid" not in printed
    assert "2 beside reports that nobody here may read are not listed" in said
    assert inside_lines("search", case, "note:afraid") == []
    assert "consent to it was withdrawn" in inside("text", case, report["source"]["object"])[1]
    _, said = inside("report", "new", case, tmp_path / "report.toml")
    assert "muniment process" in said
    inside("process", case, "--workers", 1)
    assert len(inside_lines("notes", case)) == 2
    assert inside("text", case, report["source"]["object"])[0] != ""


def test_what_is_no_id_of_a_source_is_answered_by_where_ids_are(here: Path) -> None:
    _, said = inside("source", "show", here / "case", "report 7", code=2)
    assert "muniment source list" in said


def _tables(case: Path) -> list[tuple[str, int]]:
    with closing(open_ledger(open_case(case))) as ledger:
        return [(each.sha256, each.cells) for each in tables_in_case(ledger, Wanted())]


def _page_of(case: Path, citation: str) -> tuple[str, str]:
    """The page to which the room leads from a citation."""
    with open_room(case, "desk-1") as room:
        gate = Gate(PORT)
        client = TestClient(make_app(room, gate), ADDRESS, follow_redirects=True)
        client.get(f"/enter/{gate.new_key()}")
        answer = client.get("/at", params={"c": citation})
        assert answer.status_code == 200
        return str(answer.url), answer.text
