"""Tables found among words and rules; no format is needed for it."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muniment.readers.page_table import parted
from muniment.readers.page_table_records import Rule, Sheet, Table, Word

_ADVANCE = 6.0  # a letter's width


def written(text: str, left: float, baseline: float, line: int = 0) -> list[Word]:
    """The words of a text in letters of ten points."""
    words = []
    for part in text.split(" "):
        right = left + _ADVANCE * len(part)
        words.append(Word(part, left, baseline - 8, right, baseline, baseline, 10.0, line))
        left = right + 3
    return words


def table_words(rows: Sequence[Sequence[str]], wide: float = 100, high: float = 15) -> list[Word]:
    return [
        word
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text != ""
        for word in written(text, 50 + wide * column, 100 + high * row, row)
    ]


def frame(rows: int, columns: int, wide: float = 100, high: float = 15) -> list[Rule]:
    left, top = 45.0, 89.0
    across = [Rule(True, top + high * n, left, left + wide * columns) for n in range(rows + 1)]
    down = [Rule(False, left + wide * n, top, top + high * rows) for n in range(columns + 1)]
    return across + down


def found(words: Sequence[Word], rules: Sequence[Rule] = ()) -> list[Table]:
    return list(parted(Sheet(600, 800, tuple(words), tuple(rules))).tables)


def texts(table: Table) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in table.cells]


FIGURES = [
    ("Place", "1957", "1958"),
    ("North end", "10", "11"),
    ("South", "20", "22"),
    ("East", "3", "4"),
]
WHOLE = [(r, c, t) for r, row in enumerate(FIGURES) for c, t in enumerate(row)]


def test_figures_in_columns_are_a_table_without_any_rule() -> None:
    (table,) = found(table_words(FIGURES))
    assert texts(table) == WHOLE
    assert (table.rows, table.columns, table.head) == (4, 3, 1)


def test_a_ruled_table_may_hold_words_alone() -> None:
    words = [("a name", "a place"), ("one", "two words"), ("three", "four")]
    (table,) = found(table_words(words), frame(3, 2))
    assert texts(table) == [(r, c, t) for r, row in enumerate(words) for c, t in enumerate(row)]


def test_words_alone_set_in_two_columns_are_none() -> None:
    assert (
        found(table_words([("a name", "a place"), ("one", "two words"), ("three", "four")])) == []
    )


def test_a_cell_over_two_columns_spans_them() -> None:
    rules = [rule for rule in frame(3, 3) if not (not rule.horizontal and rule.at == 245.0)]
    rules += [Rule(False, 245.0, 104.0, 134.0)]
    words = written("both", 185, 100) + table_words([(), ("a", "1", "2"), ("b", "3", "4")])
    (table,) = found(words, rules)
    assert [(c.row, c.column, c.last_column, c.text) for c in table.cells][:2] == [
        (0, 1, 2, "both"),
        (1, 0, 0, "a"),
    ]


def test_lines_of_one_ruled_cell_are_one_text() -> None:
    words = written("first part", 50, 100) + written("second part", 50, 112)
    words += written("12", 150, 106) + written("a", 50, 130) + written("1", 150, 130)
    rules = [Rule(True, y, 45, 245) for y in (89, 118, 136)]
    rules += [Rule(False, x, 89, 136) for x in (45, 145, 245)]
    (table,) = found(words, rules)
    assert texts(table) == [
        (0, 0, "first part second part"),
        (0, 1, "12"),
        (1, 0, "a"),
        (1, 1, "1"),
    ]


def test_a_heading_in_the_middle_of_two_columns_spans_them() -> None:
    rows = [
        ("", "men", "women", "men", "women"),
        ("a", "1", "2", "3", "4"),
        ("b", "5", "6", "7", "8"),
    ]
    words = table_words([(), *rows, ("c", "9", "8", "7", "6")], wide=60)
    words += written("1957", 137, 100) + written("1958", 257, 100)
    (table,) = found(words)
    spans = {cell.text: (cell.column, cell.last_column) for cell in table.cells if cell.row == 0}
    assert spans == {"1957": (1, 2), "1958": (3, 4)}


def test_broken_off_text_stays_in_its_cell() -> None:
    words = table_words(
        [("the northern", "1", "2"), ("South", "3", "4"), ("East", "5", "6")], high=24
    )
    words += written("district", 50, 112)
    (table,) = found(words)
    assert texts(table)[0] == (0, 0, "the northern district")
    assert table.rows == 3


def test_two_tables_on_a_page_are_two() -> None:
    below = [
        Word(
            w.text,
            w.left,
            w.top + 300,
            w.right,
            w.bottom + 300,
            w.baseline + 300,
            w.size,
            50 + w.line,
        )
        for w in table_words(FIGURES)
    ]
    assert len(found([*table_words(FIGURES), *below])) == 2


SENTENCE = "the commission then heard of the matter from those who had been there"
PROSE = {
    "one column": [w for n in range(20) for w in written(SENTENCE, 50, 100 + 12 * n, n)],
    "two columns": [
        w
        for n in range(20)
        for left in (30, 320)
        for w in written(SENTENCE[:40].strip(), left, 100 + 12 * n, n)
    ],
    "a list of terms": [
        w
        for n in range(9)
        for w in written("TERM", 50, 100 + 12 * n, n) + written(SENTENCE, 130, 100 + 12 * n, n)
    ],
    "contents": [
        w
        for n in range(9)
        for w in written(f"Chapter {n} ...............", 50, 100 + 12 * n, n)
        + written(str(3 + 7 * n), 400, 100 + 12 * n, n)
    ],
    "the scale of a chart": [
        w
        for n in range(6)
        for w in written(str(60 - 10 * n), 50, 100 + 30 * n, n)
        + written(str(6 - n), 500, 100 + 30 * n, n)
    ],
    "nothing": [],
}


@pytest.mark.parametrize("sort", PROSE)
def test_what_is_no_table_is_none(sort: str) -> None:
    assert found(PROSE[sort]) == []


def test_a_frame_round_prose_is_no_table() -> None:
    words = [w for n in range(8) for w in written(SENTENCE, 50, 100 + 12 * n, n)]
    assert found(words, frame(1, 1, wide=500, high=120)) == []


def test_text_from_right_to_left_keeps_its_order_and_counts_columns_from_the_right() -> None:
    rows = [
        ("1958", "1957", "مكان"),
        ("11", "10", "الشمال"),
        ("22", "20", "الجنوب"),
        ("4", "3", "شرق"),
    ]
    (table,) = found(table_words(rows))
    assert [t for r, c, t in texts(table) if r == 1] == ["الشمال", "10", "11"]


_PLACES = st.floats(0, 600, allow_nan=False)
_WORDS = st.builds(
    lambda text, x, y, wide, line: Word(text, x, y - 8, x + wide, y, y, 10, line),
    st.sampled_from(["a", "12", "1,5", "word", "-", "....", "$", "名字"]),
    _PLACES, _PLACES, st.floats(0, 90), st.integers(0, 9),
)  # fmt: skip
_RULES = st.builds(
    lambda flat, at, start, length: Rule(flat, at, start, start + length),
    st.booleans(), _PLACES, _PLACES, st.floats(0, 500),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(words=st.lists(_WORDS, max_size=60), rules=st.lists(_RULES, max_size=30))
def test_no_word_is_in_two_cells_and_no_two_cells_in_one_place(
    words: list[Word], rules: list[Rule]
) -> None:
    tables = found(words, rules)
    held = [index for table in tables for cell in table.cells for index in cell.words]
    assert len(held) == len(set(held))
    for table in tables:
        starts = [(cell.row, cell.column) for cell in table.cells]
        assert len(starts) == len(set(starts))
        assert all(cell.row <= cell.last_row < table.rows for cell in table.cells)
        assert all(cell.column <= cell.last_column < table.columns for cell in table.cells)
