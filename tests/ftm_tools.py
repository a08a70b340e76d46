"""The real programs of FollowTheMoney, which live in an environment of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PYTHON = Path(sys.prefix) / "ftm/bin/python"


def require_ftm() -> None:
    """Skip where the programs are not installed."""
    if not PYTHON.exists():
        pytest.skip("followthemoney is not installed in .venv/ftm; tools/prepare_tests.sh does it")


def ask_ftm(script: str, given: Any = None, model: Path | None = None) -> Any:
    """What a script prints as JSON in that environment; `given` is its standard input as JSON."""
    require_ftm()
    done = _run(["-c", script], model, json.dumps(given))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def both_models(own: Path, target: Path) -> Path:
    """A folder with FollowTheMoney's schemata and these, as the export's README says."""
    require_ftm()
    (theirs,) = (PYTHON.parents[1] / "lib").glob("python3*/site-packages/followthemoney/schema")
    target.mkdir()
    for path in [*theirs.iterdir(), *own.iterdir()]:
        (target / path.name).write_bytes(path.read_bytes())
    return target


def _run(
    arguments: list[str], model: Path | None, given: str = ""
) -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if not name.startswith("FTM_")}
    if model is not None:
        around["FTM_MODEL_PATH"] = str(model)
    return subprocess.run(
        [str(PYTHON), *arguments],
        input=given,
        env=around,
        capture_output=True,
        text=True,
        check=False,
    )
