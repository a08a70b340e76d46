"""People accept, change, reject and take back what prose seems to state, and state by hand."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from muniment.catalog.sql import query
from tests.app.cli import muniment, muniment_lines
from tests.app.web.conftest import ADDRESS, PORT
from tests.copies import copy_of

PEOPLE = """Name,Sex,Date of birth
Alim Tursun,male,1980-03-05
Rena Osman,female,1991-02-03
"""
LETTER = """On 5 March 2017 the county office held 120 people.

"Visits end at noon", said Director Alim Tursun. Call +86 138 0013 8000.
"""
REPORT = """name = "report 7"
date = "2018-11-03"
custodian = "archive desk"
text = "They took him on 4 May 2018. Call +86 138 0013 8999."
[consent]
by = "the witness"
scope = "{scope}"
date = "2018-11-03"
how = "on the telephone, read back"
[witness]
name = "Aynur Example"
[[person]]
name = "Adil Example"
relationship = "brother"
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("judging")
    delivery = folder / "delivery"
    delivery.mkdir()
    (delivery / "people.csv").write_text(PEOPLE)
    (delivery / "letter.txt").write_text(LETTER)
    case = folder / "case"
    muniment("init", case)
    muniment("intake", case, delivery, "--from", "a test")
    muniment("process", case, "--ocr", "off")
    muniment("map", "suggest", case, "people.csv", "--out", folder / "people.json")
    muniment("map", "confirm", case, folder / "people.json")
    with open_room(case, "desk <2>") as opened:
        yield opened


@pytest.fixture(scope="module")
def inside(own: Room) -> TestClient:
    gate = Gate(PORT)
    client = TestClient(make_app(own, gate), ADDRESS, follow_redirects=True)
    assert client.get(f"/enter/{gate.new_key()}").status_code == 200
    return client


@pytest.fixture(scope="module")
def letter(own: Room) -> str:
    (row,) = query(
        own.tables, "SELECT DISTINCT sha256 FROM texts WHERE text LIKE '%county office%'"
    )
    return str(row["sha256"])


@pytest.fixture(scope="module")
def alim(own: Room) -> str:
    (row,) = query(
        own.tables,
        "SELECT entity FROM statements WHERE written = 'Alim Tursun' AND \"by\" = 'mapping'",
    )
    return str(row["entity"])


def proposed(own: Room, letter: str, *more: str) -> dict[str, dict[str, Any]]:
    found = muniment_lines("propose", own.case.folder, letter, "--json", *more)
    return {each["sort"]: each for each in found}


def said(own: Room, where: str = "true") -> list[tuple[str, ...]]:
    columns = '"schema", property, written, read, "by"'
    asked = f"SELECT {columns} FROM statements WHERE \"by\" <> 'mapping' AND ({where}) ORDER BY ALL"  # noqa: S608 - our own
    return [tuple(row.values()) for row in query(own.tables, asked)]


def refusal(*arguments: object) -> str:
    """Why a command was refused."""
    done = muniment(*arguments, check=False)
    assert done.returncode in (2, 4), done.stderr
    return done.stderr.decode()


def form_of(client: TestClient, address: str, action: str) -> dict[str, Any]:
    """The fields of a page's form as a browser without scripts would send them."""
    page = lxml.html.fromstring(client.get(address).text)
    (form,) = [each for each in page.forms if each.action == action]
    return dict(form.form_values())


def decided(own: Room) -> list[dict[str, Any]]:
    return list(muniment_lines("fact", "list", own.case.folder, "--json"))


