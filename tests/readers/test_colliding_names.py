"""Entries that collide, by name or by what a zip says of their bytes, stay apart."""

import unicodedata
import warnings
import zlib
from pathlib import Path

import pytest

from muniment.core import Child, digest_of
from tests.readers import samples
from tests.readers.contract import kinds, read_bytes

_ONE = b"a list of twelve"


def of_one_crc(data: bytes, like: bytes) -> bytes:
    """`data` with four bytes behind it that give it the CRC-32 of `like`: CRC-32 is linear."""
    zero = zlib.crc32(data + bytes(4))
    pivots: dict[int, tuple[int, int]] = {}
    for bit in range(32):
        effect, chosen = zlib.crc32(data + (1 << bit).to_bytes(4, "little")) ^ zero, 1 << bit
        while effect != 0 and effect.bit_length() in pivots:
            other = pivots[effect.bit_length()]
            effect, chosen = effect ^ other[0], chosen ^ other[1]
        pivots[effect.bit_length()] = (effect, chosen)
    wanted, added = zlib.crc32(like) ^ zero, 0
    while wanted != 0:
        effect, chosen = pivots[wanted.bit_length()]
        wanted, added = wanted ^ effect, added ^ chosen
    return data + added.to_bytes(4, "little")


_OTHER = of_one_crc(_ONE[4:], _ONE)
_ACCENTED = "Список é.txt"
COLLIDING = {
    "one name": (("list", b"first"), ("list", b"second"), ("list", b"first")),
    "names but for case": (("List", b"first"), ("list", b"second")),
    "names but for their normal form": tuple(
        (unicodedata.normalize(form, _ACCENTED), form.encode()) for form in ("NFC", "NFD")
    ),
    "paths that lead to one place": (
        ("a/b", b"1"),
        ("./a/b", b"2"),
        ("a//b", b"3"),
        ("/a/b", b"4"),
    ),
    "one name, size and CRC-32": (("list", _ONE), ("list", _OTHER)),
    "equal bytes": (("one", _ONE), ("two", _ONE)),
    "archives of one name": (
        ("one/a.zip", samples.zipped(("list", b"of one"))),
        ("two/a.zip", samples.zipped(("list", b"of two"))),
    ),
}


def test_the_two_contents_do_collide() -> None:
    assert (zlib.crc32(_ONE), len(_ONE)) == (zlib.crc32(_OTHER), len(_OTHER))
    assert _ONE != _OTHER


@pytest.mark.parametrize("pack", [samples.zipped, samples.tarred])
@pytest.mark.parametrize("sort", COLLIDING)
def test_what_collides_stays_apart(sort: str, pack: object, tmp_path: Path) -> None:
    members = COLLIDING[sort]
    with warnings.catch_warnings(action="ignore"):  # of the writer, about names that come again
        data = pack(*members)  # type: ignore[operator]
    reading, parts, _ = read_bytes(data, tmp_path)
    found = [(c.index, c.raw_name.decode(), c.digest) for c in kinds(parts, Child)]  # type: ignore[attr-defined]
    expected = [(n, name, digest_of(held)) for n, (name, held) in enumerate(members)]
    assert found == expected
    assert (reading.announced, reading.emitted, reading.failed) == (len(members), len(members), 0)
