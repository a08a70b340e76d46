"""Which engine and which language a page's lines are read with, found out from the lines.

    every line ──▶ Chinese and Latin model ──▶ legible, or left over
    left over  ──▶ a few of them read in one language of each other script
               ──▶ the languages of the script that was legible, told apart by
                   confidence and by what a language guesser says of the text
               ──▶ all of them read in that language

- A line is legible where its engine is sure, and where as many letters came out as its length
  has room for: a model meets letters it does not know with confident silence.
- Languages that a person named are the only ones tried.
"""

from collections.abc import Sequence

import msgspec

from muniment.readers.ocr.han_forms import in_one_form
from muniment.readers.ocr.languages import BY_CODE, HAN, LATIN, probes, script_of
from muniment.readers.ocr.rapid_engine import RapidEngine
from muniment.readers.ocr.regions import Grey, Line, Region
from muniment.readers.ocr.tesseract_engine import TesseractEngine

LEGIBLE = 0.55  # confidence below which a line counts as not read
_FULL = 0.22  # letters a line height of width, at least
_SHORT, _SURELY = 2, 0.90  # letters, and the confidence that so few must have
_SAMPLE = 3  # lines by which a language is chosen
_CERTAIN = 0.80  # a script that reads this well ends the search for one
_FROM_LONG = 3.0  # heights; shorter lines tell nothing of a language
_FITS = 0.15  # what agreement of the language guesser is worth, in confidence


class Engines(msgspec.Struct, frozen=True):
    """The engines at hand and the languages that may be tried with each."""

    rapid: RapidEngine
    tesseract: TesseractEngine
    languages: tuple[str, ...]  # all that may be tried
    missing: tuple[str, ...] = ()  # those of them that no engine here can read

    @property
    def reads_latin(self) -> bool:
        """Whether Chinese or Latin letters are wanted at all."""
        return any(script_of(code) in (HAN, LATIN) for code in self.languages)

    @property
    def others(self) -> tuple[str, ...]:
        """The languages of other scripts whose models are installed."""
        installed = set(self.tesseract.languages())
        wanted = (c for c in self.languages if c in installed)
        return tuple(code for code in wanted if script_of(code) not in ("", HAN, LATIN))


def is_legible(line: Line, *, in_cell: bool = False) -> bool:
    """Whether a line can be taken as read; the cells of a table hold short ones by nature."""
    room = max(1.0, line.region.width / line.region.height * _FULL)
    # A scratch looks like a 1 or an 一: what is that short must be sure.
    least = LEGIBLE if in_cell or line.letters > _SHORT else _SURELY
    return line.confidence >= least and line.letters >= room


def legibility(engines: Engines, picture: Grey, regions: Sequence[Region]) -> float:
    """How well these regions can be read by any engine, from 0 to 1."""
    best = 0.0
    if engines.reads_latin:
        best = _mean(engines.rapid.read(picture, regions, ()))
    for code in probes(engines.others):
        if best >= _CERTAIN:
            break
        best = max(best, _mean(engines.tesseract.read(picture, regions[:_SAMPLE], (code,))))
    return best


def read_lines(
    engines: Engines, picture: Grey, regions: Sequence[Region], guess: str
) -> tuple[tuple[Line, ...], str]:
    """A line for each region, and the language of what the Chinese and Latin model left over.

    `guess` is the language of the page before: it is tried first.
    """
    lines: list[Line] = []
    if engines.reads_latin and _is_worth_it(engines, picture, regions):
        lines = _in_one_form(engines.rapid.read(picture, regions, ()))
    else:
        lines = [Line(region, "", 0.0, "") for region in regions]
    left = [number for number, line in enumerate(lines) if not is_legible(line)]
    code = _language(engines, picture, [regions[number] for number in left], guess)
    if code != "":
        again = engines.tesseract.read(picture, [regions[number] for number in left], (code,))
        for number, line in zip(left, again, strict=True):
            if line.confidence > lines[number].confidence or not is_legible(lines[number]):
                lines[number] = line
    return tuple(lines), code


def _in_one_form(lines: Sequence[Line]) -> list[Line]:
    texts = in_one_form(tuple(line.text for line in lines))
    named = zip(lines, texts, strict=True)
    return [msgspec.structs.replace(line, text=text) for line, text in named]


def _is_worth_it(engines: Engines, picture: Grey, regions: Sequence[Region]) -> bool:
    """Whether any of some lines all over the page is legible to the Chinese and Latin model."""
    several = 12
    if len(regions) <= several or len(engines.others) == 0:
        return True
    step = len(regions) / several
    sample = [regions[int(number * step)] for number in range(several)]
    return any(map(is_legible, engines.rapid.read(picture, sample, ())))


def _language(engines: Engines, picture: Grey, left: Sequence[Region], guess: str) -> str:
    """The language of these regions; empty where none makes them legible."""
    long = [each for each in left if each.width > _FROM_LONG * each.height]
    sample = sorted(long, key=lambda each: -each.width)[:_SAMPLE]
    if len(sample) == 0:
        return ""
    if guess != "" and _worth(engines, picture, sample, guess) >= _CERTAIN + _FITS:
        return guess
    found = {code: _mean(_try(engines, picture, sample, code)) for code in probes(engines.others)}
    best = max(found, key=lambda code: found[code], default="")
    if best == "" or found[best] < LEGIBLE:
        return ""
    alike = [code for code in engines.others if script_of(code) == script_of(best)]
    worth = {code: _worth(engines, picture, sample, code) for code in alike}
    return max(worth, key=lambda code: (worth[code], code))


def _worth(engines: Engines, picture: Grey, sample: Sequence[Region], code: str) -> float:
    lines = _try(engines, picture, sample, code)
    fits = guessed_language(" ".join(line.text for line in lines)) == BY_CODE[code].short
    return _mean(lines) + (_FITS if fits else 0.0)


def _try(engines: Engines, picture: Grey, sample: Sequence[Region], code: str) -> tuple[Line, ...]:
    return engines.tesseract.read(picture, sample, (code,))


def _mean(lines: Sequence[Line]) -> float:
    """The confidence of these lines by their length, those that are not legible as nothing."""
    whole = sum(line.region.width for line in lines)
    sure = sum(line.confidence * line.region.width for line in lines if is_legible(line))
    return sure / whole if whole > 0 else 0.0


def guessed_language(text: str) -> str:
    """The ISO 639-1 code of the language that a text seems to be in."""
    # Heavy: most of a second.
    import py3langid  # type: ignore[import-untyped] # noqa: PLC0415

    return str(py3langid.classify(text)[0])
