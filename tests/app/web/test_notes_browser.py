"""Notes in a real browser: written without scripts, clean by axe, narrow enough for a phone."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI

from muniment.app.web import Gate, make_app, open_room
from tests.app.web.conftest import visiting
from tests.app.web.small import FILE, PLACE
from tests.copies import copy_of

TOKEN = "told to scripts"  # noqa: S105 - of a test
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HOSTILE = "<script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">"
ASKED: tuple[dict[str, Any], ...] = (
    {"kind": "note", "target": PLACE, "body": f"{HOSTILE}\nبۇ كىم؟\n再看一遍"},
    {"kind": "tag", "target": PLACE, "body": "first wave"},
    {"kind": "highlight", "target": PLACE},
    {"kind": "search", "body": "Lists", "query": "list", "filters": [["type", "text/csv"]]},
)


@pytest.fixture(scope="module")
def written(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Gate]]:
    """The address of a room in which something was written, and its gate."""
    case = copy_of(small, tmp_path_factory.mktemp("browser") / "case")
    config = uvicorn.Config(
        FastAPI(), host="127.0.0.1", port=0, log_level="critical", access_log=False, lifespan="off"
    )
    listener = config.bind_socket()
    port = listener.getsockname()[1]
    gate = Gate(port, token=TOKEN)
    with open_room(case, "desk-2") as room:
        config.app = make_app(room, gate)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{port}"
        for each in ASKED:
            assert _asked(address, "POST", json=each).status_code == 201
        yield address, gate
        server.should_exit = True
        thread.join(10)
    listener.close()


def _asked(address: str, method: str, **more: Any) -> Any:
    told = {"authorization": f"Bearer {TOKEN}"}
    path = f"{address}/api/v1/annotations"
    return httpx2.request(method, path, headers=told, timeout=60, **more)


@pytest.fixture
def look(chromium: Any, written: tuple[str, Gate]) -> Iterator[Callable[..., Any]]:
    """Open an address of that room."""
    with visiting(chromium, written) as go:
        yield go


def _paths(written: tuple[str, Gate]) -> list[str]:
    found = _asked(written[0], "GET").json()["annotations"]
    names = [each["id"] for each in found if each["kind"] in ("note", "search")]
    places = [f"/notes/at?c={quote(PLACE)}", f"/object/{FILE.hex}", f"/trace?c={quote(PLACE)}"]
    return ["/notes", *places, "/api", *(f"/notes/{name}" for name in names)]


@pytest.mark.parametrize("dark", [False, pytest.param(True, marks=pytest.mark.night)])
def test_axe_finds_nothing_where_something_was_written(
    look: Callable[..., Any], written: tuple[str, Gate], *, dark: bool
) -> None:
    for path in _paths(written):
        page = look(path, dark=dark)
        found = Axe().run(page, options=_RULES).response["violations"]
        told = [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]
        assert told == [], path
        assert page.title() != "run"


def test_no_page_of_notes_scrolls_sideways_on_a_phone(
    look: Callable[..., Any], written: tuple[str, Gate]
) -> None:
    for path in _paths(written):
        page = look(path, width=360)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_is_written_at_its_place_corrected_and_withdrawn(
    look: Callable[..., Any], *, javascript: bool
) -> None:
    page = look(f"/object/{FILE.hex}?at=char%3D0%2C11", javascript=javascript)
    page.get_by_label("A note on this place").fill(f"Typed by hand {javascript}\nin two lines")
    page.get_by_role("button", name="Write the note").click()
    note = page.locator("#notes li").filter(has_text=f"Typed by hand {javascript}")
    note.wait_for()
    note.get_by_role("link", name="its history and citation").click()
    page.get_by_label("Another text").fill(f"Corrected {javascript}")
    page.get_by_role("button", name="Correct").click()
    page.locator(".history").get_by_text(f"Typed by hand {javascript}").wait_for()
    page.get_by_role("button", name="Withdraw").click()
    page.locator("h1").get_by_text("withdrawn").wait_for()
    assert page.get_by_role("button", name="Withdraw").count() == 0


def test_a_tag_is_set_by_keyboard_alone(look: Callable[..., Any]) -> None:
    page = look(f"/notes/at?c={quote(PLACE)}", javascript=False)
    page.get_by_label("Tags, separated by commas").focus()
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    page.locator(".tags-here").get_by_text("by keyboard").wait_for()
