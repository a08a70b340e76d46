"""Reports and files of others come in, statements leave, and come back the same."""

import csv
import hashlib
import json
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from muniment.catalog import fingerprint, open_engine, open_ledger
from muniment.vault import open_case
from tests.app.inside import inside, inside_json, inside_lines
from tests.app.test_killed_facts import killed_at
from tests.copies import copy_of

REPORT = """
name = "report 7"
date = "2018-11-03"
language = "uig"
custodian = "archive desk"
text = '''
He was taken in May, she said;
then "nothing".'''
[consent]
by = "the witness"
scope = "{scope}"
date = "2018-11-03"
how = "on the telephone, read back"
[witness]
name = "Aynur {scope}"
[[person]]
name = ["Adil Example", "ئادىل"]
birthDate = "1988"
relationship = "brother"
[[person.detention]]
place = "the old school"
startDate = "in May"
status = "in custody"
"""
THEIRS = [
    {
        "id": "NK-1",
        "schema": "Person",
        "properties": {"name": ["Second, Example"], "birthDate": ["1990", "about 1990"]},
    },
    {"id": "NK-2", "schema": "Person", "properties": {"name": ["Third Example"]}},
    {
        "id": "NK-3",
        "schema": "Family",
        "properties": {"person": ["NK-1"], "relative": ["NK-2"], "relationship": ["sister"]},
    },
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two reports, of which one may not leave, and another desk's entities."""
    here = tmp_path_factory.mktemp("exchange")
    inside("init", here / "case")
    for scope in ("partners", "case"):
        (here / f"{scope}.toml").write_text(REPORT.replace("{scope}", scope), "utf-8")
        inside("report", "new", here / "case", here / f"{scope}.toml")
    lines = [json.dumps(each, ensure_ascii=False) for each in THEIRS]
    (here / "theirs.ftm.json").write_text("\n".join([*lines, '{"id": "NK-4"}', ""]), "utf-8")
    call = ["ftm", "import", here / "case", here / "theirs.ftm.json", "--from", "another desk"]
    inside(*call)
    inside(*call, code=2)  # the same file twice
    inside("process", here / "case", "--workers", 1)
    inside("ftm", "export", here / "case", "--out", here / "out", "--recipient", "desk B")
    return here


def statements(case: Path, where: str = "true") -> list[dict[str, Any]]:
    asked = f"SELECT * FROM statements WHERE {where} ORDER BY ALL"  # noqa: S608 - our own
    return inside_lines("sql", case, asked)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(case: Path, where: str = "true") -> Counter[tuple[object, ...]]:
    names = ("entity", "schema", "property", "written", "read", "unread")
    return Counter(
        (*(each[name] for name in names), tuple(each["doubts"])) for each in statements(case, where)
    )


def withheld_id(case: Path) -> str:
    return next(
        each["id"]
        for each in inside_lines("source", "list", case)
        if each["source"].get("consent", {}).get("scope") == "case"
    )


def test_a_report_states_people_each_at_its_characters(folder: Path) -> None:
    told = statements(folder / "case", "\"by\" = 'person'")
    assert len(told) > 30
    forms = {
        each["source"]["object"]: each["id"]
        for each in inside_lines("source", "list", folder / "case")
        if each["source"]["type"] == "report"
    }
    texts = {
        sha256: (folder / f"case/vault/objects/sha256/{sha256[:2]}/{sha256}").read_text("utf-8")
        for sha256 in forms
    }
    for each in told:
        start, end = map(int, each["place"].removeprefix("char=").split(","))
        assert texts[each["sha256"]][start:end] == each["written"]
        assert each["source"] == forms[each["sha256"]]
    unread = [(each["written"], each["unread"]) for each in told if each["unread"] != ""]
    assert unread == [("in May", "not-a-date")] * 2


def test_what_another_desk_sent_cites_its_record(folder: Path) -> None:
    theirs = statements(folder / "case", "\"by\" = 'import'")
    assert [each["row"] for each in theirs if each["written"] == "Third Example"] == [2]
    (unread,) = [each for each in theirs if each["unread"] != ""]
    assert (unread["written"], unread["unread"]) == ("about 1990", "not-a-date")
    (person,) = {each["entity"] for each in theirs if each["written"] == "Second, Example"}
    assert [each["read"] for each in theirs if each["property"] == "person"] == [person]
    assert person != "NK-1"


def test_what_came_of_a_source_is_told(folder: Path) -> None:
    found = inside_lines("source", "list", folder / "case")
    (imported,) = [each for each in found if each["source"]["type"] == "import"]
    shown = inside_json("source", "show", folder / "case", imported["id"])
    assert shown["tally"]["statements"] == 7
    assert shown["tally"]["misread"] == 1
    assert "cell=4,1" in shown["tally"]["places"][0][0]
    assert "rows said nothing" in inside("source", "show", folder / "case", imported["id"])[0]


def test_entities_of_sources_have_captions(folder: Path) -> None:
    asked = "SELECT caption FROM entities WHERE \"schema\" = 'Person' ORDER BY caption"
    captions = [each["caption"] for each in inside_lines("sql", folder / "case", asked)]
    assert {"Aynur partners", "Second, Example", "Third Example"} <= set(captions)
    assert len(captions) == 6


def test_an_export_withholds_what_consent_does_not_cover(folder: Path) -> None:
    report = json.loads((folder / "out/report.json").read_bytes())
    withheld = statements(folder / "case", f"source = '{withheld_id(folder / 'case')}'")
    assert report["withheld_for_want_of_consent"] == len(withheld)
    told = b"".join(path.read_bytes() for path in (folder / "out").iterdir() if path.is_file())
    assert b"Aynur partners" in told
    assert b"Aynur case" not in told
    everything = statements(folder / "case")
    assert report["statements"] == len(everything) - len(withheld)


def test_an_export_names_statements_as_the_case_does(folder: Path) -> None:
    known = {each["statement"]: each["citation"] for each in statements(folder / "case")}
    sidecar = rows(folder / "out/citations.csv")
    assert len(sidecar) > 20
    assert all(known[row["statement"]] == row["citation"] for row in sidecar)


def test_that_statements_left_stands_in_the_journal(folder: Path) -> None:
    lines = (folder / "case/vault/journal/events-000000000000.jsonl").read_text("utf-8")
    events = [json.loads(line) for line in lines.splitlines()]
    (left,) = [each for each in events if each["event"] == "dissemination"]
    assert left["detail"]["recipient"] == "desk B"
    assert left["detail"]["format"] == "followthemoney"
    sums = (folder / "out/SHA256SUMS").read_bytes()
    assert left["detail"]["manifest_sha256"] == hashlib.sha256(sums).hexdigest()


@pytest.mark.parametrize("profile", ["overlay", "stock"])
def test_an_export_comes_back_as_the_same_statements(
    other: Path, folder: Path, tmp_path: Path, profile: str
) -> None:
    case, left = tmp_path / "case", tmp_path / "left"
    inside("ftm", "export", other, "--out", left, "--profile", profile)
    inside("init", case)
    inside("ftm", "import", case, left, "--from", "desk A", "--same-ids")
    inside("process", case, "--workers", 1)
    before = said(folder / "case", f"source <> '{withheld_id(folder / 'case')}'")
    assert said(case) == before
    sent = rows(left / "citations.csv")
    known = {each["statement"]: each for each in statements(other)}
    for each in statements(case):
        row = sent[each["row"] - 2]
        assert (row["written"], row["entity"]) == (each["written"], each["entity"])
        # What comes back cites its line, which names the statement and the place it came from.
        assert known[row["statement"]]["citation"] == row["citation"]
        assert known[row["statement"]]["by"] == row["by"]
    inside("ftm", "export", case, "--out", tmp_path / "out", "--dataset", "x")
    again = rows(tmp_path / "out/citations.csv")
    names = ("entity", "schema", "property", "written", "read", "unread", "doubts")
    assert Counter(tuple(row[name] for name in names) for row in again) == Counter(
        tuple(row[name] for name in names) for row in sent
    )


def test_statements_of_a_csv_come_in(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    inside("init", case)
    inside("ftm", "import", case, folder / "out/statements.csv", "--from", "desk A")
    inside("process", case, "--workers", 1)
    sent = [row for row in rows(folder / "out/statements.csv") if row["prop"] != "id"]
    came = statements(case)
    assert Counter((each["property"], each["written"]) for each in came) == Counter(
        (row["prop"], row["value"]) for row in sent
    )


@pytest.fixture
def other(folder: Path, tmp_path: Path) -> Path:
    """A copy of the case, to be changed."""
    copy_of(folder / "case", tmp_path / "copy")
    return tmp_path / "copy"


def test_a_withdrawn_consent_takes_its_statements_out_of_views_and_exports(
    other: Path, tmp_path: Path
) -> None:
    (report,) = [
        each
        for each in inside_lines("source", "list", other)
        if each["source"].get("consent", {}).get("scope") == "partners"
    ]
    assert len(statements(other, f"source = '{report['id']}'")) > 15
    done = inside_json("source", "withdraw", other, report["id"], "she asked for it")
    assert done["id"] == report["id"]
    assert statements(other, f"source = '{report['id']}'") == []
    inside("ftm", "export", other, "--out", tmp_path / "out")
    told = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file())
    assert b"Aynur" not in told
    asked = f"SELECT count(*) AS n FROM entities WHERE source = '{report['id']}'"  # noqa: S608
    assert inside_lines("sql", other, asked) == [{"n": 0}]
    (listed,) = [e for e in inside_lines("source", "list", other) if e["id"] == report["id"]]
    assert listed["withdrawn"] == "she asked for it"
    inside("source", "withdraw", other, report["id"], code=2)
    inside("process", other, "--workers", 1)
    assert statements(other, f"source = '{report['id']}'") == []


def test_a_withdrawal_that_was_cut_off_is_finished_by_whoever_looks_next(other: Path) -> None:
    (report,) = [
        each
        for each in inside_lines("source", "list", other)
        if each["source"].get("consent", {}).get("scope") == "partners"
    ]
    asked = f"SELECT text FROM texts WHERE sha256 = '{report['source']['object']}'"  # noqa: S608
    assert len(inside_lines("sql", other, asked)) > 0
    dying = "import muniment.app.commands.sources as s; s.withdraw_from_views = die"
    killed_at(dying, "source", "withdraw", other, report["id"], "she asked for it")
    assert inside_lines("sql", other, asked) == []
    assert statements(other, f"source = '{report['id']}'") == []
    found = inside_lines("search", other, "Aynur", "--limit", 1_000)
    assert report["source"]["object"] not in {each["sha256"] for each in found}


def test_a_rebuild_makes_the_same_statements_again(other: Path) -> None:
    before, said_by_all = statements(other), _digest(other)
    for workers in (1, 4):
        assert inside_json("rebuild", other, "--workers", workers)["digest"] == said_by_all
        assert statements(other) == before


def test_what_sources_state_is_in_the_digest_of_a_case(other: Path) -> None:
    before = _digest(other)
    tally, *_ = sorted((open_case(other).work / "sources").glob("*.json"))
    plain = json.loads(tally.read_bytes())
    tally.write_text(json.dumps(plain | {"content": "0" * 64}), "utf-8")
    assert _digest(other) != before
    tally.unlink()
    assert _digest(other) != before
    inside("process", other, "--workers", 1)
    assert _digest(other) == before
    (tally.parent.parent / "tables/entities" / f"source-{tally.stem}.parquet").unlink()
    inside("process", other, "--workers", 1)
    assert (tally.parent.parent / "tables/entities" / f"source-{tally.stem}.parquet").exists()


def _digest(case: Path) -> str:
    opened = open_case(case)
    ledger = open_ledger(opened)
    with closing(open_engine(opened)) as engine:
        found = fingerprint(opened, ledger, engine).hex
    ledger.close()
    return found


REFUSED = {
    "no consent": REPORT.split("[consent]", maxsplit=1)[0],
    "a scope nobody knows": REPORT.replace("{scope}", "everything"),
    "no custodian": REPORT.replace("{scope}", "case").replace('custodian = "archive desk"', ""),
    "a field nobody knows": REPORT.replace("{scope}", "case") + 'shoe = "42"\n',
    "no TOML": "= = =",
    "a date for a person": "name = 1979-05-27\n" + REPORT.replace("{scope}", "case"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_report_that_lacks_something_is_refused_before_anything_is_written(
    folder: Path, tmp_path: Path, text: str
) -> None:
    (tmp_path / "r.toml").write_text(text, "utf-8")
    size = inside_json("status", folder / "case")["items"]
    _, told = inside("report", "new", folder / "case", tmp_path / "r.toml", code=2)
    assert "next: " in told
    assert inside_json("status", folder / "case")["items"] == size


def test_a_file_that_is_no_exchange_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name,year\nA,1988\n")
    call = ["ftm", "import", folder / "case", tmp_path / "list.csv", "--from", "x"]
    assert "muniment intake" in inside(*call, code=2)[1]
    inside("ftm", "export", folder / "case", "--out", folder / "out", code=2)
