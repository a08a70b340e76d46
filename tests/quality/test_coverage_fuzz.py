"""Our own parsers under a fuzzer that follows coverage: at night, where it is installed."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="atheris is not installed here: Linux and CPython to 3.13")
_ROOT = Path(__file__).parents[2]
_SECONDS = os.environ.get("MUNIMENT_FUZZ_TARGET_S", "30")
_SLACK_S = 240  # of a busy machine: instrumenting takes half a minute
_COMMAND = [sys.executable, "-m", "tests.quality.coverage_fuzz"]


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{_ROOT / 'src'}:{_ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=float(_SECONDS) + _SLACK_S,
    )


@pytest.mark.night
@pytest.mark.timeout(7_200)
def test_no_parser_of_ours_raises_on_any_bytes(tmp_path: Path) -> None:
    listed = run(folder=tmp_path)
    assert listed.returncode == 0, listed.stderr
    targets = listed.stdout.split()
    random.shuffle(targets)
    failed = {}
    for target in targets:
        done = run(target, _SECONDS, folder=tmp_path)
        if done.returncode != 0:
            failed[target] = done.stderr[-2_000:]
    assert failed == {}
