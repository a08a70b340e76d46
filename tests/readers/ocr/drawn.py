"""Pages drawn for the tests of letters read off pictures, and how far a reading is from them.

- Fonts are those of the system or of the `fonts` extra; a test that has none skips and says so.
- Nobody on them is real: identity numbers are of a county code that was never given.
"""

import io
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

Grey = npt.NDArray[np.uint8]
SIZE = (1654, 2339)  # A4 at 200 dots an inch
PAPER, INK = 250, 20
_NOTO = Path("/usr/share/fonts/truetype/noto")

RUSSIAN = (
    "Справка для отдела по работе с приграничными",
    "районами. Граждане, имеющие родственников за",
    "границей, внесены в отдельный список. Просим",
    "подтвердить получение и не передавать копии.",
)
ENGLISH = (
    "The training centre asks for twenty more beds and for a",
    "second interpreter. No date is given for the end of the",
    "present term. Yesterday the pupils read in the library.",
)
GERMAN = (
    "Die Sammelstelle bittet um zwanzig weitere Betten und",
    "einen zweiten Übersetzer. Für das Ende der Maßnahme",
    "wird kein Tag genannt; die Schüler lasen gestern Bücher.",
)
UYGHUR = (
    "بوشساي ناھىيىسىنىڭ بارلىق ئاھالىسىگە ئۇقتۇرۇش",
    "ھەر بىر ئائىلە ئاھالە دەپتىرىنى ئېلىپ كەنت ئىشخانىسىغا كەلسۇن",
    "كەلمىگەنلەرنىڭ ئىسمى تىزىملىككە ئېلىنىدۇ",
    "يازدا تاغلار ئارىسىدىكى كۆل سۈيى سوغۇق ۋە سۈزۈك بولىدۇ",
)
CHINESE = (
    "各单位必须在每日二十时前上报人员变动情况，严禁迟报、漏报。",
    "必须做到门门上锁、层层有人，严禁钥匙由一人保管。",
    "值班人员必须两人以上同行，严禁单独与学员谈话。",
    "对外出未归人员必须逐人说明去向，严禁以估计数代替。",
)


def font(script: str, size: int = 34) -> ImageFont.FreeTypeFont:
    """A font for that script, or a skip."""
    if script == "han":
        found = find_spec("noto_cjk_sans_otc")
        if found is None or found.origin is None:
            pytest.skip("no Chinese font: the extra `fonts` is not installed")
        files = sorted(Path(found.origin).parent.rglob("*.[ot]tc"))
        return ImageFont.truetype(str(files[0]), size, index=2)
    name = "NotoSansArabic-Regular.ttf" if script == "arabic" else "NotoSerif-Regular.ttf"
    if not (_NOTO / name).exists():
        pytest.skip("no Noto fonts: Debian's fonts-noto-core is not installed")
    return ImageFont.truetype(str(_NOTO / name), size)


def page(lines: tuple[str, ...], script: str, size: int = 34, left: int = 150) -> Grey:
    """A page with these lines."""
    drawn = Image.new("L", SIZE, PAPER)
    draw, face = ImageDraw.Draw(drawn), font(script, size)
    for number, line in enumerate(lines):
        top = 170 + round(number * size * 1.7)
        if script == "arabic":
            spot = (SIZE[0] - left, top)
            draw.text(spot, line, INK, face, anchor="ra", direction="rtl", language="ug")
        else:
            draw.text((left, top), line, INK, face)
    return np.array(drawn)


def worn(pixels: Grey, angle: float = 0.7, seed: int = 1) -> Grey:
    """The page as a poor scanner gives it: askew, grainy, packed hard."""
    askew = Image.fromarray(pixels).rotate(angle, Image.Resampling.BICUBIC, fillcolor=PAPER)
    grain = np.random.default_rng(seed).integers(-20, 21, pixels.shape)
    noisy = np.clip(np.array(askew).astype(int) + grain, 0, 255).astype(np.uint8)
    packed = io.BytesIO()
    Image.fromarray(noisy).save(packed, "JPEG", quality=55)
    return np.array(Image.open(packed).convert("L"))


def table(rows: list[tuple[str, ...]], edges: tuple[int, ...], size: int = 30) -> Grey:
    """A ruled table."""
    drawn = Image.new("L", SIZE, PAPER)
    draw, face = ImageDraw.Draw(drawn), font("han", size)
    leading, top = 62, 160
    for number, cells in enumerate(rows):
        y = top + number * leading
        draw.line((edges[0], y, edges[-1], y), INK, 2)
        for left, cell in zip(edges, cells, strict=False):
            draw.text((left + 14, y + 10), cell, INK, face)
    bottom = top + len(rows) * leading
    draw.line((edges[0], bottom, edges[-1], bottom), INK, 2)
    for edge in edges:
        draw.line((edge, top, edge, bottom), INK, 2)
    return np.array(drawn)


def error_rate(truth: str, found: str) -> float:
    """Edits a character of the truth, spaces left out."""
    one, other = (_bare(text) for text in (truth, found))
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        above, row[0] = row[0], number
        for place, wanted in enumerate(other, 1):
            best = min(row[place] + 1, row[place - 1] + 1, above + (letter != wanted))
            above, row[place] = row[place], best
    return row[-1] / max(1, len(one))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def png(pixels: Grey) -> bytes:
    """The page as a PNG."""
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG")
    return packed.getvalue()


def pdf(*pages: Grey) -> bytes:
    """Scanned pages in a PDF without any text."""
    pictures = [Image.fromarray(each) for each in pages]
    packed = io.BytesIO()
    pictures[0].save(packed, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    return packed.getvalue()
