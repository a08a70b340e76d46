"""Lists of the simulated leak, mapped as a person maps them: what comes of each cell is known."""

import csv
import gzip
import json
import shutil
import unicodedata
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from muniment.catalog import fingerprint, open_engine, open_ledger, query
from muniment.core import parse_citation
from muniment.facts import By, Statement
from muniment.facts.model import read_code
from muniment.vault import open_case
from tests.app.cli import muniment, muniment_json, muniment_lines
from tests.copies import copy_of

_REGISTER = "虚谷县常住人口登记表（2018年6月）.xlsx"
LISTS = (
    f"{_REGISTER}#空桥镇",
    "收押教培人员名单.csv",
    "带照片名单（核对稿）.xlsx#核对",
    "list.csv",
    "Список.csv",
    "تىزىملىك.csv",
)
_YEARS = ["unit", "Y"]


def confirm(case: Path, name: str, folder: Path) -> dict[str, Any]:
    """Take what is proposed for a table, say that its terms are years, and confirm it."""
    file = folder / "mapping.json"
    file.unlink(missing_ok=True)
    muniment("map", "suggest", case, name, "--out", file)
    plain = json.loads(file.read_text("utf-8"))
    for column in plain["columns"]:
        if column["reader"] == "duration" and _YEARS not in column["options"]:
            column["options"].append(_YEARS)
    file.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    found: dict[str, Any] = muniment_json("map", "confirm", case, file, "--as", "editor-1")
    return found


