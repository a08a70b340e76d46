"""A simulated leak, and a case made of it, shared by the tests of the command line."""

from pathlib import Path

import pytest

from muniment.simulate import SimulationRequest, simulate
from tests.app.cli import muniment


@pytest.fixture(scope="session")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The delivery of a simulated leak about 200 people."""
    out = tmp_path_factory.mktemp("simulated") / "county"
    return simulate(SimulationRequest(11, 200, out)).leak


@pytest.fixture(scope="session")
def truth(leak: Path) -> Path:
    """The truth about that leak."""
    return leak.parent / "truth"


@pytest.fixture(scope="session")
def case(leak: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case made of it, read; tests that share it change nothing in it."""
    folder = tmp_path_factory.mktemp("shared") / "case"
    muniment("init", folder)
    muniment("intake", folder, leak, "--from", "a drive in the post")
    muniment("process", folder, "--workers", 2)
    return folder
