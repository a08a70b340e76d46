"""Real files, broken at random: every reader ends in a state, in its time, without a crash.

- Seeds are the trove's files; a mutation cuts, flips, repeats, swaps or grafts bytes of another.
- The choice follows a seed that is printed, so that a failure can be made again:
  `MUNIMENT_FUZZ_SEED=7 MUNIMENT_FUZZ_S=600 pytest tests/quality/test_mutations.py -m night`.
"""

import hashlib
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from muniment.core import Problem, State
from muniment.readers import Limits
from tests.quality.measure import CRASHES
from tests.quality.recall import files, trove
from tests.readers.contract import read_bytes

_LIMITS = Limits(time_s=60, child_bytes=1 << 28)
_LARGEST_SEED = 300_000  # bytes
_GATE_S = 8.0
_NIGHT_S = float(os.environ.get("MUNIMENT_FUZZ_S", "900"))
_SEED = int(os.environ.get("MUNIMENT_FUZZ_SEED", "1969"))


def cut(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def extreme(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """A number becomes a very large, a negative or a zero one: lengths, counts and offsets."""
    width = chance.choice((2, 4, 8))
    at = chance.randrange(len(data))
    value = chance.choice((b"\xff", b"\x00", b"\x7f", b"\x80")) * width
    return data[:at] + value + data[at + width :]


def repeat(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    piece = data[at : at + chance.randrange(1, 2_000)]
    return data[:at] + piece * chance.randrange(2, 40) + data[at:]


def drop(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 2_000) :]


def graft(data: bytes, other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    start = chance.randrange(len(other))
    return data[:at] + other[start : start + chance.randrange(1, 5_000)] + data[at:]


MUTATIONS: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    *(cut, flip, flip, extreme, extreme),
    *(repeat, drop, graft),
)


@pytest.fixture
def seeds() -> list[Path]:
    folder = trove()
    if not folder.is_dir():
        pytest.skip(f"no real files at {folder}; set MUNIMENT_DATA to the folder above trove/tika")
    return [path for path in files(folder) if 0 < path.stat().st_size < _LARGEST_SEED]


def attack(seeds: list[Path], folder: Path, seed: int, seconds: float) -> tuple[int, list[str]]:
    """Mutate and read for so long: how many were read, and what went wrong, to be made again."""
    chance = random.Random(seed)
    failed: list[str] = []
    tried = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        path, other = chance.choice(seeds), chance.choice(seeds)
        mutation = chance.choice(MUTATIONS)
        data = mutation(path.read_bytes(), other.read_bytes(), chance)
        tried += 1
        reading, parts, _ = read_bytes(data, folder, _LIMITS)
        codes = {part.code for part in parts if isinstance(part, Problem)}
        if codes & (CRASHES | {"timeout"}) or reading.state is State.PENDING:
            digest = hashlib.sha256(data).hexdigest()[:12]
            kept = folder / f"failed-{digest}"
            kept.write_bytes(data)
            failed.append(f"{path.name} {mutation.__name__} ({reading.reason}): {kept}")
    return tried, failed


def test_broken_real_files_crash_nothing(seeds: list[Path], tmp_path: Path) -> None:
    tried, failed = attack(seeds, tmp_path, _SEED, _GATE_S)
    assert tried > 0
    assert failed == []


@pytest.mark.night
@pytest.mark.timeout(7_200)
def test_many_broken_real_files_crash_nothing(seeds: list[Path], tmp_path: Path) -> None:
    seed = _SEED + int(time.time()) // 86_400  # another choice every day
    tried, failed = attack(seeds, tmp_path, seed, _NIGHT_S)
    assert failed == [], f"{len(failed)} of {tried}, with seed {seed}"


def test_every_mutation_changes_or_shortens_and_never_fails() -> None:
    chance = random.Random(1)
    for mutation in MUTATIONS:
        for data in (b"a", b"ab" * 4_000):
            assert isinstance(mutation(data, b"other", chance), bytes)
