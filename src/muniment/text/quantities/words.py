"""Units and comparators in the languages of such texts, as patterns of lower-case text."""

import re
from functools import cache

from muniment.text.quantities.reading import Comparator

# Code of a unit → its name for people, forms in Chinese (which need no space after), other forms.
UNITS: dict[str, tuple[str, str, str]] = {
    "percent": ("per cent", "个百分点|個百分點|％", (r"%|٪|per ?cent|percent|процент\w*|yüzde|foiz"
                r"|pirsent|پىرسەنت|пайыз\w*|در ?صد|بالمائة|بالمئة|prozent|por ciento|pour ?cent")),
    "permille": ("per mille", "‰", r"‰|промилле"),
    "age": ("years of age", "周岁|周歲|岁|歲",
            (r"years? old|years? of age|y/?o|jahre alt|años de edad|ans d'âge|yashta|yash|yaşında"
            r"|yaş|жаста|жас|ياشلىق|ياشتا|ياش|ساله|세|살|နှစ်|tuổi")),
    "year": ("years", "周年|年",
             (r"years?|yrs?|yilliq|yillik|yıllık|жылға|жылдық|лет|года?|жыл|yıl|sene|yil|jahren?"
                 r"|jahre?|años?|ans?|années?|anos?|ann[oi]|lata?|rok"
             r"|سنوات|سنين|سنة|عاما|عام|أعوام|سال|يىللىق|يىل")),
    "month": ("months", "个月|個月|箇月|月",
              (r"months?|mos?\.|месяц(?:а|ев)?|мес\.?|ай|ay|mois|mes(?:es)?|monate?n?|mes[ei]|miesiące?|miesięcy|أشهر|شهرا|شهر"
              r"|ماه|ئاي")),
    "week": ("weeks", "个星期|星期|周|週",
             (r"weeks?|недел[яиьею]|апта|hafta|wochen?|semanas?|semaines?|settiman[ae]|tygodni\w*|أسابيع|أسبوع|هفته|ھەپتە"
             r"|hepte")),
    "day": ("days", "日|天",
            (r"days?|сут(?:ки|ок)|дн(?:я|ей)|день|күн|gün|kün|kun|tage?n?|días?|dias?|giorn[oi]|dni|dzień|jours?|أيام|يوما"
                r"|يوم"
            r"|روز|كۈن")),
    "hour": ("hours", "个小时|小时|個小時|小時",
             r"hours?|hrs?|час(?:а|ов)?|сағат|saat|stunden?|horas?|heures?|ساعات|ساعة|ساعت|سائەت"),
    "person": ("persons", "人次|人|名|位|口",
               (r"persons?|people|individuals?|inmates|detainees|prisoners|человека?|людей|чел\.?"
               r"|лиц[ао]?|адам|kişi|kishi|neper|personen?|personas?|personnes?|menschen"
               r"|أشخاص|شخصا|شخص|نفر|ئادەم|كىشى|نەپەر")),
    "household": ("households", "户|戶", r"households?|домохозяйств\w*|hane|öyluk|خانوار|ئائىلە"),
    "case": ("cases", "起|件|宗", r"cases?|дел[ао]?|incidents?|fälle|fall|casos?"),
    "yuan": ("yuan", "元|块", r"yuan|rmb|юан\w*|يۈەن|koy"),
    "square-metre": ("square metres", "平方米|㎡", (r"m²|m2|sq\.? ?m|кв\.? ?м\.?|square met(?:er"
    r"|re)s?")),
    "mu": ("mu (a fifteenth of a hectare)", "亩|畝", r"mu"),
    "hectare": ("hectares", "公顷|公頃", r"ha|hectares?|гектар\w*|hektar"),
    "kilometre": ("kilometres", "公里|千米", r"km|kilomet(?:er|re)s?|км|километр\w*"),
}  # fmt: skip

