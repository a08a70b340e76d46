"""The pages of facts: a mapping is proposed, corrected and confirmed; every value has its place."""

import re
import time
from collections.abc import Iterator
from urllib.parse import quote

import lxml.html
import pytest
from starlette.testclient import TestClient

from muniment.app.jobs import JobState, job_of
from muniment.app.web import Gate, Room, make_app, open_room
from muniment.catalog.facts import (
    EntitiesWanted,
    entities,
    facilities,
    statements_about,
    timeline,
)
from muniment.catalog.sheets import Wanted, tables_in_case
from muniment.catalog.sql import query
from tests.app.cli import muniment, muniment_lines
from tests.app.web.conftest import ADDRESS, PORT
from tests.app.web.test_every_page import trouble_of

PEOPLE = """Name,Sex,Date of birth,Detained on,Reason for detention,Note
Alim Tursun,male,1980-03-05,2017-05-04,prayed <script>alert(1)</script>,a
Rena Osman,female,1991-02-30,04.03.2017,travelled,b
"""
FACILITIES = """Facility,Type of facility,Latitude,Longitude,Opened,Closed
Hollow camp,training centre,40.1,76.2,2016,2018-06
Dry well prison,prison,40.4,76.9,1999,
Nowhere,police station,,,2017,
"""
ORDERS = """Order No.,Title of order,Date of order,Issued by,Text
7,On visits,2017-03-05,County office,Visits end at noon.
8,On letters,2018-01-02,County office,Letters are kept.
"""

