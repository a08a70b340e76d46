"""A PDF page as a sheet of upright words and rules, and the way back to the page as displayed.

- The sheet is turned so that most of its words stand upright; words that do not are left out of
  it, and come out as lines of their own.
- A word's `line` is the position of its line among PDFium's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from muniment.readers.page_table_records import Box, Rule, Sheet, Word
from muniment.readers.pdf_drawn import Drawn
from muniment.readers.pdf_view import View
from muniment.readers.pdf_words import PdfLine


class PdfSheet(msgspec.Struct, frozen=True):
    """The sheet, and how it and the page are looked at."""

    sheet: Sheet
    upright: View
    displayed: View

    def on_page(self, box: Box) -> Box:
        """A box of the sheet as left, top, right, bottom on the displayed page."""
        if self.upright.rotation == self.displayed.rotation:
            return box
        return self.displayed.shown(*self.upright.stored(*box))


def sheet_of(lines: Sequence[PdfLine], drawn: Drawn, view: View) -> PdfSheet:
    """The sheet that the visible words and the ruling of a page make."""
    turn = _main_turn(lines)
    # Text turned anticlockwise stands upright where the page is turned clockwise as far.
    upright = view.turned(turn)
    own = {number: line for number, line in enumerate(lines) if line.turn == turn}
    words = tuple(_upright(own, upright))
    width, height = upright.size
    return PdfSheet(Sheet(width, height, words, _rules(drawn, upright)), upright, view)


def _main_turn(lines: Sequence[PdfLine]) -> int:
    letters: Counter[int] = Counter()
    for line in lines:
        if line.turn is not None:
            letters[line.turn] += len(line.text)
    return letters.most_common(1)[0][0] if len(letters) > 0 else 0


def _upright(lines: Mapping[int, PdfLine], view: View) -> list[Word]:
    """The words of numbered lines, those whose place is known."""
    found: list[Word] = []
    for number, line in lines.items():
        words = [word for word in line.words if word.box is not None]
        if len(words) == 0:
            continue
        size = _median([word.size for word in line.words])
        boxes = view.shown_all([word.box for word in words if word.box is not None])
        baselines = view.below_top([word.origin for word in words])
        for word, (left, top, right, bottom), baseline in zip(words, boxes, baselines, strict=True):
            high = size or bottom - top
            found.append(Word(word.text, left, top, right, bottom, baseline, high, number))
    return found


def _median(numbers: list[float]) -> float:
    """As that of the standard library, which takes longer than all the rest of a line."""
    numbers.sort()
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 == 1 else (numbers[half - 1] + numbers[half]) / 2


def _rules(drawn: Drawn, view: View) -> tuple[Rule, ...]:
    return tuple(
        Rule(True, (top + bottom) / 2, left, right, edge)  # noqa: FBT003 - a field
        if right - left > bottom - top
        else Rule(False, (left + right) / 2, top, bottom, edge)  # noqa: FBT003 - a field
        for edge, segments in ((False, drawn.segments), (True, drawn.edges))
        for left, top, right, bottom in view.shown_all(segments)
    )
