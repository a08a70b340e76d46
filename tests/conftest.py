"""What every test shares: Hypothesis profiles, and where real material lies."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.once import Once

ROOT = Path(__file__).parents[1]

# As the command line does: where tests fill the cores, threads of the linear algebra wait for one
# another ten times as long as they work. Before NumPy is loaded, which no import above does.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("dev", max_examples=50, deadline=None)
# The gate judges a change by the same examples each time; new ones are looked for at night, and by
# whoever works on it.
settings.register_profile("ci", max_examples=50, deadline=None, derandomize=True)
settings.register_profile(
    "night", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") is not None else "dev")
)


@pytest.fixture(scope="session")
def real_material() -> Path:
    """The folder of real files, where there is one."""
    folder = Path(os.environ.get("MUNIMENT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real material at {folder}; set MUNIMENT_DATA to its folder")
    return folder


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Makes what is costly once, also where several processes test."""
    return Once(tmp_path_factory, worker_id)
