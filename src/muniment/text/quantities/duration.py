"""Durations and sentences as written: 有期徒刑七年六个月, 7 лет 6 месяцев, 15 yil, life.

- Units are kept as they are written: 18 months are not made a year and six months.
- Half a year (七年半) is six months, which no calendar changes.
- Every word must be known. What stands beside a duration may change it, so that a text with an
  unknown word has no reading.
"""

import re
from functools import cache

from muniment.text.digits import western
from muniment.text.quantities.numbers import read_number
from muniment.text.quantities.quantity import NUMBER, is_whole
from muniment.text.quantities.reading import (
    Comparator,
    Duration,
    DurationReading,
    NumberReason,
    Penalty,
    PenaltyReading,
    SentenceReading,
)
from muniment.text.quantities.words import (
    after_pattern,
    before_pattern,
    comparator_of,
    unit_of,
    units_pattern,
)

_LONGEST = 200
_FIELDS = {"year": "years", "month": "months", "week": "weeks", "day": "days"}
_HALF_YEAR_MONTHS = 6
# Longer words first: 死缓 before 死, 无期徒刑 before 徒刑.
_PENALTIES = {
    Penalty.DEATH_REPRIEVED: r"死刑缓期(?:二年|两年)?执行|死緩|死缓"
    r"|death (?:sentence )?with (?:a )?reprieve",
    Penalty.DEATH: r"死刑|death(?: penalty| sentence)?|смертн(?:ая казнь|ой казни)"
    r"|расстрел|высшая мера(?: наказания)?|вмн|к вмн|расстріл|kara śmierci|smrtna kazna|사형"
    r"|သေဒဏ်|hukuman mati|tử hình|मृत्युदंड|سزائے موت|የሞት ቅጣት|idam(?: cezası)?"
    r"|ölüm jazasi|ئۆلۈم جازاسى|өлім жазасы|إعدام|اعدام|pena de muerte|peine de mort|todesstrafe",
    Penalty.LIFE: r"无期徒刑|無期徒刑|无期|無期|终身监禁|life (?:imprisonment|sentence)"
    r"|for life|life"
    r"|пожизненное(?: лишение свободы| заключение)?|пожизненно"
    r"|(?:ağırlaştırılmış )?müebbet(?: hapis)?"
    r"|muddetsiz(?: qamaq)?|ömürlük(?: qamaq)?|مۇددەتسىز(?: قاماق)?|довічн\w*"
    r"|무기(?:징역|형)?|종신(?:형)?|တစ်သက်(?:တစ်ကျွန်း)?|seumur hidup|chung thân|आजीवन(?: कारावास)?"
    r"|عمر قید|የዕድሜ ልክ(?: እስራት)?|doživotn\w*|dożywoci\w*|"
    r"ömür boyu(?: hapis)?|өмір бойы"
    r"|مؤبد|السجن المؤبد|حبس ابد|cadena perpetua|(?:réclusion (?:criminelle )?)?(?:à )?perpétuité"
    r"|lebensläng(?:lich|e)\w*|lebenslange? (?:haft|freiheitsstrafe)",
    Penalty.SUSPENDED: r"缓刑|緩刑|условно|испытательный срок|suspended|probation|ertelenmiş"
    r"|(?:avec )?sursis|bewährung|كېچىكتۈرۈپ|con la condizionale|pena sospesa|w zawieszeniu",
    Penalty.RIGHTS: r"剥夺政治权利|剝奪政治權利|褫夺公权|褫奪公權"
    r"|deprivation of (?:political )?rights",
    Penalty.DETENTION: r"拘役|行政拘留|拘留|short detention|арест(?:а)?",
    Penalty.SURVEILLANCE: r"管制|public surveillance",
    Penalty.IMPRISONMENT: r"有期徒刑|徒刑|有期|imprisonment|in prison|prison|jail"
    r"|лишени[ея] свободы"
    r"|заключени[ея]|итл|исправительно-трудовых лагерей|лагерей|каторжных работ"
    r"|тюрьмы|колонии|hapis(?: cezası)?|qamaq(?: jazasi)?|قاماق(?: جازاسى)?"
    r"|бас бостандығынан айыру(?:ға)?|қамау|السجن|سجنا|سجن|حبس|زندان|(?:de )?prisión|de cárcel"
    r"|d'emprisonnement|(?:de )?prison ferme|ferme|freiheitsstrafe|gefängnis|haft"
    r"|(?:di )?(?:reclusione|carcere|detenzione)|(?:de )?(?:prisão|reclusão|réclusion)"
    r"|pozbawienia wolności|więzienia",
}
_JOINING = (
    r"判处|判處|被判|判刑|判|刑期|为期|為期|期限|执行|半|零|又|and|for|of|a|term|sentenced"
    r"|sentence|to|years'"
    r"|и|на|срок(?:ом)?|приговор[её]н\w*|к|осужд[её]н\w*|ve|we|ۋە|va|und|zu|et|y|e|i|de|di|d'|à|و|لمدة"
    r"|مدة|به"
    r"|мерзімге|muddetlik|مۇددەتلىك"
)
_PARTS = re.compile(r"\s*[，,;；、。+]\s*|(?:并处|並處|并|同时)")


