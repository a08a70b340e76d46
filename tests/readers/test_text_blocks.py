"""Blocks of text: nothing is lost, nothing moves, and time grows with length only."""

from hypothesis import given
from hypothesis import strategies as st

from muniment.readers.markup_scan import Sort, root_name, tokens
from muniment.readers.text_blocks import LONGEST_BLOCK, blocks_of

_TEXT = st.text(st.sampled_from("ab甲 \t\r\n\x0b\u2028"), max_size=200)


@given(st.lists(_TEXT, max_size=6))
def test_every_block_is_the_text_at_its_place_and_only_white_space_lies_between(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    position = 0
    for block in blocks_of(pieces):
        assert text[block.start : block.end] == block.text
        assert text[position : block.start].strip() == ""
        assert 0 < len(block.text) <= LONGEST_BLOCK
        position = block.end
    assert text[position:].strip() == ""


@given(_TEXT, st.integers(1, 50))
def test_blocks_do_not_depend_on_how_the_text_arrives(text: str, size: int) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert list(blocks_of(pieces)) == list(blocks_of([text]))


def test_a_line_without_end_is_cut_and_kept() -> None:
    text = "x" * (LONGEST_BLOCK * 3 + 7)
    blocks = list(blocks_of([text[:5000], text[5000:]]))
    assert "".join(block.text for block in blocks) == text


@given(st.text(st.sampled_from("<>/!-?pscriptHTML \"'=&a;"), max_size=120))
def test_tokens_lie_in_order_and_inside_the_source(source: str) -> None:
    position = 0
    for token in tokens(source):
        assert position <= token.start < token.end <= len(source)
        position = token.end
        if token.sort is Sort.TEXT:
            assert source[token.start : token.end] == token.value


def test_hostile_markup_takes_time_in_proportion() -> None:
    for hostile in (
        "<" * 200_000,
        "<a " * 100_000,
        "<!--" * 50_000,
        "<a b='" * 20_000,
        "<script>" * 30_000,
    ):
        assert sum(token.end - token.start for token in tokens(hostile + ">")) <= len(hostile) + 1


def test_the_root_is_found_behind_declarations_and_comments() -> None:
    assert root_name('<?xml version="1.0"?>\n<!-- a --><!DOCTYPE x><svg:svg a="<b>">') == "svg:svg"
    for source in ("", "text <a>", "</a>", "<!-- a --> text", "< a>"):
        assert root_name(source) == ""
