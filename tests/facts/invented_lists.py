"""Layouts of lists as offices make them, each with what its columns state; all of them invented.

Made while headers and contents were tuned: no measure of how well others' lists are read.
"""

from muniment.core import CellArea, CellKind, digest_of
from muniment.facts import Held, Table, table_of_rows

DIGEST = digest_of(b"a list that nobody wrote")


def serial(day: int, shown: str) -> Held:
    """A date cell."""
    return Held(CellKind.DATE, str(day), shown, "yyyy/m/d")


def number(written: str) -> Held:
    return Held(CellKind.NUMBER, written)


def table(
    rows: list[list[Held | str | None]], merged: tuple[CellArea, ...] = (), sheet: str = "名单"
) -> Table:
    return table_of_rows(DIGEST, rows, sheet=sheet, merged=merged)


CHINESE = table(
    [
        ["收押教培人员登记表", None, None, None, None, None],
        ["填表单位：派出所", None, None, None, None, None],
        ["序号", "姓名", "性别", "出生日期", "身份证号", "收押日期"],
        [
            number("1"),
            "阿不都·图尔荪",
            "男",
            serial(32000, "1987-08-11"),
            "659999198708110018",
            "2018-03-01",
        ],
        [
            number("2"),
            "古丽·若孜",
            "女",
            serial(33000, "1990-05-07"),
            "65999919900507002X",
            "2018-13-01",
        ],
        ["序号", "姓名", "性别", "出生日期", "身份证号", "收押日期"],
        [
            number("3"),
            "王小",
            "男",
            serial(34000, "1993-01-31"),
            number("659999199301310000"),
            "2018-03",
        ],
        [None, "合计", number("3"), None, None, None],
        ["注：以上人员均已核实，如有出入请及时上报县公安局", None, None, None, None, None],
    ],
    (CellArea(1, 1, "名单", 1, 6),),
)
CHINESE_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:gender",
    4: "Person:birthDate",
    5: "Person:idNumber",
    6: "Detention:startDate",
}

TWO_ROWS = table(
    [
        ["姓名", "身份证号", "配偶", None, "羁押", None],
        [None, None, "姓名", "身份证号", "日期", "场所"],
        [
            "阿不都",
            "659999198708110018",
            "古丽",
            "65999919900507002X",
            "2018-03-01",
            "第一教培中心",
        ],
        ["王小", "659999199301310000", None, None, "2018-04-01", "第二教培中心"],
        ["艾力", "659999197001010017", "阿依", "659999197202020029", None, None],
    ],
    (
        CellArea(1, 1, "名单", 2, 1),
        CellArea(1, 2, "名单", 2, 2),
        CellArea(1, 3, "名单", 1, 4),
        CellArea(1, 5, "名单", 1, 6),
    ),
)
TWO_ROWS_STATE = {
    1: "Person:name",
    2: "Person:idNumber",
    3: "Person:name",
    4: "Person:idNumber",
    5: "Detention:startDate",
    6: "Facility:name",
}

RUSSIAN = table(
    [
        ["№ п/п", "Ф.И.О.", "Дата рожд.", "Пол", "Национальность", "Место содержания", "Срок, лет"],
        ["1", "Алимов Турсун", "03.04.1987", "м", "уйгур", "СИЗО № 1", "7"],
        ["2", "Розиева Гуль", "25.12.1990", "ж", "уйгурка", "СИЗО № 2", "10"],
        ["3", "Ли Ван", "31.01.1970", "м", "китаец", "ИК-5", "12"],
        ["Итого", "3", None, None, None, None, "29"],
    ]
)
RUSSIAN_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:birthDate",
    4: "Person:gender",
    5: "Person:ethnicity",
    6: "Facility:name",
    7: "Sentence:duration",
}

