"""Bytes of mail to text: which codec a stated charset means, and what to do where it is wrong.

- A label means what browsers take it to mean (WHATWG Encoding §4.2): gb2312 is GB 18030, us-ascii
  and iso-8859-1 are windows-1252, ks_c_5601-1987 is code page 949.
- A stated charset is believed where the bytes fit it, or nearly; otherwise the bytes decide, and
  both what was stated and what was taken are told.
"""

import codecs

from muniment.readers.encodings import decoded, encoding_of

_LABELS = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "csgb2312", "cp936"), "gb18030"),
    **dict.fromkeys(("chinese", "x-euc-cn", "euc-cn", "gb18030", "936"), "gb18030"),
    **dict.fromkeys(("us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "latin1"), "cp1252"),
    **dict.fromkeys(("windows-1252", "x-ansi", "latin-1", "iso8859-1", "cp-1252"), "cp1252"),
    **dict.fromkeys(("ks_c_5601-1987", "ks_c_5601", "euc-kr", "ksc5601", "x-windows-949"), "cp949"),
    **dict.fromkeys(("shift_jis", "shift-jis", "x-sjis", "sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620", "windows-874"), "cp874"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "logical"), "iso-8859-8"),
    **dict.fromkeys(("iso-8859-6-i", "iso-8859-6-e"), "iso-8859-6"),
    **dict.fromkeys(("unicode-1-1-utf-7", "x-utf-7", "unicode-2-0-utf-7"), "utf-7"),
    **dict.fromkeys(("utf8", "utf-8", "unicode-1-1-utf-8", "x-utf8", "65001"), "utf-8"),
    **dict.fromkeys(("big5", "big-5", "x-x-big5", "cn-big5", "csbig5"), "big5hkscs"),
    **dict.fromkeys(("x-mac-roman", "macintosh", "x-macroman"), "mac_roman"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac_cyrillic"),
    **dict.fromkeys(("iso-2022-jp", "csiso2022jp"), "iso2022_jp_ext"),
    **dict.fromkeys(("hz-gb-2312", "hz"), "hz"),
}
# Python's codecs that are no charset: they map bytes to bytes, or read escapes of source code.
_NO_CHARSETS = frozenset(
    (
        *("base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "unicode_escape"),
        *("raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"),
    )
)
_CONTROLS = {
    byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)
}
_DAMAGED_SHARE = 0.02  # of a text: a few lost letters do not put a stated charset in doubt
_LONGEST_LABEL = 40


def codec_of(label: str) -> str | None:
    """The name of the codec that a charset label stands for; None where it is none known here."""
    name = label.strip().strip("\"'").lower().partition("*")[0][:_LONGEST_LABEL]
    known = _LABELS.get(name)
    if known is not None:
        return known
    if not name.isascii() or not name.isprintable():
        return None
    plain = name.removeprefix("x-")
    for candidate in (name, plain, f"cp{plain}" if plain.isdigit() else plain):
        try:
            found = codecs.lookup(candidate).name
        except (LookupError, ValueError):
            continue
        found = found.replace("-", "_")
        return None if found.removesuffix("_codec") in _NO_CHARSETS else found
    return None


def decode_strictly(data: bytes, codec: str) -> str | None:
    """The text; None where the bytes do not fit."""
    try:
        # cp1252 as WHATWG has it maps every byte: the five that Python leaves out are controls.
        return (
            data.decode("latin-1").translate(_CONTROLS) if codec == "cp1252" else data.decode(codec)
        )
    except (UnicodeError, LookupError, ValueError):
        return None


def text_of(data: bytes, stated: str | None) -> tuple[str, tuple[str, str] | None]:
    """The text, and the code and sentence of a Problem where the stated charset does not fit."""
    if data.isascii() and codec_of(stated or "ascii") in ("cp1252", "utf-8", "gb18030", None):
        return data.decode("ascii"), None
    codec = None if stated is None else codec_of(stated)
    if codec is not None and not _is_ascii_label(stated):
        text = None if _is_utf_8_after_all(data, codec) else decode_strictly(data, codec)
        if text is not None:
            return text.removeprefix("\ufeff"), None
    return _doubtful(data, stated, codec)


def _is_utf_8_after_all(data: bytes, codec: str) -> bool:
    """Whether a label that fits any bytes stands over UTF-8.

    In windows-1252 and 1251 its sequences are a capital or a letter with a sign behind each; two
    or more of them, and nothing else beyond ASCII, are no text.
    """
    if codec not in ("cp1252", "cp1251"):
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(data) - len(text) > 1 and sum(letter > "\x7f" for letter in text) > 1


def _is_ascii_label(stated: str | None) -> bool:
    """Whether bytes beyond ASCII contradict the label, which would decode them all the same."""
    return (stated or "").strip().strip("\"'").lower() in ("us-ascii", "ascii", "ansi_x3.4-1968")


def _doubtful(
    data: bytes, stated: str | None, codec: str | None
) -> tuple[str, tuple[str, str] | None]:
    encoding = encoding_of([data])
    believed = encoding.name == codec or not encoding.certain
    if codec is not None and believed and not _is_ascii_label(stated):
        text = data.decode(codec, "replace")
        lost = text.count("\ufffd")
        if lost <= max(2, _DAMAGED_SHARE * len(text)):
            message = f"{lost} places in the text cannot be decoded as {codec}"
            return text, ("undecodable-bytes", message)
    text = "".join(decoded([data], encoding))
    wrong = "no encoding is stated" if stated is None else "it is not in the stated encoding"
    return text, ("encoding-guessed", f"{wrong}; {encoding.name} is taken: {encoding.evidence}")
