import csv

from muniment.simulate.names import UYGHUR_MEN, UYGHUR_WOMEN
from muniment.simulate.uyghur_letters import latin
from tests.simulate.conftest import Leak


def test_a_claim_agrees_exactly_where_its_value_is_true(leak: Leak) -> None:
    for claim in leak.lines("claims.jsonl"):
        if claim["relation"] == "agrees":
            assert claim["value"] == claim["truth"]
        if claim["relation"] == "contradicts":
            assert claim["value"] != claim["truth"]


def test_every_relation_between_claims_occurs(leak: Leak) -> None:
    relations = {claim["relation"].split(":")[0] for claim in leak.lines("claims.jsonl")}
    assert relations == {"agrees", "contradicts", "copies", "concedes", "non-specific"}


def test_a_copy_names_a_claim_of_the_same_origin(leak: Leak) -> None:
    claims = {claim["id"]: claim for claim in leak.lines("claims.jsonl")}
    copies = [claim for claim in claims.values() if claim["relation"].startswith("copies:")]
    for copy in copies:
        copied = claims[copy["relation"].removeprefix("copies:")]
        assert copied["origin"] == copy["origin"]
        assert copied["says"] == copy["says"]


def test_claims_stand_in_files_of_the_delivery(leak: Leak) -> None:
    for claim in leak.lines("claims.jsonl"):
        assert leak.path(claim["file"]).is_file()


def test_reports_are_about_people_who_were_taken(leak: Leak) -> None:
    with (leak.summary.truth / "people.csv").open(encoding="utf-8", newline="") as opened:
        began = {row["number"]: row["began"] for row in csv.DictReader(opened)}
    reports = [c for c in leak.lines("claims.jsonl") if c["about"].startswith("person:")]
    assert len({report["origin"] for report in reports}) < len(reports)
    for report in reports:
        assert report["truth"] == began[report["about"].removeprefix("person:")] != ""


def test_the_uyghur_and_latin_forms_of_every_name_agree() -> None:
    for name in (*UYGHUR_MEN, *UYGHUR_WOMEN):
        assert name.en == latin(name.ug)


def test_known_names_have_their_usual_latin_form() -> None:
    # ULY as in the reference table of Xinjiang University (2001), letter by letter
    assert latin("ئابدۇكېرىم") == "Abdukérim"
    assert latin("يۈسۈپ") == "Yüsüp"
    assert latin("ھۆرىگۈل") == "Hörigül"