def test_an_accepted_proposal_is_a_statement_that_cites_its_span(
    own: Room, inside: TestClient, letter: str, alim: str
) -> None:
    phone = proposed(own, letter)["phone"]
    address = "/state?" + urlencode({"c": phone["citation"], "proposal": phone["id"]})
    fields = form_of(inside, address, "/state") | {"entity": alim, "do": "state"}
    assert fields["property"] == "Person:phone"
    answer = inside.post("/state", data=fields)
    assert answer.url.path == f"/proposed/{letter}"
    assert "accepted" in answer.text
    (stated,) = muniment_lines(
        "statements", own.case.folder, "--entity", alim, "--property", "phone", "--json"
    )
    assert (stated["written"], stated["read"]) == ("+86 138 0013 8000", "+8613800138000")
    assert (stated["by"], stated["citation"]) == ("prose", phone["citation"])
    (decision,) = [each for each in decided(own) if each["id"] == stated["source"]]
    assert (decision["kind"], decision["actor"]) == ("accepted", "desk <2>")
    page = inside.get(f"/entity/{alim}").text
    assert "+8613800138000" in page
    assert "prose, accepted" in page


def test_a_rejected_proposal_is_not_proposed_again_until_that_is_taken_back(
    own: Room, inside: TestClient, letter: str
) -> None:
    quote = proposed(own, letter)["quote"]
    fields = form_of(inside, f"/proposed/{letter}", f"/proposed/{letter}/decided")
    fields |= {"p": [quote["id"]], "do": "reject", "note": "no order"}
    inside.post(f"/proposed/{letter}/decided", data=fields)
    assert "quote" not in proposed(own, letter)
    assert proposed(own, letter, "--rejected")["quote"]["state"] == "rejected"
    assert quote["id"] not in inside.get(f"/proposed/{letter}").text
    assert "Visits end" in inside.get(f"/proposed/{letter}?rejected=1").text
    (rejection,) = [each for each in decided(own) if each["kind"] == "rejected"]
    muniment("fact", "withdraw", own.case.folder, rejection["id"][:12], "it is one")
    assert proposed(own, letter)["quote"]["state"] == "proposed"


def test_a_post_says_who_holds_it_and_a_date_of_a_person_is_of_their_detention(
    own: Room, inside: TestClient, letter: str, alim: str
) -> None:
    found, case = proposed(own, letter), own.case.folder
    muniment("fact", "accept", case, letter, found["post"]["id"], "--property", "Post:title",
             "--of", alim)  # fmt: skip
    muniment("fact", "accept", case, letter, found["date"]["id"], "--property",
             "Detention:startDate", "--of", alim)  # fmt: skip
    assert ("Post", "title", "Director", "Director", "prose") in said(own)
    assert ("Post", "holder", "Alim Tursun", alim, "prose") in said(own)
    assert ("Detention", "detainee", "5 March 2017", alim, "prose") in said(own)
    ties = muniment_lines("relations", case, alim, "--json")
    assert {tie["property"] for tie in ties} == {"holder", "detainee"}
    assert "Director" in json.dumps(list(muniment_lines("timeline", case, "--json")))
    # A change replaces what was stated and keeps what it is tied to.
    found = proposed(own, letter)
    assert found["date"]["state"] == "accepted"
    address = "/state?" + urlencode({"change": found["date"]["decision"]})
    fields = form_of(inside, address, "/state") | {"read": "2017-03", "do": "state"}
    assert inside.post("/state", data=fields).url.path == "/decided"
    assert said(own, "\"schema\" = 'Detention'") == [
        ("Detention", "detainee", "5 March 2017", alim, "prose"),
        ("Detention", "startDate", "5 March 2017", "2017-03", "prose"),
    ]
    (before,) = [each for each in decided(own) if each["id"] == found["date"]["decision"]]
    assert before["state"] == "replaced"
    assert "does not stand" in refusal("fact", "withdraw", case, before["id"])


