"""AppleDouble and AppleSingle: what a Mac kept beside a file, and the file itself."""

import plistlib
import struct
from pathlib import Path
from typing import ClassVar

from muniment.core import Child, Metadata, Part
from muniment.readers.apple_double import APPLE_DOUBLE
from tests.readers.contract import ReaderContract, codes, read_bytes

_FROM = plistlib.dumps(["https://example.org/list.zip"], fmt=plistlib.FMT_BINARY)


def apple(magic: int, entries: dict[int, bytes]) -> bytes:
    """A file of these entries by their ids (RFC 1740, appendix A)."""
    at = 26 + 12 * len(entries)
    listed = bodies = b""
    for kind, body in entries.items():
        listed += struct.pack(">III", kind, at + len(bodies), len(body))
        bodies += body
    return struct.pack(">II16xH", magic, 0x20000, len(entries)) + listed + bodies


def finder(attributes: dict[bytes, bytes], at: int) -> bytes:
    """The Finder's 32 bytes and extended attributes; `at` is where they begin in the file."""
    head = b"TEXTttxt" + bytes(26)
    size = sum((11 + len(name) + 1 + 3) & ~3 for name in attributes)
    value_at = at + len(head) + 36 + size
    listed = values = b""
    for name, value in attributes.items():
        entry = struct.pack(">IIHB", value_at + len(values), len(value), 0, len(name) + 1)
        listed += (entry + name + b"\0").ljust((11 + len(name) + 1 + 3) & ~3, b"\0")
        values += value
    header = b"ATTR" + struct.pack(">4I12xHH", 0, 0, 0, 0, 0, len(attributes))
    return head + header + listed + values


ATTRIBUTES = {
    b"com.apple.metadata:kMDItemWhereFroms": _FROM,
    b"com.apple.quarantine": b"0083;5b05;Browser;",
}
BESIDE = apple(0x00051607, {9: finder(ATTRIBUTES, 26 + 12 * 2), 2: b"fork " * 9})
WHOLE = apple(
    0x00051600,
    {3: b"list.txt", 4: b"from the hall", 8: struct.pack(">4i", 9, 8, -(1 << 31), 7), 1: b"A list"},
)


class TestAppleDouble(ReaderContract):
    reader = APPLE_DOUBLE
    samples: ClassVar = {"beside a file": BESIDE, "with the file": WHOLE}


def _said(parts: list[Part]) -> dict[str, str]:
    return {part.name: part.written for part in parts if isinstance(part, Metadata)}


def test_what_lies_beside_a_file_says_where_it_is_from(tmp_path: Path) -> None:
    _, parts, folder = read_bytes(BESIDE, tmp_path)
    children = {part.name: part.digest for part in parts if isinstance(part, Child)}
    assert set(children) == {"com.apple.metadata:kMDItemWhereFroms", "resource fork"}
    taken = (folder / children["com.apple.metadata:kMDItemWhereFroms"].hex).read_bytes()
    assert plistlib.loads(taken) == ["https://example.org/list.zip"]
    said = _said(parts)
    assert said["com.apple.quarantine"] == "0083;5b05;Browser;"
    assert (said["file type"], said["file creator"]) == ("TEXT", "ttxt")


def test_a_file_with_its_properties_comes_out_under_its_name(tmp_path: Path) -> None:
    _, parts, folder = read_bytes(WHOLE, tmp_path)
    (child,) = (part for part in parts if isinstance(part, Child))
    assert (child.name, child.raw_name) == ("list.txt", b"list.txt")
    assert (folder / child.digest.hex).read_bytes() == b"A list"
    said = _said(parts)
    assert said["comment"] == "from the hall"
    assert said["created (seconds since 2000-01-01, UTC)"] == "9"
    assert not any(name.startswith("backed up") for name in said)


def test_an_entry_that_is_cut_is_told(tmp_path: Path) -> None:
    _, parts, _ = read_bytes(WHOLE[:-2], tmp_path)
    assert codes(parts) == ["section-damaged"]
