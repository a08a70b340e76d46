"""Where the words of a hit stand: every one marked, and the place as narrow as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.catalog import locate, parse_query
from muniment.catalog.hits import stretches
from muniment.catalog.passages import Passage, Piece, passages
from muniment.core import Area, CellArea, Chars, Field, Metadata, TextSpan


def prose(text: str) -> Passage:
    return Passage(text, (Piece(0, len(text), Chars(0, len(text))),), "text")


MARKED = {
    "every occurrence": ("police Police", "the police and POLICE", ["police", "POLICE"]),
    "every word": ("the office", "the old office", ["the", "office"]),
    "a run of characters as one": ("公安局", "县公安局的公安局", ["公安局", "公安局"]),
    "words of a phrase as one": ('"old office"', "the old office", ["old office"]),
    "not what must not be there": ("office -old", "the office", ["office"]),
    "words near each other": ('"the office"~3', "the very old office", ["the", "office"]),
    "a pattern": ("off*", "office, offices", ["office", "offices"]),
    "with accents": ("zizek", "Žižek", ["Žižek"]),
    "the other script": ("bilen", "ئائىلە بىلەن", ["بىلەن"]),
    "a character unknown": ("张?伟", "张小伟", ["张", "伟"]),
}


@pytest.mark.parametrize("what", MARKED)
def test_every_word_that_was_found_is_marked(what: str) -> None:
    query, text, marked = MARKED[what]
    found = stretches(prose(text), parse_query(query))
    assert [text[start:end] for start, end in found] == marked


@given(st.text("ab 的，\n", max_size=300), st.sampled_from(["a", "的", "ab", '"的的"', "b的"]))
def test_marks_of_a_snippet_hold_what_was_looked_for(text: str, query: str) -> None:
    located = locate(prose(text + " a"), parse_query(query))
    assert all(0 <= start < end <= len(located.snippet) for start, end in located.marks)
    for start, end in located.marks:
        assert located.snippet[start:end].strip() != ""
    assert "\n" not in located.snippet


def test_the_place_is_that_of_the_longest_word() -> None:
    found = locate(prose("a b longest b"), parse_query("b longest"))
    assert found.at == Chars(4, 11)


def test_a_field_alone_quotes_the_beginning() -> None:
    found = locate(prose("the beginning"), parse_query("type:mail"))
    assert (found.snippet, found.marks) == ("the beginning", ())


def test_a_word_of_a_header_is_marked_in_that_header_alone() -> None:
    at = Field("Subject", 1)
    subject = Passage("Subject: list", (Piece(0, 13, at),), "metadata", "subject")
    query = parse_query("subject:list")
    assert stretches(subject, query) == ((9, 13),)
    assert stretches(prose("a list"), query) == ()


def test_prose_over_a_seam_is_found_whole() -> None:
    lines = [TextSpan(Chars(n * 100, n * 100 + 100), f"{n:099}\n") for n in range(90)]
    whole = "".join(line.text for line in lines)
    held = list(passages(lines, overlap=200))
    assert len(held) > 2
    for start in range(0, len(whole) - 60, 37):
        wanted = whole[start : start + 60].strip("\n")
        assert any(wanted.replace("\n", "") in one.text.replace("\n", "") for one in held)


def test_a_long_text_is_cut_between_words_and_every_place_is_its_own() -> None:
    text = " ".join(f"word{n}" for n in range(3_000))
    for part in (TextSpan(Chars(50, 50 + len(text)), text), Metadata(Field("x"), "x", text)):
        held = list(passages([part], overlap=200))
        assert max(len(one.text) for one in held) <= 4_300
        found = {word for one in held for word in one.text.split()}
        assert {f"word{n}" for n in range(3_000)} <= found
        assert len(found) <= 3_001
        for one in held:
            for piece in one.pieces:
                if isinstance(piece.at, Chars):
                    there = text[piece.at.start - 50 : piece.at.end - 50]
                    assert there == one.text[piece.start : piece.start + piece.length]


def test_places_of_two_kinds_are_not_joined() -> None:
    pieces = (Piece(0, 1, CellArea(1, 1)), Piece(2, 1, Area(1)))
    assert locate(Passage("a\tb", pieces, "row"), parse_query("b")).at == Area(1)
