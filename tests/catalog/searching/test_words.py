"""The words that a pattern stands for are those, and all of those, that the index holds."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog import Entry, Facts, Window, parse_query
from muniment.catalog.passages import Passage, Piece
from muniment.catalog.searching.embedded import EmbeddedEngine
from muniment.catalog.searching.words import Words
from muniment.core import Chars, digest_of

_word = st.text("abç国1", min_size=1, max_size=6)


class Listing:
    """What lists the words of an index."""

    def __init__(self, words: set[str]) -> None:
        self.words = words

    def terms_with_prefix(self, field: str, prefix: str) -> list[tuple[str, int]]:
        assert (field, prefix) == ("body", "")
        return [(word, 1) for word in sorted(self.words)]


def words_of(words: set[str]) -> Words:
    """Those words, asked for once already."""
    made = Words(Listing(words), "body", known=True)  # type: ignore[arg-type]  # it only lists
    assert made.meant_by("*a") is None
    return made


@given(st.sets(_word), st.text("abç国1*?", max_size=5).map(lambda end: "*" + end))
def test_a_pattern_means_what_a_scan_of_all_words_finds(words: set[str], pattern: str) -> None:
    meant = words_of(words).meant_by(pattern)
    if re.sub("[*?]", "", pattern) == "":
        assert meant is None
    else:
        assert meant is not None
        assert sorted(meant) == sorted(word for word in words if fnmatchcase(word, pattern))


def test_too_many_words_are_left_to_the_library() -> None:
    assert words_of({f"{number}end" for number in range(5_000)}).meant_by("*end") is None


def test_what_begins_with_a_letter_is_left_to_the_library() -> None:
    assert words_of({"abc"}).meant_by("a*c") is None


def test_an_index_of_too_many_words_lists_none() -> None:
    words = Words(Listing({"abc"}), "body", known=False)  # type: ignore[arg-type]  # as above
    assert [words.meant_by("*c") for _ in range(3)] == [None] * 3


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    """An empty engine."""
    made = EmbeddedEngine(tmp_path / "index")
    made.clear()
    return made


def put(engine: EmbeddedEngine, text: str) -> None:
    """One object that says this."""
    passage = Passage(text, (Piece(0, len(text), Chars(0, len(text))),), "text")
    engine.put([Entry(digest_of(text.encode()), Facts(), [passage])])


@pytest.mark.parametrize(
    ("query", "found"),
    [("*olice", 1), ("*lic*", 2), ("?olice", 1), ('*"olice depar"*', 1), ("*nowhere", 0)],
)
def test_asked_again_a_pattern_finds_the_same(
    engine: EmbeddedEngine, query: str, found: int
) -> None:
    put(engine, "the police department")
    put(engine, "of malice and depth")
    asked = [engine.search(parse_query(query), Window()).total for _ in range(3)]
    assert asked == [found] * 3


def test_a_word_that_came_since_is_found(engine: EmbeddedEngine) -> None:
    put(engine, "the police")
    for _ in range(3):
        assert engine.search(parse_query("*olice"), Window()).total == 1
    put(engine, "the chief of pre-police")
    put(engine, "prepolice")
    assert engine.search(parse_query("*olice"), Window()).total == 3
