"""One demo for every page, also where several processes test."""

from pathlib import Path

import pytest

from tests.docs.console import run_demo
from tests.once import Once


@pytest.fixture(scope="session")
def demo(once: Once) -> Path:
    """The folder that `make demo` leaves; nothing may change it."""
    return once.made("demo", run_demo)
