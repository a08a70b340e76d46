"""Public lists: every statement stands in the cell that it cites, and known sums come out."""

import json
from pathlib import Path
from typing import Any

import pytest

from muniment.catalog import query
from muniment.vault import open_case
from tests.app.cli import muniment, muniment_json

_MAPPINGS = Path(__file__).parents[2] / "docs/how-to/mappings"
_GULAG = "facilities/gulag"
_ARGENTINA = "facilities/argentina_centros_clandestinos.csv"
_RETTIG = "lists/chile_rettig/pinochet"


def _case(material: Path, folder: Path, files: tuple[str, ...]) -> Path:
    lacking = [name for name in files if not (material / name).is_file()]
    if len(lacking) > 0:
        pytest.skip(f"no {lacking[0]} at {material}; set MUNIMENT_DATA to its folder")
    muniment("init", folder / "case")
    muniment("intake", folder / "case", *(material / name for name in files), "--from", "its site")
    muniment("process", folder / "case")
    return folder / "case"


def _rows(case: Path, asked: str) -> list[dict[str, Any]]:
    return list(query(open_case(case).work / "tables", asked))


def _every_citation_resolves(case: Path, at_least: int) -> None:
    (counted,) = _rows(
        case,
        "SELECT count(*) AS n, count(DISTINCT statement) AS names, "
        "count(*) FILTER (s.written IS DISTINCT FROM c.written) AS wrong "
        "FROM statements AS s LEFT JOIN cells AS c USING (citation)",
    )
    assert counted["wrong"] == 0
    assert counted["n"] == counted["names"] >= at_least


def test_facilities_are_cited_to_the_cell_and_sums_of_years_come_out(
    real_material: Path, tmp_path: Path
) -> None:
    names = tuple(f"{_GULAG}/{name}.csv" for name in ("camps", "locations", "statistics"))
    case = _case(real_material, tmp_path, (*names, _ARGENTINA))
    for name in ("camps", "locations", "statistics", "argentina"):
        muniment("map", "confirm", case, _MAPPINGS / f"{name}.json")
    _every_citation_resolves(case, 15_000)
    sums = _rows(
        case,
        "SELECT d.read AS year, sum(h.read::BIGINT)::BIGINT AS held FROM statements AS h "
        "JOIN statements AS d USING (entity) WHERE h.property = 'headcount' "
        "AND d.property = 'date' AND d.read IN ('1934', '1938', '1950') GROUP BY 1 ORDER BY 1",
    )
    assert [each["held"] for each in sums] == [584_233, 1_559_984, 1_381_246]
    (nulls,) = _rows(
        case,
        "SELECT count(*) AS n FROM statements AS d WHERE d.schema = 'FacilityState' "
        "AND d.property = 'date' AND d.entity NOT IN "
        "(SELECT entity FROM statements WHERE property = 'headcount')",
    )
    assert nulls["n"] == 87  # an empty cell is no statement, and no 0
    (placed,) = _rows(
        case,
        "SELECT count(DISTINCT entity) AS n FROM statements AS s JOIN items USING (sha256) "
        "WHERE property = 'latitude' AND list_any_value(names) LIKE '%argentina%'",
    )
    assert placed["n"] == 762 - 6


def _for_sheet(case: Path, folder: Path) -> Path:
    """The mapping of victims for the workbook, whose first column numbers the rows."""
    muniment("map", "suggest", case, "pinochet.xlsx", "--out", folder / "sheet.json")
    sheet = json.loads((folder / "sheet.json").read_text("utf-8"))
    said = json.loads((_MAPPINGS / "rettig.json").read_text("utf-8"))
    known = {each["header"]: each for each in said["columns"]}
    moved = {known[each["header"]]["column"]: each["column"] for each in sheet["columns"][1:]}
    for each in sheet["columns"]:
        new = known.get(each["header"], {"entity": "", "property": "", "options": []})
        each |= {name: value for name, value in new.items() if name not in ("column", "header")}
    for entity in said["entities"]:
        for name in ("keys", "required"):
            entity[name] = [moved[column] for column in entity[name]]
    sheet |= {"entities": said["entities"], "links": said["links"], "constants": []}
    (folder / "sheet.json").write_text(json.dumps(sheet), "utf-8")
    return folder / "sheet.json"


@pytest.mark.night
@pytest.mark.timeout(600)
def test_victims_are_cited_to_the_cell_in_both_files(real_material: Path, tmp_path: Path) -> None:
    case = _case(real_material, tmp_path, (f"{_RETTIG}.csv", f"{_RETTIG}.xlsx"))
    muniment("map", "confirm", case, _MAPPINGS / "rettig.json")
    muniment("map", "confirm", case, _for_sheet(case, tmp_path))
    _every_citation_resolves(case, 209_000)
    # A list that says "NA" in each cell of a second to sixth place states no such place.
    assert muniment_json("map", "apply", case)["cells_without_subject"] == 52_160
    counted = _rows(
        case,
        "SELECT sha256, count(*) AS n FROM statements WHERE schema = 'Event' "
        "AND property = 'keywords' AND read = 'Killed' GROUP BY sha256",
    )
    assert [each["n"] for each in counted] == [1_331, 1_331]
