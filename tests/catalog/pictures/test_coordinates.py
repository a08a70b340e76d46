"""Degrees as written: exact, and no place where none can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog.pictures import Box, degrees, hash_distance, metres, padded

PLACES = {
    ("[39, 30, 0]", "N", "N"): 39.5,
    ("[39, 30, 2953/100]", "N", "N"): 39.508202778,
    ("[515757623/10000000, 0, 0]", "S", "N"): -51.5757623,
    ("[81, 47, 96/25]", "W", "E"): -81.7844,
    ("39,30.75N", "", "N"): 39.5125,
    ("14,27,46W", "", "E"): -14.462777778,
    ("[180, 0, 0]", "E", "E"): 180.0,
    ("[0, 0, 0]", "S", "N"): 0.0,
}
NO_PLACES = {
    "a zero below the line": ("[0/0, 0, 0]", "N", "N"),
    "beyond the pole": ("[90, 0, 1]", "N", "N"),
    "no side": ("[39, 30, 0]", "", "N"),
    "the side of the other axis": ("[39, 30, 0]", "E", "N"),
    "seventy minutes": ("[39, 70, 0]", "N", "N"),
    "below zero": ("[-39, 0, 0]", "N", "N"),
    "four numbers": ("[1, 2, 3, 4]", "N", "N"),
    "digits without end": (f"[{'9' * 100_000}]", "N", "N"),
    "not a number": ("[nan, 0, 0]", "N", "N"),
    "nothing": ("", "", "N"),
}


@pytest.mark.parametrize("case", PLACES)
def test_degrees_are_read_as_written(case: tuple[str, str, str]) -> None:
    assert degrees(*case) == PLACES[case]
    assert str(degrees(*case)) != "-0.0"


@pytest.mark.parametrize("what", NO_PLACES)
def test_what_is_no_place_on_earth_has_no_number(what: str) -> None:
    assert degrees(*NO_PLACES[what]) is None


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 5999), st.sampled_from("NS"))
def test_degrees_minutes_and_seconds_add_up(d: int, m: int, hundredths: int, side: str) -> None:
    found = degrees(f"[{d}, {m}, {hundredths}/100]", side, "N")
    assert found is not None
    assert abs(abs(found) - (d + m / 60 + hundredths / 360_000)) < 1e-9
    assert found * (1 if side == "N" else -1) >= 0


@given(st.text(max_size=60), st.text(max_size=3))
def test_no_text_makes_a_coordinate_fail(written: str, side: str) -> None:
    found = degrees(written, side, "E")
    assert found is None or -180 <= found <= 180
    metres(written, side)


def test_an_altitude_may_be_below_the_sea() -> None:
    assert metres("2175208/1635", "0") == 1330.402
    assert metres("37", "1") == -37.0
    assert metres("1/0", "0") is None


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90))
def test_a_window_around_places_holds_them(x1: float, y1: float, x2: float, y2: float) -> None:
    west, east = sorted((x1, x2))
    south, north = sorted((y1, y2))
    box = padded(west, south, east, north)
    assert box.west <= west
    assert box.south <= south
    assert box.east >= east
    assert box.north >= north


@pytest.mark.parametrize("edges", [(1, 0, 1, 1), (0, 0, 1, 91), (-181, 0, 0, 1), (2, 0, 1, 1)])
def test_what_is_no_window_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="window"):
        Box(*edges)


def test_the_distance_of_two_pictures_is_symmetric_and_not_known_without_both() -> None:
    one, other = bytes(range(256)) * 2 + bytes(64), bytes(reversed(range(256))) * 2 + bytes(64)
    assert hash_distance(one, one) == 0
    assert hash_distance(one, other) == hash_distance(other, one)
    assert hash_distance(one, b"") is None
