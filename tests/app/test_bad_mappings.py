"""Mappings and lists as they should not be: refused with a next step, or kept and listed."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from muniment.catalog import query
from muniment.vault import open_case
from tests.app.cli import killed_after, muniment, muniment_json, muniment_lines
from tests.copies import copy_of
from tests.once import Once

_HEAD = "姓名,性别,出生日期\n"
_ROWS = "".join(f"王{n},男,19{n % 90 + 10}-01-{n % 28 + 1:02}\n" for n in range(60))
_LISTS = {
    "plain.csv": _HEAD + _ROWS,
    "dates.csv": _HEAD + "王小,男,1993-02-30\n古丽,?!,1990-01-07\n艾力,男,1970-13-41\n",
    "halfway.csv": _HEAD + _ROWS + "姓名,身份证号,民族\n古丽,659999199301310017,维吾尔\n",
    "swapped.csv": _HEAD + _ROWS + "".join(f"1980-01-{n:02},李{n},女\n" for n in range(1, 9)),
    "empty.csv": _HEAD,
    "nothing-known.csv": "姓名,性别,出生日期,民族\n"
    + "王小,男,NA,NA\n" * 5_100
    + "古丽,??!,NA,NA\n",
    "es.csv": "Nombre,Sexo\nAna Roca,F\nLuis Vera,M\n",
    "types.csv": "Name,Sex\nAna Roca,F\nLuis Vera,M\n",
    "broad.csv": "姓名,性别,出生日期,民族"
    + "".join(f",c{n}" for n in range(1_196))
    + "\n"
    + ("王小,男,1993-01-30,汉" + ",1" * 1_196 + "\n") * 2,
}
_WIDE = 16_384  # columns of a sheet


def _workbook(path: Path) -> None:
    """A list whose last term is a formula that nobody has calculated."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("Name", "Sex", "Age"), ("Ana Roca", "F", 31), ("Luis Vera", "M", "=C2+1")):
        sheet.append(row)
    book.save(path)


@pytest.fixture(scope="module")
def lists(once: Once) -> Path:
    """A case of lists that are wrong in one way each; tests copy it."""

    def make(folder: Path) -> None:
        delivery = folder / "delivery"
        delivery.mkdir(parents=True)
        for name, text in _LISTS.items():
            (delivery / name).write_text(text, "utf-8")
        head = ",".join(f"c{n}" for n in range(_WIDE))
        (delivery / "wide.csv").write_text(f"{head}\n" + ("1," * (_WIDE - 1) + "1\n") * 2, "utf-8")
        _workbook(delivery / "sums.xlsx")
        muniment("init", folder / "case")
        muniment("intake", folder / "case", delivery, "--from", "a test")
        muniment("process", folder / "case")

    return once.copied("bad-lists", make) / "case"


