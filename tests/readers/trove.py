"""Real files beside the project, for tests that are skipped where they are not."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_DATA = Path(os.environ.get("MUNIMENT_DATA", _ROOT.parent / "shared" / "data"))
TROVE = _DATA / "trove" / "tika"


def trove(name: str) -> str:
    """The path of one of the files of Apache Tika's tests."""
    path = TROVE / name
    if not path.exists():
        pytest.skip(f"{name} is not at {TROVE}; set MUNIMENT_DATA")
    return str(path)
