"""What every engine promises, as tests that an engine's own test class inherits."""

from typing import ClassVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muniment.readers.ocr.engine import Engine
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.regions import region_of_box
from tests.readers.ocr import drawn

FINDER = RapidEngine()


class EngineContract:
    """Inherit, and name the engine, a language it reads, and lines in it with their script."""

    engine: ClassVar[Engine]
    language: ClassVar[str]
    script: ClassVar[str]
    lines: ClassVar[tuple[str, ...]]

    @pytest.fixture(autouse=True)
    def _can_read(self) -> None:
        if self.language not in self.engine.languages():
            pytest.skip(f"no model for {self.language} is installed")

    def test_it_reads_what_is_written(self) -> None:
        pixels = drawn.page(self.lines, self.script)
        found = self.engine.read(pixels, FINDER.find(pixels), (self.language,))
        assert drawn.error_rate("".join(self.lines), "".join(x.text for x in found)) < 0.02
        assert all(0 <= line.confidence <= 1 for line in found)
        assert all(self.engine.version in line.source for line in found)

    def test_the_same_picture_gives_the_same_lines(self) -> None:
        pixels = drawn.worn(drawn.page(self.lines[:2], self.script))
        regions = FINDER.find(pixels)
        one = self.engine.read(pixels, regions, (self.language,))
        assert one == type(self.engine)().read(pixels, regions, (self.language,))
        assert [line.region for line in one] == list(regions)

    def test_a_blank_region_gives_nothing(self) -> None:
        pixels = np.full((200, 900), drawn.PAPER, np.uint8)
        (line,) = self.engine.read(pixels, [region_of_box((20, 20, 800, 60))], (self.language,))
        assert (line.text, line.confidence) == ("", 0.0)

    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(
        size=st.tuples(st.integers(1, 60), st.integers(1, 200)),
        box=st.tuples(*[st.integers(-50, 250)] * 2, *[st.integers(0, 300)] * 2),
        seed=st.integers(0, 1_000),
    )
    def test_no_pixels_and_no_region_make_it_raise(
        self, size: tuple[int, int], box: tuple[int, int, int, int], seed: int
    ) -> None:
        pixels = np.random.default_rng(seed).integers(0, 256, size, np.uint8)
        (line,) = self.engine.read(pixels, [region_of_box(box)], (self.language,))
        assert 0 <= line.confidence <= 1
