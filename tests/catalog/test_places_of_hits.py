"""Where a hit stands: as narrow as its source allows, and never beside it."""

import pytest

from muniment.catalog.lookup import _cut
from muniment.catalog.passages import Piece, narrowed
from muniment.core import Chars, Place, TextSpan


@pytest.mark.parametrize(
    ("at", "narrow"),
    {
        "a letter a position": (Chars(10, 15), Chars(11, 13)),
        "escapes in the source": (Chars(10, 40), Chars(10, 40)),
    }.values(),
)
def test_a_hit_is_as_narrow_as_its_source_allows(at: Place, narrow: Place) -> None:
    assert narrowed(Piece(0, 5, at), 1, 3) == narrow


def test_what_stands_at_a_part_of_an_indivisible_place_is_all_of_it() -> None:
    assert _cut(TextSpan(Chars(10, 40), "Café"), Chars(12, 14)) == "Café"
    assert _cut(TextSpan(Chars(10, 14), "Café"), Chars(11, 13)) == "af"
