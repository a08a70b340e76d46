"""Languages by the codes of Tesseract's models: their script, and what language guessers say.

- `probe` languages stand for their script when it has to be found out: one each.
- What the Chinese and Latin model reads is one group: it needs not be told which language it is.
"""

import msgspec

HAN, LATIN, ARABIC, CYRILLIC = "Han", "Latin", "Arabic", "Cyrillic"


class Language(msgspec.Struct, frozen=True):
    """One language: its model's code, the script it is written in, its ISO 639-1 code."""

    code: str
    script: str
    short: str


LANGUAGES: tuple[Language, ...] = (
    Language("chi_sim", HAN, "zh"),
    Language("chi_tra", HAN, "zh"),
    Language("jpn", HAN, "ja"),
    Language("eng", LATIN, "en"),
    Language("deu", LATIN, "de"),
    Language("fra", LATIN, "fr"),
    Language("spa", LATIN, "es"),
    Language("dan", LATIN, "da"),
    Language("nor", LATIN, "no"),
    Language("swe", LATIN, "sv"),
    Language("fin", LATIN, "fi"),
    Language("nld", LATIN, "nl"),
    Language("ita", LATIN, "it"),
    Language("por", LATIN, "pt"),
    Language("pol", LATIN, "pl"),
    Language("ces", LATIN, "cs"),
    Language("ron", LATIN, "ro"),
    Language("hun", LATIN, "hu"),
    Language("tur", LATIN, "tr"),
    Language("uzb", LATIN, "uz"),
    Language("uig", ARABIC, "ug"),
    Language("ara", ARABIC, "ar"),
    Language("fas", ARABIC, "fa"),
    Language("urd", ARABIC, "ur"),
    Language("pus", ARABIC, "ps"),
    Language("rus", CYRILLIC, "ru"),
    Language("kaz", CYRILLIC, "kk"),
    Language("kir", CYRILLIC, "ky"),
    Language("tgk", CYRILLIC, "tg"),
    Language("ukr", CYRILLIC, "uk"),
    Language("mon", CYRILLIC, "mn"),
    Language("bel", CYRILLIC, "be"),
    Language("bul", CYRILLIC, "bg"),
    Language("srp", CYRILLIC, "sr"),
    Language("kor", "Hangul", "ko"),
    Language("bod", "Tibetan", "bo"),
    Language("heb", "Hebrew", "he"),
    Language("ell", "Greek", "el"),
    Language("kat", "Georgian", "ka"),
    Language("hye", "Armenian", "hy"),
    Language("hin", "Devanagari", "hi"),
    Language("tha", "Thai", "th"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
_PROBES = ("uig", "ara", "fas", "rus", "kaz", "ukr")


def script_of(code: str) -> str:
    """The script of a language; empty where the code is not known here."""
    language = BY_CODE.get(code)
    return "" if language is None else language.script


def probes(available: tuple[str, ...]) -> tuple[str, ...]:
    """One language of each script among `available`, Chinese and Latin letters left out."""
    ranked = sorted(available, key=lambda code: (code not in _PROBES, _rank(code)))
    found: dict[str, str] = {}
    for code in ranked:
        script = script_of(code)
        if script not in ("", HAN, LATIN):
            found.setdefault(script, code)
    return tuple(found.values())


def _rank(code: str) -> int:
    return _PROBES.index(code) if code in _PROBES else [each.code for each in LANGUAGES].index(code)