@pytest.fixture
def own(lists: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return copy_of(lists, tmp_path / "own")


def _suggested(case: Path, table: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    file = folder / "mapping.json"
    file.unlink(missing_ok=True)
    muniment("map", "suggest", case, table, "--out", file)
    return file, json.loads(file.read_text("utf-8"))


def _confirmed(case: Path, table: str, folder: Path) -> dict[str, Any]:
    file, _ = _suggested(case, table, folder)
    found: dict[str, Any] = muniment_json("map", "confirm", case, file)
    return found


def _misfits(case: Path, name: str) -> set[tuple[int | None, int | None, str]]:
    """Row, column and code of what does not fit in a file."""
    (digest,) = (
        each["sha256"]
        for each in query(
            open_case(case).work / "tables", "SELECT sha256, unnest(names) AS name FROM items"
        )
        if each["name"].endswith(name)
    )
    listed = muniment_lines("map", "misfits", case, "--limit", 20_000)
    return {
        (each["row"], each["column"], each["code"]) for each in listed if each["sha256"] == digest
    }


def test_lists_that_are_wrong_are_kept_unread_and_listed(own: Path, tmp_path: Path) -> None:
    whole = _confirmed(own, "plain.csv", tmp_path)
    assert whole["read"] + whole["unread"] == whole["statements"]
    assert {(2, 3, "impossible-date"), (3, 2, "unknown-code"), (4, 3, "impossible-date")} <= (
        _misfits(own, "dates.csv")
    )
    assert (63, 0, "other-headers") in {
        (row, column or 0, code) for row, column, code in _misfits(own, "halfway.csv")
    }
    changed = {row for row, _, code in _misfits(own, "swapped.csv") if code == "shape-changed"}
    assert changed == set(range(62, 70))
    unread = muniment_lines("statements", own, "--unread", "--limit", 1_000)
    assert len(unread) == whole["unread"]
    assert {each["written"] for each in unread} >= {"1993-02-30", "?!", "1970-13-41"}


def test_cells_that_say_nothing_do_not_hide_what_does_not_fit(own: Path, tmp_path: Path) -> None:
    _confirmed(own, "nothing-known.csv", tmp_path)
    assert (5_102, 2, "unknown-code") in _misfits(own, "nothing-known.csv")


def test_a_table_of_all_columns_is_told_and_not_mapped_in_half(own: Path, tmp_path: Path) -> None:
    done = muniment("map", "suggest", own, "wide.csv", "--out", tmp_path / "w.json", check=False)
    if done.returncode == 0:
        done = muniment("map", "confirm", own, tmp_path / "w.json", check=False)
    assert done.returncode in (0, 2)
    assert b"fault" not in done.stderr
    assert (b"next:" in done.stderr) is (done.returncode == 2)


def test_columns_too_many_to_lay_out_are_counted_and_told(own: Path, tmp_path: Path) -> None:
    told = muniment("map", "suggest", own, "broad.csv", "--out", tmp_path / "b.json")
    assert b"200 more columns are too many" in told.stdout + told.stderr
    found = muniment_json("map", "confirm", own, tmp_path / "b.json")
    assert found["cells_outside"] >= 2 * 1_196  # with those of columns that are not laid out
    assert (None, None, "extra-columns") in _misfits(own, "broad.csv")


def test_formulas_without_a_result_are_listed_at_their_cells(own: Path, tmp_path: Path) -> None:
    _confirmed(own, "sums.xlsx", tmp_path)
    assert _misfits(own, "sums.xlsx") == {(3, 3, "no-stored-result")}


def test_a_file_is_named_whole_and_not_by_an_end_of_its_name(own: Path, tmp_path: Path) -> None:
    _, plain = _suggested(own, "es.csv", tmp_path)
    assert "Nombre" in plain["headers"]
    refused = muniment("map", "suggest", own, "s.csv", check=False)
    assert refused.returncode == 2
    assert b"names no table" in refused.stderr


def test_an_empty_table_can_be_asked_for(own: Path, tmp_path: Path) -> None:
    done = muniment("map", "suggest", own, "empty.csv", "--out", tmp_path / "e.json", check=False)
    assert done.returncode in (0, 2)
    assert b"fault" not in done.stderr


def _with(name: str, value: object) -> bytes:
    return json.dumps({"format": "muniment-mapping/1", name: value}).encode()


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"title: list",
    "another version": _with("format", "muniment-mapping/2"),
    "a list": b"[]",
    "nested without end": b"[" * 200_000 + b"]" * 200_000,
    "nested in a member": b'{"columns": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "larger than any": b'{"note": "' + b"x" * 4_100_000 + b'"}',
    "of wrong types": _with("columns", {"column": "three"}),
    "with a member of its own": _with("execute", "rm"),
    "in UTF-16": '{"format": "muniment-mapping/1"}'.encode("utf-16"),
    "with half a letter": b'{"title": "\\ud800"}',
    "of bytes": bytes(range(256)),
}


@pytest.mark.parametrize("written", HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_no_mapping_is_refused(lists: Path, tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "mapping.json"
    file.write_bytes(written)
    done = muniment("map", "confirm", lists, file, check=False)
    assert done.returncode == 2, done.stderr.decode()
    assert b"next:" in done.stderr
    assert len(done.stderr) < 2_000
    assert muniment_lines("map", "list", lists) == []


def _column(plain: dict[str, Any], **change: object) -> None:
    plain["columns"][2] |= change


CHANGES: dict[str, tuple[Any, str]] = {
    "another version": (lambda plain: plain.update(format="muniment-mapping/9"), "format"),
    "a property that the model has not": (
        lambda plain: _column(plain, property="birthdate"),
        "birthdate",
    ),
    "a schema that the model has not": (
        lambda plain: plain["entities"][0].update(schema="Persn"),
        "Persn",
    ),
    "a column below 1": (lambda plain: _column(plain, column=-1), "from 1"),
    "a number beyond all": (lambda plain: _column(plain, column=2**70), "no mapping"),
    "a title of no letter": (lambda plain: plain.update(title=" "), "title"),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_a_mapping_that_says_what_cannot_be_is_refused(
    lists: Path, tmp_path: Path, changed: tuple[Any, str]
) -> None:
    change, says = changed
    file, plain = _suggested(lists, "plain.csv", tmp_path)
    change(plain)
    file.write_text(json.dumps(plain), "utf-8")
    done = muniment("map", "confirm", lists, file, check=False)
    assert done.returncode == 2, done.stderr.decode()
    assert says in done.stderr.decode()
    assert b"next:" in done.stderr
    assert muniment_lines("map", "list", lists) == []


def test_of_two_mappings_of_one_shape_the_later_reads_and_can_be_taken_back(
    own: Path, tmp_path: Path
) -> None:
    first = _confirmed(own, "plain.csv", tmp_path)
    second = _confirmed(own, "dates.csv", tmp_path)
    assert first["statements"] == second["statements"]
    states = {each["id"]: each["state"] for each in muniment_lines("map", "list", own)}
    assert states == {first["id"]: "superseded", second["id"]: "applied"}
    sources = query(open_case(own).work / "tables", "SELECT DISTINCT source FROM statements")
    assert [each["source"] for each in sources] == [second["id"]]
    again = muniment("map", "withdraw", own, first["id"], check=False)
    assert again.returncode == 2
    assert b"next:" in again.stderr


@pytest.mark.night
@pytest.mark.timeout(600)
def test_a_confirmation_that_is_killed_is_recorded_whole_or_not_at_all(
    own: Path, tmp_path: Path
) -> None:
    file, _ = _suggested(own, "plain.csv", tmp_path)
    for number in range(12):
        killed_after(0.4 + 0.15 * number, "map", "confirm", own, file)
        states = [each["state"] for each in muniment_lines("map", "list", own)]
        assert states.count("applied") <= 1
        assert "unreadable" not in states
    whole = muniment_json("map", "confirm", own, file)
    assert muniment_json("map", "apply", own)["statements"] == whole["statements"]
    assert muniment_json("verify", own)["ok"]
    tables = open_case(own).work / "tables" / "statements"
    assert all(path.suffix == ".parquet" for path in tables.iterdir())
