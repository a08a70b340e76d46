"""Lists that others published, as they stand: every statement at its cell, every cell counted."""

import csv
from pathlib import Path

from muniment.core import CellArea, digest_of
from muniment.facts import apply_mapping, mapping_of, propose, statements_of, table_of_rows

_SOURCE = "ab" * 32


def test_the_rettig_list(real_material: Path) -> None:
    """2,398 victims and 59 fields, as its README says."""
    path = real_material / "lists" / "chile_rettig" / "pinochet.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    table = table_of_rows(digest_of(path.read_bytes()), rows)
    proposal = propose(table)
    known = {each.header: each.property for each in proposal.columns}
    assert known["last_name"] == "Person:lastName"
    assert known["first_name"] == "Person:firstName"
    assert known["age"] == "Age:age"
    assert known["occupation"] == "Person:profession"
    assert known["nationality"] == "Person:nationality"
    applied = apply_mapping(table, mapping_of(proposal, "Rettig"), proposal.layout, _SOURCE)
    assert applied.counts["rows_data"] == 2_398
    assert applied.entities.names.count("person") == 2_398
    filled = sum(cell != "" for row in rows[1:] for cell in row)
    assert applied.counts["cells_mapped"] + applied.counts["cells_outside"] == filled
    for each in statements_of(applied):
        if isinstance(each.at.place, CellArea):
            assert rows[each.at.place.row - 1][each.at.place.column - 1] == each.written
    ages = [each.read for each in statements_of(applied) if each.property == "age"]
    numbers = [row[9] for row in rows[1:]]
    assert sum(each is not None for each in ages) == sum(map(str.isdecimal, numbers))


def test_the_list_of_argentine_centres(real_material: Path) -> None:
    path = real_material / "facilities" / "argentina_centros_clandestinos.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    proposal = propose(table_of_rows(digest_of(b"centres"), rows))
    known = {each.header: each.property for each in proposal.columns}
    assert proposal.subject == "facility"
    assert known["denominacion"] == "Facility:name"
    assert (known["lat"], known["lon"]) == ("Facility:latitude", "Facility:longitude")
    assert all(each is None or each.startswith("Facility") for each in known.values())