@pytest.fixture(scope="module")
def mapped(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the case with its lists mapped."""
    folder = tmp_path_factory.mktemp("mapped")
    copy = folder / "case"
    copy_of(case, copy)
    for name in LISTS:
        confirm(copy, name, folder)
    return copy


def _sql(case: Path, statement: str) -> list[dict[str, Any]]:
    return list(query(open_case(case).work / "tables", statement))


def test_every_citation_resolves_to_a_cell_whose_text_it_is(mapped: Path) -> None:
    wrong = _sql(
        mapped,
        "SELECT s.citation, s.written, c.written AS cell FROM statements s LEFT JOIN cells c "
        "USING (citation) WHERE s.by = 'mapping' AND s.schema <> 'PhotoOf' "
        "AND s.written IS DISTINCT FROM c.written",
    )
    assert wrong == []
    (counted,) = _sql(
        mapped, "SELECT count(*) AS n, count(DISTINCT statement) AS d FROM statements"
    )
    assert counted["n"] == counted["d"] > 1_000
    for row in _sql(mapped, "SELECT citation, place FROM statements USING SAMPLE 50"):
        assert str(parse_citation(row["citation"])).partition("#")[2] == row["place"]


def test_names_of_statements_are_those_of_the_record(mapped: Path) -> None:
    rows = _sql(mapped, "SELECT * FROM statements USING SAMPLE 200")
    for row in rows:
        stated = Statement(
            entity=row["entity"],
            schema=row["schema"],
            property=row["property"],
            written=row["written"],
            read=row["read"],
            unread=row["unread"],
            at=parse_citation(row["citation"]),
            by=By(row["by"]),
            source=row["source"],
            doubts=tuple(row["doubts"]),
        )
        assert stated.id == row["statement"]


# --- accuracy, cell by cell --------------------------------------------------------------------

_PROPERTIES = {
    "姓名": "name", "ئىسمى": "name", "Имя": "name", "Name": "name", "性别": "gender",
    "民族": "ethnicity", "出生日期": "birthDate", "تۇغۇلغان ۋاقتى": "birthDate",
    "Дата рождения": "birthDate", "Date of birth": "birthDate", "身份证号": "idNumber",
    "كىملىك نومۇرى": "idNumber", "Номер удостоверения": "idNumber", "ID number": "idNumber",
    "户籍地": "address", "状态": "status", "原因": "reason", "羁押场所": "name",
    "羁押日期": "startDate", "تۇتۇلغان ۋاقتى": "startDate", "Detained on": "startDate",
    "刑期": "duration", "Срок, лет": "duration",
}  # fmt: skip


def _expected(prop: str, person: dict[str, str], cell: Any) -> str | None:
    """What the truth says that this cell states; None where it cannot be read."""
    match prop:
        case "gender":
            return {"男": "male", "女": "female"}[person["written_sex"]]
        case "birthDate":
            return person["written_birth"]
        case "startDate":
            return person["recorded_date"]
        case "duration":
            return f"P{person['recorded_term']}Y"
        case "idNumber":
            if person["flaw"] == "stored-as-number":
                return None
            return unicodedata.normalize("NFKC", person["written_identity"]).upper()
        case _:
            return str(cell)


def accuracy(case: Path, truth: Path) -> tuple[Counter[str], Counter[str], list[Any]]:
    """Cells that state something, and those read as the truth says, by property; the others."""
    with (truth / "people.csv").open(encoding="utf-8", newline="") as file:
        people = {row["number"]: row for row in csv.DictReader(file)}
    stated: dict[tuple[str, str, int, int], str | None] = {}
    names = {
        row["sha256"]: row["name"]
        for row in _sql(case, "SELECT sha256, unnest(names) AS name FROM items")
    }
    for row in _sql(
        case,
        'SELECT sha256, coalesce(sheet, \'\') AS sheet, "row", "column", property, read '
        "FROM statements "
        "WHERE \"by\" = 'mapping' AND schema <> 'PhotoOf' "
        "AND property NOT IN ('detainee', 'person', 'detention', 'facility')",
    ):
        stated[names[row["sha256"]], row["sheet"], row["row"], row["column"]] = row["read"]
    files = {name for name, _, _, _ in stated}
    wanted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[Any] = []
    head: dict[str, Any] = {}
    with gzip.open(truth / "cells.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            if isinstance(said, dict):
                head = said
                continue
            _, row, person, cells = said
            if head["file"] not in files or person == 0 or head["sheet"] in ("旧名单", "来源"):
                continue
            for place, (header, cell) in enumerate(zip(head["columns"], cells, strict=True), 1):
                prop = _PROPERTIES.get(header)
                if prop is None or cell in (None, ""):
                    continue
                wanted[prop] += 1
                key = (head["file"], head["sheet"], row, place)
                expected = _expected(prop, people[str(person)], cell)
                coded = read_code("detention-statuses", str(cell)) if prop == "status" else None
                if key in stated and stated[key] in (expected, coded or expected):
                    right[prop] += 1
                else:
                    wrong.append((key, prop, cell, expected, stated.get(key, "nothing")))
    return wanted, right, wrong


def test_statements_are_what_the_truth_says(mapped: Path, truth: Path) -> None:
    wanted, right, wrong = accuracy(mapped, truth)
    assert set(wanted) == set(_PROPERTIES.values())
    assert right.total() >= 0.99 * wanted.total(), wrong[:20]
    for prop, count in wanted.items():
        assert right[prop] >= 0.95 * count, (prop, wrong[:20])


def test_numbers_that_a_float_cut_are_unread_and_listed(mapped: Path) -> None:
    (lost,) = _sql(mapped, "SELECT count(*) AS n FROM statements WHERE unread = 'float-loss'")
    (read,) = _sql(
        mapped,
        "SELECT count(*) AS n FROM statements WHERE property = 'idNumber' AND read LIKE '%000'",
    )
    assert lost["n"] > 0
    assert read["n"] == 0
    listed = muniment_lines("map", "misfits", mapped, "--limit", 10_000)
    assert sum(each["code"] == "float-loss" for each in listed) == lost["n"]


def test_pictures_lie_in_the_rows_of_their_people(mapped: Path, truth: Path) -> None:
    stated = _sql(
        mapped, "SELECT * FROM statements WHERE schema = 'PhotoOf' AND property = 'person'"
    )
    people = {row["entity"]: row["row"] for row in _sql(mapped, "SELECT * FROM entities")}
    assert len(stated) > 5
    for each in stated:
        assert people[each["read"]] == each["row"]


def test_one_mapping_reads_every_table_of_its_shape(mapped: Path) -> None:
    found = {each["title"]: each for each in muniment_lines("map", "list", mapped)}
    assert found["虚谷县空桥镇常住人口登记表"]["tables"] == 12
    assert found["收押教培人员名单.csv"]["tables"] >= 4
    assert {each["state"] for each in found.values()} == {"applied"}


def test_statements_of_a_row_and_what_is_unread_are_listed(mapped: Path) -> None:
    (cell,) = _sql(mapped, "SELECT citation FROM statements WHERE property = 'gender' LIMIT 1")
    row = muniment_lines("statements", mapped, "--row", cell["citation"])
    assert {"name", "gender", "birthDate"} <= {each["property"] for each in row}
    assert len({each["row"] for each in row}) == 1
    unread = muniment_lines("statements", mapped, "--unread", "--limit", 1000)
    assert all(each["read"] is None and each["unread"] != "" for each in unread)
    shown = muniment("statements", mapped, "--row", cell["citation"]).stdout.decode()
    assert cell["citation"] in shown


# --- decisions: versions, withdrawal, refusal; nothing is lost ---------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A case with two lists of one shape and another."""
    delivery, folder = tmp_path / "delivery", tmp_path / "case"
    delivery.mkdir()
    head = "姓名,性别,出生日期\n"
    (delivery / "a.csv").write_text(head + "王小,男,1993-01-31\n古丽,女,1990-13-07\n", "utf-8")
    (delivery / "b.csv").write_text(head + "艾力,男,1970-01-01\n", "utf-8")
    (delivery / "c.csv").write_text("Name,Sex\nAna Roca,f\n", "utf-8")
    muniment("init", folder)
    muniment("intake", folder, delivery, "--from", "a test")
    muniment("process", folder)
    return folder


def _digest(case: Path) -> str:
    opened = open_case(case)
    ledger = open_ledger(opened)
    with closing(open_engine(opened)) as engine:
        found = fingerprint(opened, ledger, engine).hex
    ledger.close()
    return found


def _files(case: Path) -> list[str]:
    return sorted(each.name for each in (open_case(case).work / "tables").glob("statements/*"))


def test_a_later_version_replaces_the_one_before_and_can_be_withdrawn(
    small: Path, tmp_path: Path
) -> None:
    first = confirm(small, "a.csv", tmp_path)
    assert (first["tables"], first["statements"], first["unread"]) == (2, 9, 1)
    file = tmp_path / "mapping.json"
    plain = json.loads(file.read_text("utf-8"))
    plain["columns"][2] |= {"entity": "", "property": "", "options": []}
    file.write_text(json.dumps(plain), "utf-8")
    second = muniment_json(
        "map", "confirm", small, file, "--note", "births are copied from elsewhere"
    )
    assert (second["tables"], second["statements"]) == (2, 6)
    listed = {each["id"]: each for each in muniment_lines("map", "list", small)}
    assert listed[first["id"]]["state"] == "superseded"
    assert listed[second["id"]]["supersedes"] == first["id"]
    shown = json.loads(muniment("map", "show", small, second["id"][:12]).stdout)
    assert shown["note"] == "births are copied from elsewhere"
    muniment("map", "withdraw", small, second["id"], "it was another list")
    assert muniment_json("map", "apply", small)["statements"] == 0
    assert _files(small) == []
    states = [each["state"] for each in muniment_lines("map", "list", small)]
    assert states == ["withdrawn", "superseded"]
    again = muniment("map", "withdraw", small, second["id"], check=False)
    assert again.returncode == 2
    muniment("verify", small)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a column that is not there": ({"column": 9}, "no table of this shape has a cell in it"),
    "a reader that is not there": ({"reader": "clairvoyant"}, "no reader"),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=REFUSED)
