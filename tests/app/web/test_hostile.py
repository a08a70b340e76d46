"""A case made to attack its reader, shown in a real browser with scripts on: nothing runs or leaks.

- The crawl is done by the browser: what it would load or run, it loads or runs.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, make_app, open_room
from tests.app.cli import muniment
from tests.app.web import hostile_case
from tests.app.web.conftest import ADDRESS, PORT, serving
from tests.app.web.spider import crawl

_STARTS = ("/", "/search?q=police", "/files", "/tables", "/mail", "/images", "/problems")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of hostile texts, read."""
    folder = tmp_path_factory.mktemp("hostile")
    leak = hostile_case.write(folder / "leak")
    muniment("init", folder / "case")
    muniment("intake", folder / "case", leak, "--from", hostile_case.ATTACKS[0])
    muniment("process", folder / "case", "--ocr", "off")
    return folder / "case"


@pytest.fixture
def inside(attacked: Path) -> Iterator[TestClient]:
    """Somebody who came in."""
    with open_room(attacked, "desk-2") as room:
        gate = Gate(PORT)
        client = TestClient(make_app(room, gate), ADDRESS)
        client.get(f"/enter/{gate.new_key()}")
        yield client


def test_nothing_runs_and_nothing_is_asked_of_elsewhere(attacked: Path, chromium: Any) -> None:
    asked, ran, loud = [], [], []
    with open_room(attacked, "desk-2") as room, serving(room) as (address, gate):
        page = chromium.new_context().new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: loud.append(str(error)))
        page.goto(f"{address}/enter/{gate.new_key()}")

        def fetch(link: str) -> str | None:
            if not link.startswith(address) or "/static/" in link or ".csv" in link:
                return None
            answer = page.request.get(link)
            if not answer.headers.get("content-type", "").startswith("text/html"):
                return None
            page.goto(link)
            if page.title() == "ran":
                ran.append(link)
            return str(page.content())

        reached = sum(
            1 for start in _STARTS for _ in crawl(address + start, fetch, of_each=2, most=40)
        )
    outside = [url for url in asked if urlsplit(url).netloc != urlsplit(address).netloc]
    assert (ran, loud, outside) == ([], [], [])
    assert reached > len(_STARTS)


def test_no_attack_stands_in_a_page_as_it_was_written(inside: TestClient) -> None:
    found = []

    def fetch(link: str) -> str | None:
        if not link.startswith(ADDRESS):
            return None
        answer = inside.get(link)
        if not answer.headers["content-type"].startswith("text/html"):
            return None
        found.extend(
            (link, attack)
            for attack in hostile_case.ATTACKS
            if "<" in attack and attack in answer.text
        )
        found.extend((link, "direction") for _ in range(answer.text.count("\u202e")))
        found.extend((link, "template") for _ in range(answer.text.count("49{% raise")))
        return answer.text

    for start in _STARTS:
        list(crawl(ADDRESS + start, fetch, of_each=3, most=100))
    assert found == []


@pytest.mark.parametrize(
    "path",
    [
        "/static/../templates/base.html",
        "/static/%2e%2e/room.py",
        "/static/..%2f..%2fmain.py",
        "/object/..%2f..%2f..%2fetc%2fpasswd",
        "/object/" + "a" * 65,
        "/raster/../../etc/passwd",
        "/plot/..%2f..%2fkeys%2fsigning.pem-light.svg",
        "/search?q=" + "a" * 60_000,
        "/search?q=" + "(" * 1_500,
        "/search?q=" + "%22a*" * 400,
        "/search?q=(a%2B)%2B%24&page=999999999999999999999",
        "/search?q=%00%ff",
        "/at?c=ni:///sha-256;AAAA%0d%0aSet-Cookie:a=b",
        "/at?c=http://outside.example/",
        "/trace?c=" + "x" * 5_000,
        "/table/" + "0" * 64 + "?sheet=%00",
        "/files?state=%27%3B%20DROP%20TABLE%20objects%3B--",
        "/mail?from=%25%25%25&page=-1",
        "/images?page=1e9",
    ],
)
def test_a_hostile_address_ends_in_a_clear_page(inside: TestClient, path: str) -> None:
    answer = inside.get(path, follow_redirects=False)
    assert answer.status_code in (200, 303, 307, 400, 403, 404, 414, 422)
    assert "Traceback" not in answer.text
    assert "root:" not in answer.text
    assert "set-cookie" not in answer.headers
    if answer.status_code in (303, 307):
        assert answer.headers["location"].startswith("/")
