"""Some pages of an object, one after the other: the part of the OCR reader that is heavy to load.

- Trouble of a page is a Problem there, and the next page is read.
"""

from collections.abc import Iterator

from muniment.core import Area, Part, Problem, Whole
from muniment.readers.limits import Limits
from muniment.readers.ocr.choosing import Engines
from muniment.readers.ocr.page import read_page
from muniment.readers.ocr.pictures import Pages, opened_pages
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.settings import OcrSettings, missing_languages
from muniment.readers.ocr.tesseract_engine import TesseractEngine
from muniment.readers.reader import Context
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source


def read_pages(
    source: Source, context: Context, pages: tuple[int | None, ...], settings: OcrSettings
) -> Iterator[Part]:
    """The parts of these pages; None is the one page of a picture without pages."""
    lacking = missing_languages(settings)
    engines = Engines(RapidEngine(), TesseractEngine(), settings.languages, lacking)
    language = ""
    with opened_pages(source, context.media_type, context.keys) as opened:
        for page in pages:
            parts, language = _page(opened, page, context.limits, (engines, language))
            yield from parts


def _page(
    opened: Pages, page: int | None, limits: Limits, means: tuple[Engines, str]
) -> tuple[tuple[Part, ...], str]:
    engines, language = means
    at = Whole() if page is None else Area(page=page)
    try:
        found = read_page(opened.take(page, limits), engines, language)
    except (UnreadableError, RefusedError) as why:
        return (Problem(at, "ocr-failed", f"its letters cannot be read: {why.reason}"),), language
    return found.parts, found.language
