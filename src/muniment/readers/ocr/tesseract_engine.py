"""Tesseract, in this process: every language whose model is installed, a line at a time.

- A line is tried in up to four ways (as a line of 56, 64 or 40 pixels, and without any look at its
  layout), because now and then one way loses a line that another reads; the surest reading stands.
- Words below a floor of confidence are left out of a line: where Tesseract guesses, it invents.

Source: Tesseract's page segmentation modes 7 and 13 (tesseract/publictypes.h).
"""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import msgspec
import numpy as np

from muniment.readers.ocr.engine import Engine
from muniment.readers.ocr.models import installed_models, models_folder
from muniment.readers.ocr.regions import Grey, Line, Region, cut_out, is_blank

_SURE = 0.86  # a line this sure is not read in another way
_SURER = 0.02  # by how much a later way must be surer than an earlier one, which reads better
_FLOOR = 0.30  # of a word
_FULL = 0.5  # letters a line height of width, at least, where a whole line was read
_LONGEST_LINE = 120  # heights
_LINE, _RAW_LINE = 7, 13
_DOTS_AN_INCH = 300  # what the models expect; lines are brought to their size before


class _Way(msgspec.Struct, frozen=True):
    """One way of trying a line: its height and margin, and what Tesseract is told it is."""

    height: int
    margin: float
    border: int
    mode: int


_WAYS = (
    _Way(56, 0.1, 10, _LINE),
    _Way(64, 0.1, 10, _LINE),
    _Way(40, 0.1, 10, _LINE),
    _Way(48, 0.15, 0, _RAW_LINE),
)


class TesseractEngine(Engine):
    """Reads lines in the languages whose models lie in one of the folders of Debian and others."""

    name = "tesseract"

    def __init__(self) -> None:
        self._models: dict[str, Any] = {}

    @property
    def version(self) -> str:
        """The version of the library."""
        # Heavy, and only pictures need it.
        import tesserocr  # type: ignore[import-untyped] # noqa: PLC0415

        return str(tesserocr.tesseract_version().split()[1])

    def languages(self) -> tuple[str, ...]:
        """The languages whose models are installed."""
        return installed_models()

    def read(
        self, picture: Grey, regions: Sequence[Region], languages: Sequence[str]
    ) -> tuple[Line, ...]:
        """The line in each region, read as these languages together."""
        code = "+".join(languages)
        return tuple(self._line(picture, region, code) for region in regions)

    def _line(self, picture: Grey, region: Region, code: str) -> Line:
        source = f"{self.name} {self.version} {code}"
        best = Line(region, "", -_SURER, source)
        if region.width > region.height * _LONGEST_LINE:
            return Line(region, "", 0.0, source)
        for way in _WAYS:
            text, confidence = self._try(picture, region, code, way)
            fullness = min(
                1.0, sum(map(str.isalnum, text)) / (region.width / region.height * _FULL)
            )
            line = Line(region, text, confidence * fullness, source)
            if line.confidence > best.confidence + _SURER:
                best = line
            if best.confidence >= _SURE:
                break
        return best if best.text != "" else Line(region, "", 0.0, source)

    def _try(self, picture: Grey, region: Region, code: str, way: _Way) -> tuple[str, float]:
        strip = cut_out(picture, region, way.height, way.margin)
        if is_blank(strip):
            return "", 0.0
        paper = int(np.percentile(strip, 90))
        size = (way.border,) * 4
        framed = cv2.copyMakeBorder(strip, *size, cv2.BORDER_CONSTANT, value=(paper,))
        model = self._loaded(code)
        high, wide = framed.shape[:2]
        model.SetPageSegMode(way.mode)
        model.SetImageBytes(np.ascontiguousarray(framed).tobytes(), wide, high, 1, wide)
        model.SetSourceResolution(_DOTS_AN_INCH)
        model.Recognize()
        words = list(_words(model))
        kept = [(word, sure) for word, sure in words if sure >= _FLOOR and word.strip() != ""]
        weight = sum(len(word) for word, _ in words)
        sure = sum(len(word) * sure for word, sure in kept) / weight if weight > 0 else 0.0
        return " ".join(word for word, _ in kept), min(1.0, max(0.0, sure))

    def _loaded(self, code: str) -> Any:
        if code not in self._models:
            # Heavy, as above. Several pages are read side by side: one thread each.
            os.environ["OMP_THREAD_LIMIT"] = "1"
            import tesserocr  # noqa: PLC0415

            tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
            folder = models_folder() or ""
            self._models[code] = tesserocr.PyTessBaseAPI(
                path=folder + "/", lang=code, oem=tesserocr.OEM.LSTM_ONLY
            )
        return self._models[code]


def _words(model: Any) -> Iterator[tuple[str, float]]:
    """Each word and how sure it is, in the order in which it is read.

    Confidences come as the words stand on the page, from the left.
    """
    words = model.GetUTF8Text().split()
    sure = [each / 100 for each in model.AllWordConfidences()]
    if len(words) != len(sure):  # words that are marks alone
        sure = [model.MeanTextConf() / 100] * len(words)
    elif _runs_leftward("".join(words)):
        sure.reverse()
    yield from zip(words, sure, strict=True)


def _runs_leftward(text: str) -> bool:
    sides = [unicodedata.bidirectional(letter) for letter in text]
    return sides.count("R") + sides.count("AL") > sides.count("L")
