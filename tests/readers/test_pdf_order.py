"""The order in which the lines of a page are read."""

from muniment.readers.page_table_records import Sheet, Word
from muniment.readers.pdf_order import stretches_of


def word(text: str, x: float, y: float, line: int) -> Word:
    return Word(text, x, y - 10, x + 30, y, y, 10.0, line)


def read(*words: Word) -> list[str]:
    sheet = Sheet(600, 800, words)
    stretches = stretches_of(sheet, range(len(words)))
    return [" ".join(words[index].text for index in one.words) for one in stretches]


def test_lines_that_are_stored_in_order_stay_in_it() -> None:
    """A second column begins above where the first one ends."""
    left = [word(f"l{n}", 50, 100 + 12 * n, n) for n in range(4)]
    right = [word(f"r{n}", 300, 100 + 12 * n, 4 + n) for n in range(4)]
    assert read(*left, *right) == ["l0", "l1", "l2", "l3", "r0", "r1", "r2", "r3"]


def test_lines_that_are_stored_from_below_are_read_from_above() -> None:
    lines = [word(f"n{n}", 50, 200 - 12 * n, n) for n in range(6)]
    assert read(*lines) == ["n5", "n4", "n3", "n2", "n1", "n0"]


def test_writing_that_runs_down_is_read_from_the_right() -> None:
    columns = [
        Word(text * 3, 50 + 40 * n, 140, 62 + 40 * n, 200, 200, 10.0, n)
        for n, text in enumerate("末中初")
    ]
    assert read(*columns) == ["初初初", "中中中", "末末末"]


def test_nothing_is_read_in_no_order() -> None:
    assert read() == []
