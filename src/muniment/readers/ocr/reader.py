"""The reader that reads letters off some pages of one object, for a task of the OCR stage.

- It is no format's reader: it is made for a task and given to the confined process alone.
- A page that was read has Metadata `ocr` at its place, whatever came of it.
- What is heavy is loaded in the confined process, with one thread each: the worker around it
  stays one that may fork.
"""

import os
import tempfile
from collections.abc import Iterator

import msgspec

from muniment.core import Part
from muniment.readers.limits import Limits
from muniment.readers.ocr.settings import OcrSettings
from muniment.readers.reader import Context, Reader
from muniment.readers.source import Source

OCR_NAME, OCR_VERSION = "ocr", 2
_TIME_S = 90.0  # a page, on a busy machine; most take two
_MEMORY = 6 << 30  # bytes of address space: models and libraries are mapped whole
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def ocr_reader(media_type: str, pages: tuple[int | None, ...], settings: OcrSettings) -> Reader:
    """A reader of the letters on these pages (None: a picture without pages) of an object."""

    def _read(source: Source, context: Context) -> Iterator[Part]:
        os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
        # The language guesser unpacks its model into a file without a name.
        tempfile.tempdir = context.children.folder
        # Heavy, and one-threaded only where these variables are set before.
        from muniment.readers.ocr.pages import read_pages  # noqa: PLC0415

        yield from read_pages(source, context, pages, settings)

    return Reader(name=OCR_NAME, version=OCR_VERSION, media_types=(media_type,), read=_read)


def ocr_limits(limits: Limits, pages: int) -> Limits:
    """The limits of a task of so many pages."""
    return msgspec.structs.replace(limits, time_s=_TIME_S * pages, memory_bytes=_MEMORY)
