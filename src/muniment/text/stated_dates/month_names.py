"""Names of months in the languages of such lists, folded, with the calendar they belong to.

- Gregorian names by month, in every form that dates use (nominative, genitive, short).
- A short form is here only if no other month and no other language uses it for another one.
- Names of the Persian and Islamic months are spelt as Persian, Dari, Arabic, Uyghur, Turkish and
  English writers do.
"""

from functools import cache

from muniment.text.fold import fold

# A paragraph a month: English, German, French, Spanish, Portuguese, Italian, Russian, Ukrainian,
# Kazakh, Turkish, Uzbek and Azerbaijani, Uyghur in both scripts, Arabic in three traditions,
# Persian, Indonesian.
_GREGORIAN = """
january jan januar janner janvier janv enero ene janeiro gennaio январь января янв січень січня
қаңтар қаңтары қаң ocak yanvar ianvar يانۋار يناير جانفي ژانویه januari

february feb februar febr fevrier fevr février févr febrero fevereiro fev febbraio февраль
февраля фев февр лютий лютого ақпан ақпаны ақп şubat fevral féwral fewral فېۋرال فبراير شباط
فيفري فوریه februari

march mar marz maerz märz mrz mars marzo março marco март марта мар березень березня наурыз
наурызы нау mart مارت مارس آذار maret

april apr avril avr abril abr aprile апрель апреля апр квітень квітня сәуір сәуірі сәу nisan
aprel aprél ئاپرېل أبريل ابريل إبريل نيسان أفريل آوریل

may mai mayo maio maggio май мая травень травня мамыр мамыры мам mayis mayıs ماي مايو أيار مه
mei

june jun juni juin junio junho giugno июнь июня июн червень червня маусым маусымы мау haziran
iyun ئىيۇن يونيو يونيه حزيران جوان ژوئن

july jul juli juillet juil julio julho luglio июль июля июл липень липня шілде шілдесі шіл
temmuz iyul ئىيۇل يوليو يوليه تموز جويلية ژوئیه

august aug août aout agosto ago август августа авг серпень серпня тамыз тамызы там ağustos
agustos avgust awghust ئاۋغۇست أغسطس اغسطس آب أوت اوت agustus

september sep sept septembre septiembre setiembre setembro set settembre сентябрь сентября сен
сент вересень вересня қыркүйек қыркүйегі қыр eylül sentabr sentyabr sentebir séntebir سېنتەبىر
سبتمبر أيلول ايلول سپتامبر

october oct okt oktober octobre octubre outubro out ottobre октябрь октября окт жовтень жовтня
қазан қазаны қаз ekim oktabr oktyabr öktebir oktebir ئۆكتەبىر أكتوبر اكتوبر اکتبر

november nov novembre noviembre novembro ноябрь ноября ноя нояб листопад листопада қараша
қарашасы қар kasım kasim noyabr noyabir نويابىر نوفمبر نوامبر

december dec dez dezember décembre decembre déc diciembre dic dezembro dicembre декабрь декабря
дек грудень грудня желтоқсан желтоқсаны жел aralık aralik dekabr dékabir dekabir دېكابىر ديسمبر
دسامبر desember
"""
# Names of two words; the first word alone names another month or none.
_GREGORIAN_PAIRS = {
    "كانون الثاني": 1, "کانون ثانی": 1, "تشرين الأول": 10, "تشرين الاول": 10,
    "تشرين الثاني": 11, "كانون الأول": 12, "كانون الاول": 12,
}  # fmt: skip
_PERSIAN = (
    "فروردین farvardin حمل hamal", "اردیبهشت ordibehesht ثور sawr", "خرداد khordad جوزا jawza",
    "تیر tir سرطان saratan", "مرداد امرداد mordad اسد asad", "شهریور shahrivar سنبله sonbola",
    "مهر mehr میزان mizan", "آبان aban عقرب aqrab", "آذر azar قوس qaws", "دی dey جدی jadi",
    "بهمن bahman دلو dalw", "اسفند esfand حوت hut",
)  # fmt: skip
_ISLAMIC = (
    "محرم muharram moharram muharrem мухаррам мұхаррам", "صفر safar сафар", "", "", "", "",
    "رجب rajab recep rejeb раджаб", "شعبان shaban şaban шаабан", "رمضان ramadan ramazan рамадан",
    "شوال shawwal şevval шавваль", "", "",
)  # fmt: skip
_ISLAMIC_PAIRS = {
    "ربيع الأول": 3, "ربيع الاول": 3, "rabi al-awwal": 3, "ربيع الآخر": 4, "ربيع الثاني": 4,
    "rabi al-thani": 4, "جمادى الأولى": 5, "جمادى الاولى": 5, "jumada al-ula": 5,
    "جمادى الآخرة": 6, "جمادى الثانية": 6, "jumada al-thani": 6, "ذو القعدة": 11, "ذي القعدة": 11,
    "ذوالقعدة": 11, "dhu al-qadah": 11, "ذو الحجة": 12, "ذي الحجة": 12, "ذوالحجة": 12,
    "dhu al-hijjah": 12,
}  # fmt: skip


@cache
def month_names() -> dict[str, tuple[str, int]]:
    """The folded name → the calendar and the number of the month."""
    table: dict[str, tuple[str, int]] = {}
    for calendar, months in (
        ("islamic-umalqura", _ISLAMIC),
        ("persian", _PERSIAN),
        ("gregory", _GREGORIAN.split("\n\n")),
    ):
        for number, names in enumerate(months, start=1):
            table.update({fold(name): (calendar, number) for name in names.split()})
    for name, number in _GREGORIAN_PAIRS.items():
        table[_joined(name)] = ("gregory", number)
    for name, number in _ISLAMIC_PAIRS.items():
        table[_joined(name)] = ("islamic-umalqura", number)
    return table


@cache
def spelt_names() -> tuple[str, ...]:
    """Every name as it is written, in lower case."""
    single = " ".join((_GREGORIAN, *_PERSIAN, *_ISLAMIC)).split()
    return tuple(dict.fromkeys((*single, *_GREGORIAN_PAIRS, *_ISLAMIC_PAIRS)))


@cache
def paired_names() -> tuple[tuple[str, str], ...]:
    """Folded names of two words, and the one word that stands for each among `month_names`."""
    pairs = (*_GREGORIAN_PAIRS, *_ISLAMIC_PAIRS)
    return tuple((fold(name), _joined(name)) for name in pairs if " " in name)


def _joined(name: str) -> str:
    return fold(name).replace(" ", "").replace("-", "")
