"""What people write into a cell of which there is nothing to say, or nothing new.

- A word counts only where it is all that the cell holds.
- "As above" is not filled in: which row is meant, nobody has said.
"""

from muniment.facts.readings.letters import seen

_NONE_OF_MORE = (
    "نامعلوم|نا معلوم|نامەلۇم|يوق|غير متوفر|غير محدد|لا شيء|نداره|نیست|موجود نیست|미상|불명|없음|모름|해당없음|해당 없음|알 수 없음|"
    "မသိရ|မသိ|မရှိ|tidak diketahui|tidak ada|không rõ|không có|không|अज्ञात|उपलब्ध नहीं|ज्ञात नहीं|معلوم نہیں|የለም|አይታወቅም|ያልታወቀ|"
    "nepoznato|непознато|nije poznato|nieznany|nieznana|nieznane|brak|brak danych|nenayê zanîn|نەزانراو|"
    "néant|NÉANT|Néant|NR|N/R|n/r|N.R.|non renseigné|S/I|s/i|sin dato|ninguno|ninguna|não consta|ignorado|k. A.|ohne Angabe|o. A.|nicht bekannt|keine|entfällt|"
    "отсутствует|сведений нет|нет сведений|б/с|немає|немає даних|н/в|жоқ|йўқ|yo'q|yoq|belirsiz|veri yok|tespit edilemedi|从缺|從缺|缺|无资料|無資料|未詳|不明確|不明确"
)
# What people write where there is nothing to write, as it is spelt.
_NONE = frozenset(
    [
        "NA",
        "N/A",
        "n/a",
        "#N/A",
        "-",
        "--",
        "---",
        "—",
        "–",
        "/",
        "\\",
        "?",
        "??",
        "无",
        "無",
        "不详",
        "不詳",
        "未知",
        "不明",
        "暂无",
        "нет данных",
        "неизвестно",
        "н/д",
        "не указано",
        "unknown",
        "Unknown",
        "n/d",
        "N/D",
        "s/d",
        "S/D",
        "nan",
        "NaN",
        "NULL",
        "null",
        "None",
        "none",
        "нет",
        "bilinmiyor",
        "yok",
        "номаълум",
        "noma'lum",
        "belgisiz",
        "белгісіз",
        "ئېنىق ئەمەس",
        "غير معروف",
        "لا يوجد",
        "نامشخص",
        "inconnu",
        "desconocido",
        "desconhecido",
        "unbekannt",
        "sin datos",
        "k.A.",
        "невідомо",
        ".",
        "…",
        "*",
        "x",
        "X",
        "空",
        "",
        "н/у",
        "не известно",
        "не установлено",
        "不清楚",
        "待查",
        "未填",
        "N.A.",
        "n.a.",
        "not known",
        "Not known",
        "not available",
        "no data",
        "غير معروفة",
        "مجهول",
        "ندارد",
        "keine Angabe",
        "sin información",
        "non connu",
        "malum emas",
        "мәлімет жоқ",
        *_NONE_OF_MORE.split("|"),
    ]
)
# Folded by case; a mark of repetition stands for the word.
_AS_ABOVE = frozenset(
    [
        *("ditto", "dito", "dto.", "do.", "-do-", "same", "same as above", "as above", "idem"),
        *("id.", "ibid.", "lo mismo", "le même", "la même", "desgl.", "ebenso", "idem ditto"),
        *("то же", "то же самое", "тот же", "та же", "он же", "она же", "те же", "там же"),
        *(
            "те саме",
            "той же",
            "той самий",
            "同上",
            "同前",
            "同左",
            "同右",
            "上と同じ",
            "위와 같음",
        ),
        *("상동", "aynı", "aynısı", "yukarıdaki gibi", "дәл сол", "نفسه", "نفس الشيء", "كما سبق"),
        *("كما أعلاه", "همان", "ایضا", "ایضاً", "مثل بالا", "ئوخشاش", "như trên", "sda"),
        *('"', "''", '-"-', '- " -', '--"--', "〃", "〻", "″", "״", "”", "“", "„", "»"),
    ]
)


def says_nothing(written: str) -> bool:
    """Whether what is written only says that there is nothing to write."""
    return is_nothing(seen(written).strip())


def is_nothing(word: str) -> bool:
    """The same of a word as it is seen, without blanks around it."""
    return word in _NONE


def is_as_above(word: str) -> bool:
    """Whether such a word only says that it is as in another row."""
    return word.casefold() in _AS_ABOVE
