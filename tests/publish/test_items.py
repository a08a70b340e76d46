"""The list of items: what is written comes back, and nothing else is taken."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Relation, canonical_json, digest_of
from muniment.publish.items import Contained, contained_line, digest_in, parse_item
from muniment.publish.selection import Containment

A, B = digest_of(b"a"), digest_of(b"b")


@given(
    st.binary(max_size=40),
    st.text(max_size=20),
    st.integers(0, 2**40),
    st.sampled_from(list(Relation)),
)
def test_a_containment_comes_back_as_it_was_written(
    raw: bytes, name: str, index: int, relation: Relation
) -> None:
    line = contained_line(Containment(A, B, index, relation, raw, name, 7))
    item = parse_item(line.removesuffix(b"\n"))
    assert isinstance(item, Contained)
    assert (digest_in(item), item.parent, item.index) == (A, B.hex, index)
    assert (bytes.fromhex(item.raw_name), item.name, item.relation) == (raw, name, relation)


GOOD = {
    "index": 0,
    "kind": "contained",
    "name": "x",
    "parent": B.hex,
    "raw_name": "78",
    "relation": "member",
    "sha256": A.hex,
    "size": "1",
}
BAD = {
    "not JSON": b"{",
    "nothing": b"",
    "a list": b"[]",
    "another kind": canonical_json({**GOOD, "kind": "other"}),
    "a member more": canonical_json({**GOOD, "more": 1}),
    "a member less": canonical_json({k: v for k, v in GOOD.items() if k != "parent"}),
    "a name that is not hex": canonical_json({**GOOD, "raw_name": "zz"}),
    "an object that is no digest": canonical_json({**GOOD, "sha256": "../../x"}),
    "a parent that is no digest": canonical_json({**GOOD, "parent": "x"}),
    "a size that is no number": canonical_json({**GOOD, "size": "-1"}),
    "an unknown relation": canonical_json({**GOOD, "relation": "twin"}),
    "white space": canonical_json(GOOD) + b" ",
    "deep nesting": b"[" * 100_000,
}


def test_the_good_line_is_good() -> None:
    assert digest_in(parse_item(canonical_json(GOOD))) == A


@pytest.mark.parametrize("wrong", BAD)
def test_a_line_of_another_form_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever check refuses it first
        parse_item(BAD[wrong])


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_but_value_error(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        parse_item(data)
