"""Windows and Macintosh code pages by number, as office files of before Unicode name them.

- A page that Python does not know is read as windows-1252, the page of a Western installation.
- Decoding never fails: what a page leaves undefined comes out as U+FFFD.

Source: Microsoft, "Code Page Identifiers"; [MS-LCID] for the default page of a language.
"""

import codecs
from collections.abc import Mapping
from types import MappingProxyType

WESTERN = 1252
UTF16 = 1200
UTF8 = 65001

_NAMED: Mapping[int, str] = MappingProxyType(
    {
        UTF16: "utf-16-le",
        1201: "utf-16-be",
        UTF8: "utf-8",
        708: "iso8859_6",
        709: "cp1256",
        874: "cp874",
        936: "gb18030",
        1361: "johab",
        10000: "mac_roman",
        10001: "shift_jis",
        10002: "big5",
        10003: "euc_kr",
        10006: "mac_greek",
        10007: "mac_cyrillic",
        10008: "gb2312",
        10010: "mac_romanian",
        10017: "mac_cyrillic",
        10029: "mac_latin2",
        10079: "mac_iceland",
        10081: "mac_turkish",
        10082: "mac_croatian",
        20127: "ascii",
        20866: "koi8_r",
        20932: "euc_jp",
        20936: "gb2312",
        21866: "koi8_u",
        50220: "iso2022_jp",
        51932: "euc_jp",
        51936: "gb2312",
        51949: "euc_kr",
        52936: "hz",
        54936: "gb18030",
        32768: "mac_roman",  # how older programs write 10000 in sixteen bits
    }
)
_ISO_BASE = 28590  # 28591 is ISO 8859-1, and so on to 28605
_ISO_PARTS = range(1, 17)
_PRIMARY = 0x3FF  # the language without its region
# Primary language → page, where it is not windows-1252.
_BY_LANGUAGE: Mapping[int, int] = MappingProxyType(
    {
        0x01: 1256,
        0x02: 1251,
        0x05: 1250,
        0x08: 1253,
        0x0D: 1255,
        0x0E: 1250,
        0x11: 932,
        0x12: 949,
        0x15: 1250,
        0x18: 1250,
        0x19: 1251,
        0x1A: 1250,
        0x1B: 1250,
        0x1C: 1250,
        0x1E: 874,
        0x1F: 1254,
        0x20: 1256,
        0x22: 1251,
        0x23: 1251,
        0x24: 1250,
        0x25: 1257,
        0x26: 1257,
        0x27: 1257,
        0x29: 1256,
        0x2A: 1258,
        0x2F: 1251,
        0x3F: 1251,
        0x40: 1251,
        0x44: 1251,
        0x50: 1251,
        0x80: 1256,
    }
)
_CHINESE = 0x04
_TRADITIONAL = (0x0404, 0x0C04, 0x1404, 0x7C04)
_SERBIAN_CYRILLIC = (0x0C1A, 0x1C1A, 0x281A, 0x301A)


def codec_of_page(page: int) -> str:
    """Python's name of a code page; windows-1252 where the number names none."""
    if page - _ISO_BASE in _ISO_PARTS:
        return f"iso8859_{page - _ISO_BASE}"
    name = _NAMED.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def decode_page(data: bytes, page: int) -> str:
    """The text of `data` in a code page."""
    return data.decode(codec_of_page(page), "replace")


def page_of_language(language: int) -> int:
    """The Windows code page that a language (LCID) used before Unicode."""
    if language & _PRIMARY == _CHINESE:
        return 950 if language in _TRADITIONAL else 936
    if language in _SERBIAN_CYRILLIC:
        return 1251
    return _BY_LANGUAGE.get(language & _PRIMARY, WESTERN)
