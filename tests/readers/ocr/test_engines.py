from typing import ClassVar

import numpy as np

from muniment.readers.ocr.engine import Engine
from muniment.readers.ocr.engines import ENGINES
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.tesseract_engine import TesseractEngine
from tests.readers.ocr import drawn
from tests.readers.ocr.engine_contract import FINDER, EngineContract


class TestRapidChinese(EngineContract):
    engine: ClassVar[Engine] = FINDER
    language, script, lines = "chi_sim", "han", drawn.CHINESE


class TestRapidGerman(EngineContract):
    engine: ClassVar[Engine] = FINDER
    language, script, lines = "deu", "latin", drawn.GERMAN


class TestTesseractRussian(EngineContract):
    engine: ClassVar[Engine] = TesseractEngine()
    language, script, lines = "rus", "cyrillic", drawn.RUSSIAN


class TestTesseractUyghur(EngineContract):
    engine: ClassVar[Engine] = TesseractEngine()
    language, script, lines = "uig", "arabic", drawn.UYGHUR


def test_every_engine_has_a_name_and_a_version() -> None:
    made = [make() for make in ENGINES]
    assert [type(each) for each in made] == [RapidEngine, TesseractEngine]
    assert all(each.name != "" and each.version != "" for each in made)


def test_lines_are_found_inside_the_picture_and_none_on_blank_paper() -> None:
    pixels = drawn.page(drawn.ENGLISH, "latin")
    regions = FINDER.find(pixels)
    assert len(regions) == len(drawn.ENGLISH)
    for region in regions:
        left, top, width, height = region.box
        assert left >= 0
        assert top >= 0
        assert left + width <= pixels.shape[1]
        assert top + height <= pixels.shape[0]
    assert FINDER.find(np.full((400, 300), drawn.PAPER, np.uint8)) == ()
