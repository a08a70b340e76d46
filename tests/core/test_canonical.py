from types import MappingProxyType
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import canonical_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_it_writes_what_the_rfc8785_package_writes(value: Any) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)


def test_the_rfc_example_of_sorting_is_kept() -> None:
    # RFC 8785 §3.2.3.
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
    written = canonical_json(value).decode()
    places = [written.index(name) for name in order]
    assert places == sorted(places)


def test_the_spelling_is_pinned() -> None:
    value = {"b": [1, None, True], "a": 'é\n"\\\x1f', "\U00010000": -5, "\uffff": {}}
    golden = '{"a":"é\\n\\"\\\\\\u001f","b":[1,null,true],"\U00010000":-5,"\uffff":{}}'
    assert canonical_json(value) == golden.encode()


def test_any_mapping_and_sequence_is_written_like_a_plain_one() -> None:
    value = MappingProxyType({"b": range(3), "a": ("x", MappingProxyType({}))})
    assert canonical_json(value) == b'{"a":["x",{}],"b":[0,1,2]}'


def _nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


BAD: dict[str, Any] = {
    "a float": 1.5,
    "not a number": float("nan"),
    "a large integer": 2**53,
    "a large negative integer": -(2**53),
    "bytes": b"x",
    "a set": {1},
    "a lone surrogate": "\ud800",
    "a lone surrogate as a name": {"\udfff": 1},
    "a number as a name": {1: 2},
    "a float after an astral name": {"\U00010000": 1, "z": 0.1},
    "nesting without end": _nested(100_000),
    "a float deep inside": [[{"a": [0.5]}]],
}


@pytest.mark.parametrize("what", BAD)
def test_what_has_no_canonical_form_is_refused(what: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_json(BAD[what])
