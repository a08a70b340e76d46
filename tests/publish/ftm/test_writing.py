"""What is exported is what the real programs take, and comes out of them again."""

import csv
import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from muniment.facts.ftm import Line, Profile, ftm_id
from muniment.publish.ftm import FtmRequest, write_ftm
from tests.ftm_tools import ask_ftm, both_models
from tests.publish.ftm.made import entity_of, given, made_lines

_ACCEPT = """
import json, sys
from pathlib import Path
from followthemoney import Dataset
import followthemoney.cli.statement
from followthemoney.cli.cli import cli
from followthemoney.statement import read_path_statements
from nomenklatura.resolver import Linker
from nomenklatura.store import load_entity_file_store
folder = Path(json.load(sys.stdin))
out = {}
for name, command in {
    "validated": ["validate", "-i", folder / "entities.ftm.json", "-o", folder / "v"],
    "aggregated": ["aggregate-statements", "-i", folder / "statements.csv", "-o", folder / "a"],
}.items():
    cli.main([str(each) for each in command], standalone_mode=False)
    out[name] = [json.loads(line) for line in open(command[-1], encoding="utf-8")]
statements = list(read_path_statements(folder / "statements.csv", "csv"))
out["ids"] = [[each.id, each.generate_key()] for each in statements]
store = load_entity_file_store(folder / "entities.ftm.json", Linker({}))
view = store.default_view()
out["stored"] = [each.to_dict() for each in view.entities()]
out["linked"] = [[e.id, p.name, o.id] for e in view.entities() for p, o in view.get_adjacent(e)]
print(json.dumps(out))
"""


