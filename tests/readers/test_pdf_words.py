"""Words of a page, each with its own box, paint and place, however many there are."""

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.readers.pdf_view import View
from muniment.readers.pdf_words import PdfWord, words_of
from tests.readers import pdf_samples as made
from tests.readers.samples import line

_COLUMNS, _ROWS = 5, 120  # more words than PDFium is asked about at a time


def words(content: bytes, height: int = 2_000) -> list[PdfWord]:
    document = pypdfium2.PdfDocument(made.saved(made.document(content, height=height)))
    page = document[0]
    text_page = page.get_textpage()
    try:
        return [word for found in words_of(text_page) for word in found.words]
    finally:
        text_page.close()
        page.close()
        document.close()


def test_each_of_many_words_has_its_own_place() -> None:
    """Also those behind the first that are asked about together."""
    at = {
        f"w{row}x{column}": (20 + 75 * column, 1_950 - 16 * row)
        for row in range(_ROWS)
        for column in range(_COLUMNS)
    }
    found = words(b"".join(line(text, x, y) for text, (x, y) in at.items()))
    assert [word.text for word in found] == list(at)
    for word in found:
        assert word.origin == pytest.approx(at[word.text], abs=0.01)
        assert word.box is not None
        left, bottom, right, top = word.box
        assert at[word.text][0] - 1 < left < right < at[word.text][0] + 74
        assert at[word.text][1] - 4 < bottom < top < at[word.text][1] + 14


def test_each_word_is_painted_as_its_own_text_is() -> None:
    """Invisible, white and plain text by turns, on one page."""
    content = b"".join(
        b"1 g " + line(f"white{row}", 20, y) + b"0 g " + line(f"unseen{row}", 120, y, mode=3)
        + line(f"plain{row}", 220, y)
        for row in range(_ROWS)
        for y in [1_950 - 16 * row]
    )  # fmt: skip
    found = words(content)
    assert len(found) == 3 * _ROWS
    for word in found:
        assert (word.white, word.invisible) == (
            word.text.startswith("white"),
            word.text.startswith("unseen"),
        )


def test_a_word_of_several_pieces_has_the_box_of_all() -> None:
    """Set in two fonts' sizes without a gap; the words beside it keep theirs."""
    content = b"BT /F1 12 Tf 20 100 Td (be) Tj /F1 13 Tf (fore) Tj ET " + line("it", 90, 100)
    one, other = words(content, height=200)
    assert (one.text, other.text) == ("before", "it")
    assert one.box is not None
    assert other.box is not None
    assert one.box[2] - one.box[0] > 30
    assert one.box[2] < other.box[0]


_NUMBERS = st.floats(-1_000, 1_000, allow_nan=False)


@given(
    st.sampled_from([0, 90, 180, 270]),
    st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=1, max_size=4),
)
def test_a_point_is_as_far_down_as_the_lower_edge_of_its_box(
    rotation: int, points: list[tuple[float, float]]
) -> None:
    """Whichever way the page is turned."""
    view = View(-3.0, 5.0, 597.0, 847.0, rotation)
    assert view.below_top(points) == [view.shown(x, y, x, y)[3] for x, y in points]