UYGHUR = table(
    [
        ["ئىسمى", "جىنسى", "تۇغۇلغان ۋاقتى", "كىملىك نومۇرى", "تۇتۇلغان ۋاقتى", "ئادرېسى"],
        ["تۇرسۇن", "ئەر", "1987.03.14", "659999198703140018", "2017.05.01", "بوشكۆۋرۈك يېزىسى"],
        ["گۈلنار", "ئايال", "1990.05.07", "65999919900507002X", "2017.06.11", "قەغەزئاي يېزىسى"],
    ]
)
UYGHUR_STATES = {
    1: "Person:name",
    2: "Person:gender",
    3: "Person:birthDate",
    4: "Person:idNumber",
    5: "Detention:startDate",
    6: "Person:address",
}

UYGHUR_LATIN = table(
    [
        ["ret", "ismi", "tughulghan yili", "kimlik nomuri", "qamalghan jay", "mudditi (yil)"],
        ["1", "Tursun Ali", "1987", "659999198703140018", "Boshsay türmisi", "7"],
        ["2", "Gulnar Rozi", "1990", "65999919900507002X", "Boshsay türmisi", "12"],
    ]
)
UYGHUR_LATIN_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:birthDate",
    4: "Person:idNumber",
    5: "Facility:name",
    6: "Sentence:duration",
}

TURKISH = table(
    [
        [
            "S.No",
            "Adı Soyadı",
            "Doğum Trh.",
            "Cinsiyet",
            "Gözaltı Tarihi",
            "Tutulduğu Yer",
            "Açıklama",
        ],
        ["1", "Ali Tursun", "14.03.1987", "E", "01.05.2017", "Boşsay kampı", "yok"],
        ["2", "Gülnar Rozi", "27.05.1990", "K", "11.06.2017", "Boşsay kampı", "hasta"],
    ]
)
TURKISH_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:birthDate",
    4: "Person:gender",
    5: "Detention:startDate",
    6: "Facility:name",
    7: "Person:notes",
}

SPANISH = table(
    [
        [
            "Apellidos",
            "Nombres",
            "Fecha de nac.",
            "Sexo",
            "Lugar de detención",
            "Fecha detención",
            "Ocupación",
        ],
        ["Roca Vera", "Ana", "3/4/1950", "M", "Villa Uno", "15/9/1973", "obrera"],
        ["Sol Paz", "Luis", "25/12/1948", "H", "Villa Dos", "30/9/1973", "estudiante"],
    ]
)
SPANISH_STATES = {
    1: "Person:lastName",
    2: "Person:firstName",
    3: "Person:birthDate",
    4: "Person:gender",
    5: "Facility:name",
    6: "Detention:startDate",
    7: "Person:profession",
}

ARABIC = table(
    [
        [
            "م",
            "الاسم الكامل",
            "اسم الأب",
            "تاريخ الميلاد",
            "تاريخ الاعتقال",
            "مكان الاحتجاز",
            "التهمة",
        ],
        ["1", "سالم نور", "نور", "14/03/1987", "25/05/2017", "سجن الشمال", "لا توجد"],
        ["2", "ليلى بدر", "بدر", "27/05/1990", "30/06/2017", "سجن الشمال", "تجمع"],
    ]
)
ARABIC_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:fatherName",
    4: "Person:birthDate",
    5: "Detention:startDate",
    6: "Facility:name",
    7: "Charge:wording",
}

GERMAN = table(
    [
        [
            "Lfd. Nr.",
            "Name, Vorname",
            "Geb.-Datum",
            "Beruf",
            "Haftort",
            "Haftbeginn",
            "Strafmaß",
            "Bemerkungen",
        ],
        [
            "1",
            "Muster, Karl",
            "14.03.1907",
            "Tischler",
            "Lager Nord",
            "01.05.1937",
            "2 Jahre",
            "verlegt",
        ],
        ["2", "Probe, Anna", "27.05.1910", "Lehrerin", "Lager Nord", "11.06.1937", "18 Monate", ""],
    ]
)
GERMAN_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:birthDate",
    4: "Person:profession",
    5: "Facility:name",
    6: "Detention:startDate",
    7: "Sentence:duration",
    8: "Person:notes",
}

