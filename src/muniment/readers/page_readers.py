"""PDFs: their reader, with its two libraries."""

import io

import pikepdf

from muniment.readers.pdf_document import PDF_DOCUMENT
from muniment.readers.reader import Reader

READERS: tuple[Reader, ...] = (PDF_DOCUMENT,)
_LINES = "".join(
    f"BT /F1 10 Tf 50 {700 - 20 * row} Td ({row}) Tj 60 0 Td (a name of {row}) Tj ET "
    f"50 {697 - 20 * row} 200 1 re f "
    for row in range(12)
)


def samples() -> tuple[bytes, ...]:
    """A page with some lines of text and rules, made here."""
    held = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(600, 800))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(_LINES.encode())
        document.save(held)
    return (held.getvalue(),)