def request(target: Path, profile: Profile) -> FtmRequest:
    return FtmRequest(target=target, profile=profile, dataset="made_up", tool="muniment test")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entities(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def plain(found: list[dict[str, Any]]) -> dict[str, tuple[str, dict[str, list[str]]]]:
    return {
        each["id"]: (
            each["schema"],
            {name: sorted(values) for name, values in each["properties"].items()},
        )
        for each in found
    }


@pytest.mark.parametrize("profile", Profile)
def test_the_real_programs_take_all_of_it(profile: Profile, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_ftm(request(out, profile), given(made_lines()))
    stock = profile is Profile.STOCK
    model = None if stock else both_models(out / "model", tmp_path / "both")
    theirs = ask_ftm(_ACCEPT, str(out), model)
    ours = plain(entities(out / "entities.ftm.json"))
    assert plain(theirs["validated"]) == ours
    assert plain(theirs["aggregated"]) == ours
    assert plain(theirs["stored"]) == ours
    assert len(theirs["linked"]) > 20
    assert all(written == computed for written, computed in theirs["ids"])
    assert len(theirs["ids"]) > 400


@pytest.mark.parametrize("profile", Profile)
def test_every_statement_is_in_the_sidecar_with_its_citation(
    profile: Profile, tmp_path: Path
) -> None:
    lines = made_lines()
    made = write_ftm(request(tmp_path / "out", profile), given(lines))
    sidecar = rows(tmp_path / "out/citations.csv")
    first = [row for row in sidecar if row["again"] == ""]
    assert Counter(row["statement"] for row in first) == Counter(line.id for line in lines)
    assert made.lines == len(lines)
    by_id = {line.id: line for line in lines}
    for row in sidecar:
        line = by_id[row["statement"]]
        assert (row["written"], row["citation"]) == (line.written, line.citation)
        assert row["read"] == ("" if line.read is None else line.read)
        assert (row["ftm_statement"] == "") == (row["stays"] != "")
    assert made.stays == Counter(row["stays"] for row in first if row["stays"] != "")
    known = {row["id"] for row in rows(tmp_path / "out/statements.csv")}
    assert {row["ftm_statement"] for row in sidecar} - {""} <= known


def test_what_is_read_is_carried_whole_in_the_overlay(tmp_path: Path) -> None:
    made = write_ftm(request(tmp_path / "out", Profile.OVERLAY), given(made_lines()))
    assert set(made.stays) == {"unread"}


def test_the_same_statements_give_the_same_bytes(tmp_path: Path) -> None:
    lines = made_lines()
    first = write_ftm(request(tmp_path / "a", Profile.STOCK), given(lines))
    second = write_ftm(request(tmp_path / "b", Profile.STOCK), given(lines))
    assert first.manifest == second.manifest
    sums = (tmp_path / "a/SHA256SUMS").read_text().splitlines()
    assert {line.split("  ")[1] for line in sums} == {
        path.relative_to(tmp_path / "a").as_posix()
        for path in (tmp_path / "a").rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    for line in sums:
        digest, name = line.split("  ")
        assert hashlib.sha256((tmp_path / "b" / name).read_bytes()).hexdigest() == digest


def test_the_bytes_are_pinned(tmp_path: Path) -> None:
    line = Line(
        id="1" * 64,
        entity="a" * 40,
        schema="Detention",
        property="startDate",
        written="17年5月",
        read="2017-05",
        unread="",
        doubts="two-digit-year",
        citation="ni:///sha-256;x#cell=1,1",
        by="mapping",
        source="m",
    )
    write_ftm(request(tmp_path / "out", Profile.STOCK), given([line]))
    date, rest = f'"{_DATE}"', '"two-digit-year","ni:///sha-256;x#cell=1,1","mapping","m","",""'
    entity, row = "a" * 40, f'"{"a" * 40}","{"a" * 40}"'
    assert (tmp_path / "out/entities.ftm.json").read_text("utf-8") == (
        f'{{"id":"{entity}","caption":"Detention","schema":"Event","referents":[],'
        '"datasets":["made_up"],"properties":{"name":["Detention"],"startDate":["2017-05"]}}\n'
    )
    assert (tmp_path / "out/statements.csv").read_text("utf-8").splitlines()[1:] == [
        f'{row},"id","id","Event","{entity}","made_up","","","","f","","","{_ID}"',
        f'{row},"name","name","Event","Detention","made_up","","","","f","","","{_NAME}"',
        f'{row},"startDate","date","Event","2017-05","made_up","mapping","","17年5月","f","","",{date}',
    ]
    assert (tmp_path / "out/citations.csv").read_text("utf-8").splitlines()[1:] == [
        f'{date},"{"1" * 64}","{entity}","Detention","startDate","17年5月","2017-05","",{rest}'
    ]


# followthemoney 4.11.2: Statement.make_key("made_up", 40 times "a", …, False)
_ID = "b9666a56afd54c37fafc80b7d8534b63cff489f5"
_NAME = "c47d16b58a17a8e9c0bc2bb02c3452eeaeb803ff"
_DATE = "6fc0b7ead59dbc6eb632d63bac27ac1722a7859e"


def test_one_value_from_two_cells_is_one_statement_with_two_citations(tmp_path: Path) -> None:
    (line, *_) = [each for each in made_lines() if each.property == "birthDate" and each.read]
    other = msgspec.structs.replace(line, id="0" * 64, citation="ni:///sha-256;y#cell=9,9")
    write_ftm(request(tmp_path / "out", Profile.STOCK), given([line, other]))
    statements = [row for row in rows(tmp_path / "out/statements.csv") if row["prop"] != "id"]
    name = ftm_id("made_up", line.entity, "birthDate", line.read or "")
    assert [row["id"] for row in statements] == [name]
    assert [row["original_value"] for row in statements] == [line.written]
    sidecar = rows(tmp_path / "out/citations.csv")
    assert [row["ftm_statement"] for row in sidecar] == [name, name]
    assert len({row["citation"] for row in sidecar}) == 2


def test_an_entity_of_two_schemata_leaves_under_the_narrower(tmp_path: Path) -> None:
    lines = [
        msgspec.structs.replace(each, entity=entity_of("Person", 0))
        for each in made_lines(1)
        if each.schema in {"Person", "LegalEntity", "Event"} and each.read is not None
    ]
    made = write_ftm(request(tmp_path / "out", Profile.STOCK), given(lines))
    (entity,) = entities(tmp_path / "out/entities.ftm.json")
    assert entity["schema"] == "Person"
    assert made.stays == {"other-schema": sum(each.schema == "Event" for each in lines)}
    assert made.lines == len(lines)


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def failing(schemata: tuple[str, ...]) -> Any:
        yield from made_lines()[:5]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_ftm(request(tmp_path / "out", Profile.OVERLAY), failing)
    assert list(tmp_path.iterdir()) == []


def test_the_export_says_that_it_is_no_publication(tmp_path: Path) -> None:
    write_ftm(request(tmp_path / "out", Profile.OVERLAY), given(made_lines(1)))
    assert "NOT A PUBLICATION" in (tmp_path / "out/README.txt").read_text("utf-8")