FACILITIES = table(
    [
        ["Facility name", "Type", "Address", "Latitude", "Longitude", "Capacity", "Opened"],
        ["North Centre", "training centre", "1 Salt Road", "39.4702", "75.9898", "1,200", "2017"],
        ["South Centre", "prison", "2 Salt Road", "39.1", "76.2", "600", "2016-04"],
    ]
)
FACILITIES_STATE = {
    1: "Facility:name",
    2: "Facility:kind",
    3: "Facility:address",
    4: "Facility:latitude",
    5: "Facility:longitude",
    6: "Facility:capacity",
    7: "Facility:startDate",
}

KAZAKH = table(
    [
        ["р/с", "Аты-жөні", "Туған жылы", "Ұлты", "ЖСН", "Ұсталған күні", "Себебі"],
        ["1", "Әли Тұрсын", "1987", "қазақ", "870314300123", "01.05.2017", "шетелге шыққан"],
        ["2", "Гүлнар Роза", "1990", "қазақ", "900527400456", "11.06.2017", "діни"],
    ]
)
KAZAKH_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:birthDate",
    4: "Person:ethnicity",
    5: "Person:idNumber",
    6: "Detention:startDate",
    7: "Detention:reason",
}

FRENCH = table(
    [
        [
            "N°",
            "Nom",
            "Prénom",
            "Né(e) le",
            "Nationalité",
            "Lieu de détention",
            "Motif",
            "Libéré le",
        ],
        ["1", "Durand", "Paul", "14/03/1907", "française", "Camp Nord", "politique", "25/08/1944"],
        ["2", "Petit", "Anne", "27/05/1910", "belge", "Camp Nord", "otage", "30/08/1944"],
    ]
)
FRENCH_STATES = {
    1: None,
    2: "Person:lastName",
    3: "Person:firstName",
    4: "Person:birthDate",
    5: "Person:nationality",
    6: "Facility:name",
    7: "Detention:reason",
    8: "Detention:endDate",
}

PERSIAN = table(
    [
        [
            "ردیف",
            "نام و نام خانوادگی",
            "نام پدر",
            "سن",
            "تاریخ بازداشت",
            "محل بازداشت",
            "اتهام",
            "وضعیت",
        ],
        ["۱", "سالم نوری", "نور", "۳۱", "۱۳۹۷/۰۲/۱۱", "زندان شمال", "تجمع", "زندانی"],
        ["۲", "لیلا بدری", "بدر", "۲۸", "۱۳۹۷/۰۳/۲۱", "زندان شمال", "تبلیغ", "آزاد"],
    ]
)
PERSIAN_STATES = {
    1: None,
    2: "Person:name",
    3: "Person:fatherName",
    4: "Age:age",
    5: "Detention:startDate",
    6: "Facility:name",
    7: "Charge:wording",
    8: "Detention:status",
}

LAYOUTS = {
    "Chinese, with everything around it": (CHINESE, CHINESE_STATES),
    "Chinese, two rows of headers, two people a row": (TWO_ROWS, TWO_ROWS_STATE),
    "Russian": (RUSSIAN, RUSSIAN_STATES),
    "Uyghur, Arabic script": (UYGHUR, UYGHUR_STATES),
    "Uyghur, Latin script": (UYGHUR_LATIN, UYGHUR_LATIN_STATES),
    "Turkish, abbreviated": (TURKISH, TURKISH_STATES),
    "Spanish": (SPANISH, SPANISH_STATES),
    "Arabic": (ARABIC, ARABIC_STATES),
    "German": (GERMAN, GERMAN_STATES),
    "English, of facilities": (FACILITIES, FACILITIES_STATE),
    "Kazakh": (KAZAKH, KAZAKH_STATES),
    "French": (FRENCH, FRENCH_STATES),
    "Persian": (PERSIAN, PERSIAN_STATES),
}
