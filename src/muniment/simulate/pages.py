"""Pages that are only pictures: scans a little askew and noisy, and photographs of paper.

Invariants:

- what stands on the page is in the truth line by line, so that recognition can be measured;
- a script without a font is not drawn (see `fonts`); every page names the font it was drawn in;
- few pages, whatever the size of the county: they are the slowest thing to make.
"""

import random

import msgspec
from PIL import Image, ImageChops, ImageDraw

from muniment.simulate import prose
from muniment.simulate.cache import Cache
from muniment.simulate.delivery import Made, Note
from muniment.simulate.fonts import Drawable, Fonts
from muniment.simulate.papers import PDF, order
from muniment.simulate.pdf import Picture, picture_pdf
from muniment.simulate.portraits import jpeg

FOLDER = "12 扫描"
_SIZE = (1240, 1754)  # A4 at 150 dots an inch
_LETTER, _LEADING, _LEFT, _TOP = 30, 52, 130, 150  # pixels
_PER_LINE = 30  # Chinese letters
_PAPER, _INK = 246, 30
_TABLE_ROWS = 25
_COLUMN_EDGES = (110, 210, 600, 700, 1130)  # pixels


def write_pages(cache: Cache) -> None:
    """Scanned orders and notices, and photographs of the same kind of page."""
    for number in range(1, cache.up_to(12, 120) + 1):
        chinese = tuple(_folded(order(cache, number).paragraphs))
        _scan(cache, f"{FOLDER}/扫描_{number:04d}.pdf", chinese, "han")
    _table(cache)
    _scan(cache, f"{FOLDER}/скан.pdf", _two(prose.RUSSIAN_NOTE), "cyrillic")
    _scan(cache, f"{FOLDER}/scan.pdf", _two(prose.ENGLISH_LETTER), "latin")
    _scan(cache, f"{FOLDER}/سكان.pdf", prose.UYGHUR_NOTICE, "arabic")
    _photograph(cache, f"{FOLDER}/IMG_20180612_101200.jpg", prose.DUTIES, "han")
    _photograph(cache, f"{FOLDER}/IMG_20180612_101233.jpg", _two(prose.RUSSIAN_NOTE), "cyrillic")


def _scan(cache: Cache, path: str, lines: tuple[str, ...], script: str) -> None:
    if not cache.fonts.can_draw(script):
        return
    rng = cache.stream("scan", path)
    page = _drawn(cache.fonts, lines, script)
    turned = page.rotate(rng.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor=_PAPER)
    picture = jpeg(_noisy(turned, rng, 34), quality=55)
    data = picture_pdf((Picture(picture, *_SIZE, grey=True),), "scan")
    cache.delivery.put(path, Made(data, _note(cache, "scan", PDF, lines, script)))


def _photograph(cache: Cache, path: str, lines: tuple[str, ...], script: str) -> None:
    """A page seen from one side under a lamp."""
    if not cache.fonts.can_draw(script):
        return
    rng = cache.stream("photograph", path)
    page = _drawn(cache.fonts, lines, script)
    lit = ImageChops.multiply(page, _lamp(rng))
    seen = lit.transform(
        _SIZE,
        Image.Transform.QUAD,
        (-40, -30, -70, 1790, 1300, 1830, 1262, -55),
        Image.Resampling.BICUBIC,
        fillcolor=70,
    )
    picture = jpeg(_noisy(seen, rng, 26), quality=62)
    cache.delivery.put(
        path, Made(picture, _note(cache, "page-photograph", "image/jpeg", lines, script))
    )


