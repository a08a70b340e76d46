"""Mappings as JSON: they come back, and what contradicts itself is refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from muniment.core import UsageError
from muniment.facts import (
    ColumnRule,
    ConstantRule,
    EntityRule,
    LinkRule,
    Mapping,
    Scope,
    mapping_bytes,
    parse_mapping,
    printed_mapping,
)

MAPPING = Mapping(
    title="Liste der Festgehaltenen",
    shape="ab" * 32,
    headers=("姓名", "Geburt"),
    columns=(
        ColumnRule(1, "姓名", "person", "name", "name"),
        ColumnRule(2, "Geburt", "person", "birthDate", "date", (("order", "dmy"),)),
        ColumnRule(3, "Nr.", "", "", "text"),
    ),
    entities=(
        EntityRule("person", "Person", Scope.TABLE, (1,), (1,)),
        EntityRule("detention", "Detention"),
    ),
    links=(LinkRule("detention", "detainee", "person"),),
    constants=(ConstantRule("detention", "status", "held"),),
    note="seen with the custodian",
)


def test_a_mapping_comes_back_from_both_its_spellings() -> None:
    assert parse_mapping(mapping_bytes(MAPPING)) == MAPPING
    assert parse_mapping(printed_mapping(MAPPING)) == MAPPING


def _changed(change: Callable[[Any], object]) -> str:
    plain = json.loads(mapping_bytes(MAPPING))
    change(plain)
    return json.dumps(plain)


WRONG: dict[str, tuple[Callable[[Any], object], str]] = {
    "another format": (lambda plain: plain.update(format="x"), "format"),
    "no title": (lambda plain: plain.update(title=" "), "title"),
    "an unknown member": (lambda plain: plain.update(colour="red"), "no mapping"),
    "a column twice": (lambda plain: plain["columns"][1].update(column=1), "listed twice"),
    "column 0": (lambda plain: plain["columns"][2].update(column=0), "counted from 1"),
    "an entity that is not there": (
        lambda plain: plain["columns"][0].update(entity="nobody"),
        "nobody",
    ),
    "no property": (lambda plain: plain["columns"][0].update(property=""), "no property"),
    "two entities of one name": (
        lambda plain: plain["entities"][1].update(name="person"),
        "two entities",
    ),
    "a key that is no column": (lambda plain: plain["entities"][0].update(keys=[9]), "column 9"),
    "shared without a key": (lambda plain: plain["entities"][0].update(keys=[]), "key"),
    "an unknown scope": (lambda plain: plain["entities"][0].update(scope="world"), "no mapping"),
    "a link to nothing": (lambda plain: plain["links"][0].update(target="x"), "a link"),
    "a constant of nothing": (lambda plain: plain["constants"][0].update(entity="x"), "constant"),
    "fill down of no column": (lambda plain: plain.update(fill_down=[9]), "filled down"),
    "nothing mapped": (
        lambda plain: [column.update(entity="") for column in plain["columns"]],
        "maps no column",
    ),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_contradicts_itself_is_refused(
    wrong: tuple[Callable[[Any], object], str],
) -> None:
    change, says = wrong
    with pytest.raises(UsageError, match=says):
        parse_mapping(_changed(change))


@pytest.mark.parametrize("written", ["", "[]", "{", "\ud800", "[" * 100_000, b"\xff\xfe"])
def test_what_is_no_mapping_is_refused(written: str | bytes) -> None:
    with pytest.raises(UsageError, match="no mapping"):
        parse_mapping(written)
