"""Letters read off pictures: engines, languages, and the reader of a task's pages.

- `engines.ENGINES` is the whole list of engines.
- Nothing heavy is loaded before a page is read.
"""

from muniment.readers.ocr.kinds import OCR_TYPES, PAGED, PDF
from muniment.readers.ocr.models import installed_models, readable_languages
from muniment.readers.ocr.reader import OCR_NAME, ocr_limits, ocr_reader
from muniment.readers.ocr.settings import (
    OcrSettings,
    available_settings,
    missing_languages,
    settings_of,
)
from muniment.readers.ocr.sureness import sureness

__all__ = [
    "OCR_NAME",
    "OCR_TYPES",
    "PAGED",
    "PDF",
    "OcrSettings",
    "available_settings",
    "installed_models",
    "missing_languages",
    "ocr_limits",
    "ocr_reader",
    "readable_languages",
    "settings_of",
    "sureness",
]
