"""One page of a PDF: its size, its lines and tables in reading order, its pictures.

- Text that stands in a table comes out as its cells, in place of its lines; nothing twice.
- Hidden text (invisible, white on white, tiny, off the page, in a layer that is off) comes out
  after what is seen, marked.
- A page whose text layer is empty, or says nothing, is named in a Problem: it must be read off
  its picture.
"""

from collections.abc import Iterator, Sequence

import msgspec
import pypdfium2  # type: ignore[import-untyped]

from muniment.core import Area, Cell, CellArea, CellKind, Image, Metadata, Part, Problem, TextSpan
from muniment.readers.page_table import Parted, parted
from muniment.readers.page_table_lines import text_of
from muniment.readers.page_table_records import Box, Table, around
from muniment.readers.pdf_drawn import Drawn, drawn_on
from muniment.readers.pdf_legible import is_unusable, share_of_unknown
from muniment.readers.pdf_order import Stretch, stretches_of
from muniment.readers.pdf_sheet import PdfSheet, sheet_of
from muniment.readers.pdf_tables import NamedTable
from muniment.readers.pdf_view import View, usual_view, view_of
from muniment.readers.pdf_words import PdfLine, PdfWord, is_tiny, words_of

_MOST_PICTURES = 500  # of one page
_LARGEST_SIDE = 1_000_000.0  # points; ISO 32000-1 Annex C.2 knows no page beyond 14,400


class Page(msgspec.Struct, frozen=True):
    """A page that was looked at."""

    number: int
    view: View
    visible: tuple[PdfLine, ...]
    hidden: tuple[PdfLine, ...]
    sheet: PdfSheet
    parted: Parted
    drawn: Drawn
    sized: bool = True  # whether it states a size that a page can have


class PageDamagedError(Exception):
    """The page cannot be read; the message is a sentence for people."""


def page_of(document: pypdfium2.PdfDocument, number: int, layers_off: frozenset[str]) -> Page:
    """Page `number`, from 1.

    Raises:
        PageDamagedError: it cannot be opened, or its text cannot be read.
    """
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as why:
        raise PageDamagedError("the page cannot be opened") from why
    try:
        return _looked_at(page, number, layers_off)
    except pypdfium2.PdfiumError as why:
        raise PageDamagedError("the text of the page cannot be read") from why
    finally:
        page.close()


def _looked_at(page: pypdfium2.PdfPage, number: int, layers_off: frozenset[str]) -> Page:
    view = view_of(page)
    sized = all(0 < side < _LARGEST_SIDE for side in view.size)
    if not sized:
        view = usual_view(view.rotation)
    drawn = drawn_on(page)
    text_page = page.get_textpage()
    try:
        lines = list(words_of(text_page, layers_off))
    finally:
        text_page.close()
    visible, hidden = _parted(lines, drawn, view)
    sheet = sheet_of(visible, drawn, view)
    return Page(number, view, visible, hidden, sheet, parted(sheet.sheet), drawn, sized)


def _parted(
    lines: Sequence[PdfLine], drawn: Drawn, view: View
) -> tuple[tuple[PdfLine, ...], tuple[PdfLine, ...]]:
    """What is seen and what is hidden; a line that is partly hidden comes in two."""
    visible, hidden = [], []
    for line in lines:
        unseen = tuple([word for word in line.words if _is_hidden(word, drawn, view)])
        if len(unseen) == 0:
            visible.append(line)
        elif len(unseen) == len(line.words):
            hidden.append(line)
        else:
            seen = tuple(word for word in line.words if word not in unseen)
            visible.append(PdfLine(_spaced(seen), seen, line.turn))
            hidden.append(PdfLine(_spaced(unseen), unseen, line.turn))
    return tuple(visible), tuple(hidden)


def _spaced(words: Sequence[PdfWord]) -> str:
    return " ".join(word.text for word in words)


def _is_hidden(word: PdfWord, drawn: Drawn, view: View) -> bool:
    if word.invisible or is_tiny(word):
        return True
    if word.box is None:
        return False
    if view.is_off(word.box):
        return True
    if not word.white:
        return False
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in drawn.painted)


def parts_of(page: Page, tables: Sequence[NamedTable]) -> Iterator[Part]:
    """What stands on the page, its tables under their names."""
    at = Area(page=page.number)
    width, height = page.view.size
    yield Image(at, max(1, round(width)), max(1, round(height)))
    yield from _trouble(page)
    yield from _read_in_order(page, tables)
    for line in page.hidden:
        yield TextSpan(Area(page.number, _box_of(page.view, line)), line.text, hidden=True)
    yield from _pictures(page)


