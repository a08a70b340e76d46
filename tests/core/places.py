"""Strategies for places and citations, for every test that needs one."""

from hypothesis import strategies as st

from muniment.core import (
    Area,
    CellArea,
    Chars,
    Citation,
    Digest,
    Element,
    Field,
    Member,
    Place,
    Span,
    Whole,
)

COUNT = st.integers(1, 10**9)
OFFSET = st.integers(0, 10**12)
LENGTH = st.decimals(0, 10**6, places=2).map(float)
# Any code point, lone surrogates too: real names have them.
NAME = st.text(st.characters(), max_size=20)


def _ordered(numbers: tuple[int, int]) -> tuple[int, int]:
    return (min(numbers), max(numbers))


RANGE = st.tuples(OFFSET, OFFSET).map(_ordered)
BOX = st.tuples(LENGTH, LENGTH, LENGTH, LENGTH)
AREAS = st.builds(Area, COUNT) | st.builds(Area, st.none() | COUNT, BOX)
CELLS = st.builds(
    lambda row, column, sheet, down, right: CellArea(
        row, column, sheet, row + down, column + right
    ),
    COUNT,
    COUNT,
    st.none() | NAME,
    st.integers(0, 5),
    st.integers(0, 5),
)
SECTIONS = st.lists(st.integers(1, 99), min_size=1, max_size=4).map(
    lambda numbers: ".".join(map(str, numbers))
)
CHARS = st.builds(lambda r, section: Chars(*r, section), RANGE, st.none() | SECTIONS)
ELEMENTS = st.builds(
    Element,
    NAME,
    st.lists(COUNT, min_size=1, max_size=6).map(tuple),
    st.none() | RANGE,
)
FIELDS = st.builds(Field, NAME, COUNT)
MEMBERS = st.builds(Member, OFFSET)
SPANS = st.builds(
    lambda r: Span(r[0] / 1000, r[1] / 1000),
    st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(_ordered),
)
PLACES: st.SearchStrategy[Place] = st.one_of(
    st.just(Whole()), AREAS, CELLS, CHARS, ELEMENTS, FIELDS, MEMBERS, SPANS
)
CITATIONS = st.builds(Citation, st.binary(min_size=32, max_size=32).map(Digest), PLACES)
