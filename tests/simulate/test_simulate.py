import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from muniment.simulate import SimulationRequest, simulate


def tree_digest(root: Path) -> str:
    """One digest over every path and content below a folder."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*"), key=bytes):
        digest.update(bytes(path.relative_to(root)) + b"\0")
        if path.is_file():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def test_the_same_seed_and_people_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        simulate(SimulationRequest(seed=3, people=200, out=tmp_path / name))
    assert tree_digest(tmp_path / "a") == tree_digest(tmp_path / "b")


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    for seed in (3, 4):
        simulate(SimulationRequest(seed=seed, people=200, out=tmp_path / str(seed)))
    one, other = (tmp_path / name / "truth/people.csv" for name in ("3", "4"))
    assert one.read_bytes() != other.read_bytes()


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(FileExistsError):
        simulate(SimulationRequest(seed=1, people=200, out=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.parametrize("people", [-1, 0, 199, 300_001])
def test_a_number_of_people_out_of_range_is_refused(tmp_path: Path, people: int) -> None:
    with pytest.raises(ValueError, match="between 200 and 300000"):
        simulate(SimulationRequest(seed=1, people=people, out=tmp_path / "out"))


_MEASURED = """
import resource, sys
from pathlib import Path
from muniment.simulate import SimulationRequest, simulate
summary = simulate(SimulationRequest(seed=7, people=300_000, out=Path(sys.argv[1])))
print(summary.people, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.night
def test_a_whole_county_needs_less_than_five_minutes_and_two_gigabytes(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(tmp_path / "county")],
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    people, megabytes = map(int, ran.stdout.split())
    assert people == 300_000
    assert megabytes < 2000
