"""Pages of facts in a real browser: clean by axe in light and dark, narrow enough for a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe

from muniment.app.web import Gate, open_room
from muniment.catalog.sql import query
from tests.app.cli import muniment, muniment_json, muniment_lines
from tests.app.web.conftest import serving, visiting

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LISTS = {
    "people": "الاسم,Sex,Date of birth,Detained on,Facility\n"
    "ئالىم تۇرسۇن,male,1980-03-05,2017-05-04,Hollow camp\n"
    "Rena Osman,female,1991-02-30,04.03.2017,Dry well prison\n",
    "facilities": "Facility,Type of facility,Latitude,Longitude,Opened,Closed\n"
    "Hollow camp,training centre,40.1,76.2,2016,2018-06\n"
    "Dry well prison,prison,40.4,76.9,1999,\n",
    "orders": "Order No.,Title of order,Date of order,Issued by,Text\n"
    "7,On visits,2017-03-05,County office,Visits end at noon.\n",
}
LETTER = 'On 5 March 2017 the office held 120 people.\n\n"Visits end at noon", said Director Lee.\n'


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[str], str, Gate]]:
    """Addresses of the pages of facts of a room in which something is stated; its own; its gate."""
    folder = tmp_path_factory.mktemp("stated")
    case = _case(folder)
    with open_room(case, "desk-1") as room, serving(room) as (address, gate):
        yield _pages(case), address, gate


def _case(folder: Path) -> Path:
    delivery, case = folder / "delivery", folder / "case"
    delivery.mkdir()
    for name, text in LISTS.items():
        (delivery / f"{name}.csv").write_text(text, "utf-8")
    (delivery / "letter.txt").write_text(LETTER)
    muniment("init", case)
    muniment("intake", case, delivery, "--from", "a test")
    muniment("process", case, "--ocr", "off")
    for name in LISTS:
        muniment("map", "suggest", case, f"{name}.csv", "--out", folder / f"{name}.json")
        muniment("map", "confirm", case, folder / f"{name}.json")
    return case


def _pages(case: Path) -> list[str]:
    sha256 = {each["names"][0]: each["sha256"] for each in muniment_lines("items", case)}
    letter, people = sha256["letter.txt"], sha256["people.csv"]
    (date, *_) = muniment_lines("propose", case, letter)
    muniment("fact", "accept", case, letter, date["id"], "--property", "Order:date")
    asked = {"schema": "Person", "property": "name"}
    where = f"WHERE \"schema\" = '{asked['schema']}'"
    (person, *_) = query(case / "work/tables", f"SELECT entity FROM entities {where}")  # noqa: S608
    mapping = next(each for each in muniment_lines("map", "list", case))["id"]
    assert muniment_json("verify", case)["ok"]
    return [
        "/facts",
        "/facilities",
        "/facilities?on=2017",
        "/timeline",
        "/mappings",
        f"/mapping/{people}",
        f"/mappings/{mapping}/misfits",
        "/totals",
        f"/proposed/{letter}",
        "/state?" + urlencode({"c": date["citation"], "proposal": date["id"]}),
        "/decided",
        f"/entity/{person['entity']}",
        "/statements?" + urlencode(asked),
    ]


@pytest.fixture
def look(chromium: Any, stated: tuple[list[str], str, Gate]) -> Iterator[Callable[..., Any]]:
    """Open an address of that room."""
    with visiting(chromium, stated[1:]) as go:
        yield go


@pytest.mark.parametrize("dark", [False, pytest.param(True, marks=pytest.mark.night)])
def test_axe_finds_nothing_on_pages_of_facts(
    look: Callable[..., Any], stated: tuple[list[str], str, Gate], *, dark: bool
) -> None:
    for path in stated[0]:
        page = look(path, dark=dark)
        assert page.locator("h1").count() == 1, path
        found = Axe().run(page, options=_RULES).response["violations"]
        told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]
        assert told == [], path


def test_no_page_of_facts_scrolls_sideways_on_a_phone(
    look: Callable[..., Any], stated: tuple[list[str], str, Gate]
) -> None:
    for path in stated[0]:
        page = look(path, width=360)
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