def test_a_cell_is_stated_of_by_hand_and_what_does_not_stand_there_is_refused(
    own: Room, inside: TestClient, alim: str
) -> None:
    (cell,) = query(own.tables, "SELECT citation FROM cells WHERE written = 'Rena Osman'")
    asked = {"c": cell["citation"]}
    fields = form_of(inside, "/state?" + urlencode(asked), "/state")
    assert fields["written"] == "Rena Osman"
    fields |= {"property": "Person:alias", "entity": alim, "do": "state"}
    refused = inside.post("/state", data=fields | {"written": "Rena Oman"})
    assert refused.status_code == 400
    assert "does not stand at" in refused.text
    assert "Rena Oman</textarea>" in refused.text, "what was typed stays"
    assert inside.post("/state", data=fields).url.path == "/statements"
    assert ("Person", "alias", "Rena Osman", "Rena Osman", "person") in said(own)
    eye = fields | {"written": "R. O.", "by_eye": "1"}
    inside.post("/state", data=eye)
    (doubted,) = query(own.tables, "SELECT doubts FROM statements WHERE written = 'R. O.'")
    assert doubted["doubts"] == ["by-eye"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--property", "Person:phon"), "no property"),
        (("--property", "Order:date", "--of", "alim"), "wants: Order"),
        (("--property", "Person:birthDate", "--read", "May"), "no date"),
        (("--property", "Person:phone", "--of", "0" * 40), "nothing is stated of"),
        (("--property", "Person:phone", "--of", "new:Order"), "not of a new Order"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_records_nothing(
    own: Room, letter: str, alim: str, asked: tuple[str, ...], told: str
) -> None:
    size = len(decided(own))
    quantity = proposed(own, letter)["quantity"]["id"]
    options = [alim if each == "alim" else each for each in asked]
    why = refusal("fact", "accept", own.case.folder, letter, quantity, *options)
    assert told in why
    assert len(decided(own)) == size


def test_a_form_of_another_page_decides_nothing(own: Room, inside: TestClient, letter: str) -> None:
    size = len(decided(own))
    quantity = proposed(own, letter)["quantity"]
    fields = {"p": quantity["id"], "do": "reject"}
    assert inside.post(f"/proposed/{letter}/decided", data=fields).status_code == 403
    assert len(decided(own)) == size


def test_a_rebuilt_case_states_the_same(own: Room, tmp_path: Path) -> None:
    (text,) = query(own.tables, "SELECT citation FROM texts WHERE text LIKE '%county office%'")
    muniment("fact", "state", own.case.folder, text["citation"], "--property", "PublicBody:name",
             "--written", "county office")  # fmt: skip
    assert ("PublicBody", "name", "county office", "county office", "person") in said(own)
    copy = tmp_path / "case"
    copy_of(own.case.folder, copy)
    shutil.rmtree(copy / "work")
    muniment("process", copy, "--ocr", "off")
    asked = "SELECT statement FROM statements ORDER BY 1"
    assert list(query(copy / "work" / "tables", asked)) == list(query(own.tables, asked))


def test_what_is_stated_of_a_report_leaves_with_its_consent(
    own: Room, inside: TestClient, tmp_path: Path
) -> None:
    case = own.case.folder
    form = tmp_path / "report.toml"
    form.write_text(REPORT.format(scope="case"))
    (made,) = muniment_lines("report", "new", case, form, "--json")
    muniment("process", case, "--ocr", "off")
    phone = proposed(own, made["object"])["phone"]
    (done,) = muniment_lines(
        "fact", "accept", case, made["object"], phone["id"], "--property", "Person:phone", "--json"
    )
    assert len(said(own, f"source = '{done['id']}'")) == 1
    (left,) = muniment_lines("ftm", "export", case, "--out", tmp_path / "left", "--json")
    assert left["withheld"] > 0
    assert done["id"] not in (tmp_path / "left" / "citations.csv").read_text()
    muniment("source", "withdraw", case, made["id"], "asked for it")
    assert said(own, f"source = '{done['id']}'") == []
    assert done["id"] not in {each["id"] for each in decided(own)}, "it quotes the report"
    assert "13 8999" not in inside.get("/decided").text
    assert list(muniment_lines("search", case, "8999", "--json")) == []
    assert "8999" not in inside.get(f"/object/{made['object']}").text
    texts = query(own.tables, "SELECT text FROM texts")
    assert not any("8999" in row["text"] for row in texts)
    assert "does not reach" in refusal(
        "export", case, "--object", made["object"], "--out", tmp_path / "bag"
    )
    assert "withdrawn" in refusal(
        "fact", "state", case, phone["citation"], "--property", "Person:phone", "--written", "+86"
    )
