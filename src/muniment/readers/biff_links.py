"""A hyperlink as Office stores it in binary files: an address, a place in it, or both.

Source: [MS-OSHARED] §2.3.7.
"""

import struct

_URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE = bytes.fromhex("0303000000000000c000000000000046")
_HAS_MONIKER, _HAS_LOCATION, _HAS_NAME, _HAS_FRAME, _AS_STRING = 0x1, 0x8, 0x10, 0x80, 0x100
_LONGEST = 1 << 16


def link_of(data: bytes) -> str:
    """Where a link leads: address, '#', place; empty where it leads nowhere.

    Raises:
        struct.error: it breaks off.
    """
    flags = struct.unpack_from("<I", data, 20)[0]
    at = 24
    address = location = ""
    if flags & _HAS_NAME:
        _, at = _string(data, at)
    if flags & _HAS_FRAME:
        _, at = _string(data, at)
    if flags & _HAS_MONIKER:
        address, at = _string(data, at) if flags & _AS_STRING else _moniker(data, at)
    if flags & _HAS_LOCATION:
        location, at = _string(data, at)
    return f"{address}#{location}" if location != "" else address


def _string(data: bytes, at: int) -> tuple[str, int]:
    count = min(struct.unpack_from("<I", data, at)[0], _LONGEST)
    raw = data[at + 4 : at + 4 + 2 * count]
    return _until_zero(raw), at + 4 + 2 * count


def _moniker(data: bytes, at: int) -> tuple[str, int]:
    kind = data[at : at + 16]
    at += 16
    if kind == _URL:
        length = struct.unpack_from("<I", data, at)[0]
        return _until_zero(data[at + 4 : at + 4 + length]), at + 4 + length
    if kind != _FILE:
        return "", len(data)
    up, length = struct.unpack_from("<HI", data, at)
    short = data[at + 6 : at + 6 + length].partition(b"\0")[0]
    at += 6 + length + 24
    size = struct.unpack_from("<I", data, at)[0]
    at += 4
    name = short.decode("cp1252", "replace")
    if size > 6:  # noqa: PLR2004 - the length and kind in front of the wide name
        name = data[at + 6 : at + size].decode("utf-16-le", "replace")
    return "../" * min(up, 64) + name, at + size


def _until_zero(raw: bytes) -> str:
    return raw.decode("utf-16-le", "replace").partition("\0")[0]
