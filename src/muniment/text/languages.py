"""Which language a text seems to be in, by py3langid and by the letters themselves.

- A guess for facets, never a fact about people. Short texts are `unknown`.
- Uyghur in Arabic script is told by six letters that no neighbour shares all of; Uyghur in Latin
  letters, which no classifier at hand knows, by its commonest words.

Source of the thresholds: UDHR paragraphs in ug-Arab, ug-Latn, kk, ky, ar, fa, ru, zh.
"""

import re
from collections import Counter
from collections.abc import Iterable

UNKNOWN = "unknown"
LANGUAGE_CODES = (
    *("ace", "af", "am", "an", "ar", "ary", "arz", "as", "az", "ba", "bcl", "be", "bg", "bn"),
    *("br", "bs", "ca", "crh", "cs", "cy", "da", "de", "dz", "el", "en", "eo", "es", "et", "eu"),
    *("ext", "fa", "fi", "fo", "fr", "fuv", "fy", "ga", "gcf", "gcr", "gd", "gl", "gom", "grc"),
    *("gu", "gug", "guw", "ha", "hbo", "he", "hi", "hr", "ht", "hu", "hy", "id", "ig", "is", "it"),
    *("ja", "jv", "ka", "kab", "kik", "kk", "km", "kn", "ko", "ku", "ky", "la", "lb", "lg", "lij"),
    *("ln", "lo", "lt", "ltg", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "nl"),
    *("nn", "no", "nso", "oc", "om", "or", "pa", "pcm", "pl", "ps", "pt", "qu", "ro", "ru", "rw"),
    *("sa", "sdh", "se", "si", "sk", "sl", "sn", "so", "sq", "sr", "st", "sv", "sw", "ta", "te"),
    *("tg", "th", "tk", "tl", "tr", "tt", "ug", "ug-Latn", "uk", "ur", "uz", "uzs", "vec", "vi"),
    *("vo", "wa", "xh", "yo", "zh", "zu", UNKNOWN),
)  # all that can come out
_SAMPLE = 20_000  # code points looked at
_SHORTEST = 20  # letters; a Chinese character counts for three
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_UYGHUR = re.compile("[ەېۆۈۋڭ]")
_UYGHUR_SHARE = 0.04  # of a text's Arabic letters, and three of the six
_LATIN_WORD = re.compile(r"[a-zëéöü']+")
_UYGHUR_WORDS = frozenset(
    (
        *("we", "bilen", "üchün", "bu", "bolup", "bolidu", "hem", "heqiqiy", "teripidin"),
        *("boyiche", "qilish", "qilip", "qilidighan", "uyghur", "uning", "ularning", "bolghan"),
        *("kérek", "emes", "yoq", "shu", "her", "kishi", "ademning", "hoquqi", "qatarliq"),
        *("kéyin", "ikki", "yil", "ayning", "künidin", "bashlap", "xelq"),
    )
)
_UYGHUR_ENDING = re.compile(
    r".+(?:ning|ghan|qan|iwatqan|iwatidu|iptu|duq|tuq|lmidi|ayning|yili|küni)|.*é.*"
)
_OTHER_TURKIC = re.compile(r"[ışğâ]|[og][ʻ‘’]")  # Turkish, Uzbek
_UYGHUR_LATIN_SHARE = 0.1
_TAKEN_FOR_UYGHUR = frozenset(("uz", "tr", "az", "tk", "tt", "kk", "ky"))  # by the classifier
_SAME = {"wuu": "zh", "yue": "zh", "lzh": "zh", "zxx": UNKNOWN}


def language_of(texts: Iterable[str]) -> str:
    """The language code (ISO 639-1; `ug-Latn` for Uyghur in Latin letters), or `unknown`."""
    sample = _sampled(texts)
    letters = _LETTER.findall(sample)
    weight = len(letters) + 2 * len(_HAN.findall(sample))
    if weight < _SHORTEST:
        return UNKNOWN
    return _by_letters(sample, len(letters)) or _classified(sample)


def _sampled(texts: Iterable[str]) -> str:
    pieces: list[str] = []
    length = 0
    for text in texts:
        pieces.append(text[: _SAMPLE - length])
        length += len(pieces[-1]) + 1
        if length >= _SAMPLE:
            break
    return "\n".join(pieces)


def _by_letters(sample: str, letters: int) -> str | None:
    """The language where letters alone tell it."""
    if len(_KANA.findall(sample)) * 10 > letters:
        return "ja"
    if len(_HANGUL.findall(sample)) * 2 > letters:
        return "ko"
    if len(_HAN.findall(sample)) * 2 > letters:
        return "zh"
    arabic = len(_ARABIC.findall(sample))
    if arabic * 2 > letters:
        own = Counter(_UYGHUR.findall(sample))
        if len(own) >= 3 and own.total() > _UYGHUR_SHARE * arabic:  # noqa: PLR2004 - of the six
            return "ug"
        return None
    return None


def _is_latin_uyghur(sample: str) -> bool:
    if _OTHER_TURKIC.search(sample) is not None:
        return False
    latin = _LATIN_WORD.findall(sample.lower())
    known = sum(
        word in _UYGHUR_WORDS or _UYGHUR_ENDING.fullmatch(word) is not None for word in latin
    )
    return known >= 3 and known > _UYGHUR_LATIN_SHARE * len(latin)  # noqa: PLR2004 - not by chance


def _classified(sample: str) -> str:
    # Heavy: most of a second, and only where a case is processed.
    import py3langid  # type: ignore[import-untyped] # noqa: PLC0415

    found = str(py3langid.classify(sample)[0])
    if found in _TAKEN_FOR_UYGHUR and _is_latin_uyghur(sample):
        return "ug-Latn"
    return _SAME.get(found, found)
