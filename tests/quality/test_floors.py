"""Nothing crashes, nothing is silently empty, and recall does not fall below what was reached."""

import hashlib
from pathlib import Path

import pytest

from muniment.simulate import SimulationRequest, simulate
from tests.quality import floors as pinned
from tests.quality.measure import Row, measure
from tests.quality.recall import files, trove
from tests.quality.tokens import found, tokens

_SAMPLE = 16  # files
_SMALL = 100_000  # bytes, of a file in the sample


@pytest.fixture
def material() -> Path:
    folder = trove()
    if not folder.is_dir():
        pytest.skip(f"no real files at {folder}; set MUNIMENT_DATA to the folder above trove/tika")
    pytest.importorskip("extractous", reason="the extra `tika` is the oracle, and not installed")
    return folder


def sample(folder: Path) -> list[Path]:
    """A few small files, the same ones every time, whatever else is in the folder."""
    small = [path for path in files(folder) if path.stat().st_size < _SMALL]
    return sorted(small, key=lambda path: hashlib.sha256(path.name.encode()).digest())[:_SAMPLE]


def test_a_sample_of_real_files_keeps_the_floors(material: Path, tmp_path: Path) -> None:
    rows = list(measure(sample(material), material, tmp_path))
    assert pinned.failures(rows, pinned.load(), whole=False) == []


@pytest.mark.night
@pytest.mark.timeout(7_200)
def test_every_real_file_keeps_the_floors(material: Path, tmp_path: Path) -> None:
    rows = list(measure(files(material), material, tmp_path))
    assert pinned.failures(rows, pinned.load(), whole=True) == []


@pytest.mark.night
@pytest.mark.timeout(7_200)
def test_the_simulated_leak_keeps_the_floors(tmp_path: Path) -> None:
    leak = simulate(SimulationRequest(11, 60, tmp_path / "county")).leak
    rows = list(measure(files(leak), leak, tmp_path / "work"))
    assert pinned.failures(rows, pinned.load(), whole=False) == []


def row(name: str = "a.txt", **told: object) -> Row:
    known = {
        "format": "txt",
        "state": "read",
        "reason": "",
        "codes": (),
        "objects": 1,
        "theirs": 100,
        "found": 100,
        "locked": False,
        "silently_empty": False,
    }
    return Row(name=name, **{**known, **told})


BELOW = {
    "a crash": row(codes=("reader-crashed",)),
    "a silent emptiness": row(state="empty", reason="nothing in it", silently_empty=True),
    "no reason": row(state="refused"),
    "a locked file that is not named so": row(name="locked.doc"),
    "less found than before": row(found=90),
}
_FLOORS = pinned.Floors(pooled=0.99, formats={"txt": 0.99}, locked=["locked.doc"])


@pytest.mark.parametrize("sort", BELOW)
def test_what_falls_below_is_said(sort: str) -> None:
    assert len(pinned.failures([BELOW[sort]], _FLOORS, whole=True)) > 0


def test_what_keeps_the_floors_is_silent() -> None:
    kept = [row(), row(name="locked.doc", state="locked", reason="a password", locked=True)]
    assert pinned.failures(kept, _FLOORS, whole=True) == []
    excused = pinned.Floors(may_be_empty={"a.txt": "it holds a drawing alone"})
    empty = row(state="empty", reason="nothing in it", silently_empty=True)
    assert pinned.failures([empty], excused, whole=False) == []


def test_tokens_are_words_and_single_chinese_characters() -> None:
    assert dict(tokens(["在押 List-12, ﬁle LIST"])) == {
        "在": 1,
        "押": 1,
        "list": 2,
        "12": 1,
        "file": 1,
    }


def test_a_token_is_found_as_often_as_it_is_sought() -> None:
    assert found(tokens(["a a b"]), tokens(["a"])) == 2
