"""Words that stand for one of few things: sex, yes and no, countries, codes of a vocabulary."""

import re

from muniment.core import CellKind
from muniment.facts.model import read_code as read_published
from muniment.facts.readings.reading import CellFacts, Options, Reading, tidy, unread
from muniment.facts.statement import Unread
from muniment.text import fold
from muniment.text import read_sex as stated_sex
from muniment.text import read_yes_no as stated_answer

_MALE = (
    "男 男性 男子 m male man masculino hombre varon homme masculin männlich mannlich mann м муж мужской муж. "
    "мужчина er erkek e erkak эркак ер еркек ئەر ذكر مذکر مرد чол чоловік чоловіча masc h hombres "
    "남 남자 남성 ወንድ ተባዕታይ ကျား ယောက်ျား पुरुष पु نر nam laki-laki pria muž muški мушки мушкарац muškarac mężczyzna męska nêr نێر"
)
_FEMALE = (
    "女 女性 女子 f female woman femenino mujer femme féminin feminin weiblich frau ж жен женский жен. "
    "женщина kadın kadin k ayol аёл әйел ئايال أنثى انثى مونث مؤنث زن жінка жіноча fem feminino mulher w ayal "
    "여 여자 여성 ሴት ኣንስታይ မ အမျိုးသမီး महिला स्त्री عورت خاتون nữ perempuan wanita ženski žena женски kobieta żeńska mê مێ"
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
    """male, female or other; option `vocabulary` adds words as `1=male;2=female`.

    A word without a reading (`M=`) is not read, whatever it mostly means.
    """
    return _read(written, _SEXES, options, stated_sex(written))


def read_yes_no(written: str, facts: CellFacts, options: Options) -> Reading:
    """True or false."""
    if facts.kind is CellKind.BOOLEAN:
        return Reading("true" if written.strip().lower() in ("1", "true") else "false")
    return _read(written, _ANSWERS, options, _answer(written))


def read_code(written: str, _facts: CellFacts, options: Options) -> Reading:
    """A word of the vocabulary in the options; without one, as it is written.

    The option is `facility-kinds` for a published vocabulary, `written=read;…` for words of the
    person who confirms, or both, one behind the other: `facility-kinds;第三看守所=detention-centre`.
    """
    vocabulary, published = vocabulary_of(options), published_in(options)
    tidied = tidy(written)
    if len(vocabulary) == len(published) == 0:
        return Reading(" ".join(written.split()))
    found = vocabulary.get(fold(tidied))
    if found is None:
        codes = (read_published(name, tidied) for name in published)
        found = next((code for code in codes if code is not None), None)
    return unread(Unread.UNKNOWN_CODE) if found is None else Reading(found)


def vocabulary_of(options: Options) -> dict[str, str]:
    """The words of option `vocabulary`, folded, and what each is read as."""
    pairs = (pair.partition("=") for pair in options.get("vocabulary", "").split(";"))
    return {fold(tidy(word)): read.strip() for word, sign, read in pairs if sign != ""}


def published_in(options: Options) -> tuple[str, ...]:
    """The published vocabularies that option `vocabulary` names."""
    named = (each.strip() for each in options.get("vocabulary", "").split(";"))
    return tuple(each for each in named if each != "" and "=" not in each)


def _answer(written: str) -> str | None:
    found = stated_answer(written)
    return None if found is None else str(found).lower()


def _read(
    written: str,
    known: tuple[tuple[str, frozenset[str]], ...],
    options: Options,
    stated: str | None,
) -> Reading:
    """What the options say of a word, else the words that are known here, else the vocabulary."""
    folded = fold(tidy(written))
    own = vocabulary_of(options)
    if folded in own:
        return Reading(own[folded]) if own[folded] != "" else unread(Unread.UNKNOWN_CODE)
    bare = re.sub(r"[.\s]+$", "", folded)
    for name, words in known:
        if folded in words or bare in words:
            return Reading(name)
    return unread(Unread.UNKNOWN_CODE) if stated is None else Reading(stated)
