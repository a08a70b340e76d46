"""Sex, marital status, and yes or no, as lists write them."""

from collections.abc import Iterable

from muniment.text.vocabulary.vocabulary import Term, Vocabulary, folded, read_term

# FollowTheMoney, type `gender`.
SEX = Vocabulary(
    "sex",
    "Sex, in the terms of FollowTheMoney",
    (
        Term(
            "male",
            "male",
            (
                ("zh", "男 | 男性 | 男子 | 男人 | 男的"),
                ("ug", "ئەر | ئەركەك | er | erkek"),
                ("ru", "м | муж | мужской | мужчина | м.п."),
                ("kk", "ер | ер адам | еркек"),
                ("tr", "e | erkek | bay"),
                ("ar", "ذكر | رجل"),
                ("fa", "مرد | مذکر"),
                ("en", "m | male | man | boy"),
                ("es", "h | hombre | masculino | varón | masc"),
                ("fr", "homme | masculin"),
                ("de", "männlich | mann | männl"),
                ("uz", "erkak"),
            ),
        ),
        Term(
            "female",
            "female",
            (
                ("zh", "女 | 女性 | 女子 | 女人 | 女的"),
                ("ug", "ئايال | قىز | ayal | qiz"),
                ("ru", "ж | жен | женский | женщина"),
                ("kk", "әйел | қыз"),
                ("tr", "k | kadın | bayan | kız"),
                ("ar", "أنثى | انثى | امرأة"),
                ("fa", "زن | مؤنث"),
                ("en", "f | female | woman | girl"),
                ("es", "mujer | femenino | fem"),
                ("fr", "femme | féminin"),
                ("de", "w | weiblich | frau | weibl"),
                ("uz", "ayol"),
            ),
        ),
        Term(
            "other",
            "other",
            (
                ("zh", "其他"),
                ("en", "other | non-binary | nonbinary"),
                ("ru", "другой | иной"),
                ("tr", "diğer"),
                ("de", "divers | d"),
                ("es", "otro"),
                ("fr", "autre"),
            ),
        ),
    ),
)
MARITAL = Vocabulary(
    "marital-status",
    "Marital status",
    (
        Term("single", "never married", (
            ("zh", "未婚 | 单身 | 單身"),
            ("ug", "بويتاق | توي قىلمىغان | boytaq"),
            ("ru", "холост | не замужем | не женат | холостой"),
            ("kk", "бойдақ | тұрмыста емес"),
            ("tr", "bekar | bekâr"),
            ("ar", "أعزب | عزباء | عازب"),
            ("fa", "مجرد"),
            ("en", "single | unmarried | never married"),
            ("es", "soltero | soltera"),
            ("fr", "célibataire"),
            ("de", "ledig"),
        )),
        Term("married", "married", (
            ("zh", "已婚 | 有配偶 | 初婚 | 再婚 | 复婚"),
            ("ug", "توي قىلغان | ئۆيلەنگەن | toy qilghan"),
            ("ru", "женат | замужем | в браке | состоит в браке"),
            ("kk", "үйленген | тұрмыста | некеде"),
            ("tr", "evli"),
            ("ar", "متزوج | متزوجة"),
            ("fa", "متأهل | متاهل"),
            ("en", "married"),
            ("es", "casado | casada"),
            ("fr", "marié | mariée"),
            ("de", "verheiratet"),
        )),
        Term("divorced", "divorced", (
            ("zh", "离婚 | 離婚 | 离异 | 離異"),
            ("ug", "ئاجراشقان | ajrashqan"),
            ("ru", "разведен | разведён | разведена | в разводе"),
            ("kk", "ажырасқан"),
            ("tr", "boşanmış | dul (boşanmış)"),
            ("ar", "مطلق | مطلقة"),
            ("fa", "طلاق گرفته | مطلقه"),
            ("en", "divorced"),
            ("es", "divorciado | divorciada"),
            ("fr", "divorcé | divorcée"),
            ("de", "geschieden"),
        )),
        Term("widowed", "widowed", (
            ("zh", "丧偶 | 喪偶"),
            ("ug", "تۇل | tul"),
            ("ru", "вдовец | вдова"),
            ("kk", "жесір"),
            ("tr", "dul"),
            ("ar", "أرمل | أرملة"),
            ("fa", "بیوه | همسر فوت شده"),
            ("en", "widowed | widow | widower"),
            ("es", "viudo | viuda"),
            ("fr", "veuf | veuve"),
            ("de", "verwitwet"),
        )),
        Term("separated", "separated", (
            ("zh", "分居"),
            ("ru", "раздельно | живут раздельно"),
            ("tr", "ayrı"),
            ("ar", "منفصل | منفصلة"),
            ("en", "separated"),
            ("es", "separado | separada"),
            ("fr", "séparé | séparée"),
            ("de", "getrennt | getrennt lebend"),
        )),
    ),
)  # fmt: skip
YES_NO = Vocabulary(
    "yes-no",
    "Yes or no",
    (
        Term("yes", "yes", (
            ("und", "✓ | ✔ | √ | ☑"),
            ("zh", "是 | 有 | 对"),
            ("ug", "ھەئە | بار | he'e | bar"),
            ("ru", "да | есть | имеется"),
            ("kk", "иә | ия | бар"),
            ("tr", "evet | var"),
            ("ar", "نعم | يوجد"),
            ("fa", "بله | بلی | آری | دارد"),
            ("en", "yes | y | true"),
            ("es", "sí"),
            ("fr", "oui | vrai"),
            ("de", "ja | wahr"),
        )),
        Term("no", "no", (
            ("und", "✗ | ✘ | ☐"),
            ("zh", "否 | 无 | 無 | 没有 | 沒有 | 不是"),
            ("ug", "ياق | يوق | yaq | yoq"),
            ("ru", "нет | не имеется | отсутствует"),
            ("kk", "жоқ"),
            ("tr", "hayır | yok"),
            ("ar", "لا | لا يوجد"),
            ("fa", "خیر | نه | ندارد"),
            ("en", "no | n | false"),
            ("es", "falso"),
            ("fr", "non | faux"),
            ("de", "nein | falsch"),
        )),
    ),
)  # fmt: skip
_MAN_IN_SPANISH, _WOMAN_IN_SPANISH = "h", "m"


def read_sex(written: str, column: Iterable[str] = ()) -> str | None:
    """`male`, `female` or `other`; None where `written` is no such word.

    `column`: the other values beside it. Where H stands among them, the letters are the Spanish
    ones (hombre, mujer), and M is a woman.
    """
    if folded(written) == _WOMAN_IN_SPANISH:
        spanish = any(folded(each) == _MAN_IN_SPANISH for each in column)
        return "female" if spanish else "male"
    return read_term(SEX, written)


def read_marital_status(written: str) -> str | None:
    """`single`, `married`, `divorced`, `widowed` or `separated`; None where it is no such word."""
    return read_term(MARITAL, written)


def read_yes_no(written: str) -> bool | None:
    """Whether `written` says yes; None where it says neither."""
    code = read_term(YES_NO, written)
    return None if code is None else code == "yes"
