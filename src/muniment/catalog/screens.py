"""An object's text a screen at a time: a page of what has pages, some paragraphs of what has none.

- What was read off a page's picture comes with the page, after what the file itself stores.
- Every stretch and every cell carries its place; the ranges that are cited and those a query found
  are told, in code points of what is shown.
- A screen is bounded whatever the file holds: a stretch longer than a screen is shown in pieces.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from muniment.catalog.lookup import stands_in
from muniment.catalog.marking import Range, marks
from muniment.catalog.ocr_step import ocr_folder, ocr_part_path
from muniment.catalog.outline import (
    MOST_LETTERS,
    MOST_PARTS,
    Document,
    Outline,
    Run,
)
from muniment.catalog.searching.query import Query
from muniment.core import (
    Area,
    Cell,
    Chars,
    Element,
    Field,
    Image,
    Part,
    Place,
    TextSpan,
    Whole,
    print_place,
)
from muniment.readers import read_parts

LONGEST_STRETCH = 20_000  # code points shown of one stretch
_MOST_CELLS = 4_000  # of a page
_READ = ("text", "cell")
_ON_PAGE = ("text", "cell", "image")
_UNSURE = 0.8  # confidence below which what was read off a picture is marked

Box = tuple[float, float, float, float]


class Stretch(msgspec.Struct, frozen=True):
    """Some text: where it stands (`at` is a citation's fragment), what it is, what is marked.

    `cut` is where in the stretch the shown text begins and `length` how long it is in all; `label`
    is the field it stands in; `cited` and `found` are ranges of `text`. `goes_on` says that it is
    of the same paragraph as the stretch before it.
    """

    at: str
    text: str
    role: str
    hidden: bool
    label: str
    box: Box | None
    confidence: float | None
    source: str
    cited: tuple[Range, ...]
    found: tuple[Range, ...]
    cut: int
    length: int
    goes_on: bool = False

    @property
    def unsure(self) -> bool:
        """Whether what read it says that it may be wrong."""
        return self.confidence is not None and self.confidence < _UNSURE


class GridCell(msgspec.Struct, frozen=True):
    """One cell of a table on a screen; `across` and `down` count columns and rows it covers."""

    at: str
    row: int
    column: int
    text: str
    written: str
    hidden: bool
    comment: str
    box: Box | None
    confidence: float | None
    cited: bool
    found: tuple[Range, ...]
    across: int
    down: int

    @property
    def unsure(self) -> bool:
        """Whether what read it says that it may be wrong."""
        return self.confidence is not None and self.confidence < _UNSURE


class Grid(msgspec.Struct, frozen=True):
    """A table on a screen: its name (of a sheet, or of a table on a page) and its rows."""

    name: str
    rows: tuple[tuple[GridCell, ...], ...]


class Screen(msgspec.Struct, frozen=True):
    """One screen of an object: number `number` of `of`, from 1.

    `paged` says that a screen is a page; `width` and `height` are the page's, in its own units, 0
    where no size is known; `left_out` counts cells beyond what a screen shows.
    """

    number: int
    of: int
    paged: bool
    items: tuple[Stretch | Grid, ...]
    width: float = 0.0
    height: float = 0.0
    left_out: int = 0

    @property
    def boxes(self) -> tuple[Stretch | GridCell, ...]:
        """Everything that stands in a box of the page."""
        flat = (
            each
            for item in self.items
            for each in ((item,) if isinstance(item, Stretch) else sum(item.rows, ()))
        )
        return tuple(each for each in flat if each.box is not None)


class View(msgspec.Struct, frozen=True):
    """How a screen is looked at: what is cited, what was searched, where a long stretch begins."""

    place: Place | None = None
    query: Query | None = None
    cut: int = 0


def screen_count(document: Document) -> int:
    """How many screens an object has; at least one."""
    pages = document.outline.pages
    return pages if pages > 0 else max(1, len(_unpaged(document.outline)))


def screen_of(document: Document, place: Place) -> int:
    """The number of the screen on which `place` stands; the first where it is on none."""
    if isinstance(place, Area) and place.page is not None:
        return min(place.page, screen_count(document))
    if isinstance(place, Whole) or document.outline.pages > 0:
        return 1
    number = document.find(place)
    if number is None:
        return 1
    starts = [runs[0].first for runs in _unpaged(document.outline)]
    return max(1, bisect.bisect_right(starts, number))


def screen(document: Document, number: int, view: View) -> Screen:
    """Screen `number` of an object."""
    of = screen_count(document)
    number = max(1, min(number, of))
    if document.outline.pages > 0:
        return _page(document, number, view)
    screens = _unpaged(document.outline)
    own = _parts(document, screens[number - 1]) if len(screens) > 0 else []
    if number == of:
        own = [*own, *_letters(document, 0)]
    size = _size(own, document)
    items, left_out = _items(own, view)
    return Screen(number, of, paged=False, items=items, **size, left_out=left_out)


def _page(document: Document, number: int, view: View) -> Screen:
    outline = document.outline
    runs = [run for run in outline.runs if run.page == number and run.kind in _ON_PAGE]
    if number == 1:  # with the first page, what stands on none
        runs += [run for run in outline.runs if run.page == 0 and run.kind in _READ][:8]
    own = [*_parts(document, runs), *_letters(document, number)]
    whole = (part for part in own if isinstance(part, Image))
    size = next(
        (
            {"width": float(part.width), "height": float(part.height)}
            for part in whole
            if part.at == Area(page=number)
        ),
        {},
    )
    items, left_out = _items(own, view)
    return Screen(number, outline.pages, paged=True, items=items, **size, left_out=left_out)


def _size(own: Sequence[Part], document: Document) -> dict[str, float]:
    """The size of a picture without pages."""
    runs = [run for run in document.outline.runs if run.kind == "image" and run.page == 0][:1]
    for part in (*own, *_parts(document, runs)):
        if isinstance(part, Image) and isinstance(part.at, Whole):
            return {"width": float(part.width), "height": float(part.height)}
    return {}


def _unpaged(outline: Outline) -> list[list[Run]]:
    """The runs of each screen of an object without pages."""
    screens: list[list[Run]] = []
    parts = letters = 0
    for run in outline.runs:
        if run.kind not in _READ:
            continue
        full = parts + run.count > MOST_PARTS or letters + run.letters > MOST_LETTERS
        if len(screens) == 0 or full:
            screens.append([])
            parts = letters = 0
        screens[-1].append(run)
        parts, letters = parts + run.count, letters + run.letters
    return screens


def _parts(document: Document, runs: Iterable[Run]) -> list[Part]:
    return [part for run in runs for part in document.parts(run.first, run.count)]


def _letters(document: Document, page: int) -> Iterator[Part]:
    """What was read off the picture of one page; of the whole picture for page 0."""
    folder = ocr_folder(document.case.work, document.digest)
    if not folder.exists():
        return
    firsts = sorted(int(path.stem) for path in folder.glob("*.parts"))
    at = bisect.bisect_right(firsts, page) - 1
    if at < 0:
        return
    path = ocr_part_path(document.case.work, document.digest, firsts[at])
    for part in read_parts(str(path)):
        if page == 0 or (isinstance(part.at, Area) and part.at.page == page):
            yield part


def _items(parts: Sequence[Part], view: View) -> tuple[tuple[Stretch | Grid, ...], int]:
    items: list[Stretch | Grid] = []
    cells: list[Cell] = []
    seen, before = 0, None
    for part in parts:
        if isinstance(part, Cell):
            if len(cells) > 0 and cells[0].in_table.sheet != part.in_table.sheet:
                items.append(_grid(cells, view))
                cells = []
            seen += 1
            if seen <= _MOST_CELLS:
                cells.append(part)
        elif isinstance(part, TextSpan):
            if len(cells) > 0:
                items.append(_grid(cells, view))
                cells = []
            items.append(_stretch(part, view, goes_on=_goes_on(before, part.at)))
            before = part.at
    if len(cells) > 0:
        items.append(_grid(cells, view))
    return tuple(items), max(0, seen - _MOST_CELLS)


def _goes_on(before: Place | None, at: Place) -> bool:
    match before, at:
        case Element(chars=(_, _)) as one, Element(chars=(_, _)) as other:
            return (one.member, one.path) == (other.member, other.path)
        case _:
            return False


def _stretch(span: TextSpan, view: View, *, goes_on: bool) -> Stretch:
    whole = span.text
    cited = tuple(_cited(span, view.place))
    cut = 0
    if len(whole) > LONGEST_STRETCH:
        wanted = cited[0][0] if len(cited) > 0 and cited[0][0] > 0 else view.cut
        cut = min(wanted, len(whole) - 1) // LONGEST_STRETCH * LONGEST_STRETCH
    text = whole[cut : cut + LONGEST_STRETCH]
    return Stretch(
        at=print_place(span.at),
        text=text,
        role=span.role.value,
        hidden=span.hidden,
        label=span.at.name if isinstance(span.at, Field) else "",
        box=span.at.box if isinstance(span.at, Area) else None,
        confidence=span.confidence,
        source=span.source,
        cited=tuple(_shifted(cited, cut, len(text))),
        found=marks(text, view.query),
        cut=cut,
        length=len(whole),
        goes_on=goes_on,
    )


def _is_marked(at: Place, place: Place | None) -> bool:
    """Whether what stands at `at` is marked for `place`: never for an object or page as a whole."""
    match place:
        case None | Whole() | Area(box=None):
            return False
        case _:
            return stands_in(at, place)


def _cited(span: TextSpan, place: Place | None) -> Iterator[Range]:
    """The range of a stretch that a place takes up; all of it where it can be said no closer."""
    if not _is_marked(span.at, place):
        return
    match span.at, place:
        case Chars(), Chars() if span.at.end - span.at.start == len(span.text):
            start, end = place.start - span.at.start, place.end - span.at.start
        case Element(), Element() if place.chars is not None:
            base = 0 if span.at.chars is None else span.at.chars[0]
            start, end = place.chars[0] - base, place.chars[1] - base
        case _:
            start, end = 0, len(span.text)
    yield max(0, start), min(len(span.text), end)


def _shifted(ranges: Iterable[Range], cut: int, length: int) -> Iterator[Range]:
    for start, end in ranges:
        first, last = max(0, start - cut), min(length, end - cut)
        if first < last:
            yield first, last


def _grid(cells: Sequence[Cell], view: View) -> Grid:
    rows: dict[int, dict[int, GridCell]] = {}
    for cell in cells:
        made = _grid_cell(cell, view)
        rows.setdefault(made.row, {})[made.column] = made
    ordered = tuple(
        tuple(cell for _, cell in sorted(row.items())) for _, row in sorted(rows.items())
    )
    return Grid(cells[0].in_table.sheet or "", ordered)


def _grid_cell(cell: Cell, view: View) -> GridCell:
    place, shown = cell.in_table, cell.shown or cell.written
    text = shown[:LONGEST_STRETCH]
    return GridCell(
        at=print_place(cell.at),
        row=place.row,
        column=place.column,
        text=text,
        written=cell.written[:LONGEST_STRETCH],
        hidden=cell.hidden,
        comment=cell.comment or "",
        box=cell.at.box if isinstance(cell.at, Area) else None,
        confidence=cell.confidence,
        cited=_is_marked(cell.at, view.place),
        found=marks(text, view.query),
        across=(place.last_column or place.column) - place.column + 1,
        down=(place.last_row or place.row) - place.row + 1,
    )
