"""Pages of facts over wide and long tables: a part is shown, nothing that was chosen is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from muniment.catalog.facts import Proposed, proposed_for
from muniment.catalog.facts.opening import LONG
from muniment.catalog.sheets import Wanted, tables_in_case
from tests.app.inside import inside as command
from tests.app.web.conftest import ADDRESS, PORT

COLUMNS, ROWS = 230, 900


def _wide() -> str:
    headers = ["Name", "Sex", *(f"Q{number}" for number in range(3, COLUMNS)), "Note"]
    rows = [["Alim Tursun", "male", *("7" for _ in headers[3:]), "seen twice"] for _ in range(3)]
    return "".join(",".join(row) + "\n" for row in (headers, *rows))


def _long() -> str:
    """A remark stands in few rows, far below."""
    lines = []
    for number in range(1, ROWS + 1):
        name = f"Person{chr(97 + number % 26)} Osman{'x' * (number % 7)}"
        birth = f"19{50 + number % 45}-0{1 + number % 9}-1{number % 10}"
        far = number > ROWS - 60 and number % 7 == 0
        lines.append(f"{number},{name},{birth},{'moved in spring' if far else ''}")
    return "\n".join(["No.,Name,Date of birth,Remarks", *lines, ""])


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("large")
    delivery: Path = folder / "delivery"
    delivery.mkdir()
    for name, text in (("wide", _wide()), ("long", _long())):
        (delivery / f"{name}.csv").write_text(text)
    case = folder / "case"
    command("init", case)
    command("intake", case, delivery, "--from", "a test")
    command("process", case, "--workers", 1)
    with open_room(case, "desk 2") as opened:
        yield opened


@pytest.fixture(scope="module")
def client(own: Room) -> TestClient:
    gate = Gate(PORT)
    found = TestClient(make_app(own, gate), ADDRESS, follow_redirects=True)
    found.get(f"/enter/{gate.new_key()}")
    return found


def _proposed(own: Room, name: str, *, whole: bool) -> Proposed:
    (view,) = tables_in_case(own.ledger, Wanted(name=name))
    return proposed_for(own.case, own.ledger, view, whole=whole)


def fields_of(text: str) -> dict[str, str]:
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text))
    for name, body in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = "" if chosen is None else chosen[1]
    return found


def _shown(text: str) -> set[int]:
    return {int(each) for each in re.findall(r'<input id="p(\d+)"', text)}


def test_columns_of_a_wide_table_stand_on_pages_and_choices_go_along(
    own: Room, client: TestClient
) -> None:
    address = f"/mapping/{_proposed(own, 'wide', whole=False).table.sha256}"
    first = client.get(address).text
    assert _shown(first) == set(range(1, 101))
    fields = fields_of(first) | {"p2": "", "p3": "Person:notes", "o1": "", "title": "A wide list"}
    last = client.post(address, data=fields | {"do": "columns-200", "note": "as seen"}).text
    assert _shown(last) == set(range(201, COLUMNS + 1))
    carried = fields_of(last)
    assert (carried["p2"], carried["p3"], carried["title"]) == ("", "Person:notes", "A wide list")
    assert "as seen" in last
    carried[f"p{COLUMNS}"] = "Person:summary"
    back = client.post(address, data=carried | {"do": "columns-0"}).text
    again = fields_of(back)
    assert (again["p2"], again["p3"]) == ("", "Person:notes")
    assert again[f"p{COLUMNS}"] == "Person:summary"
    wrong = client.post(address, data=carried | {"p205": "Person:wings", "do": "columns-0"})
    assert wrong.status_code == 400
    assert fields_of(wrong.text)["p3"] == "Person:notes"
    assert fields_of(wrong.text)["p205"] == "Person:wings"
    assert client.post(address, data=carried | {"do": "columns-x"}).status_code == 200


def test_a_long_table_is_proposed_from_some_rows_and_says_so(own: Room, client: TestClient) -> None:
    some, every = (_proposed(own, "long", whole=whole) for whole in (False, True))
    assert ROWS > LONG
    assert some.looked_at < 300
    assert every.looked_at == ROWS + 1
    assert some.mapping == every.mapping  # also of the column that is blank for 840 rows
    address = f"/mapping/{some.table.sha256}"
    assert f"Proposed from {some.looked_at} of" in client.get(address).text
    assert "Proposed from" not in client.get(f"{address}?whole=1").text
    assert 'name="whole" value="1"' in client.get(f"{address}?whole=1").text
