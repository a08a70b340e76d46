"""The fonts of simulated PDF files: which letter stands in which, and how its text is read back.

    F1 Helvetica · F2 STSong-Light (UniGB-UCS2-H) · F3 UKIJTuz (Identity-H), none of them embedded

Invariants:

- F2 and F3 carry a ToUnicode table (ISO 32000-1, 9.10.3), so that text comes out where the font is
  not installed;
- a line has as few runs as can be: PDFium leaves out a run of one letter in a font that is not
  there.
"""

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

_LAST_LATIN = 0x7E
_ARABIC = range(0x0600, 0x0700)
_CYRILLIC = range(0x0400, 0x0530)


class ObjectFile(Protocol):
    """What fonts are added to; both give back the number of the new object."""

    def add(self, body: str) -> int: ...

    def stream(self, data: bytes, head: str) -> int: ...


class _Composite(msgspec.Struct, frozen=True):
    """What tells one composite font from another; widths in thousandths of the size."""

    name: str
    encoding: str
    kind: str
    ordering: str
    width: int
    widths: str = ""


_SONG = _Composite(
    "STSong-Light", "UniGB-UCS2-H", "CIDFontType0", "/Ordering (GB1) /Supplement 4", 1000,
    "/W [1 95 500] ",  # the Latin letters of Adobe-GB1
)  # fmt: skip
_OTHER = _Composite(
    "UKIJTuz", "Identity-H", "CIDFontType2", "/Ordering (Identity) /Supplement 0", 500
)


def visual(line: str) -> str:
    """The line as it stands on paper from the left: a right-to-left one turned, the rest not."""
    if not any(ord(letter) in _ARABIC for letter in line):
        return line
    return re.sub(r"[^\u0600-\u06ff ]+", lambda run: run[0][::-1], line[::-1])


def letters_in(lines: Sequence[str], font: str) -> list[str]:
    """The letters that stand in a font, in order of code."""
    return sorted(
        {
            letter
            for line in lines
            for letter, used in zip(line, fonts_of(line), strict=True)
            if used == font
        }
    )


def fonts_of(line: str) -> tuple[str, ...]:
    """A font for each letter: F1 Latin, F2 Chinese, F3 what the named fonts do not cover.

    Latin letters and digits stand in the font of the letters around them.
    """
    fonts = [_font(letter) for letter in line]
    main = "F2" if "F2" in fonts else "F3" if "F3" in fonts else "F1"
    return tuple(main if font == "F1" else font for font in fonts)


def _font(letter: str) -> str:
    code = ord(letter)
    if code <= _LAST_LATIN:
        return "F1"
    return "F3" if code in _ARABIC or code in _CYRILLIC else "F2"


def code_of(letter: str, font: str, codes: dict[str, int]) -> str:
    """The letter's code in a font, as hexadecimal digits."""
    match font:
        case "F1":
            return letter.encode("latin-1").hex()
        case "F2":
            return letter.encode("utf-16-be").hex()
        case _:
            return f"{codes[letter]:04x}"


def add_fonts(file: ObjectFile, chinese: dict[str, int], codes: dict[str, int]) -> str:
    """Adds the three fonts; returns the resource dictionary's inside."""
    latin = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                     "/Encoding /WinAnsiEncoding >>")  # fmt: skip
    song = _composite(file, _SONG, chinese)
    other = _composite(file, _OTHER, codes)
    return f"/F1 {latin} 0 R /F2 {song} 0 R /F3 {other} 0 R"


def _composite(file: ObjectFile, font: _Composite, codes: dict[str, int]) -> int:
    """A composite font without its file, with a ToUnicode table for the letters in use."""
    descriptor = file.add(
        f"<< /Type /FontDescriptor /FontName /{font.name} /Flags 4 /FontBBox [0 -200 1000 900] "
        "/ItalicAngle 0 /Ascent 850 /Descent -150 /CapHeight 850 /StemV 80 >>"
    )
    descendant = file.add(
        f"<< /Type /Font /Subtype /{font.kind} /BaseFont /{font.name} /DW {font.width} "
        f"{font.widths}/CIDSystemInfo << /Registry (Adobe) {font.ordering} >> "
        f"/FontDescriptor {descriptor} 0 R >>"
    )
    unicode = file.stream(_to_unicode(codes), "")
    return file.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.name} /Encoding /{font.encoding} "
        f"/ToUnicode {unicode} 0 R /DescendantFonts [{descendant} 0 R] >>"
    )


def _to_unicode(codes: dict[str, int]) -> bytes:
    """The table from codes to letters, ISO 32000-1, 9.10.3."""
    rows = [f"<{code:04x}> <{ord(letter):04x}>" for letter, code in codes.items()]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Simulated def /CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}endcmap CMapName currentdict /CMap defineresource pop end end\n"
    ).encode()
