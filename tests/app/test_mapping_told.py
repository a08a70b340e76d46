"""A person says where the records of a table are: recorded, used for later tables, replayed."""

import csv
import json
from pathlib import Path

from muniment.catalog import query
from muniment.vault import open_case
from tests.app.cli import muniment, muniment_json, muniment_lines

HEADS = [
    ["Name", "Sex", "Born", "Key"],
    ["Unit 7", "", "", "a"],
    ["Person", "", "When", "b"],
    ["called", "sex", "taken", ""],
]
FIRST = [["Ali Vargas", "M", "2017-03-04", "x"], ["Dora Lind", "F", "2017-03-05", "x"]]
LATER = [["Eva Roth", "F", "2018-04-05", "x"]]
LIE = ("--records", "list", "--headers", "3-4", "--rows", "5-", "--columns", "A-C")


def arrived(case: Path, folder: Path, name: str, rows: list[list[str]]) -> None:
    folder.mkdir()
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*HEADS, *rows])
    muniment("intake", case, folder, "--from", "a test")
    muniment("process", case, "--workers", 1, "--ocr", "off")


def test_what_is_told_is_recorded_and_holds_for_later_tables_too(tmp_path: Path) -> None:
    case, file = tmp_path / "case", tmp_path / "told.json"
    muniment("init", case)
    arrived(case, tmp_path / "one", "first", FIRST)
    muniment("map", "suggest", case, "first.csv", *LIE, "--out", file)
    assert json.loads(file.read_text())["told"]["headers"] == [3, 4]
    muniment("map", "confirm", case, file, "--as", "desk-1")
    arrived(case, tmp_path / "two", "later", LATER)

    (mapping,) = muniment_lines("map", "list", case)
    assert (mapping["state"], mapping["tables"]) == ("applied", 2)
    tables = open_case(case).work / "tables"
    names = "SELECT written FROM statements WHERE property = 'name' ORDER BY written"
    named = list(query(tables, names))
    assert [each["written"] for each in named] == ["Ali Vargas", "Dora Lind", "Eva Roth"]
    wrong = query(
        tables,
        "SELECT s.citation FROM statements s LEFT JOIN cells c USING (citation) "
        "WHERE s.written IS DISTINCT FROM c.written",
    )
    assert list(wrong) == []
    # Whoever opens a table of the shape sees what was told of the first.
    assert muniment_json("map", "suggest", case, "later.csv")["told"]["columns"] == [1, 3]

    muniment("rebuild", case)
    assert list(query(tables, names)) == named
    muniment("map", "withdraw", case, mapping["id"])
    assert muniment_json("map", "suggest", case, "first.csv")["told"] is None


def test_what_cannot_be_is_refused_with_a_next_step(tmp_path: Path) -> None:
    case, file = tmp_path / "case", tmp_path / "told.json"
    muniment("init", case)
    arrived(case, tmp_path / "one", "first", FIRST)
    for lie in (("--headers", "90"), ("--rows", "9-4"), ("--records", "form"), ("--rows", "x")):
        refused = muniment("map", "suggest", case, "first.csv", *lie, check=False)
        assert refused.returncode == 2
        assert b"next: " in refused.stderr
    muniment("map", "suggest", case, "first.csv", *LIE, "--out", file)
    file.write_text(file.read_text().replace('"headers": [3, 4]', '"headers": [4]'))
    refused = muniment("map", "confirm", case, file, check=False)
    assert refused.returncode == 2
    assert b"where its records lie" in refused.stderr