def _trouble(page: Page) -> Iterator[Problem]:
    at = Area(page=page.number)
    if not page.sized:
        message = "the page states a size that no page can have; it is read as one of 612 x 792"
        yield Problem(at, "page-damaged", message)
    texts = [line.text for line in (*page.visible, *page.hidden)]
    if len(texts) == 0:
        message = "the page has no text layer; letters in pictures are not read"
        yield Problem(at, "page-without-text", message)
        return
    unknown, total = share_of_unknown(texts)
    if is_unusable(unknown, total):
        message = f"{unknown} of the {total} characters of its text layer have no meaning"
        yield Problem(at, "text-unusable", message)


def _read_in_order(page: Page, tables: Sequence[NamedTable]) -> Iterator[Part]:
    """Lines and tables; a table comes where the first of its words was read."""
    words = page.sheet.sheet.words
    taken = {i for table in page.parted.tables for cell in table.cells for i in cell.words}
    free = [index for index in range(len(words)) if index not in taken]
    waiting = sorted(tables, key=lambda named: named.table.box[1])
    stretches = stretches_of(page.sheet.sheet, free, page.parted.blocks)
    for stretch in stretches:
        for named in [one for one in waiting if _comes_before(one.table, stretch)]:
            yield from _table_parts(page, named)
            waiting.remove(named)
        yield _line_part(page, stretch)
    for named in waiting:
        yield from _table_parts(page, named)
    yield from _other_lines(page)


def _comes_before(table: Table, stretch: Stretch) -> bool:
    """Whether a line is the first one below a table, in the table's part of the width."""
    left, top, right, _ = stretch.box
    return top >= table.box[3] - 1 and min(right, table.box[2]) > max(left, table.box[0])


def _line_part(page: Page, stretch: Stretch) -> TextSpan:
    words = page.sheet.sheet.words
    line = page.visible[stretch.line]
    whole = len(stretch.words) == sum([word.box is not None for word in line.words])
    text = line.text if whole else text_of(words, stretch.words)
    return TextSpan(Area(page.number, _on_page(page, stretch.box)), text)


def _other_lines(page: Page) -> Iterator[TextSpan]:
    """Lines that do not stand upright with the others, or whose place is not known."""
    placed = {word.line for word in page.sheet.sheet.words}
    for number, line in enumerate(page.visible):
        if number not in placed:
            yield TextSpan(Area(page.number, _box_of(page.view, line)), line.text)


def _table_parts(page: Page, named: NamedTable) -> Iterator[Part]:
    table, name, before = named.table, named.name, named.rows_before
    area = Area(page.number, _on_page(page, table.box))
    yield Metadata(area, "table", f"{name}: {table.rows} rows, {table.columns} columns")
    if before > 0:
        yield Metadata(area, "table goes on", f"{name}: row {before + 1} is its first here")
    for cell in table.cells:
        row, column = cell.row + 1 + before, cell.column + 1
        grid = CellArea(row, column, name)
        if cell.last_row > cell.row or cell.last_column > cell.column:
            grid = CellArea(row, column, name, cell.last_row + 1 + before, cell.last_column + 1)
        at = Area(page.number, _on_page(page, cell.box))
        yield Cell(at, CellKind.TEXT, cell.text, grid=grid)


def _pictures(page: Page) -> Iterator[Part]:
    shown = 0
    for picture in page.drawn.pictures:
        box, outside = page.view.clipped(page.view.shown(*picture.box))
        if box is None or outside or min(picture.width, picture.height) < 1:
            continue
        shown += 1
        if shown > _MOST_PICTURES:
            message = f"more than {_MOST_PICTURES} pictures; the others are left out"
            yield Problem(Area(page=page.number), "pictures-left-out", message)
            return
        yield Image(Area(page.number, box), picture.width, picture.height)


def _on_page(page: Page, box: Box) -> Box | None:
    return page.view.clipped(page.sheet.on_page(box))[0]


def _box_of(view: View, line: PdfLine) -> Box | None:
    boxes = [view.shown(*word.box) for word in line.words if word.box is not None]
    return view.clipped(around(boxes))[0] if len(boxes) > 0 else None
