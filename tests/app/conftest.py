"""A simulated leak, and a case made of it, shared by the tests of the command line."""

from pathlib import Path

import pytest

from muniment.simulate import SimulationRequest, simulate
from tests.app.cli import muniment
from tests.once import Once


@pytest.fixture(scope="session")
def leak(once: Once) -> Path:
    """The delivery of a simulated leak about 200 people."""

    def make(folder: Path) -> None:
        simulate(SimulationRequest(11, 200, folder / "county"))

    return once.made("simulated", make) / "county" / "leak"


@pytest.fixture(scope="session")
def truth(leak: Path) -> Path:
    """The truth about that leak."""
    return leak.parent / "truth"


@pytest.fixture(scope="session")
def case(leak: Path, once: Once) -> Path:
    """A case made of it, read; tests that share it change nothing in it."""

    def make(folder: Path) -> None:
        folder.mkdir()
        muniment("init", folder / "case")
        muniment("intake", folder / "case", leak, "--from", "a drive in the post")
        muniment("process", folder / "case", "--workers", 2)

    return once.copied("shared", make) / "case"
