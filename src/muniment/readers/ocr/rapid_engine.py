"""RapidOCR (PP-OCRv6): Chinese, Japanese and every Latin alphabet in one model; finds lines too.

- Its models lie in the package: nothing is fetched.
- One thread: several pages are read side by side in processes of their own.
- It is told of each line alone, so lines of different lengths cost no padding.
"""

import re
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import cv2
import numpy as np

from muniment.readers.ocr.engine import Engine
from muniment.readers.ocr.languages import HAN, LANGUAGES, LATIN
from muniment.readers.ocr.regions import Grey, Line, Region, cut_out, is_blank

LONGEST_SIDE = 1_120  # pixels; the finder sees the picture no larger
_LINE_HEIGHT = 48  # pixels; what the model was trained on
_LONGEST_LINE = 120  # heights: what is longer is no line of text
_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa]")
_DOT = re.compile("(?<=[\u3400-\u9fff])[\u30fb\u2022\u2027\uff65](?=[\u3400-\u9fff])")
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.use_preprocess_img": False,
    "Global.use_vertical_padding": False,
    "Global.text_score": 0.0,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_side_len": LONGEST_SIDE,
    "Det.limit_type": "max",
    "Rec.rec_batch_num": 1,
}


class RapidEngine(Engine):
    """Reads Chinese and Latin letters, and finds where lines of any script are."""

    name = "rapidocr"

    def __init__(self) -> None:
        self._models: Any = None

    @property
    def version(self) -> str:
        """The version of the package, whose models belong to it."""
        return version("rapidocr")

    def languages(self) -> tuple[str, ...]:
        """All that it reads with its one model."""
        return tuple(sorted(each.code for each in LANGUAGES if each.script in (HAN, LATIN)))

    def find(self, picture: Grey) -> tuple[Region, ...]:
        """Where lines of text are, whatever their script, from the top down."""
        high, wide = picture.shape
        scale = min(1.0, LONGEST_SIDE / max(high, wide))
        size = (max(1, round(wide * scale)), max(1, round(high * scale)))
        smaller = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        found = self._loaded()(
            _coloured(np.asarray(smaller, np.uint8)), use_det=True, use_rec=False
        )
        if found.boxes is None:
            return ()
        corners = np.asarray(found.boxes, np.float64) * [wide / size[0], high / size[1]]
        return tuple(Region(tuple(map(tuple, each.tolist()))) for each in corners)  # type: ignore[arg-type] # four pairs

    def read(
        self, picture: Grey, regions: Sequence[Region], _languages: Sequence[str]
    ) -> tuple[Line, ...]:
        """The line in each region; which of its languages it is makes no difference."""
        return tuple(self._line(picture, region) for region in regions)

    def _line(self, picture: Grey, region: Region) -> Line:
        source = f"{self.name} {self.version} ch"
        if region.width > region.height * _LONGEST_LINE:
            return Line(region, "", 0.0, source)
        strip = cut_out(picture, region, _LINE_HEIGHT)
        if is_blank(strip):
            return Line(region, "", 0.0, source)
        said = self._loaded()(_coloured(strip), use_det=False, use_rec=True)
        if said.txts is None or len(said.txts) == 0:
            return Line(region, "", 0.0, source)
        text = _one_dot(" ".join(str(said.txts[0]).split()))
        return Line(region, text, float(said.scores[0]) if text != "" else 0.0, source)

    def _loaded(self) -> Any:
        if self._models is None:
            # Heavy: half a second, and only pictures need it.
            from rapidocr import RapidOCR  # noqa: PLC0415

            cv2.setNumThreads(1)
            self._models = RapidOCR(params=_SETTINGS)
        return self._models


def _one_dot(text: str) -> str:
    """The text with one sort of dot between Chinese letters, where names are divided by it.

    The model takes now the Chinese dot, now the Japanese one, which look the same.
    """
    return text if _KANA.search(text) is not None else _DOT.sub("\u00b7", text)


def _coloured(picture: Grey) -> Any:
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
