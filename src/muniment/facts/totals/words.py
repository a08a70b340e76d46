"""Words by which tables name totals, shares and row numbers, in the languages of lists.

A heading or label is compared folded: without case, without what is not a letter or digit at its
ends, and with spaces inside Chinese words left out (总 计).
"""

import re
import unicodedata
from functools import lru_cache

from muniment.text import fold, read_sex

_TOTAL = """
    total totals totale totales totaux totais totaal totalt grand subtotal sub-total sum suma soma
    summe gesamt insgesamt zusammen gesamtsumme zwischensumme gesamtzahl ensemble sous-total
    итого всего итог разом усього всього підсумок барлығы жиыны жалпы қорытынды бардыгы
    toplam genel ara yekûn jami razem ogółem łącznie celkem összesen yhteensä sammanlagt
    jemiy jem'iy omumiy جەمئىي ئومۇمىي المجموع الإجمالي الاجمالي إجمالي مجموع جمع کل
    合计 总计 共计 小计 总数 累计 合計 總計 小計 共計 總數 합계 총계 소계 нийт ընդամենը სულ jumlah
"""
_LASTING = "total totals totale итого всего разом toplam razem totaal"  # EU Total
_LAST = frozenset(_LASTING.split())
_SHARING = "of the in von vom du des del da do от из від"
_SHARED = frozenset(_SHARING.split())
_FILLING = "general généraux général geral overall of for the по на за de all"
_FILLERS = frozenset(_FILLING.split())
_WITH = {  # words that name a total only before these, or alone ("")
    "grand": {"total"},
    "genel": {"toplam"},
    "ara": {"toplam"},
    "جمع": {"", "کل"},
    "کل": {""},
}
_SERIAL = """
    序号; 编号; 序號; 編號; 項次; 顺序号; 流水號; 번호
    №; n°; nº; n.o; no; no.; nr; nr.; nro; nro.; #; n
    s/n; s/no; s/no.; s.no; sno; sr; sr.; sr no; sr. no.; s. no.; serial; serial no.; item; row
    п/п; № п/п; №п/п; n п/п; № з/п; р/с; р/с №; № р/с; порядковый номер; номер; lfd. nr.; lfd. nr
    lfd.nr.; lfd.-nr.; nr. crt.; lp.; l.p.; sıra; sıra no; s.no.; sıra no.; ordem; nº de orden
    n° d'ordre; n° ordre; n. ord.; tertip; tertip nomuri; тәртіп; реттік нөмірі; tt; t/r; đ/đ; stt
    ت/ن; م; ت; ردیف; شماره; الرقم; رقم; الرقم المتسلسل; تەرتىپ; تەرتىپ نومۇرى; نومۇر
"""
_SHARE = re.compile(
    r"[%％٪]|per ?cent|percentage|pourcentage|prozent|anteil|porcentaje|percentagem|процент|удельн"
    r"|доля|частка|відсот|oran|yüzde|пайыз|үлес|پىرسەنت|نسبة|نسبت|درصد|占比|百分比|比例|比重|所占"
)
_AVERAGE = re.compile(
    r"average|\bmean\b|per head|per capita"
    r"|средн|durchschnitt|moyenne|promedio|média|ortalama|平均|متوسط"
)
_YEAR = re.compile(
    r"\b(?:year|год|рік|yıl|jahr|année|año|ano|anno|rok|жыл|yil|سنة|عام|سال|يىل)|年(?!龄|齡)|г\.р"
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*", re.UNICODE)
_GLUED = re.compile(r"(?<=[A-Z]{2})(?=Total)|(?<=[a-z])(?=Total)|(?<=Total)(?=[A-Z])")  # EUTotal
_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_TOTALS = frozenset(_TOTAL.split())
_CHINESE_TOTALS = tuple(word for word in _TOTALS if "\u3400" <= word[0] <= "\u9fff")


@lru_cache(maxsize=4_096)
def names_total(label: str) -> bool:
    """Whether a label begins or ends with a word for a total: not `% of total`."""
    folded = _folded(label)
    if folded.startswith(_CHINESE_TOTALS) or folded.endswith(_CHINESE_TOTALS):
        return True
    words = _WORDS.findall(folded)
    if words and words[0] not in _TOTALS:
        return words[-1] in _LAST and not _SHARED & set(words[:-1])
    if not words:
        return False
    needed = _WITH.get(words[0])
    return needed is None or (words[1:2] or [""])[0] in needed


def only_names_total(label: str) -> bool:
    """Whether a label says no more than that it is a total: not `Total nitrogen`."""
    words = _WORDS.findall(_folded(label))
    return names_total(label) and all(word in _TOTALS | _FILLERS or _cjk(word) for word in words)


def _cjk(word: str) -> bool:
    return "\u3040" <= word[0] <= "\u9fff" or "\uac00" <= word[0] <= "\ud7a3"


@lru_cache(maxsize=4_096)
def names_average(label: str) -> bool:
    """Whether a label names a mean, which is no sum."""
    return _AVERAGE.search(_folded(label)) is not None


def names_year(heading: str) -> bool:
    """Whether a heading says that its column holds years."""
    return _YEAR.search(_folded(heading)) is not None


def names_share(heading: str) -> bool:
    """Whether a heading says that its column holds shares."""
    return _SHARE.search(_folded(heading)) is not None


def names_serial(heading: str) -> bool:
    """Whether a heading says that its column numbers the rows."""
    return _folded(heading).strip(" :") in _SERIALS


def _folded(label: str) -> str:
    apart = _GLUED.sub(" ", unicodedata.normalize("NFKC", label))
    text = " ".join(apart.casefold().split())
    return _CHINESE.sub("", text)


_SERIALS = frozenset(
    _folded(phrase) for line in _SERIAL.strip().splitlines() for phrase in line.split(";")
)


_OF_MEN = """
    men males hombres varones hommes männer homens мужчин мужчины чоловіків чоловіки erkekler ерлер
    الذكور رجال مردان ئەرلەر 남자
"""
_OF_WOMEN = """
    women females mujeres femmes frauen mulheres женщин женщины жінок жінки kadınlar әйелдер
    الإناث نساء زنان ئاياللار 여자
"""
_SEXES = {fold(word): "male" for word in _OF_MEN.split()} | {
    fold(word): "female" for word in _OF_WOMEN.split()
}


def sex_in(heading: str) -> str | None:
    """`male` or `female` where a heading counts people of one sex; None where it does not."""
    bare = heading.strip(" .:：()（）人数數")
    return _SEXES.get(fold(bare)) or read_sex(bare)
