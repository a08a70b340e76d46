"""Readers of single values, by name; each is a function of the text, its cell and options."""

from muniment.core import CellKind
from muniment.facts.readings.coded import read_code, read_sex, read_yes_no
from muniment.facts.readings.dates import (
    WORKBOOK_EPOCH,
    infer_epoch,
    infer_order,
    read_date,
    read_date_range,
)
from muniment.facts.readings.durations import read_age, read_duration
from muniment.facts.readings.identity import read_identity
from muniment.facts.readings.letters import seen, with_doubts
from muniment.facts.readings.numbers import (
    infer_decimal,
    read_coordinate,
    read_integer,
    read_number,
    read_phone,
    read_quantity,
)
from muniment.facts.readings.plain import (
    read_email,
    read_name,
    read_named_country,
    read_text,
    read_url,
)
from muniment.facts.readings.reading import CellFacts, Options, Reader, Reading, unread
from muniment.facts.statement import Unread

READINGS: dict[str, Reader] = {
    "text": read_text,
    "name": read_name,
    "date": read_date,
    "date-range": read_date_range,
    "sex": read_sex,
    "identity": read_identity,
    "number": read_number,
    "integer": read_integer,
    "quantity": read_quantity,
    "duration": read_duration,
    "age": read_age,
    "country": read_named_country,
    "place": read_text,
    "language": read_text,
    "phone": read_phone,
    "email": read_email,
    "url": read_url,
    "code": read_code,
    "yes-no": read_yes_no,
    "coordinate": read_coordinate,
}

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
_ANSWERS = frozenset({"yes-no", "sex", "code"})  # to which these words may be an answer


def says_nothing(written: str) -> bool:
    """Whether what is written only says that there is nothing to write."""
    return seen(written).strip() in _NONE


def read_value(reader: str, written: str, facts: CellFacts, options: Options) -> Reading:
    """What a reader reads of a value; nothing where the cell says that there is none.

    Unknown readers read nothing: a mapping of a newer version names them.
    """
    found = READINGS.get(reader)
    if found is None:
        return unread(Unread.NO_READER)
    if facts.kind is CellKind.ERROR:
        return unread(Unread.CELL_ERROR)
    text = seen(written)
    if text.strip() not in _NONE:
        return with_doubts(found(text, facts, options), written)
    if reader in _ANSWERS:
        answer = found(text, facts, options)
        if answer.read is not None and reader != "code":
            return with_doubts(answer, written)
    return unread(Unread.NO_VALUE)


__all__ = [
    "READINGS",
    "WORKBOOK_EPOCH",
    "CellFacts",
    "Options",
    "Reader",
    "Reading",
    "infer_decimal",
    "infer_epoch",
    "infer_order",
    "read_value",
    "says_nothing",
    "unread",
]
