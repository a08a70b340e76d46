"""The engines there are; the first that reads a language reads it."""

from collections.abc import Callable

from muniment.readers.ocr.engine import Engine
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.tesseract_engine import TesseractEngine

ENGINES: tuple[Callable[[], Engine], ...] = (RapidEngine, TesseractEngine)
