"""Whole pages read off their pictures: scripts, ways up, columns, tables, nothing invented."""

import numpy as np
import pytest

from muniment.core import Area, Cell, Metadata, Part, Problem, TextSpan, Whole
from muniment.readers.ocr.choosing import Engines
from muniment.readers.ocr.page import read_page
from muniment.readers.ocr.pictures import PagePicture
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.settings import available_settings, missing_languages
from muniment.readers.ocr.tesseract_engine import TesseractEngine
from tests.readers.ocr import drawn
from tests.readers.ocr.drawn import Grey

RAPID, TESSERACT = RapidEngine(), TesseractEngine()


def parts_of(pixels: Grey, languages: tuple[str, ...] | None = None) -> tuple[Part, ...]:
    high, wide = pixels.shape
    settings = available_settings()
    wanted = settings.languages if languages is None else languages
    lacking = tuple(code for code in wanted if code not in settings.languages)
    engines = Engines(RAPID, TESSERACT, wanted, lacking)
    return read_page(PagePicture(pixels, None, 1.0, wide, high), engines, "").parts


def text_of(parts: tuple[Part, ...]) -> str:
    return "\n".join(part.text for part in parts if isinstance(part, TextSpan))


def said(parts: tuple[Part, ...], name: str) -> str:
    return next((p.written for p in parts if isinstance(p, Metadata) and p.name == name), "")


def need(language: str) -> None:
    if language not in TESSERACT.languages():
        pytest.skip(f"no model for {language} is installed")


PAGES = {
    "Chinese": (drawn.CHINESE, "han", "", 0.01),
    "Uyghur": (drawn.UYGHUR, "arabic", "uig", 0.02),
    "Russian": (drawn.RUSSIAN, "cyrillic", "rus", 0.01),
    "English": (drawn.ENGLISH, "latin", "", 0.01),
    "German": (drawn.GERMAN, "latin", "", 0.01),
}


# In the gate each language on a clean page, and three on a worn one; the others at night.
WORN_AT_NIGHT = ("Russian", "German")
READ = [
    pytest.param(name, state, marks=pytest.mark.night)
    if state == "worn" and name in WORN_AT_NIGHT
    else (name, state)
    for name in PAGES
    for state in ("clean", "worn")
]


@pytest.mark.parametrize(("name", "state"), READ)
def test_a_page_is_read_in_its_own_language(name: str, state: str) -> None:
    lines, script, language, bound = PAGES[name]
    if language != "":
        need(language)
    pixels = drawn.page(lines, script)
    parts = parts_of(pixels if state == "clean" else drawn.worn(pixels))
    assert drawn.error_rate("".join(lines), text_of(parts)) <= bound
    spans = [part for part in parts if isinstance(part, TextSpan)]
    assert all(language in span.source for span in spans)
    assert float(said(parts, "ocr quality")) > 0.8


# The boxes of pages turned once and twice are looked at below.
@pytest.mark.parametrize(
    "quarters",
    [pytest.param(1, marks=pytest.mark.night), pytest.param(2, marks=pytest.mark.night), 3],
)
def test_a_page_that_lies_on_its_side_or_head_is_turned(quarters: int) -> None:
    upright = drawn.page(drawn.ENGLISH, "latin")
    parts = parts_of(np.ascontiguousarray(np.rot90(upright, quarters)))
    assert drawn.error_rate("".join(drawn.ENGLISH), text_of(parts)) <= 0.01
    assert said(parts, "ocr turned") == str(quarters * 90)


def test_boxes_are_those_of_the_picture_as_it_is_stored() -> None:
    upright = drawn.page(drawn.ENGLISH[:1], "latin")
    down, across = np.nonzero(upright < 128)
    for quarters in (0, 1, 2):
        turned = np.ascontiguousarray(np.rot90(upright, quarters))
        down, across = np.nonzero(turned < 128)
        (span,) = [part for part in parts_of(turned) if isinstance(part, TextSpan)]
        assert isinstance(span.at, Area)
        assert span.at.box is not None
        left, top, width, height = span.at.box
        assert left - 2 <= across.min() <= across.max() <= left + width + 2
        assert top - 2 <= down.min() <= down.max() <= top + height + 2
        assert width * height < turned.size / 20


