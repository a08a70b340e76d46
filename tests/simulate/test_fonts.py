from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from muniment.simulate import prose
from muniment.simulate.cache import Cache
from muniment.simulate.counts import count
from muniment.simulate.delivery import Delivery
from muniment.simulate.fonts import Fonts, find_fonts
from muniment.simulate.pages import write_pages
from muniment.simulate.people import draw_people
from muniment.simulate.truth import Truth

NO_FONTS = Fonts(han="", arabic="", cyrillic="")
LETTERS = {
    "han": "".join(prose.DUTIES),
    "arabic": "".join(prose.UYGHUR_NOTICE),
    "cyrillic": "".join(prose.RUSSIAN_NOTE),
    "latin": "".join(prose.ENGLISH_LETTER),
}


def drawn(fonts: Fonts, script: str, letter: str) -> bytes:
    image = Image.new("L", (80, 80), 255)
    ImageDraw.Draw(image).text((20, 20), letter, 0, fonts.load(script, 30))
    return image.tobytes()


@pytest.mark.parametrize("script", LETTERS)
def test_no_letter_of_a_drawn_script_is_an_empty_box(script: str) -> None:
    fonts = find_fonts()
    if not fonts.can_draw(script):
        assert any("font" in remark for remark in fonts.remarks)
        return
    box = drawn(fonts, script, "\U0010fffd")  # a private code that no font draws
    letters = {letter for letter in LETTERS[script] if not letter.isspace()}
    assert [letter for letter in letters if drawn(fonts, script, letter) == box] == []


def test_a_script_without_a_font_is_refused() -> None:
    with pytest.raises(ValueError, match="no font for han letters"):
        NO_FONTS.load("han", 30)


def test_without_fonts_only_latin_pages_are_drawn_and_that_is_said(tmp_path: Path) -> None:
    people = draw_people(1, 200)
    for folder in ("leak", "truth"):
        (tmp_path / folder).mkdir()
    with Truth(tmp_path / "truth") as truth:
        delivery = Delivery(tmp_path / "leak", truth)
        write_pages(Cache(1, people, count(people), delivery, NO_FONTS))
    names = {path.name for path in (tmp_path / "leak").rglob("*") if path.is_file()}
    assert names == {"scan.pdf"}
    assert len(NO_FONTS.remarks) == 3