SUMS = """Kind,Men,Women,Total
Held,10,20,30
Released,4,5,9
Moved,6,1,7
Total,20,26,43
"""
LETTER = """On 5 March 2017 the county office held 120 people.

"Visits end at noon", said Director Alim Tursun.
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("facts")
    delivery = folder / "delivery"
    delivery.mkdir()
    for name, text in (
        ("people", PEOPLE),
        ("facilities", FACILITIES),
        ("orders", ORDERS),
        ("sums", SUMS),
    ):
        (delivery / f"{name}.csv").write_text(text)
    (delivery / "letter.txt").write_text(LETTER)
    case = folder / "case"
    muniment("init", case)
    muniment("intake", case, delivery, "--from", "a test")
    muniment("process", case, "--ocr", "off")
    for name in ("facilities", "orders"):
        muniment("map", "suggest", case, f"{name}.csv", "--out", folder / f"{name}.json")
        muniment("map", "confirm", case, folder / f"{name}.json", "--as", "desk-1")
    with open_room(case, "desk <2>") as opened:
        yield opened


@pytest.fixture(scope="module")
def inside(own: Room) -> TestClient:
    gate = Gate(PORT)
    client = TestClient(make_app(own, gate), ADDRESS, follow_redirects=True)
    client.get(f"/enter/{gate.new_key()}")
    return client


@pytest.fixture(scope="module")
def people(own: Room) -> str:
    (view,) = tables_in_case(own.ledger, Wanted(name="people"))
    return view.sha256


@pytest.fixture(scope="module")
def proposal(inside: TestClient, people: str) -> str:
    """The page of the table before anything was confirmed."""
    return inside.get(f"/mapping/{people}").text


@pytest.fixture(scope="module")
def confirmed(own: Room, inside: TestClient, people: str, proposal: str) -> str:
    """The table of people after its mapping was corrected on the page and confirmed there."""
    fields = _fields(inside, people)
    fields |= {"p6": "Person:notes", "e6": "person", "r6": "text", "note": "seen with <b>two</b>"}
    fields |= {"o4": "order=dmy", "do": "confirm"}
    answer = inside.post(f"/mapping/{people}", data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    _ended(own, str(answer.headers["location"]))
    return people


def _fields(inside: TestClient, sha256: str) -> dict[str, str]:
    """The fields of the form as the page gives them."""
    text = inside.get(f"/mapping/{sha256}").text
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text))
    for name, body in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = "" if chosen is None else chosen[1]
    return found


def _ended(own: Room, address: str) -> None:
    for _ in range(1_200):
        job = job_of(own.case, address.rpartition("/")[2])
        assert job is not None
        if job.state is not JobState.WORKING:
            assert job.state is JobState.DONE, job.ended
            return
        time.sleep(0.1)
    raise AssertionError("it does not end")


def test_a_page_proposes_what_columns_state_and_states_nothing(
    inside: TestClient, people: str, proposal: str
) -> None:
    fields = _fields(inside, people)
    assert (fields["p1"], fields["p3"]) == ("Person:name", "Person:birthDate")
    assert "This is a proposal" in proposal
    assert "no such day" in proposal  # 30 February is shown before anything is confirmed
    assert "<script>alert" not in proposal


def test_trying_another_reading_changes_nothing_but_the_page(
    own: Room, inside: TestClient, people: str
) -> None:
    before = own.case.folder.joinpath("vault/journal").stat().st_mtime_ns
    fields = _fields(inside, people) | {"p5": "", "p6": "Person:alias", "r6": "name", "do": "try"}
    answer = inside.post(f"/mapping/{people}", data=fields)
    assert answer.status_code == 200
    assert 'value="Person:alias"' in answer.text
    assert own.case.folder.joinpath("vault/journal").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"p1": "Person:wings"}, "no property"),
        ({"r1": "tea leaves"}, "nothing reads values"),
        ({"o3": "dmy"}, "is no option"),
        ({"e1": "<img>"}, "cannot be the name"),
        ({"keys-person": "one"}, "is no column"),
        ({"keys-person": "1", "scope-person": "table\0"}, "is no scope"),
        ({"note": "My title", "title": "\0\0"}, "cannot be shown"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    inside: TestClient, people: str, change: dict[str, str], told: str
) -> None:
    fields = _fields(inside, people) | {"title": "My title", "do": "confirm"} | change
    answer = inside.post(f"/mapping/{people}", data=fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert "My title" in answer.text
    assert "<img>" not in answer.text


def test_a_person_may_say_where_the_records_are(inside: TestClient, people: str) -> None:
    lie = {"records": "list", "headers": "2", "rows": "3-", "columns": "A-C"}
    told = inside.get(f"/mapping/{people}", params=lie).text
    assert "A person said where the records are" in told
    fields = _hidden(told) | {"do": "try"}
    assert (
        "A person said where the records are" in inside.post(f"/mapping/{people}", data=fields).text
    )
    wrong = inside.get(f"/mapping/{people}", params=lie | {"headers": "900"})
    assert wrong.status_code == 400
    assert "no record of this table lies as it was told" in wrong.text
    assert 'value="900"' in wrong.text


def _hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))


def test_a_form_of_another_page_confirms_nothing(inside: TestClient, people: str) -> None:
    assert inside.post(f"/mapping/{people}", data={"do": "confirm"}).status_code == 403


def test_what_was_confirmed_is_stated_with_its_cell(
    own: Room, inside: TestClient, confirmed: str
) -> None:
    listed = inside.get("/facts?schema=Person").text
    name = re.search(r'/entity/([0-9a-f]{40})">\s*<bdi[^>]*>Rena Osman', listed)
    assert name is not None
    text = inside.get(f"/entity/{name[1]}").text
    assert "1991-02-30" in text
    assert "no such day" in text
    assert 'class="graph"' in text
    (stated,) = (
        line
        for line in muniment_lines("statements", own.case.folder, "--entity", name[1])
        if line["property"] == "notes"
    )
    assert (stated["written"], stated["read"]) == ("b", "b")
    row = inside.get("/statements?c=" + quote(stated["citation"], safe="")).text
    assert "2017-03-04" in row  # day first, as was confirmed
    assert "alert(1)" not in row  # of the other row
    assert (
        f"/table/{confirmed}?"
        in inside.get("/at?c=" + quote(stated["citation"], safe="")).url.path + "?"
    )
    ties = muniment_lines("relations", own.case.folder, name[1])
    assert [(tie["property"], tie["target_caption"]) for tie in ties] == [
        ("detainee", "Rena Osman")
    ]


def test_the_mapping_stands_with_who_and_why(inside: TestClient, confirmed: str) -> None:
    text = inside.get(f"/mapping/{confirmed}").text
    assert "desk &lt;2&gt;" in text
    assert "seen with &lt;b&gt;two&lt;/b&gt;" in text
    assert "applied" in inside.get("/mappings").text


def test_facilities_are_shown_as_stated_for_a_date(own: Room, inside: TestClient) -> None:
    found = {each.caption: each for each in facilities(own.case)}
    assert {name: each.is_open("2017") for name, each in found.items()} == {
        "Hollow camp": True,
        "Dry well prison": True,
        "Nowhere": True,
    }
    assert found["Hollow camp"].is_open("2019") is False
    assert found["Nowhere"].is_open("2016") is False
    assert found["Nowhere"].position is None
    text = inside.get("/facilities?on=2019").text
    assert text.count('class="spot closed"') == 1
    assert "1 state no coordinates" in text
    assert "<title>Hollow camp: closed</title>" in text
    assert "<title>Hollow camp</title>" in inside.get("/facilities").text
    assert inside.get("/facilities?on=soon").status_code == 400
    lines = muniment_lines("facilities", own.case.folder, "--on", "2019")
    assert {line["names"][0]["value"]: line["in_use"] for line in lines}["Hollow camp"] is False


def test_orders_stand_in_the_order_of_time(own: Room, inside: TestClient) -> None:
    found = timeline(own.case, ("Order",))
    assert [each.start for each in found] == ["2017-03-05", "2018-01-02"]
    text = inside.get("/timeline?schema=Order").text
    assert text.index("On visits") < text.index("On letters")
    assert inside.get("/timeline?schema=Person").status_code == 400
    lines = muniment_lines("timeline", own.case.folder, "--schema", "Order")
    assert [line["start"] for line in lines] == [each.start for each in found]


def test_a_printed_total_that_differs_is_shown_with_both_numbers_and_judged_by_nobody(
    own: Room, inside: TestClient
) -> None:
    found = muniment_lines("totals", own.case.folder, "sums.csv")
    stated = found[0]  # down its column; the other one is along its row
    assert [(line["stated"], line["computed"], line["difference"]) for line in found] == [
        ("43", "46", "-3")
    ] * 2
    assert {line["stated_at"].partition("#")[2] for line in found} == {"cell=5,4"}
    listed = inside.get("/totals").text
    assert listed.index("sums") < listed.index("people")  # what differs comes first
    text = inside.get(f"/totals/{stated['sha256']}").text
    assert "a figure was mistyped" in text
    assert f"/totals/{stated['sha256']}" in inside.get(f"/object/{stated['sha256']}").text
    assert muniment_lines("totals", own.case.folder) == found


def test_what_a_text_seems_to_state_is_proposed_and_not_stated(
    own: Room, inside: TestClient
) -> None:
    (letter,) = (
        line for line in muniment_lines("items", own.case.folder) if "letter" in str(line["names"])
    )
    proposed = muniment_lines("propose", own.case.folder, letter["sha256"])
    assert ("date", "2017-03-05") in [
        (line["sort"], line["read"].get("value")) for line in proposed
    ]
    text = inside.get(f"/proposed/{letter['sha256']}").text
    assert "5 March 2017" in text
    assert "none of them is a statement" in text
    quotes = inside.get(f"/proposed/{letter['sha256']}?sort=quote").text
    assert "Visits end at noon" in quotes
    assert "5 March 2017" not in quotes
    assert f"/proposed/{letter['sha256']}" in inside.get(f"/object/{letter['sha256']}").text


def test_tables_that_are_kept_open_answer_as_those_opened_for_one_question(
    own: Room,
    confirmed: str,
) -> None:
    for wanted in (EntitiesWanted(), EntitiesWanted("Person"), EntitiesWanted(words="osman")):
        kept = entities(own.facts, wanted)
        assert len(kept) > 0
        assert kept == entities(own.case, wanted)
        for each in kept[:3]:
            assert statements_about(own.facts, each.entity) == statements_about(
                own.case, each.entity
            )
            every = query(own.tables, f"SELECT * FROM statements WHERE entity = '{each.entity}'")  # noqa: S608
            found = {line["statement"] for line in every}
            assert {line.statement for line in statements_about(own.facts, each.entity)} == found


def test_the_pages_of_facts_keep_the_policy_of_every_page(inside: TestClient, people: str) -> None:
    person = inside.get("/api/v1/entities").json()["entities"][0]
    for address in (
        "/facts",
        "/facilities",
        "/timeline",
        "/mappings",
        f"/mapping/{people}",
        "/totals",
        f"/totals/{people}",
        f"/proposed/{people}",
        person["page"],
        f"/statements?schema={person['schema']}",
    ):
        answer = inside.get(address)
        assert answer.status_code == 200
        assert trouble_of(ADDRESS + address, lxml.html.document_fromstring(answer.text)) == []


def test_the_api_gives_what_the_commands_give(own: Room, inside: TestClient) -> None:
    api, case = "/api/v1", own.case.folder
    (order, *_) = inside.get(f"{api}/timeline?schema=Order").json()["items"]
    assert order["start"] == "2017-03-05"
    one = inside.get(f"{api}/entities/{order['entity']}").json()
    stated = muniment_lines("statements", case, "--entity", order["entity"])
    assert {line["statement"] for line in one["statements"]} == {
        line["statement"] for line in stated
    }
    asked = {"citation": stated[0]["citation"], "property": stated[0]["property"]}
    (found, *_) = inside.get(f"{api}/statements", params=asked).json()["statements"]
    assert found == {name: value for name, value in stated[0].items() if name != "place"}
    facilities_given = inside.get(f"{api}/facilities?limit=2").json()
    assert len(facilities_given["facilities"]) == 2
    assert len(inside.get(facilities_given["next"]).json()["facilities"]) == 1
    assert {each["state"] for each in inside.get(f"{api}/mappings").json()["mappings"]} == {
        "applied"
    }
    (first, *_) = muniment_lines("totals", case)
    totals = inside.get(f"{api}/totals/{first['sha256']}").json()
    assert totals["findings"][0]["difference"] == first["difference"]
    assert inside.get(f"{api}/statements?citation=nothing").status_code == 400
    assert inside.get(f"{api}/entities/{'0' * 40}").status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/entity/" + "0" * 40, 404),
        ("/entity/x'; DROP TABLE statements", 404),
        ("/statements?c=nothing", 400),
        ("/facts?schema=Unicorn", 400),
        ("/totals/" + "0" * 64, 404),
        ("/proposed/" + "0" * 64, 404),
        ("/proposed/" + "0" * 64 + "?sort=secret", 400),
        ("/facts?words=%27%3B--", 200),
        ("/mapping/" + "0" * 64, 404),
    ],
)
def test_odd_addresses_are_answered_in_words(inside: TestClient, address: str, status: int) -> None:
    assert inside.get(address).status_code == status


def test_the_case_of_nothing_stated_says_what_to_do(client: TestClient) -> None:
    assert "Nothing is stated yet" in client.get("/facts").text
    assert "Choose a table below" in client.get("/mappings").text
    assert "No table with facilities" in client.get("/facilities").text
