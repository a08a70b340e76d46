import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from tests.simulate.conftest import Leak
from tests.simulate.walking import unlocked

REGISTER = "01 人口/虚谷县常住人口登记表（2018年6月）.xlsx"
PORTRAITS = "02 收押/带照片名单（核对稿）.xlsx"
LOCKED = "02 收押/刑期台账（加密）.xlsx"
ANSWER = "09 邮件/回复：请报送名单.eml"


class Tables:
    """cells.jsonl.gz read: heads by number, rows by table."""

    def __init__(self, leak: Leak) -> None:
        self.heads: dict[int, dict[str, Any]] = {}
        self.rows: dict[int, list[tuple[int, int, list[Any]]]] = {}
        with gzip.open(leak.summary.truth / "cells.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                read = json.loads(line)
                if isinstance(read, dict):
                    self.heads[read["table"]] = read
                    self.rows[read["table"]] = []
                else:
                    table, row, person, cells = read
                    self.rows[table].append((row, person, cells))

    def of(self, file: str) -> Iterator[tuple[dict[str, Any], list[tuple[int, int, list[Any]]]]]:
        for number, head in self.heads.items():
            if head["file"] == file:
                yield head, self.rows[number]


@pytest.fixture(scope="module")
def tables(leak: Leak) -> Tables:
    return Tables(leak)


def workbook(leak: Leak, path: str, *, values: bool) -> openpyxl.Workbook:
    data = leak.path(path).read_bytes()
    if path == LOCKED:
        data = unlocked(data, leak.totals["passwords"][path])
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def expected(cell: Any) -> Any:
    """What openpyxl should give for a cell of the truth, with kept values of formulas."""
    if isinstance(cell, dict) and "date" in cell:
        return datetime.fromisoformat(cell["date"])
    return cell["value"] if isinstance(cell, dict) else cell


@pytest.mark.parametrize("path", [REGISTER, PORTRAITS, LOCKED])
def test_cells_read_back_as_the_truth_has_them(leak: Leak, tables: Tables, path: str) -> None:
    opened = workbook(leak, path, values=True)
    sheets = 0
    for head, rows in tables.of(path):
        sheets += 1
        sheet = opened[head["sheet"]]
        header = [cell.value for cell in sheet[head["header_row"]]]
        assert tuple(header[: len(head["columns"])]) == tuple(head["columns"])
        for row, _, cells in rows:
            read = [sheet.cell(row, column + 1).value for column in range(len(cells))]
            assert read == [expected(cell) for cell in cells]
    assert sheets == len(opened.sheetnames)


def test_text_lists_read_back_as_the_truth_has_them(leak: Leak, tables: Tables) -> None:
    encodings = set()
    for line in leak.lines("files.jsonl"):
        if line["kind"] != "person-list" or not line["media_type"].startswith("text/"):
            continue
        path = line["chain"][0]["name"]
        encodings.add(line["encoding"])
        text = leak.path(path).read_bytes().decode(line["encoding"])
        delimiter = "\t" if path.endswith(".tsv") else ";" if "';'" in line["remark"] else ","
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        ((head, rows),) = tables.of(path)
        assert read[0] == list(head["columns"])
        assert read[1:] == [cells for _, _, cells in rows]
    assert encodings == {"gb18030", "utf-8", "utf-8-sig", "cp1251"}


def test_everybody_stands_once_in_the_register(leak: Leak, tables: Tables) -> None:
    people = [person for _, rows in tables.of(REGISTER) for _, person, _ in rows if person]
    assert sorted(people) == list(range(1, leak.summary.people + 1))


def test_exactly_one_printed_total_is_wrong(tables: Tables) -> None:
    wrong = []
    for head, rows in tables.of(REGISTER):
        total = expected(rows[-1][2][1])
        if total != len(rows) - 1:
            wrong.append(head["sheet"])
    assert wrong == ["铜桑乡"]


def test_a_number_kept_as_a_number_has_lost_its_last_digits(leak: Leak, tables: Tables) -> None:
    lost = [
        cells[5]
        for _, rows in tables.of(REGISTER)
        for _, person, cells in rows
        if person and isinstance(cells[5], float | int)
    ]
    assert len(lost) == 2
    assert all(f"{Decimal(format(number, '.15g')):f}".endswith("000") for number in lost)


def test_birth_dates_come_in_five_notations(tables: Tables) -> None:
    shapes = set()
    for _, rows in tables.of(REGISTER):
        birth = rows[0][2][4]
        shapes.add(
            "date" if isinstance(birth, dict) else "number" if isinstance(birth, int) else birth[4]
        )
    assert shapes == {"date", "number", "-", ".", "年"}


def test_the_portrait_list_hides_what_it_should(leak: Leak) -> None:
    opened = workbook(leak, PORTRAITS, values=False)
    assert {sheet.title: sheet.sheet_state for sheet in opened} == {
        "核对": "visible",
        "旧名单": "hidden",
        "来源": "veryHidden",
    }
    sheet = opened["核对"]
    assert sheet.column_dimensions["G"].hidden
    assert [row for row in range(1, 30) if sheet.row_dimensions[row].hidden] == [10]
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:J1"]
    comment = sheet.cell(4, 2).comment
    assert comment is not None
    assert "家属已来访两次" in comment.text
    assert str(sheet.cell(4, 10).value).startswith("=IF(")


def test_pictures_are_anchored_in_the_row_of_their_person(leak: Leak, tables: Tables) -> None:
    sheet = workbook(leak, PORTRAITS, values=False)["核对"]
    rows = {
        row: person
        for head, found in tables.of(PORTRAITS)
        for row, person, _ in found
        if head["sheet"] == "核对"
    }
    anchored = [image.anchor._from.row + 1 for image in sheet._images]
    shown = [row for row in sorted(rows) if not sheet.row_dimensions[row].hidden]
    assert sorted(anchored) == shown
    portraits = {
        entry["remark"]: entry["people"]
        for entry in leak.lines("files.jsonl")
        if entry["kind"] == "embedded-portrait"
    }
    assert portraits == {f"row {row}": [rows[row]] for row in shown}


def test_nothing_in_a_workbook_tells_when_it_was_written(leak: Leak) -> None:
    with zipfile.ZipFile(leak.path(REGISTER)) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_the_register_of_the_detained_misses_some_who_were_taken(
    leak: Leak, tables: Tables
) -> None:
    ((_, rows),) = tables.of("02 收押/收押教培人员名单.csv")
    taken = leak.totals["counts"]["detained"] + leak.totals["counts"]["released"]
    assert 0.7 * taken < len(rows) < taken


def test_an_earlier_register_holds_those_of_the_later_who_were_taken_by_then(
    tables: Tables,
) -> None:
    ((_, later),) = tables.of("02 收押/收押教培人员名单.csv")
    ((_, early),) = tables.of("02 收押/旧/收押教培人员名单（2017年12月）.csv")
    written = {person: cells for _, person, cells in later}
    assert 0 < len(early) < len(later)
    assert all(written[person] == cells for _, person, cells in early)
    assert all(cells[9] < "2018" for _, _, cells in early)


def test_planted_numbers_stand_in_the_cell_that_is_told(leak: Leak, tables: Tables) -> None:
    rows = {
        (head["sheet"], row): (person, cells)
        for head, found in tables.of(REGISTER)
        for row, person, cells in found
    }
    planted = [p for p in leak.lines("planted.jsonl") if p["what"].startswith("identity-")]
    assert len(planted) == 14
    for line in planted:
        sheet, cell = line["where"].split("#sheet=")[1].split("&cell=")
        row, column = map(int, cell.split(","))
        person, cells = rows[sheet, row]
        assert person == line["person"]
        assert cells[column - 1] is not None


def test_every_listed_person_is_somebody(leak: Leak, tables: Tables) -> None:
    people = {person for rows in tables.rows.values() for _, person, _ in rows}
    assert people <= set(range(leak.summary.people + 1))
    assert len(tables.heads) == leak.totals["tables"]
    assert list(tables.of(ANSWER)) != []
