"""The model holds together, and its stock part is FollowTheMoney's."""

import json
from typing import Any

import pytest

from muniment.facts.ftm import overlay_files
from muniment.facts.model import (
    CARRIED,
    OVERLAY,
    SCHEMATA,
    STOCK,
    VOCABULARIES,
    Kind,
    Schema,
    carried_as,
    is_a,
    parts_of,
    properties_of,
    property_named,
    property_of,
    vocabulary_of,
)
from tests.ftm_tools import ask_ftm, both_models

_DUMP = """
import json
from followthemoney import model
print(json.dumps({s.name: {
    "extends": sorted(e.name for e in s.extends), "label": s.label, "plural": s.plural,
    "properties": {p.name: [p.type.name, p.range.name if p.range else "",
                            p.reverse.name if p.reverse else "", p.schema.name]
                   for p in s.properties.values() if not p.stub},
} for s in model}))
"""
_AGREED = {
    "Detention": "detainee facility place startDate endDate date reason status authority order "
    "building cell",
    "Sentence": "person detention duration startDate endDate date court charge",
    "Charge": "person sentence wording code article",
    "Facility": "name alias kind address latitude longitude capacity startDate endDate country "
    "notes",
    "FacilityState": "facility state kind headcount capacity wording startDate endDate date",
    "Order": "name issuer addressee date wording reference",
    "Post": "holder organization title startDate endDate date",
    "Relation": "person relative relationship kind",
    "PhotoOf": "image person basis date",
    "Testimony": "witness about text date consent scope custodian",
    "Age": "person age event date",
    "Person": "name firstName lastName fatherName secondName motherName alias birthDate deathDate "
    "birthPlace gender nationality ethnicity religion education profession position idNumber "
    "passportNumber phone email address notes status political title registrationNumber",
}


@pytest.mark.parametrize("schema", _AGREED)
def test_a_schema_has_the_properties_that_mappings_name(schema: str) -> None:
    assert set(_AGREED[schema].split()) <= set(properties_of(schema))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The model of the real package with the overlay beside its own schemata."""
    folder = tmp_path_factory.mktemp("models")
    own = folder / "own"
    own.mkdir()
    for name, data in overlay_files().items():
        (own / name).write_bytes(data)
    found: dict[str, Any] = ask_ftm(_DUMP, model=both_models(own, folder / "both"))
    return found


def test_stock_schemata_are_those_of_the_real_package(real: dict[str, Any]) -> None:
    for schema in STOCK:
        theirs = real[schema.name]
        assert sorted(schema.extends) == theirs["extends"], schema.name
        assert (schema.label, schema.plural) == (theirs["label"], theirs["plural"])
        for each in schema.properties:
            wanted = [each.kind.value, each.target, each.reverse, schema.name]
            assert theirs["properties"][each.name] == wanted, f"{schema.name}:{each.name}"


def test_the_real_package_loads_the_overlay_as_it_is_written_here(real: dict[str, Any]) -> None:
    for schema in OVERLAY:
        theirs = real[schema.name]["properties"]
        for name, each in properties_of(schema.name).items():
            assert theirs[name][:2] == [each.kind.value, each.target], f"{schema.name}:{name}"


def test_what_a_property_points_to_is_a_schema_of_the_model() -> None:
    for schema in SCHEMATA.values():
        for each in schema.properties:
            assert (each.kind is Kind.ENTITY) == (each.target != "")
            assert (each.target != "") == (each.reverse != "")
            assert each.target == "" or each.target in SCHEMATA
            assert each.instead == "" or property_of(schema.name, each.instead) is not None


def test_ways_back_into_a_schema_have_names_of_their_own() -> None:
    for schema in OVERLAY:
        backwards = [
            each.reverse
            for other in OVERLAY
            for each in other.properties
            if each.target == schema.name
        ]
        assert len(backwards) == len(set(backwards))
        assert set(backwards).isdisjoint(properties_of(schema.name))


@pytest.mark.parametrize("schema", OVERLAY, ids=lambda schema: schema.name)
def test_an_overlay_schema_is_documented_and_names_only_its_own(schema: Schema) -> None:
    named = {*schema.featured, *schema.required, *schema.caption}
    assert named <= set(properties_of(schema.name))
    assert all(each.about.endswith(".") and each.label for each in schema.properties)
    assert all(vocabulary_of(each.vocabulary) or not each.vocabulary for each in schema.properties)


def test_an_age_is_no_property_of_a_person() -> None:
    assert property_of("Person", "age") is None
    assert {"event", "date"} <= set(properties_of("Age"))


def test_every_overlay_schema_has_a_way_out_in_stock_properties() -> None:
    assert set(CARRIED) == {schema.name for schema in OVERLAY}
    for schema, parts in CARRIED.items():
        for part in parts:
            assert SCHEMATA[part.schema].stock
            for ours, theirs in part.properties:
                assert property_of(schema, ours) is not None, f"{schema}:{ours}"
                assert property_of(part.schema, theirs) is not None, f"{part.schema}:{theirs}"
            for name, _ in part.constants:
                assert property_of(part.schema, name) is not None


def test_a_link_stays_a_link_where_it_is_carried() -> None:
    for schema, parts in CARRIED.items():
        for part in parts:
            for ours, theirs in part.properties:
                before, after = property_of(schema, ours), property_of(part.schema, theirs)
                assert before is not None
                assert after is not None
                assert (before.kind is Kind.ENTITY) == (after.kind is Kind.ENTITY)


def test_a_stock_schema_leaves_as_itself() -> None:
    (part,) = parts_of("Person")
    assert part.schema == "Person"
    assert ("birthDate", "birthDate") in part.properties
    assert carried_as("Detention", "detainee") == (
        ("Event", "involved"),
        ("UnknownLink", "subject"),
    )
    assert parts_of("Nonsense") == ()


def test_names_are_looked_up() -> None:
    assert property_named("Detention:startDate") == property_of("Interval", "startDate")
    assert property_named("Detention") is None
    assert is_a("Order", "Thing")
    assert not is_a("Thing", "Order")


def test_the_overlay_is_written_as_the_schema_language_wants_it() -> None:
    written = overlay_files()["Age.yaml"].decode()
    assert written.startswith('Age:\n  label: "Stated age"\n')
    assert "      range: " + json.dumps("Person") in written
    assert len(VOCABULARIES) == 6
