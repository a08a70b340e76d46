"""The code pages of RTF fonts: the numbers of `fcharset` as code pages.

- A font of charset 0 or 1 is in the document's own page where that is one of double bytes, as
  programs of East Asian systems write it; else 0 is windows-1252 and 1 the document's page.

Source: Rich Text Format Specification 1.9.1, "Font Table"; Windows character set constants.
"""

from collections.abc import Mapping
from types import MappingProxyType

from muniment.readers.code_pages import WESTERN

_PAGES: Mapping[int, int] = MappingProxyType(
    {
        2: WESTERN,
        77: 10000,
        78: 10001,
        79: 10003,
        80: 10008,
        81: 10002,
        85: 10006,
        86: 10081,
        88: 10029,
        89: 10007,
        128: 932,
        129: 949,
        130: 1361,
        134: 936,
        136: 950,
        161: 1253,
        162: 1254,
        163: 1258,
        177: 1255,
        178: 1256,
        179: 1256,
        180: 1256,
        181: 1255,
        186: 1257,
        204: 1251,
        222: 874,
        238: 1250,
        254: 437,
        255: 850,
    }
)
DOUBLE_BYTE = (932, 936, 949, 950, 1361)
_ANSI, _DEFAULT = 0, 1


def page_of_charset(charset: int, document: int) -> int:
    """The code page of a font of this charset in a document of this page."""
    if charset in (_ANSI, _DEFAULT) and document in DOUBLE_BYTE:
        return document
    if charset == _ANSI:
        return WESTERN
    return _PAGES.get(charset, document)
