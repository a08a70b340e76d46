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
import zlib
from collections.abc import Iterable, Sequence

import msgspec

from muniment.simulate.pdf_fonts import add_fonts, code_of, fonts_of, letters_in, visual

_WIDTH, _HEIGHT = 595, 842  # points, A4
_MARGIN, _LEADING, _SIZE = 64, 22, 13  # points
LINES_PER_PAGE = (_HEIGHT - 2 * _MARGIN) // _LEADING


class Picture(msgspec.Struct, frozen=True):
    """A JPEG that fills a page; `grey` where it has one channel."""

    jpeg: bytes
    width: int  # pixels
    height: int
    grey: bool


def text_pdf(lines: Sequence[str], title: str) -> bytes:
    """Pages of text lines, one line of the page for each (lines must fit the page's width)."""
    pages = [lines[at : at + LINES_PER_PAGE] for at in range(0, len(lines), LINES_PER_PAGE)]
    other, chinese = letters_in(lines, "F3"), letters_in(lines, "F2")
    codes = {letter: number for number, letter in enumerate(other, 1)}
    file = _File(title)
    fonts = add_fonts(file, {letter: ord(letter) for letter in chinese}, codes)
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


def _line(line: str, row: int, codes: dict[str, int]) -> str:
    """One line as text operators, switching fonts where the script changes."""
    y = _HEIGHT - _MARGIN - row * _LEADING
    shown = visual(line)
    runs: list[tuple[str, str]] = []
    for letter, font in zip(shown, fonts_of(shown), strict=True):
        code = code_of(letter, font, codes)
        if runs and runs[-1][0] == font:
            runs[-1] = (font, runs[-1][1] + code)
        else:
            runs.append((font, code))
    drawn = " ".join(f"/{font} {_SIZE} Tf <{written}> Tj" for font, written in runs)
    return f"BT 1 0 0 1 {_MARGIN} {y} Tm {drawn} ET"
