"""Lines of text among the cells of ruled tables, and ink in cells without lines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.readers.ocr.framing import framed
from muniment.readers.ocr.regions import Box, region_of_box
from muniment.readers.ocr.ruling import Grid, GridCell


def _grid(box: Box) -> Grid:
    return Grid(1, 1, (GridCell(1, 1, 1, 1, region_of_box(box)),))


@pytest.mark.parametrize("box", [(10, 10, 8, 348), (10, 10, 12, 300), (10, 10, 9, 9)])
def test_a_gap_between_two_rules_holds_no_letter(box: Box) -> None:
    picture = np.full((400, 400), 255, np.uint8)
    picture[20:300, 12:16] = 0
    assert framed(picture, (), [_grid(box)]) == []


def test_a_lone_digit_is_found_where_it_stands() -> None:
    picture = np.full((200, 200), 255, np.uint8)
    picture[60:100, 70:76] = 0
    (found,) = framed(picture, (), [_grid((40, 40, 80, 80))])
    assert found.cell == (0, 0)
    left, top, wide, high = found.region.box
    assert (left < 70, left + wide > 76) == (True, True)
    assert (top < 60, top + high > 100) == (True, True)


_sides = st.floats(0, 250)


@given(_sides, _sides, _sides, _sides, st.integers(0, 255))
def test_no_cell_of_any_shape_is_trouble(
    left: float, top: float, wide: float, high: float, seed: int
) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, (200, 200), np.uint8)
    assert len(framed(picture, (), [_grid((left, top, wide, high))])) <= 1
