import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Digest, digest_of, parse_digest


def test_the_rfc_6920_example_has_its_published_name() -> None:
    # RFC 6920 §8.1, "Hello World!".
    assert digest_of(b"Hello World!").ni == (
        "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"
    )


@given(st.binary(min_size=32, max_size=32))
def test_both_text_forms_lead_back(raw: bytes) -> None:
    digest = Digest(raw)
    assert parse_digest(digest.hex) == parse_digest(digest.ni) == digest


@given(st.binary())
def test_the_digest_is_that_of_hashlib(data: bytes) -> None:
    assert digest_of(data).hex == hashlib.sha256(data).hexdigest()


@given(st.lists(st.binary(min_size=32, max_size=32)))
def test_digests_sort_as_their_hex_forms(raws: list[bytes]) -> None:
    assert [d.hex for d in sorted(map(Digest, raws))] == sorted(raw.hex() for raw in raws)


GOOD = digest_of(b"")
BAD = {
    "empty": "",
    "upper-case hex": GOOD.hex.upper(),
    "short hex": GOOD.hex[:-1],
    "long hex": GOOD.hex + "0",
    "SHA-1": hashlib.sha1(b"").hexdigest(),  # noqa: S324 - refused here
    "padding": GOOD.ni + "=",
    "another algorithm": GOOD.ni.replace("sha-256", "sha-1"),
    "an authority": GOOD.ni.replace("ni:///", "ni://example.org/"),
    "bits no digest has": GOOD.ni[:-1] + "V",
    "base64, not base64url": "ni:///sha-256;" + "+" * 43,
    "Arabic digits": "\u0660" * 64,
    "newline": GOOD.hex + "\n",
}


@pytest.mark.parametrize("what", BAD)
def test_other_spellings_are_refused(what: str) -> None:
    with pytest.raises(ValueError, match=r"digest|base64"):
        parse_digest(BAD[what])


def test_a_digest_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        Digest(b"short")


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_every_comparison_is_that_of_the_bytes(one: bytes, other: bytes) -> None:
    a, b = Digest(one), Digest(other)
    assert (a < b, a <= b, a > b, a >= b) == (one < other, one <= other, one > other, one >= other)
