import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import (
    Area,
    CellArea,
    Chars,
    Citation,
    Element,
    Field,
    Member,
    Place,
    Span,
    Whole,
    digest_of,
    parse_citation,
    parse_place,
    print_place,
)
from tests.core.places import CITATIONS, NAME, PLACES

DIGEST = digest_of(b"Hello World!")
NI = DIGEST.ni

# The forms that are published: a change here breaks every citation ever printed.
GOLDEN: dict[str, Place] = {
    "": Whole(),
    "page=3": Area(3),
    "page=3&xywh=72,144,200,18": Area(3, (72, 144, 200, 18)),
    "xywh=0.5,10,99.99,1": Area(None, (0.5, 10, 99.99, 1)),
    "cell=5,7": CellArea(5, 7),
    "sheet=Sheet1&cell=5,7": CellArea(5, 7, "Sheet1"),
    "sheet=%E5%90%8D%E5%8D%95%20%26%20%23&cell=5,7-6,9": CellArea(5, 7, "名单 & #", 6, 9),
    "char=120,164": Chars(120, 164),
    "section=1.2&char=0,9": Chars(0, 9, "1.2"),
    "member=word/document.xml&element=/1/1/12": Element("word/document.xml", (1, 1, 12)),
    "member=word/document.xml&element=/1/1/12&char=3,40": Element(
        "word/document.xml", (1, 1, 12), (3, 40)
    ),
    "field=Subject": Field("Subject"),
    "field=Received,2": Field("Received", 2),
    "index=4": Member(4),
    "t=12.5,14": Span(12.5, 14),
}


@pytest.mark.parametrize("fragment", GOLDEN)
def test_the_published_forms_are_pinned(fragment: str) -> None:
    written = NI if fragment == "" else f"{NI}#{fragment}"
    citation = Citation(DIGEST, GOLDEN[fragment])
    assert str(citation) == written
    assert parse_citation(written) == citation


@given(CITATIONS)
def test_printing_and_parsing_are_inverse(citation: Citation) -> None:
    assert parse_citation(str(citation)) == citation


@given(PLACES, PLACES)
def test_two_places_print_alike_only_if_they_are_one(one: Place, other: Place) -> None:
    assert (print_place(one) == print_place(other)) == (one == other)


@given(CITATIONS)
def test_a_citation_is_a_uri_in_ascii(citation: Citation) -> None:
    assert re.fullmatch(r"ni:///sha-256;[A-Za-z0-9_-]{43}(#[!-~]+)?", str(citation)) is not None
    assert "#" not in str(citation).partition("#")[2]


@given(PLACES)
def test_places_cross_a_border_and_stay_the_same(place: Place) -> None:
    packed = msgspec.msgpack.encode(place)
    assert msgspec.msgpack.decode(packed, type=Place) == place


@given(NAME)
def test_a_sheet_may_be_typed_unescaped_where_that_is_unambiguous(name: str) -> None:
    if re.search(r"[&=#%,\s\x00-\x1f\x7f\"<>\[\]^`{|}'\\+-]", name) is None and name.isprintable():
        assert parse_place(f"sheet={name}&cell=1,1") == CellArea(1, 1, name)


def test_a_hex_digest_may_stand_for_the_name() -> None:
    assert parse_citation(f"{DIGEST.hex}#page=3") == Citation(DIGEST, Area(3))


BAD = {
    "an empty fragment": "#",
    "an unknown key": "#line=3",
    "keys in another order": "#xywh=1,2,3,4&page=1",
    "a key twice": "#page=1&page=2",
    "page 0": "#page=0",
    "a sign": "#page=+1",
    "a leading zero": "#page=01",
    "Arabic digits": "#page=\u0661",
    "three numbers": "#xywh=1,2,3",
    "an exponent": "#xywh=1e3,2,3,4",
    "a trailing zero": "#xywh=1.50,2,3,4",
    "a negative length": "#xywh=1,2,-3,4",
    "three decimals": "#xywh=1.234,2,3,4",
    "row 0": "#cell=0,1",
    "a range of one cell": "#cell=1,1-1,1",
    "a range that runs backward": "#cell=2,2-1,1",
    "characters that run backward": "#char=9,3",
    "a section of nothing": "#section=&char=0,1",
    "a section from 0": "#section=0&char=0,1",
    "an element without steps": "#member=a&element=",
    "child 0": "#member=a&element=/0",
    "the first field counted": "#field=Subject,1",
    "needless escapes": "#field=%41",
    "lower-case escapes": "#field=%e5%90%8d",
    "escapes that are not UTF-8": "#field=%FF",
    "a number too long": "#index=" + "9" * 4000,
    "time that runs backward": "#t=3,1",
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_a_citation_is_refused(what: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_citation(NI + BAD[what])


@given(st.text(max_size=60))
def test_arbitrary_text_is_a_place_or_a_value_error(fragment: str) -> None:
    try:
        place = parse_place(fragment)
    except ValueError:
        return
    assert parse_place(print_place(place)) == place