_BEFORE = {
    Comparator.AT_LEAST: r"at least|no (?:less|fewer) than|not less than|minimum|≥|>=|не менее"
        r"|не меньше"
    r"|минимум|кемінде|en az|eng az|ئەڭ ئاز|mindestens|al menos|por lo menos|au moins|على الأقل"
    r"|ما لا يقل عن"
    r"|لا يقل عن|حداقل|دست کم|不少于|不少於|不低于|不低於|至少|起码",
    Comparator.AT_MOST: r"at most|no more than|not more than|up to|maximum|≤|<=|не более|не больше"
    r"|максимум|до|en fazla|eng köp|eng kop|ئەڭ كۆپ|höchstens|bis zu|a lo sumo|hasta|au plus"
    r"|jusqu'à"
    r"|على الأكثر|لا يزيد عن|حداکثر|不超过|不超過|不多于|不多於|至多|最多",
    Comparator.MORE_THAN: r"more than|over|above|exceeding|>|более|больше|свыше|mehr als|über"
        r"|más de"
    r"|plus de|أكثر من|اكثر من|ما يزيد عن|بیش از|超过|超過|多于|多於|逾",
    Comparator.LESS_THAN: r"less than|fewer than|under|below|<|менее|меньше|weniger als|unter"
        r"|menos de"
    r"|moins de|أقل من|اقل من|کمتر از|少于|少於|不足|不到|低于|低於",
    Comparator.ABOUT: r"about|around|approximately|approx\.?|some|circa|ca\.|~|≈|около|примерно"
    r"|приблизительно|шамамен|yaklaşık|takriben|texminen|تەخمىنەن|etwa|ungefähr|rund"
    r"|alrededor de|unos"
    r"|aproximadamente|environ|à peu près|حوالي|حوالى|نحو|تقريبا|حدود|تقریبا|大约|大約|约|約|近"
    r"|将近"
    r"|大概|左右",
}  # fmt: skip
_AFTER = {
    Comparator.AT_LEAST: r"以上|or more|and more|и более|и больше|dan fazla|den fazla|\+|及以上"
    r"|ve üzeri|oder mehr|o más|ou plus|يۇقىرى|فأكثر",
    Comparator.AT_MOST: r"以下|以内|以內|or less|or fewer|и менее|oder weniger|o menos|ou moins",
    Comparator.ABOUT: r"左右|上下|civarında|шамасында|ئەتراپىدا|etrapida|approximately|approx\.?",
    Comparator.MORE_THAN: r"余|餘|多|有余|-odd|с лишним|с лишком|دىن ئارتۇق|din artuq|küsür|астам",
}  # fmt: skip
_CHINESE = "\u3400-\u9fff"


@cache
def unit_of(written: str) -> str | None:
    """The code of a unit; None where the word is none."""
    lowered = written.strip().lower()
    for code, (_, chinese, others) in UNITS.items():
        if re.fullmatch(rf"{chinese}|{others}", lowered) is not None:
            return code
    return None


def units_pattern(*codes: str) -> str:
    """A pattern of all words of these units (of all units, without any), longest first."""
    chosen = [UNITS[code] for code in (codes or UNITS)]
    chinese = "|".join(each[1] for each in chosen)
    others = "|".join(each[2] for each in chosen)
    long_first = sorted(chinese.split("|"), key=len, reverse=True)
    return rf"(?:{'|'.join(long_first)}|(?:{others})(?![^\W\d_{_CHINESE}]))"


@cache
def before_pattern() -> str:
    """A pattern of all comparators that stand before a number, as groups named by them."""
    return _groups(_BEFORE, "before")


@cache
def after_pattern() -> str:
    """The same for those that stand after a number or its unit."""
    return _groups(_AFTER, "after")


@cache
def comparator_of(written: str) -> Comparator | None:
    """What a comparator's words say."""
    lowered = written.strip().lower()
    for table in (_BEFORE, _AFTER):
        for comparator, forms in table.items():
            if re.fullmatch(forms, lowered) is not None:
                return comparator
    return None


def _groups(table: dict[Comparator, str], name: str) -> str:
    # Longer words stand in earlier tables (不超过 before 超过), as the first that fits is taken.
    return f"(?P<{name}>{'|'.join(table.values())})"
