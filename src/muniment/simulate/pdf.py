"""Writes PDF files: text in four scripts, or pages that are only a picture.

    %PDF-1.5 · objects · cross-reference table · trailer        ISO 32000-1, 7.5

Invariants:

- no font is embedded, so that the same text gives the same bytes on every machine: Latin stands in
  Helvetica, Chinese in STSong-Light (UniGB-UCS2-H), all else in a font named, not carried, with a
  ToUnicode table through which its text can be read;
- lines in Arabic script are written in visual order, as programs do, and in logical order
  in the truth;
- the file identifier is a digest of the content; no clock, no chance.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence

import msgspec

_WIDTH, _HEIGHT = 595, 842  # points, A4
_MARGIN, _LEADING, _SIZE = 64, 22, 13  # points
LINES_PER_PAGE = (_HEIGHT - 2 * _MARGIN) // _LEADING
_LAST_LATIN = 0x7E
_ARABIC = range(0x0600, 0x0700)
_CYRILLIC = range(0x0400, 0x0530)


class Picture(msgspec.Struct, frozen=True):
    """A JPEG that fills a page; `grey` where it has one channel."""

    jpeg: bytes
    width: int  # pixels
    height: int
    grey: bool


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


def text_pdf(lines: Sequence[str], title: str) -> bytes:
    """Pages of text lines, one line of the page for each (lines must fit the page's width)."""
    pages = [lines[at : at + LINES_PER_PAGE] for at in range(0, len(lines), LINES_PER_PAGE)]
    other, chinese = _letters(lines, "F3"), _letters(lines, "F2")
    codes = {letter: number for number, letter in enumerate(other, 1)}
    file = _File(title)
    fonts = _fonts(file, {letter: ord(letter) for letter in chinese}, codes)
    for page in pages:
        content = "\n".join(_line(line, row, codes) for row, line in enumerate(page))
        file.page(content.encode("latin-1"), f"/Font << {fonts} >>")
    return file.finish()


def picture_pdf(pictures: Iterable[Picture], title: str) -> bytes:
    """A page for each picture and nothing else: what a scanner without text recognition gives."""
    file = _File(title)
    for picture in pictures:
        space = "/DeviceGray" if picture.grey else "/DeviceRGB"
        head = f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
        head += f"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode"
        image = file.stream(picture.jpeg, head)
        content = f"q {_WIDTH} 0 0 {_HEIGHT} 0 0 cm /Im1 Do Q".encode()
        file.page(content, f"/XObject << /Im1 {image} 0 R >>")
    return file.finish()


class _File:
    """Objects in the order they are added; 1 is the catalog and 2 the page tree."""

    def __init__(self, title: str) -> None:
        self._objects: list[bytes] = [b"", b""]
        self._pages: list[int] = []
        self._title = title

    def add(self, body: str) -> int:
        self._objects.append(body.encode("latin-1"))
        return len(self._objects)

    def stream(self, data: bytes, head: str) -> int:
        start = f"<< {head} /Length {len(data)} >>\nstream\n".encode("latin-1")
        self._objects.append(start + data + b"\nendstream")
        return len(self._objects)

    def page(self, content: bytes, resources: str) -> None:
        drawn = self.stream(zlib.compress(content), "/Filter /FlateDecode")
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
        page += f"/Contents {drawn} 0 R /Resources << {resources} >> >>"
        self._pages.append(self.add(page))

    def finish(self) -> bytes:
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self._objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self._pages)} >>".encode()
        title = ("\ufeff" + self._title).encode("utf-16-be").hex()
        information = self.add(f"<< /Title <{title}> /CreationDate (D:20180630101200+08'00') >>")
        return self._serialised(information)

    def _serialised(self, information: int) -> bytes:
        out = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
        offsets = []
        for number, body in enumerate(self._objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        identifier = hashlib.sha256(out).hexdigest()[:32]
        table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
        count = len(offsets) + 1
        tail = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} "
        tail += f"/Root 1 0 R /Info {information} 0 R /ID [<{identifier}><{identifier}>] >>\n"
        return out + f"{tail}startxref\n{len(out)}\n%%EOF\n".encode()


def _letters(lines: Sequence[str], font: str) -> list[str]:
    """The letters that stand in a font, in order of code."""
    return sorted(
        {
            letter
            for line in lines
            for letter, used in zip(line, _fonts_of(line), strict=True)
            if used == font
        }
    )


def _fonts_of(line: str) -> tuple[str, ...]:
    """A font for each letter: F1 Latin, F2 Chinese, F3 what the named fonts do not cover.

    Latin letters and digits stand in the font of the letters around them, as few runs as can be:
    PDFium leaves out a run of one letter in a font that is not there.
    """
    fonts = [_font(letter) for letter in line]
    main = "F2" if "F2" in fonts else "F3" if "F3" in fonts else "F1"
    return tuple(main if font == "F1" else font for font in fonts)


def _font(letter: str) -> str:
    code = ord(letter)
    if code <= _LAST_LATIN:
        return "F1"
    return "F3" if code in _ARABIC or code in _CYRILLIC else "F2"


def _line(line: str, row: int, codes: dict[str, int]) -> str:
    """One line as text operators, switching fonts where the script changes."""
    y = _HEIGHT - _MARGIN - row * _LEADING
    shown = _visual(line) if any(ord(letter) in _ARABIC for letter in line) else line
    runs: list[tuple[str, str]] = []
    for letter, font in zip(shown, _fonts_of(shown), strict=True):
        code = _code(letter, font, codes)
        if runs and runs[-1][0] == font:
            runs[-1] = (font, runs[-1][1] + code)
        else:
            runs.append((font, code))
    drawn = " ".join(f"/{font} {_SIZE} Tf <{written}> Tj" for font, written in runs)
    return f"BT 1 0 0 1 {_MARGIN} {y} Tm {drawn} ET"


def _code(letter: str, font: str, codes: dict[str, int]) -> str:
    """The letter's code in a font, as hexadecimal digits."""
    match font:
        case "F1":
            return letter.encode("latin-1").hex()
        case "F2":
            return letter.encode("utf-16-be").hex()
        case _:
            return f"{codes[letter]:04x}"


def _visual(line: str) -> str:
    """The order in which a right-to-left line stands on paper: other scripts keep theirs."""
    return re.sub(r"[^\u0600-\u06ff ]+", lambda run: run[0][::-1], line[::-1])


def _fonts(file: _File, chinese: dict[str, int], codes: dict[str, int]) -> str:
    """Adds the three fonts; returns the resource dictionary's inside."""
    latin = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                     "/Encoding /WinAnsiEncoding >>")  # fmt: skip
    song = _composite(file, _SONG, chinese)
    other = _composite(file, _OTHER, codes)
    return f"/F1 {latin} 0 R /F2 {song} 0 R /F3 {other} 0 R"


def _composite(file: _File, font: _Composite, codes: dict[str, int]) -> int:
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
