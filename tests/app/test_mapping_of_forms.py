"""Forms and lists beside each other, mapped on the command line: each statement has its cell."""

import csv
from pathlib import Path

from muniment.catalog import query
from muniment.vault import open_case
from tests.app.cli import muniment, muniment_json
from tests.app.test_mapping import confirm
from tests.facts.records_in_tables import beside, form, people


def test_forms_are_proposed_confirmed_and_cited(tmp_path: Path) -> None:
    files, case = tmp_path / "files", tmp_path / "case"
    files.mkdir()
    for name, rows in (("cards.csv", form("es")), ("beside.csv", beside("ru"))):
        with (files / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    muniment("init", case)
    muniment("intake", case, files)
    muniment("process", case, "--workers", 1)
    proposed = muniment_json("map", "suggest", case, "cards.csv")
    assert proposed["mapping"]["arrangement"] == "form"
    assert any("this is a form" in doubt for doubt in proposed["doubts"])
    for name in ("cards.csv", "beside.csv"):
        confirm(case, name, tmp_path)
    tables = open_case(case).work / "tables"
    wrong = query(
        tables,
        "SELECT s.citation FROM statements s LEFT JOIN cells c USING (citation) "
        "WHERE s.written IS DISTINCT FROM c.written",
    )
    assert list(wrong) == []
    named = query(
        tables, "SELECT read FROM statements WHERE schema = 'Person' AND property = 'name'"
    )
    expected = {one.values[0] for language in ("es", "ru") for one in people(language)}
    assert {row["read"] for row in named} == expected
