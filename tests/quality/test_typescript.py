"""How well typewritten pages are read: 28 pages of the EHRI, 1938 to 1942, with their true text."""

import os
import statistics
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from muniment.core import Cell, Metadata, TextSpan
from muniment.readers.ocr.choosing import Engines
from muniment.readers.ocr.page import read_page
from muniment.readers.ocr.pictures import PagePicture
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.settings import available_settings
from muniment.readers.ocr.tesseract_engine import TesseractEngine
from tests.readers.ocr.drawn import error_rate

FOLDER = Path(os.environ.get("MUNIMENT_DATA", "../shared/data")) / "ocr-typescript"
MEDIAN = 0.03  # of either language; measured: .022 German, .020 Danish
RANK = 0.6  # Spearman of the true error and what the page says of itself; measured: .72


@pytest.mark.night
@pytest.mark.timeout(1800)
def test_typewritten_pages_are_read_and_the_bad_ones_are_known() -> None:
    if not FOLDER.exists():
        pytest.skip("the typewritten pages are not at hand")
    engines = Engines(RapidEngine(), TesseractEngine(), available_settings().languages)
    rates: dict[str, list[float]] = {}
    claimed: list[float] = []
    for path in sorted(FOLDER.glob("*/*.jpg")):
        pixels = np.array(Image.open(path).convert("L"))
        high, wide = pixels.shape
        parts = read_page(PagePicture(pixels, None, 1.0, wide, high), engines, "").parts
        found = [p.text for p in parts if isinstance(p, TextSpan)]
        found += [p.written for p in parts if isinstance(p, Cell)]
        truth = path.with_suffix(".txt").read_text("utf-8")
        rates.setdefault(path.parent.name, []).append(error_rate(truth, "".join(found)))
        claimed += [
            float(p.written) for p in parts if isinstance(p, Metadata) and p.name == "ocr quality"
        ]
    assert {name: statistics.median(each) for name, each in rates.items()} == pytest.approx(
        dict.fromkeys(rates, 0.0), abs=MEDIAN
    )
    true = [rate for name in sorted(rates) for rate in rates[name]]
    assert statistics.correlation(_ranks(true), _ranks([-each for each in claimed])) >= RANK


def _ranks(values: list[float]) -> list[float]:
    """The rank of each value, equal ones sharing the middle of theirs."""
    ordered = sorted(values)
    return [ordered.index(each) + ordered.count(each) / 2 for each in values]
