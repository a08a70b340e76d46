"""The dirty lists of a simulated leak, mapped, and each of their cells held against the truth."""

import csv
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from muniment.catalog import query
from muniment.facts.model import read_code
from muniment.vault import open_case

LISTS = ("收押人员汇总（未核）.xlsx#空桥镇", "unchecked.csv")
FOLDER = "13 待整理"
_PROPERTIES = {
    "姓名": "name", "Name": "name", "性别": "gender", "民族": "ethnicity",
    "出生日期": "birthDate", "Date of birth": "birthDate", "身份证号": "idNumber",
    "ID number": "idNumber", "户籍地": "address", "状态": "status", "原因": "reason",
    "羁押场所": "name", "羁押日期": "startDate", "Detained on": "startDate", "刑期": "duration",
}  # fmt: skip
_SEXES = {"男": "male", "女": "female"}
Cell = tuple[str, str, int, int]  # file, sheet, row, column
_STATED = """
    SELECT s.sha256, coalesce(s.sheet, '') AS sheet, e."row" AS "row", s."column", s."row" AS cited,
        s.read
    FROM statements s JOIN (SELECT DISTINCT entity, sha256, "row" FROM entities) e
        ON e.entity = s.entity AND e.sha256 = s.sha256
    WHERE s."by" = 'mapping'
        AND s.property NOT IN ('detainee', 'person', 'detention', 'facility')
"""


class Judged(msgspec.Struct):
    """Filled cells of people, by property; each merged range counts once for each of its rows.

    `said`: stated as the cell says, or left unread where it says nothing readable. `so`: what is
    stated is what is so of the person. `false`: stated, and the cell says something else.
    """

    cells: Counter[str] = msgspec.field(default_factory=Counter)
    said: Counter[str] = msgspec.field(default_factory=Counter)
    so: Counter[str] = msgspec.field(default_factory=Counter)
    false: Counter[str] = msgspec.field(default_factory=Counter)
    soiled: Counter[str] = msgspec.field(default_factory=Counter)  # by what was done
    soiled_said: Counter[str] = msgspec.field(default_factory=Counter)
    wrong: list[Any] = msgspec.field(default_factory=list)


def judged(case: Path, truth: Path) -> Judged:
    """Every cell of the dirty lists against the truth."""
    found = Judged()
    stated = _stated(case)
    people = _people(truth)
    soiled, merged = _dirt(truth)
    head: dict[str, Any] = {}
    with gzip.open(truth / "cells.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            if isinstance(said, dict):
                head = said
                continue
            table, row, person, cells = said
            if person == 0 or not head["file"].startswith(FOLDER):
                continue
            for column, (header, cell) in enumerate(zip(head["columns"], cells, strict=True), 1):
                prop = _PROPERTIES.get(header)
                over = merged.get((table, row, column))
                if prop is None or (cell in (None, "") and over is None):
                    continue
                key = (head["file"], head["sheet"], row, column)
                change = soiled.get((table, row, column))
                clean = _clean(prop, header, people[str(person)])
                if over is not None:
                    change = ("merged", over)
                says = clean if change is None else _read(prop, change[1])
                read = stated.get(key, "nothing")
                if prop == "status" and read not in (None, "nothing"):
                    read = _read(prop, read)  # a word of the vocabulary, or as it is written
                _count(found, prop, read, says, clean, change, key)
    return found


def _count(  # noqa: PLR0913, PLR0917 - what is stated, what is said, what is so
    found: Judged,
    prop: str,
    read: str | None,
    says: str | None,
    clean: str,
    change: tuple[str, str | None] | None,
    key: Cell,
) -> None:
    found.cells[prop] += 1
    right = read == says
    found.said[prop] += right
    found.so[prop] += read == clean
    found.false[prop] += read not in (says, None, "nothing")
    if change is not None:
        found.soiled[change[0]] += 1
        found.soiled_said[change[0]] += right
    if not right:
        found.wrong.append((key, prop, change, says, read))


def _clean(prop: str, header: str, person: dict[str, str]) -> str:
    """What the lists know of a person, in clean form."""
    plain = {
        "gender": person["written_sex"],
        "ethnicity": person["ethnicity"],
        "birthDate": person["written_birth"],
        "idNumber": person["identity"],
        "status": person["recorded_status"],
        "reason": person["recorded_reason"],
        "startDate": person["recorded_date"],
        "duration": person["recorded_term"],
        "address": f"虚谷县{person['township']}{person['village']}村",
    }
    if prop == "name":
        names = {"姓名": "name_zh", "Name": "name_en", "羁押场所": "recorded_facility"}
        return person[names[header]]
    return _read(prop, plain[prop]) or ""


def _read(prop: str, says: str | None) -> str | None:
    """What a cell says, as a statement has it."""
    if says is None or says == "":
        return None
    match prop:
        case "gender":
            return _SEXES[says]
        case "duration":
            return f"P{says}Y"
        case "status":
            return read_code("detention-statuses", says) or says
        case _:
            return says


def _stated(case: Path) -> dict[Cell, str | None]:
    """What is stated of the entity of a row, by the row and the column."""
    folder = open_case(case).work / "tables"
    asked = "SELECT sha256, unnest(names) AS name FROM items"
    names = {row["sha256"]: row["name"] for row in query(folder, asked)}
    found: dict[Cell, str | None] = {}
    for row in query(folder, _STATED):
        for at in {row["row"], row["cited"]}:
            key = (names[row["sha256"]], row["sheet"], at, row["column"])
            if at == row["row"] or key not in found:
                found[key] = row["read"]
    return found


def _people(truth: Path) -> dict[str, dict[str, str]]:
    with (truth / "people.csv").open(encoding="utf-8", newline="") as file:
        return {row["number"]: row for row in csv.DictReader(file)}


Soiled = dict[tuple[int, int, int], tuple[str, str | None]]


def _dirt(truth: Path) -> tuple[Soiled, dict[tuple[int, int, int], str]]:
    """Soiled cells, and the cells under merged ranges, by table, row and column."""
    soiled: Soiled = {}
    merged: dict[tuple[int, int, int], str] = {}
    with (truth / "dirt.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            plain = json.loads(line)
            table, row, column = plain["table"], plain["row"], plain["column"]
            if plain["last_row"] == 0:
                soiled[table, row, column] = (plain["what"], plain["says"])
            for under in range(row, plain["last_row"] + 1):
                merged[table, under, column] = plain["says"]
    return soiled, merged


def corrected(name: str, proposed: dict[str, Any]) -> dict[str, Any]:
    """A proposed mapping as somebody confirms it who has seen the list and read the notes."""
    if name == LISTS[0]:
        proposed["fill_down"] = [7]  # homes are merged over households
    for column in proposed["columns"]:
        if column["reader"] == "duration":
            column["options"] = [["unit", "Y"]]
        if column["reader"] == "date" and name == LISTS[1]:
            column["options"] = [["order", "dmy"]]
    return proposed
