"""A case of files that a page has to show, open as a room."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from tests.app.cli import muniment
from tests.app.web.conftest import ADDRESS, PORT, serving, visiting
from tests.app.web.document.files import write_files
from tests.once import Once


@pytest.fixture(scope="session")
def delivered(once: Once) -> Path:
    """The files as they were handed over."""
    return once.made("delivered", write_files)


@pytest.fixture(scope="session")
def awkward_case(delivered: Path, once: Once) -> Path:
    """A case made of them; tests that share it change nothing in it."""

    def make(case: Path) -> None:
        muniment("init", case)
        muniment("intake", case, delivered, "--from", "<b>a drive</b>")
        muniment("process", case, "--workers", 1, "--ocr", "off")

    return once.copied("awkward", make)


@pytest.fixture(scope="session")
def awkward(awkward_case: Path) -> Iterator[Room]:
    """The room of that case."""
    with open_room(awkward_case, "desk-2") as room:
        yield room


@pytest.fixture
def inside(awkward: Room) -> TestClient:
    """Somebody who came into that room."""
    gate = Gate(PORT)
    client = TestClient(make_app(awkward, gate), ADDRESS, follow_redirects=True)
    assert client.get(f"/enter/{gate.new_key()}").status_code < 500
    return client


@pytest.fixture(scope="session")
def awkward_served(awkward: Room) -> Iterator[tuple[str, Gate]]:
    """The address of that room on a real port, and its gate."""
    with serving(awkward) as served:
        yield served


@pytest.fixture
def awkward_visit(chromium: Any, awkward_served: tuple[str, Gate]) -> Iterator[Callable[..., Any]]:
    """Open an address of that room in a browser; see `visit`."""
    with visiting(chromium, awkward_served) as go:
        yield go


class Names:
    """Digests of the delivered files by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str) -> str:
        return hashlib.sha256((self._folder / name).read_bytes()).hexdigest()


@pytest.fixture(scope="session")
def sha256(delivered: Path) -> Names:
    """The SHA-256 of a delivered file."""
    return Names(delivered)
