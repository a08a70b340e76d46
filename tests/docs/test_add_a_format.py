"""The walk in docs/how-to/add-a-format.md is applied as written and keeps the contract."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "how-to" / "add-a-format.md"
_BLOCK = re.compile(r"^```(python|diff) title=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def apply_diff(path: Path, diff: str) -> None:
    """Insert each added line after the line of context above it."""
    lines = path.read_text().splitlines()
    position = -1
    for line in diff.splitlines():
        if line.startswith("+"):
            position += 1
            lines.insert(position, line[1:])
        else:
            assert lines.count(line[1:]) == 1, f"the page names a line that is not there: {line}"
            position = lines.index(line[1:])
    path.write_text("\n".join(lines) + "\n")


def test_the_walk_of_adding_a_format_works_as_written(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(_ROOT / "src", tmp_path / "src", ignore=ignored)
    shutil.copytree(_ROOT / "tests" / "readers", tmp_path / "tests" / "readers", ignore=ignored)
    shutil.copy(_ROOT / "pyproject.toml", tmp_path)
    for kind, title, content in _BLOCK.findall(_PAGE.read_text()):
        if kind == "diff":
            apply_diff(tmp_path / title, content)
        else:
            (tmp_path / title).write_text(content)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run(
        [*command, "tests/readers/test_subtitles.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
