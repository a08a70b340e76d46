"""The records of a part of a binary workbook, and the texts in them.

    type    1 or 2 bytes, seven bits each, low first;   length   1 to 4 bytes in the same way

- A part that breaks off ends the walk.

Source: [MS-XLSB] §2.1.4, §2.5.169 (XLNullableWideString), §2.5.170 (XLWideString).
"""

import struct
from collections.abc import Iterator

_NOTHING = 0xFFFFFFFF
_MOST_TYPE_BYTES, _MOST_LENGTH_BYTES = 2, 4


class Records:
    """Iterates over the records of a part: the type and the body of each."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """The records in order."""
        at, data, end = 0, self._data, len(self._data)
        while at < end:
            kind, at = self._varying(at, _MOST_TYPE_BYTES)
            length, at = self._varying(at, _MOST_LENGTH_BYTES)
            yield kind, data[at : at + length]
            at += length

    def _varying(self, at: int, most: int) -> tuple[int, int]:
        number = 0
        for shift in range(most):
            if at >= len(self._data):
                break
            byte = self._data[at]
            at += 1
            number |= (byte & 0x7F) << (7 * shift)
            if byte < 0x80:  # noqa: PLR2004 - the last byte of a number
                break
        return number, at


def wide_text(body: bytes, at: int) -> tuple[str, int]:
    """The text at a position, and where it ends.

    Raises:
        struct.error: there is none.
    """
    (count,) = struct.unpack_from("<I", body, at)
    start, end = at + 4, at + 4 + 2 * count
    return body[start:end].decode("utf-16-le", "replace"), end


def nullable_text(body: bytes, at: int) -> tuple[str, int]:
    """The same; empty where the text is marked as absent."""
    (count,) = struct.unpack_from("<I", body, at)
    return ("", at + 4) if count == _NOTHING else wide_text(body, at)