def test_a_mapping_that_reads_what_is_not_there_is_refused(
    small: Path, tmp_path: Path, refused: tuple[dict[str, Any], str]
) -> None:
    change, says = refused
    file = tmp_path / "mapping.json"
    muniment("map", "suggest", small, "a.csv", "--out", file)
    plain = json.loads(file.read_text("utf-8"))
    plain["columns"][2] |= change
    file.write_text(json.dumps(plain), "utf-8")
    done = muniment("map", "confirm", small, file, check=False)
    assert done.returncode == 2
    assert says in done.stderr.decode()
    assert b"next:" in done.stderr
    assert muniment_lines("map", "list", small) == []


def test_what_arrives_later_is_read_by_the_mapping_that_stands(small: Path, tmp_path: Path) -> None:
    confirm(small, "a.csv", tmp_path)
    later = tmp_path / "later"
    later.mkdir()
    (later / "d.csv").write_text("姓名, 性别 ,出生日期\n吐尔逊,男,1980-02-03\n", "utf-8")
    muniment("intake", small, later, "--from", "a test")
    muniment("process", small)
    counted = muniment_json("map", "apply", small)
    assert (counted["tables"], counted["statements"]) == (3, 12)


def test_a_batch_that_was_cut_off_is_made_again_and_rebuilding_gives_the_same(
    small: Path, tmp_path: Path
) -> None:
    confirm(small, "a.csv", tmp_path)
    confirm(small, "c.csv", tmp_path)
    before, files = _digest(small), _files(small)
    work = open_case(small).work
    (work / "tables" / "statements" / f"{'0' * 32}.parquet").write_bytes(b"half of a file")
    (work / "tables" / "statements" / f"{files[0]}.partial").write_bytes(b"half of a file")
    muniment("map", "apply", small)
    assert _files(small) == files
    muniment("rebuild", small)
    assert _digest(small) == before
    assert muniment_json("map", "apply", small)["statements"] == 11


def test_files_that_were_deleted_are_made_again(small: Path, tmp_path: Path) -> None:
    confirm(small, "a.csv", tmp_path)
    files = _files(small)
    shutil.rmtree(open_case(small).work / "tables" / "statements")
    muniment("map", "apply", small)
    assert _files(small) == files