def read_duration(written: str) -> DurationReading:
    """The duration that `written` is, in the units it uses."""
    text = western(written).strip().lower()
    if text == "":
        return DurationReading(written, reason=NumberReason.EMPTY)
    read = _read(text)
    if isinstance(read, NumberReason):
        return DurationReading(written, reason=read)
    duration, comparator, penalties = read
    if duration is None or len(penalties) > 0:
        reason = NumberReason.NOT_A_NUMBER if duration is None else NumberReason.OTHER_WORDS
        return DurationReading(written, reason=reason)
    return DurationReading(written, duration, comparator)


def read_sentence(written: str) -> SentenceReading:
    """The penalties of a sentence in order; a duration alone is one whose kind is unstated."""
    text = western(written).strip().lower()
    if text == "":
        return SentenceReading(written, reason=NumberReason.EMPTY)
    if len(text) > _LONGEST:
        return SentenceReading(written, reason=NumberReason.NOT_A_NUMBER)
    parts, said = [], None
    for piece in _PARTS.split(text):
        if piece == "":
            continue
        read = _read(piece)
        if isinstance(read, NumberReason):
            return SentenceReading(written, reason=read)
        duration, comparator, penalties = read
        if len(penalties) > 1 or (duration is None and len(penalties) == 0):
            return SentenceReading(written, reason=NumberReason.OTHER_WORDS)
        penalty = penalties[0] if len(penalties) == 1 else Penalty.UNSTATED
        parts.append(PenaltyReading(piece, penalty, duration))
        said = said or comparator
    if len(parts) == 0:
        return SentenceReading(written, reason=NumberReason.NOT_A_NUMBER)
    return SentenceReading(written, tuple(parts), said)


def _read(
    text: str,
) -> "tuple[Duration | None, Comparator | None, tuple[Penalty, ...]] | NumberReason":
    """What one piece of a sentence says, or why it is not read."""
    if len(text) > _LONGEST:
        return NumberReason.NOT_A_NUMBER
    rest, penalties = _without_penalties(text)
    fields: dict[str, int] = {}
    said: list[Comparator] = []
    for found in _terms().finditer(rest):
        number = read_number(found["number"])
        field = _FIELDS.get(unit_of(found["unit"]) or "")
        if number.value is None:
            return number.reason or NumberReason.NOT_A_NUMBER
        if field is None or field in fields or not is_whole(number.value):
            return NumberReason.OTHER_WORDS
        fields[field] = int(number.value)
        if found["half"] is not None:
            if field != "years":
                return NumberReason.OTHER_WORDS
            fields["months"] = _HALF_YEAR_MONTHS
        said.extend(
            comparator
            for each in ("before", "after")
            if found[each] is not None and (comparator := comparator_of(found[each])) is not None
        )
    if _joining().sub("", _terms().sub(" ", rest)).strip(" ()-'’:：.（）") != "":
        return NumberReason.OTHER_WORDS
    duration = Duration(**fields) if len(fields) > 0 else None
    return duration, said[0] if len(said) > 0 else None, penalties


def _without_penalties(text: str) -> tuple[str, tuple[Penalty, ...]]:
    found = []
    for penalty, forms in _PENALTIES.items():
        pattern = _penalty(forms)
        if pattern.search(text) is not None:
            found.append(penalty)
            text = pattern.sub(" ", text)
    return text, tuple(found)


@cache
def _penalty(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-zа-яё\u0600-\u06ff])(?:{forms})(?![a-zа-яё\u0600-\u06ff])")


@cache
def _terms() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{before_pattern()}\s*)?(?P<number>{NUMBER})[\s-]*"
        rf"(?P<unit>{units_pattern(*_FIELDS)})(?P<half>半)?(?:\s*{after_pattern()})?"
    )


@cache
def _joining() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-zа-яё\u0600-\u06ff])(?:{_JOINING})(?![a-zа-яё\u0600-\u06ff])")
