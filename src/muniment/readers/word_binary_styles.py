"""What the styles of a binary Word document hide, and the runs with that taken in.

    style sheet (STSH)        which styles hide, by number
    paragraph runs (PAPX)     which paragraph has which style
    character runs (CHPX)     which stretch has a style of its own, and what it says itself

- A style says it itself, or has it from the one that it is based on; the nearest one counts.
- Where a paragraph's style and a stretch's both hide, the text is shown: two toggles cancel.
- Only documents of Word 97 and later, and only those with a style that hides, are looked at so.

Source: [MS-DOC] §2.2.4 (toggles), §2.4.6.1, §2.8.25, §2.9.23, §2.9.175, §2.9.260 to §2.9.262,
§2.9.271, §2.9.331 to §2.9.337.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from muniment.readers.word_binary_layout import PARAGRAPH_RUNS, STYLES, WORD_97, Layout
from muniment.readers.word_binary_runs import PLAIN, Run, modifiers

_PAGE = 512
_MOST_PAGES = 1 << 18
_ENTRY = 13  # BxPap: an offset, and a height that is not needed
_VANISH = 0x083C
_PARAGRAPH, _CHARACTER = 1, 2  # stk
_NO_STYLE = 0xFFF
_LIKE_STYLE, _UNLIKE_STYLE = 0x80, 0x81


class Stretch(msgspec.Struct, frozen=True):
    """Bytes of the WordDocument stream from `start` up to `end`."""

    start: int
    end: int


class _Style(msgspec.Struct, frozen=True):
    base: int
    hides: bool | None  # None: it does not say


def styled(runs: Sequence[Run], layout: Layout, table: bytes, data: bytes) -> tuple[Run, ...]:
    """The runs with what styles hide; what they said of styles is no longer in them."""
    sheet = layout.slice_of(STYLES, table) if layout.version == WORD_97 else b""
    hiding = _hiding(sheet)
    if len(hiding) > 0:
        found = sorted(_paragraphs(layout, table, data, hiding), key=lambda one: one.start)
        runs = list(_merged(runs, _joined(found), hiding))
    bare = (msgspec.structs.replace(run.marks, style=None, vanish=None) for run in runs)
    pairs = zip(runs, bare, strict=True)
    return tuple(Run(run.start, run.end, marks) for run, marks in pairs if marks != PLAIN)


def _hiding(sheet: bytes) -> frozenset[int]:
    """The numbers of the styles that hide."""
    styles = dict(_styles(sheet))
    return frozenset(number for number in styles if _hides(number, styles))


def _hides(number: int, styles: Mapping[int, _Style]) -> bool:
    seen: set[int] = set()
    while number in styles and number not in seen:
        seen.add(number)
        own = styles[number].hides
        if own is not None:
            return own
        number = styles[number].base
    return False


def _styles(sheet: bytes) -> Iterator[tuple[int, _Style]]:
    """Each style of the sheet: the header, then for each its length and its bytes."""
    if len(sheet) < 6:  # noqa: PLR2004 - cbStshi, cstd, cbSTDBaseInFile
        return
    header, count, fixed = struct.unpack_from("<HHH", sheet)
    at = 2 + header
    for number in range(count):
        if at + 2 > len(sheet):
            return
        (length,) = struct.unpack_from("<H", sheet, at)
        body = sheet[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        found = _style(body, fixed)
        if found is not None:
            yield number, found


def _style(body: bytes, fixed: int) -> _Style | None:
    """A style's base and what its character properties say (the last UPX of its kind)."""
    if len(body) < fixed + 2 or fixed < 6:  # noqa: PLR2004 - the words up to cupx
        return None
    kinds, lists = struct.unpack_from("<HH", body, 2)
    kind, base, count = kinds & 0xF, kinds >> 4, lists & 0xF
    wanted = {_PARAGRAPH: 1, _CHARACTER: 0}.get(kind)
    (letters,) = struct.unpack_from("<H", body, fixed)
    at = fixed + 2 + 2 * letters + 2
    hides = None
    for number in range(count if wanted is not None else 0):
        at += at % 2
        if at + 2 > len(body):
            break
        (length,) = struct.unpack_from("<H", body, at)
        if number == wanted:
            hides = _vanish(body[at + 2 : at + 2 + length])
        at += 2 + length
    return _Style(base if base != _NO_STYLE else -1, hides)


def _vanish(properties: bytes) -> bool | None:
    said = [operand for number, operand in modifiers(properties) if number == _VANISH]
    return None if len(said) == 0 or said[-1] == b"" else said[-1][0] in (1, _UNLIKE_STYLE)


def _paragraphs(
    layout: Layout, table: bytes, data: bytes, hiding: frozenset[int]
) -> Iterator[Stretch]:
    """The paragraphs whose style hides."""
    plc = layout.slice_of(PARAGRAPH_RUNS, table)
    count = max(0, min((len(plc) - 4) // 8, _MOST_PAGES))
    for number in range(count):
        (page,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * number)
        at = (page & 0x3FFFFF) * _PAGE
        yield from _page(data[at : at + _PAGE], hiding)


def _page(page: bytes, hiding: frozenset[int]) -> Iterator[Stretch]:
    count = page[-1] if len(page) == _PAGE else 0
    if count == 0 or 4 * (count + 1) + _ENTRY * count >= _PAGE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + _ENTRY * number]
        if at == 0 or at + 4 > _PAGE:
            continue
        # PapxInFkp: a count of words, or zero and then a count; the style's number comes first.
        at += 1 if page[at] != 0 else 2
        (style,) = struct.unpack_from("<H", page, min(at, _PAGE - 2))
        if style in hiding and bounds[number] < bounds[number + 1]:
            yield Stretch(bounds[number], bounds[number + 1])


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in stretches:
        if len(joined) > 0 and stretch.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    return joined


def _merged(
    runs: Sequence[Run], hidden: Sequence[Stretch], hiding: frozenset[int]
) -> Iterator[Run]:
    """The runs, cut where hidden paragraphs begin and end; and the hidden bytes between them."""
    starts = [stretch.start for stretch in hidden]
    cuts = sorted({edge for stretch in hidden for edge in (stretch.start, stretch.end)})
    covered = 0
    rest: list[Run | None] = [*runs, None]
    for run in rest:
        upto = run.start if run is not None else max([covered, *cuts[-1:]])
        for start, end in _cut(covered, upto, cuts):
            if _is_in(start, hidden, starts):
                yield Run(start, end, msgspec.structs.replace(PLAIN, hidden=True))
        if run is None:
            return
        for start, end in _cut(run.start, run.end, cuts):
            by_style = _is_in(start, hidden, starts) != (run.marks.style in hiding)
            shown = msgspec.structs.replace(run.marks, hidden=_said(run.marks.vanish, by_style))
            yield Run(start, end, shown)
        covered = run.end


def _said(vanish: int | None, by_style: bool) -> bool:  # noqa: FBT001 - two states of one toggle
    if vanish in (None, _LIKE_STYLE):
        return by_style
    return not by_style if vanish == _UNLIKE_STYLE else vanish == 1


def _cut(start: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    for cut in cuts[bisect_right(cuts, start) :]:
        if cut >= end:
            break
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _is_in(at: int, stretches: Sequence[Stretch], starts: Sequence[int]) -> bool:
    number = bisect_right(starts, at) - 1
    return number >= 0 and at < stretches[number].end
