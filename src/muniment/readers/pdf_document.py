"""PDF: the text of each page line by line, each line in its box.

- Boxes are points from the top left of the page as displayed: inside the CropBox, after rotation.
- Every page is an `Image` part (its size in whole points); a page without a text layer says so,
  since nothing here reads letters off pictures.
- Attachments are children. An encrypted file that opens without a password is read; its
  permission flags hide nothing from a reader and are only stated.

Source: ISO 32000-1, §7.7.3 (pages), §8.3.2.3 (user space), §7.6 (encryption), §7.11.4.
"""

from collections.abc import Iterator

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

from muniment.core import (
    Area,
    Field,
    Image,
    Metadata,
    Part,
    Problem,
    Relation,
    Tally,
    TextSpan,
    Whole,
)
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.pdf_lines import lines_of
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_LONGEST_VALUE = 1 << 16


def read_pdf(source: Source, context: Context) -> Iterator[Part]:
    """The lines, pages, properties and attachments of a document."""
    document = _opened(source)
    try:
        pages = len(document)
        yield Tally(Whole(), "pages", pages)
        yield from _structure(source, context)
        for number in range(1, pages + 1):
            if number > context.limits.pages:
                raise RefusedError(f"has {pages} pages, more than {context.limits.pages}")
            yield from _page(document, number)
    finally:
        document.close()


def _opened(source: Source) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(source.stream(), autoclose=False)
    except pypdfium2.PdfiumError as why:
        if getattr(why, "err_code", None) == _PASSWORD_ERROR or "password" in str(why).lower():
            raise LockedError("it is encrypted and needs a password") from why
        raise UnreadableError(f"it cannot be opened as a PDF: {why}") from why
    return document


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[Part]:
    at = Area(page=number)
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        yield Problem(at, "page-damaged", "the page cannot be opened")
        return
    try:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            yield Problem(at, "page-damaged", "the page has no size")
            return
        yield Image(at, round(width), round(height))
        found = 0
        for line in lines_of(page):
            found += 1
            yield TextSpan(Area(number, line.box), line.text, hidden=line.hidden)
        if found == 0:
            message = "the page has no text layer; letters in pictures are not read"
            yield Problem(at, "page-without-text", message)
    except pypdfium2.PdfiumError:
        yield Problem(at, "page-damaged", "the text of the page cannot be read")
    finally:
        page.close()


def _structure(source: Source, context: Context) -> Iterator[Part]:
    """What the file states of itself, and its attachments."""
    try:
        with pikepdf.open(source.stream()) as pdf:
            yield from _properties(pdf)
            yield from _attachments(pdf, context)
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError) as why:
        message = f"properties and attachments cannot be read ({type(why).__name__})"
        yield Problem(Whole(), "structure-damaged", message)


def _properties(pdf: pikepdf.Pdf) -> Iterator[Part]:
    yield Metadata(Field("PDF version"), "PDF version", pdf.pdf_version)
    if pdf.is_encrypted:
        allowed = [name for name, on in pdf.allow._asdict().items() if on]
        yield Metadata(Field("allowed"), "allowed", ", ".join(allowed) or "nothing")
    information = pdf.trailer.get("/Info")
    if isinstance(information, pikepdf.Dictionary):
        for key, value in sorted(information.items()):
            name = key.removeprefix("/")
            if isinstance(value, (pikepdf.String, str)):
                yield Metadata(Field(name), name, str(value)[:_LONGEST_VALUE])
    packet = pdf.Root.get("/Metadata")
    if isinstance(packet, pikepdf.Stream):
        text = packet.read_bytes().decode("utf-8", "replace")
        yield Metadata(Field("XMP"), "XMP", text[:_LONGEST_VALUE])


def _attachments(pdf: pikepdf.Pdf, context: Context) -> Iterator[Part]:
    names = sorted(pdf.attachments)
    yield Tally(Whole(), "attachments", len(names))
    for index, name in enumerate(names):
        at = Field(f"attachment {name}")
        try:
            attached = pdf.attachments[name]
            data = attached.get_file().read_bytes()
            shown = attached.filename or name
        except (pikepdf.PdfError, ValueError, KeyError, TypeError) as why:
            yield Problem(at, "member-damaged", f"cannot be unpacked ({type(why).__name__})")
            continue
        raw = name.encode("utf-8", "surrogatepass")
        entry = Entry(at, index, Relation.ATTACHMENT, raw, shown)
        yield child_or_problem(context.children, entry, (data,))


PDF_DOCUMENT = Reader(name="pdf", version=1, media_types=("application/pdf",), read=read_pdf)
