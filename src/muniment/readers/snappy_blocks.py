"""Snappy blocks: what they unpack to. Only reading, and only what the format description says.

    block    length of the plain bytes, as a varint; then elements:
    00       literal          01  copy, 11-bit offset     10  copy, 16-bit    11  copy, 32-bit

Source: "Snappy compressed format description", google/snappy.
"""


def unsnappied(block: bytes, most: int) -> bytes:
    """The plain bytes of a block.

    Raises:
        ValueError: it is damaged, or unpacks to more than `most` bytes.
    """
    length, at = varint(block, 0)
    if length > most:
        raise ValueError("a block beyond all bounds")
    found = bytearray()
    while at < len(block) and len(found) < length:
        tag = block[at]
        at += 1
        if tag & 3 == 0:
            size = tag >> 2
            if size >= 60:  # noqa: PLR2004 - the size follows in one to four bytes
                width = size - 59
                size = int.from_bytes(block[at : at + width], "little")
                at += width
            found += block[at : at + size + 1]
            at += size + 1
            continue
        size, offset, width = _copy(tag, block, at)
        at += width
        _repeat(found, size, offset)
    if len(found) != length:
        raise ValueError("a block that breaks off")
    return bytes(found)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, and the position behind it.

    Raises:
        ValueError: it breaks off or is longer than ten bytes.
    """
    number = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            raise ValueError("a number breaks off")
        number |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:  # noqa: PLR2004 - the last group
            return number, at
    raise ValueError("a number without end")


def _copy(tag: int, block: bytes, at: int) -> tuple[int, int, int]:
    """Size and offset of a copy, and how many bytes say so besides the tag."""
    if tag & 3 == 1:
        if at >= len(block):
            raise ValueError("a copy breaks off")
        return (tag >> 2 & 7) + 4, (tag >> 5) << 8 | block[at], 1
    width = 2 if tag & 3 == 2 else 4  # noqa: PLR2004 - the kind of copy
    return (tag >> 2) + 1, int.from_bytes(block[at : at + width], "little"), width


def _repeat(found: bytearray, size: int, offset: int) -> None:
    if not 0 < offset <= len(found):
        raise ValueError("a copy from before the start")
    start = len(found) - offset
    if offset >= size:
        found += found[start : start + size]
        return
    pattern = bytes(found[start:])
    found += (pattern * (size // offset + 1))[:size]
