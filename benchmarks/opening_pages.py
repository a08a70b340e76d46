"""How long the page of a file takes in CPU, on files that are larger than any should be.

    python benchmarks/opening_pages.py

- A PDF of 5,000 pages and a text of 10 MB, as their readers leave them: outline kept, no cache of
  pages. Prints milliseconds of CPU for a screen and, beside it, for reading all parts.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from muniment.catalog.outline import keep_outline, open_document
from muniment.catalog.properties import properties
from muniment.catalog.screens import View, screen, screen_count, screen_of
from muniment.catalog.step import part_path
from muniment.core import Area, Chars, Image, Part, TextSpan
from muniment.readers import read_parts
from tests.catalog.test_screens import OBJECT, case_with

_PAGES, _LINES, _LETTERS = 5_000, 40, 10_000_000


def pages() -> Iterator[Part]:
    for page in range(1, _PAGES + 1):
        yield Image(Area(page=page), 595, 842)
        for line in range(_LINES):
            at = Area(page, (72.0, 72.0 + 18 * line, 430.0, 12.5))
            yield TextSpan(at, f"收押人员名单 the words of line {line} of page {page}")


def text() -> Iterator[Part]:
    start = 0
    while start < _LETTERS:
        words = f"段落 paragraph at {start} " * 150
        yield TextSpan(Chars(start, start + len(words)), words)
        start += len(words) + 2


def cost(work: Callable[[], object], times: int = 20) -> float:
    """CPU milliseconds of one call: the median of some."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    return sorted(found)[len(found) // 2]


def measure(name: str, parts: list[Part], media_type: str, place: Area | Chars) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = case_with(Path(folder), parts, media_type)
        path = str(part_path(case.work, OBJECT))
        whole = cost(lambda: sum(1 for _ in read_parts(path)), 3)
        outline = cost(lambda: keep_outline(case, OBJECT), 1)

        def shown() -> None:
            document = open_document(case, OBJECT)
            screen(document, screen_of(document, place), View(place))
            properties(document, 0, 40)

        screens = screen_count(open_document(case, OBJECT))
        print(f"{name}: {len(parts)} parts, {screens} screens; a screen {cost(shown):.1f} ms")
        print(f"    all parts {whole:.0f} ms, the outline once {outline:.0f} ms")


if __name__ == "__main__":
    measure("PDF", list(pages()), "application/pdf", Area(4_000, (72.0, 90.0, 430.0, 12.5)))
    measure("text", list(text()), "text/plain", Chars(9_000_000, 9_000_010))
