"""Digits of every script and full-width forms as the ASCII ones, each at its own position.

- One letter becomes one letter, so a place in the result is the same place in what was written.
- Only what Unicode calls a decimal digit, and the full-width forms of ASCII, are changed.
"""

import sys
import unicodedata
from functools import cache

_FULL_WIDTH = range(0xFF01, 0xFF5F)  # ！ to ～, U+FF01 to U+FF5E
_TO_ASCII = 0xFEE0
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"


def western(text: str) -> str:
    """`text` with digits 0 to 9, ASCII signs and plain spaces; as long as `text`."""
    return text if text.isascii() else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    digits = {
        point: str(unicodedata.decimal(chr(point)))
        for point in range(0x80, sys.maxunicode + 1)
        if chr(point).isdecimal()
    }
    wide = {point: chr(point - _TO_ASCII) for point in _FULL_WIDTH}
    return wide | digits | dict.fromkeys(map(ord, _SPACES), " ")
