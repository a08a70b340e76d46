r"""The text of an RTF body: HTML that was wrapped in RTF given back, or the text that is shown.

- \fromhtml1 wraps HTML: its tags stand in {\*\htmltag …}, and what lies between \htmlrtf and
  \htmlrtf0 is for RTF readers only ([MS-OXRTFEX] §2.1.3).
- Otherwise the text in reading order: fonts, colours, styles, pictures and unknown destinations
  are left out. Rare: documents in RTF have a reader of their own.
- One pass over the words, no recursion; a group that does not end is no trouble.

Source: [MS-OXRTFEX] §2.2.3; Rich Text Format Specification 1.9.1.
"""

import re

import msgspec

from muniment.readers.mail_charset import text_of
from muniment.readers.mapi_property import code_page

_WORD = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|(.))|([{}])|([^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_UNSHOWN = frozenset(
    (
        *(b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"themedata"),
        *(b"listtable", b"listoverridetable", b"generator", b"filetbl", b"revtbl", b"datastore"),
        *(b"header", b"footer", b"xmlnstbl", b"latentstyles", b"rsidtbl", b"mhtmltag"),
    )
)
_LETTERS = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
    b"endash": "\u2013",
    b"emdash": "\u2014",
    b"enspace": "\u2002",
    b"emspace": "\u2003",
    b"row": "\n",
    b"cell": "\t",
    b"page": "\n",
    b"sect": "\n",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": "\u00ad", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {
    128: 932,
    129: 949,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    0: 1252,
    77: 10000,
}


class RtfText(msgspec.Struct, frozen=True):
    """The text, whether it is HTML, and whether files are written into the RTF."""

    text: str
    is_html: bool
    has_files: bool


class _Group(msgspec.Struct):
    """What holds inside one pair of braces."""

    unshown: bool = False
    tag: bool = False
    rtf_only: bool = False
    font: int = -1
    skip: int = 1


class _Reading:
    def __init__(self, *, is_html: bool) -> None:
        self.is_html = is_html
        self.out: list[str] = []
        self.group = _Group()
        self.stack: list[_Group] = []
        self.starred = False
        self.pending = b""  # bytes of one charset that are not text yet
        self.to_skip = 0
        self.page = 1252
        self.fonts: dict[int, int] = {}
        self.in_fonts = 0

    def flush(self) -> None:
        if self.pending == b"":
            return
        number = self.fonts.get(self.group.font, self.page)
        text = text_of(self.pending, code_page(number))[0]
        self.pending = b""
        self.out.append(text)

    def shown(self) -> bool:
        group = self.group
        if group.unshown:
            return False
        return group.tag or not (self.is_html and group.rtf_only)

    def brace(self, brace: bytes) -> None:
        self.flush()
        self.to_skip = 0
        if brace == b"{":
            self.stack.append(self.group)
            self.group = msgspec.structs.replace(self.group)
        elif len(self.stack) > 0:
            self.group = self.stack.pop()
            if len(self.stack) < self.in_fonts:
                self.in_fonts = 0

    def raw(self, data: bytes) -> None:
        if self.to_skip > 0:
            skipped = min(self.to_skip, len(data))
            self.to_skip -= skipped
            data = data[skipped:]
        if self.shown():
            self.pending += data

    def letter(self, letter: str) -> None:
        self.flush()
        if self.shown():
            self.out.append(letter)

    def word(self, name: bytes, number: int | None) -> None:
        if name == b"u":
            self.unicode(number or 0)
            return
        self.flush()
        self.to_skip = 0
        match name:
            case b"htmltag" if self.is_html:
                self.group.tag, self.group.unshown = True, False
            case b"htmlrtf" if self.is_html:
                self.group.rtf_only = number != 0
            case b"uc":
                self.group.skip = 1 if number is None else min(max(number, 0), 16)
            case b"ansicpg":
                self.page = number or 1252
            case b"fonttbl":
                self.in_fonts = len(self.stack)
                self.group.unshown = True
            case b"f":
                self.group.font = -1 if number is None else number
            case b"fcharset" if self.in_fonts > 0:
                self.fonts[self.group.font] = _CHARSETS.get(number or 0, self.page)
            case b"plain":
                self.group.font = -1
            case _:
                self._other(name)

    def _other(self, name: bytes) -> None:
        if name in _UNSHOWN or self.starred:
            self.group.unshown = True
        elif name in _LETTERS:
            self.letter(_LETTERS[name])

    def unicode(self, number: int) -> None:
        self.flush()
        unit = number & 0xFFFF
        if self.shown():
            self.out.append(chr(unit))
        self.to_skip = self.group.skip


def rtf_text(data: bytes) -> RtfText:
    """The text of an RTF body."""
    is_html = b"\\fromhtml" in data[:1024]
    reading = _Reading(is_html=is_html)
    for match in _WORD.finditer(data):
        _take(reading, match)
    reading.flush()
    text = "".join(reading.out)
    # Letters beyond the first plane come as two \\u words.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    has_files = b"\\objdata" in data or b"\\pict" in data
    return RtfText(text, is_html, has_files)


def _take(reading: _Reading, match: re.Match[bytes]) -> None:
    word, number, code, symbol, brace, run = match.groups()
    if word is not None:
        reading.word(word, None if number is None else int(number))
    elif code is not None:
        reading.raw(bytes([int(code, 16)]))
    elif brace is not None:
        reading.brace(brace)
    elif run is not None:
        reading.raw(run)
    elif symbol == b"*":
        reading.starred = True
        return
    elif symbol in (b"\r", b"\n"):
        reading.letter("\n")
    elif symbol is not None and symbol in _SYMBOLS:
        reading.raw(symbol) if symbol in b"\\{}" else reading.letter(_SYMBOLS[symbol])
    reading.starred = False
