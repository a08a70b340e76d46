"""Words that stand for one of few things: sex, yes and no, countries, codes of a vocabulary."""

import re

from muniment.core import CellKind
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Unread
from muniment.text import fold

_MALE = (
    "男 男性 男子 m male man masculino hombre varon homme masculin männlich mannlich mann м муж мужской муж. "
    "мужчина er erkek e erkak эркак ер еркек ئەر ذكر مذکر مرد чол чоловік чоловіча masc h hombres"
)
_FEMALE = (
    "女 女性 女子 f female woman femenino mujer femme féminin feminin weiblich frau ж жен женский жен. "
    "женщина kadın kadin k ayol аёл әйел ئايال أنثى انثى مونث مؤنث زن жінка жіноча fem feminino mulher w ayal"
)
_YES = (
    "是 有 yes y true 1 да oui si sí sim ja evet ha ҳа иә نعم بله ھەئە √ ✓ x + v 对 已 так hee he'e"
)
_NO = "否 无 無 no n false 0 нет non não nao nein hayır hayir yo'q йўқ жоқ لا خیر نه ياق - × 不 没有 ні yaq"


def _words(written: str) -> frozenset[str]:
    return frozenset(fold(word) for word in written.split())


_SEXES = tuple((name, _words(words)) for name, words in (("male", _MALE), ("female", _FEMALE)))
_ANSWERS = tuple((name, _words(words)) for name, words in (("true", _YES), ("false", _NO)))


def read_sex(written: str, _facts: CellFacts, options: Options) -> Reading:
    """male, female or other; option `vocabulary` adds words as `1=male;2=female`."""
    return _read(written, _SEXES, options)


def read_yes_no(written: str, facts: CellFacts, options: Options) -> Reading:
    """True or false."""
    if facts.kind is CellKind.BOOLEAN:
        return Reading("true" if written.strip().lower() in ("1", "true") else "false")
    return _read(written, _ANSWERS, options)


def read_code(written: str, _facts: CellFacts, options: Options) -> Reading:
    """A word of the vocabulary in the options, `written=read;…`; without one, as it is written."""
    vocabulary = vocabulary_of(options)
    text = tidy(written)
    if len(vocabulary) == 0:
        return Reading(" ".join(written.split()))
    found = vocabulary.get(fold(text))
    return unread(Unread.UNKNOWN_CODE) if found is None else Reading(found)


def vocabulary_of(options: Options) -> dict[str, str]:
    """The words of option `vocabulary`, folded, and what each is read as."""
    pairs = (pair.partition("=") for pair in options.get("vocabulary", "").split(";"))
    return {fold(tidy(word)): read.strip() for word, sign, read in pairs if sign != ""}


def _read(written: str, known: tuple[tuple[str, frozenset[str]], ...], options: Options) -> Reading:
    text = fold(tidy(written))
    own = vocabulary_of(options)
    if text in own:
        return Reading(own[text])
    bare = re.sub(r"[.\s]+$", "", text)
    for name, words in known:
        if text in words or bare in words:
            return Reading(name)
    return unread(Unread.UNKNOWN_CODE)
