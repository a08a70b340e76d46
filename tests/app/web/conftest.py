"""The reading room over a processed simulated case: asked in-process, and by a real browser.

- `client` is already let in; `stranger` is not.
- `visit` opens an address in Debian's Chromium, with or without JavaScript, against a real server.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from tests.app.web.small import small_case
from tests.once import Once

PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
SCRIPTS = "told to scripts"


@pytest.fixture(scope="session")
def room(case: Path) -> Iterator[Room]:
    """The room of the shared case; tests that share it change nothing in it."""
    with open_room(case, "desk-2") as opened:
        yield opened


@pytest.fixture(scope="session")
def small(once: Once) -> Path:
    """A small case, read; whoever writes in one writes in a copy of it."""
    return once.made("small", small_case) / "case"


@pytest.fixture(scope="session")
def gate() -> Gate:
    """The gate of the shared room, for scripts too."""
    return Gate(PORT, token=SCRIPTS)


@pytest.fixture(scope="session")
def application(room: Room, gate: Gate) -> FastAPI:
    """The application over the shared case."""
    return make_app(room, gate)


@pytest.fixture
def stranger(application: FastAPI) -> TestClient:
    """Somebody without a link."""
    return TestClient(application, ADDRESS, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def client(application: FastAPI, gate: Gate) -> TestClient:
    """Somebody who came in by the link."""
    inside = TestClient(application, ADDRESS, follow_redirects=True)
    answer = inside.get(f"/enter/{gate.new_key()}")
    assert answer.status_code == 200
    return inside


@contextmanager
def serving(room: Room) -> Iterator[tuple[str, Gate]]:
    """The address of a room on a real port, and its gate."""
    config = uvicorn.Config(
        FastAPI(), host="127.0.0.1", port=0, log_level="error", access_log=False, lifespan="off"
    )
    listener = config.bind_socket()
    gate = Gate(listener.getsockname()[1])
    config.app = make_app(room, gate)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    _wait_for(address)
    yield address, gate
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture(scope="session")
def served(room: Room) -> Iterator[tuple[str, Gate]]:
    """The shared room on a real port."""
    with serving(room) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; a driver that ended takes one module with it."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium on this machine; Debian: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=program, args=root)
        yield browser
        if browser.is_connected():
            browser.close()


@contextmanager
def visiting(chromium: Any, served: tuple[str, Gate]) -> Iterator[Callable[..., Any]]:
    """Open addresses of a room in a browser that came in by the link."""
    address, gate = served
    contexts = []

    def go(path: str, *, javascript: bool = True, width: int = 1280, dark: bool = False) -> Any:
        context = chromium.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/enter/{gate.new_key()}")
        page.goto(address + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def visit(chromium: Any, served: tuple[str, Gate]) -> Iterator[Callable[..., Any]]:
    """Open an address in a browser that came in by the link; `javascript=False` switches it off."""
    with visiting(chromium, served) as go:
        yield go


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            httpx2.get(address)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the room did not open")
