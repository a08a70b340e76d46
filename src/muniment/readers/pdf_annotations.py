"""What readers of a PDF wrote on its pages: notes, highlights, links, stamps; scripts behind them.

- A note's text has the role of a comment and stands in the annotation's rectangle; who wrote it
  and when is stated there. A highlight also tells which words it covers.
- Links give the address they lead to. Attached files and scripts are handed on.

Source: ISO 32000-1 §12.5 (annotations), §12.6 (actions).
"""

from collections.abc import Iterator, Sequence

import msgspec
import pikepdf
from lxml import etree  # type: ignore[import-untyped]

from muniment.core import Area, Metadata, Part, Problem, Role, TextSpan
from muniment.readers.page_table_records import Box, around
from muniment.readers.pdf_objects import entry, items, long_text_in, numbers, text_in
from muniment.readers.pdf_scripts import scripts_of
from muniment.readers.pdf_view import View
from muniment.readers.pdf_words import PdfLine

_MOST = 10_000  # annotations of one page
_COVERING = frozenset(("Highlight", "Underline", "Squiggly", "StrikeOut", "Redact"))
_STATED = (("author", "/T"), ("subject", "/Subj"), ("modified", "/M"), ("created", "/CreationDate"))
_MOST_QUADS = 500


class Found(msgspec.Struct):
    """What annotations hold that is not read here: files, and fields with their places."""

    files: list[tuple[Area, object]]
    widgets: list[tuple[Area, pikepdf.Object]]


def annotations_of(
    page: object, number: int, view: View, lines: Sequence[PdfLine], found: Found
) -> Iterator[Part]:
    """The annotations of a page in their order; `found` grows by what is to be read elsewhere."""
    annotations = items(entry(page, "/Annots"))
    for index, annotation in enumerate(annotations):
        if index >= _MOST:
            message = f"more than {_MOST} annotations; the others are left out"
            yield Problem(Area(page=number), "annotations-left-out", message)
            return
        if isinstance(annotation, pikepdf.Dictionary):
            at = Area(number, _box(view, numbers(entry(annotation, "/Rect"), 4)))
            yield from _annotation(annotation, at, lines, found)


def _box(view: View, corners: tuple[float, ...] | None) -> Box | None:
    if corners is None or not all(abs(corner) < 1e7 for corner in corners):  # noqa: PLR2004 - no page is as large
        return None
    x, y, other_x, other_y = corners
    rectangle = min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)
    return view.clipped(view.shown(*rectangle))[0]


def _annotation(
    annotation: pikepdf.Dictionary,
    at: Area,
    lines: Sequence[PdfLine],
    found: Found,
) -> Iterator[Part]:
    kind = text_in(annotation.get("/Subtype"))
    yield from scripts_of(annotation, at)
    if kind == "Widget":
        found.widgets.append((at, annotation))
    elif kind == "Link":
        address = text_in(entry(annotation.get("/A"), "/URI"))
        if address != "":
            yield Metadata(at, "link", address)
    else:
        if kind == "FileAttachment":
            found.files.append((at, annotation.get("/FS")))
        yield from _note(annotation, kind, at, lines)


def _note(
    annotation: pikepdf.Dictionary, kind: str, at: Area, lines: Sequence[PdfLine]
) -> Iterator[Part]:
    """What somebody wrote or marked, and who and when."""
    written = long_text_in(annotation.get("/Contents")) or _rich(annotation.get("/RC"))
    if kind == "Popup" and written == "":
        return
    yield Metadata(at, "annotation", kind)
    for name, key in _STATED:
        value = text_in(annotation.get(key))
        if value != "":
            yield Metadata(at, f"annotation {name}", value)
    if kind == "Stamp":
        yield Metadata(at, "stamp", text_in(annotation.get("/Name")))
    if kind in _COVERING:
        covered = _covered(annotation, lines)
        if covered != "":
            yield Metadata(at, "annotation covers", covered)
    if written.strip() != "":
        yield TextSpan(at, written, Role.COMMENT, hidden=_is_hidden(annotation))


def _is_hidden(annotation: pikepdf.Dictionary) -> bool:
    """Whether the flags say that it is not shown (bits 2 and 6)."""
    flags = annotation.get("/F", 0)
    return isinstance(flags, int) and flags & 0b100010 != 0


def _rich(found: object) -> str:
    """The text of a note that is kept as XHTML only."""
    markup = long_text_in(found)
    if markup == "":
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ""
    return "" if root is None else "".join(str(text) for text in root.itertext())


def _covered(annotation: pikepdf.Dictionary, lines: Sequence[PdfLine]) -> str:
    """The words whose middle lies in one of the annotation's quadrilaterals."""
    boxes = list(_quads(annotation))
    words = [
        word.text
        for line in lines
        for word in line.words
        if word.box is not None and any(_holds(box, word.box) for box in boxes)
    ]
    return " ".join(words)


def _quads(annotation: pikepdf.Dictionary) -> Iterator[Box]:
    points = items(annotation.get("/QuadPoints"))
    for start in range(0, min(len(points), 8 * _MOST_QUADS) - 7, 8):
        quad = numbers(pikepdf.Array(points[start : start + 8]), 8)
        if quad is not None:
            yield around([(x, y, x, y) for x, y in zip(quad[::2], quad[1::2], strict=True)])


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
