"""The bookmarks of a PDF: titles with the page each leads to.

Source: ISO 32000-1 §12.3.3 (outline), §12.3.2 (destinations).
"""

from collections.abc import Iterator

import pikepdf

from muniment.core import Area, Field, Part, Place, Problem, Role, TextSpan
from muniment.readers.pdf_objects import MOST, entry, identity, items, named, text_in

_DEEPEST = 64


def bookmarks_of(pdf: pikepdf.Pdf) -> Iterator[Part]:
    """The bookmarks in order, each at its page, or as an entry where that is not known."""
    root = entry(pdf.Root, "/Outlines")
    if not isinstance(root, pikepdf.Dictionary):
        return
    pages = {identity(page.obj): number for number, page in enumerate(pdf.pages, start=1)}
    destinations = dict(_destinations(pdf))
    for number, item in enumerate(_items(root), start=1):
        if number > MOST:
            message = f"more than {MOST} bookmarks; the others are left out"
            yield Problem(Field("bookmark", number), "bookmarks-left-out", message)
            return
        title = text_in(item.get("/Title"))
        if title.strip() != "":
            at: Place = Field("bookmark", number)
            page = _page(item, destinations, pages)
            if page is not None:
                at = Area(page=page)
            yield TextSpan(at, title, Role.TITLE)


def _items(root: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    """The entries of the outline, each before those below it; no entry twice."""
    seen: set[tuple[int, int] | None] = set()
    waiting: list[tuple[object, int]] = [(root.get("/First"), 0)]
    while len(waiting) > 0:
        item, depth = waiting.pop()
        mark = identity(item)
        if not isinstance(item, pikepdf.Dictionary) or mark in seen or depth > _DEEPEST:
            continue
        seen.add(mark)
        yield item
        waiting.append((item.get("/Next"), depth))
        waiting.append((item.get("/First"), depth + 1))


def _destinations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, object]]:
    for name, _, value in named(entry(entry(pdf.Root, "/Names"), "/Dests"), "/Names"):
        yield name, value
    older = entry(pdf.Root, "/Dests")
    if isinstance(older, pikepdf.Dictionary):
        for key in older.keys():  # noqa: SIM118 - iterating over one gives objects, not names
            yield key.removeprefix("/"), older.get(key)


def _page(
    item: pikepdf.Dictionary,
    destinations: dict[str, object],
    pages: dict[tuple[int, int] | None, int],
) -> int | None:
    target: object = item.get("/Dest")
    if target is None:
        target = entry(item.get("/A"), "/D")
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = destinations.get(text_in(target))
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    first = next(iter(items(target)), None)
    if isinstance(first, int):
        return first + 1 if 0 <= first < len(pages) else None
    mark = identity(first)
    return None if mark is None else pages.get(mark)
