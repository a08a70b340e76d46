"""The pages in a real browser: clean by axe, usable without scripts, nothing asked of elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

MAIN = (
    "/",
    "/search?q=police",
    "/files",
    "/tables",
    "/mail",
    "/images",
    "/map",
    "/notes",
    "/problems",
    "/locked",
    "/work",
)
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("path", MAIN)
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(visit: Callable[..., Any], path: str, *, dark: bool) -> None:
    page = visit(path, dark=dark)
    found = Axe().run(page, options=_RULES).response["violations"]
    told = [
        (each["id"], each["help"], [node["html"][:160] for node in each["nodes"]][:3])
        for each in found
    ]
    assert told == []


@pytest.mark.parametrize("path", MAIN)
@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_never_scrolls_the_page_sideways(
    visit: Callable[..., Any], path: str, *, javascript: bool
) -> None:
    page = visit(path, javascript=javascript, width=360)
    assert page.locator("h1").count() == 1
    if javascript:
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360
