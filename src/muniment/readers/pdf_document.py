"""PDF: the text of each page line by line, tables as cells, and everything that hangs on pages.

    problems, number of pages, properties, bookmarks        what the file states of itself
    page 1: its size, lines and cells, pictures, notes      in reading order, each in its box
    …
    form fields, signatures, scripts, attachments, earlier versions, what stands behind its end

- Boxes are points from the top left of the page as displayed: inside the CropBox, after rotation.
- Every page is an `Image` part (its size in whole points); a page without usable text says so,
  since nothing here reads letters off pictures.
- Attachments are children, and so are the versions that incremental updates have left standing.
- An encrypted file is read where it opens without a password or with a key; its permission flags
  hide nothing from a reader and are only stated.

Source: ISO 32000-1, §7.7.3 (pages), §8.3.2.3 (user space), §7.6 (encryption), §7.11.4.
"""

from collections.abc import Iterator

import pikepdf

from muniment.core import Area, Cell, Field, Metadata, Part, Problem, Tally, Whole
from muniment.readers.behind_the_end import file_behind
from muniment.readers.pdf_annotations import Found, annotations_of
from muniment.readers.pdf_attachments import attached_at, attached_to, children_of
from muniment.readers.pdf_forms import form_of
from muniment.readers.pdf_objects import entry, items
from muniment.readers.pdf_open import QPDF_ERRORS, Opened, opened, tried
from muniment.readers.pdf_outline import bookmarks_of
from muniment.readers.pdf_page import Page, PageDamagedError, page_of, parts_of
from muniment.readers.pdf_properties import layers_of, properties_of
from muniment.readers.pdf_revisions import end_marks, end_of, revisions_of
from muniment.readers.pdf_scripts import named_scripts, scripts_of
from muniment.readers.pdf_system_fonts import forget_system_fonts
from muniment.readers.pdf_tables import TableNames
from muniment.readers.reader import Context, Reader
from muniment.readers.row_numbers import doubts
from muniment.readers.source import Source

_LABELLED = 5_000  # pages whose labels are asked for


def read_pdf(source: Source, context: Context) -> Iterator[Part]:
    """The lines, tables, pages, properties, notes, fields and attachments of a document."""
    forget_system_fonts()
    document = opened(source, context.keys)
    try:
        yield from _read(document, source, context)
    finally:
        document.close()


def _read(document: Opened, source: Source, context: Context) -> Iterator[Part]:
    yield from document.problems
    pages = len(document.pages)
    yield Tally(Whole(), "pages", pages)
    structure = document.structure
    found = Found([], [])
    layers_off: frozenset[str] = frozenset()
    if structure is not None:
        yield from tried(properties_of(structure), "the document's properties")
        layers = _layers(structure)
        layers_off = frozenset(name for name, off in layers if off)
        for number, (name, off) in enumerate(layers, start=1):
            yield Metadata(Field("layer", number), "layer", f"{name} ({'off' if off else 'on'})")
        yield from tried(bookmarks_of(structure), "the bookmarks")
    yield from _pages(document, context, layers_off, found)
    if structure is not None:
        yield from tried(named_scripts(structure), "the document's scripts")
        yield from tried(form_of(structure, found.widgets, source.size), "the form")
        yield from tried(_attachments(structure, found, context), "the attachments")
    yield from _beside(source, structure, context)


def _beside(source: Source, structure: pikepdf.Pdf | None, context: Context) -> Iterator[Part]:
    """The earlier versions that stand in the file, and what stands behind its end."""
    marks = end_marks(source)
    end = end_of(source, marks)
    if structure is not None:
        own = [mark for mark in marks if mark <= end]
        yield from revisions_of(source, own, context.children)
    yield from file_behind(source, end, "document", context.children)


def _layers(structure: pikepdf.Pdf) -> list[tuple[str, bool]]:
    try:
        return layers_of(structure)
    except QPDF_ERRORS:
        return []  # a document without layers and one whose list is damaged show all they have


def _pages(
    document: Opened, context: Context, layers_off: frozenset[str], found: Found
) -> Iterator[Part]:
    names = TableNames()
    pages = len(document.pages)
    structures = _page_objects(document.structure)
    cells: list[Cell] = []  # of tables that may go on over the page
    for number in range(1, pages + 1):
        if number > context.limits.pages:
            message = (
                f"{pages - number + 1} of {pages} pages were not read: the limit is {number - 1}"
            )
            yield Problem(Area(page=number), "too-many-pages", message)
            break
        try:
            page = page_of(document.pages, number, layers_off)
        except PageDamagedError as why:
            yield Problem(Area(page=number), "page-damaged", str(why))
            continue
        tables = names.named(page.parted.tables, page.sheet.sheet)
        if len(tables) == 0 or tables[0].rows_before == 0:
            yield from doubts(cells)
            cells = []
        for part in parts_of(page, tables):
            yield part
            if isinstance(part, Cell):
                cells.append(part)
        if number <= len(structures):
            yield from tried(
                _on_page(document, structures[number - 1], page, found),
                f"what hangs on page {number}",
            )
    yield from doubts(cells)


def _page_objects(structure: pikepdf.Pdf | None) -> list[pikepdf.Object]:
    if structure is None:
        return []
    try:
        return [page.obj for page in structure.pages]
    except (*QPDF_ERRORS, RecursionError):
        return []


def _on_page(
    document: Opened, structure: pikepdf.Object, page: Page, found: Found
) -> Iterator[Part]:
    """Label, notes, links, scripts and files of a page."""
    at = Area(page=page.number)
    whole = document.structure
    labelled = whole is not None and entry(whole.Root, "/PageLabels") is not None
    if whole is not None and labelled and page.number <= _LABELLED:
        yield Metadata(at, "page label", str(whole.pages[page.number - 1].label))
    yield from scripts_of(structure, at)
    found.files.extend((at, one) for one in items(entry(structure, "/AF")))
    yield from annotations_of(structure, page.number, page.view, page.visible, found)


def _attachments(structure: pikepdf.Pdf, found: Found, context: Context) -> Iterator[Part]:
    attached = [*attached_to(structure), *(attached_at(at, one) for at, one in found.files)]
    yield from children_of(attached, context.children)


PDF_DOCUMENT = Reader(
    name="pdf", version=5, media_types=("application/pdf",), read=read_pdf, takes_keys=True
)