def _table(cache: Cache) -> None:
    """A ruled list of people on paper: number, name, sex, identity number."""
    path, script = f"{FOLDER}/名单扫描件.pdf", "han"
    if not cache.fonts.can_draw(script):
        return
    people = cache.taken()[:_TABLE_ROWS]
    rows: list[tuple[str, ...]] = [("序号", "姓名", "性别", "身份证号")]
    for position, person in enumerate(people, 1):
        rows.append((str(position), person.name.zh, person.written_sex, person.written_identity))
    rng = cache.stream("scan", path)
    page = Image.new("L", _SIZE, _PAPER)
    _ruled(ImageDraw.Draw(page), rows, cache.fonts.load(script, _LETTER - 2))
    turned = page.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=_PAPER)
    picture = Picture(jpeg(_noisy(turned, rng, 30), quality=70), *_SIZE, grey=True)
    lines = tuple("\t".join(row) for row in rows)
    note = _note(cache, "list-scan", PDF, lines, script)
    note = msgspec.structs.replace(note, people=tuple(person.number for person in people))
    cache.delivery.put(path, Made(picture_pdf((picture,), "scan"), note))


def _ruled(draw: ImageDraw.ImageDraw, rows: list[tuple[str, ...]], font: Drawable) -> None:
    """Rows between lines, columns at the fixed places `_COLUMN_EDGES`."""
    bottom = _TOP + len(rows) * _LEADING
    for row, cells in enumerate(rows):
        top = _TOP + row * _LEADING
        draw.line((_COLUMN_EDGES[0], top, _COLUMN_EDGES[-1], top), _INK, 2)
        for left, cell in zip(_COLUMN_EDGES, cells, strict=False):
            draw.text((left + 12, top + 8), cell, _INK, font)
    draw.line((_COLUMN_EDGES[0], bottom, _COLUMN_EDGES[-1], bottom), _INK, 2)
    for edge in _COLUMN_EDGES:
        draw.line((edge, _TOP, edge, bottom), _INK, 2)


def _note(cache: Cache, kind: str, media_type: str, lines: tuple[str, ...], script: str) -> Note:
    language = {"han": "zh", "cyrillic": "ru", "arabic": "ug"}.get(script, "en")
    font = cache.fonts.named[script]
    text = "\n".join(lines)
    return Note(
        kind, media_type, language=language, text=text, remark=f"font {font}; a picture only"
    )


def _drawn(fonts: Fonts, lines: tuple[str, ...], script: str) -> Image.Image:
    page = Image.new("L", _SIZE, _PAPER)
    draw = ImageDraw.Draw(page)
    font = fonts.load(script, _LETTER)
    for row, line in enumerate(lines):
        top = _TOP + row * _LEADING
        if script == "arabic":
            right = _SIZE[0] - _LEFT
            draw.text((right, top), line, _INK, font, anchor="ra", direction="rtl", language="ug")
        else:
            draw.text((_LEFT, top), line, _INK, font)
    return page


def _noisy(page: Image.Image, rng: random.Random, strength: int) -> Image.Image:
    """Grain of up to half of `strength` grey levels either way."""
    grain = Image.frombytes("L", _SIZE, rng.randbytes(_SIZE[0] * _SIZE[1]))
    scaled = grain.point([value * strength // 255 for value in range(256)])
    return ImageChops.add(page, scaled, 1, -strength // 2)


def _lamp(rng: random.Random) -> Image.Image:
    """Light that falls off from a point near one corner."""
    light = Image.radial_gradient("L").point([max(90, 255 - value // 2) for value in range(256)])
    left, top = rng.randint(0, 60), rng.randint(0, 60)
    return light.crop((left, top, left + 190, top + 190)).resize(_SIZE, Image.Resampling.BICUBIC)


def _folded(paragraphs: tuple[str, ...]) -> list[str]:
    return [
        line[at : at + _PER_LINE] for line in paragraphs for at in range(0, len(line), _PER_LINE)
    ]


def _two(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Each line broken in two at the space nearest its middle, to fit the page."""
    broken: list[str] = []
    for line in lines:
        cut = line.rfind(" ", 0, len(line) // 2 + 6)
        broken += [line[:cut], line[cut + 1 :]]
    return tuple(broken)