def test_several_scripts_stand_on_one_page() -> None:
    need("uig")
    need("rus")
    page = drawn.page(drawn.CHINESE[:2], "han")
    page[700:1500] = drawn.page(drawn.UYGHUR[:2], "arabic")[100:900]
    parts = parts_of(page)
    for line in drawn.CHINESE[:2]:
        assert line in text_of(parts)
    assert (
        drawn.error_rate("".join(drawn.UYGHUR[:2]), "".join(text_of(parts).split("\n")[2:])) < 0.05
    )


def test_columns_are_read_one_after_the_other() -> None:
    left, right = drawn.ENGLISH, drawn.GERMAN
    page = drawn.page(left, "latin", size=24, left=60)
    page = np.minimum(page, drawn.page(right, "latin", size=24, left=900))
    assert drawn.error_rate("".join((*left, *right)), text_of(parts_of(page))) <= 0.02


def people() -> list[tuple[str, ...]]:
    """Thirty people who do not exist, numbers of a county code never given, born in 1899."""
    names = ("阿卜杜热伊木·奥斯曼", "哈丽代·伊敏", "若孜·艾散", "克热木·阿卜力米提", "古丽·托合提")
    rows: list[tuple[str, ...]] = [("序号", "姓名", "身份证号")]
    for number in range(30):
        body = f"6599991899{number % 12 + 1:02}{number % 28 + 1:02}{number * 37 % 1000:03}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        check = "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
        rows.append((str(number + 1), names[number % len(names)], body + check))
    return rows


@pytest.mark.parametrize("angle", [0.0, 0.6])
def test_every_identity_number_of_a_ruled_table_is_right(angle: float) -> None:
    rows = people()
    pixels = drawn.table(rows, (120, 260, 760, 1300))
    parts = parts_of(drawn.worn(pixels, angle) if angle != 0 else pixels)
    cells = {
        (part.in_table.row, part.in_table.column): part.written
        for part in parts
        if isinstance(part, Cell)
    }
    for number, row in enumerate(rows, 1):
        assert cells[number, 3] == row[2]
    names = "".join(cells[number, 2] for number in range(1, len(rows) + 1))
    assert drawn.error_rate("".join(row[1] for row in rows), names) <= 0.02
    assert all(isinstance(part.at, Area) for part in parts if isinstance(part, Cell))
    assert text_of(parts) == ""


def test_nothing_is_invented_where_there_are_no_letters() -> None:
    rng = np.random.default_rng(3)
    soft = np.linspace(40, 220, 900 * 700).reshape(900, 700).astype(np.uint8)
    pictures = {
        "blank": np.full((900, 700), drawn.PAPER, np.uint8),
        "noise": rng.integers(0, 256, (900, 700), np.uint8),
        "a gradient": soft,
    }
    for name, pixels in pictures.items():
        parts = parts_of(pixels)
        assert text_of(parts) == "", name
        assert "no letters" in said(parts, "ocr")
        assert all(part.at == Whole() for part in parts)


def test_a_page_whose_language_is_missing_says_so() -> None:
    need("uig")
    parts = parts_of(drawn.page(drawn.UYGHUR, "arabic"), ("chi_sim", "urd"))
    assert text_of(parts) == ""
    codes = {part.code for part in parts if isinstance(part, Problem)}
    assert codes == {"ocr-poor", "ocr-language-missing"}


def test_languages_that_are_not_installed_are_named() -> None:
    settings = available_settings()
    assert missing_languages(settings) == ()
    assert "eng" in settings.languages
