"""Nobody who stands beside the person of a row is taken for that person, in any language."""

from itertools import product

import pytest

from muniment.core import CellArea, digest_of
from muniment.facts import propose
from muniment.facts.lexicon import phrases, role_phrases
from muniment.facts.table import table_of_rows

# By language: the name column; how a header says whose something is; words of the lexicon for what
# is said of somebody, and for who that is, as the language bends them there.
LANGUAGES = {
    "en": ("Name", ("{of} {what}", "{what} of {of}", "{what} of the {of}"),
           "name phone address",
           "informant witness complainant officer guard doctor lawyer relative"),
    "es": ("Nombre", ("{what} del {of}", "{what} de la {of}"),
           "nombre teléfono domicilio", "denunciante testigo informante abogado médico familiar"),
    "fr": ("Nom complet", ("{what} du {of}", "{what} de l'{of}"),
           "nom téléphone adresse", "témoin informateur avocat médecin gardien proche"),
    "de": ("Vollständiger Name", ("{what} des {of}", "{of}: {what}"),
           "Name Telefon Adresse", "Zeugen Hinweisgebers Anwalts Arztes Angehörigen"),
    "pt": ("Nome completo", ("{what} do {of}",),
           "nome telefone endereço", "testemunha informante advogado médico familiar"),
    "ru": ("ФИО", ("{what} {of}",), "ФИО Телефон Адрес Паспорт",
           "свидетеля заявителя осведомителя следователя адвоката врача родственника прокурора"),
    "uk": ("ПІБ", ("{what} {of}",), "ПІБ Телефон Адреса",
           "свідка інформатора слідчого захисника лікаря родича"),
    "tr": ("Adı Soyadı", ("{of} {what}",), "adı telefonu adresi",
           "muhbirin tanığın avukatının doktorun yakınının"),
    "zh": ("姓名", ("{of}{what}", "{of}的{what}"), "姓名 电话 住址 身份证号",
           "举报人 证人 知情人 民警 律师 医生 亲属 联系人 法官 线人"),
    "ar": ("الاسم", ("{what} {of}",), "اسم هاتف عنوان",
           "الشاهد المخبر المحامي الطبيب المحقق القريب"),
    "fa": ("نام و نام خانوادگی", ("{what} {of}",), "نام تلفن نشانی", "شاهد شاکی وکیل پزشک بازجو"),
    "ko": ("성명", ("{of} {what}",), "이름 전화번호 주소", "신고자 증인 변호사 의사 수사관 가족"),
    "ug": ("ئىسمى", ("{of} {what}",), "ئىسمى تېلېفونى ئادرېسى",
           "گۇۋاھچىنىڭ ساقچىنىڭ ئادۋوكاتنىڭ"),
    "kk": ("Аты-жөні", ("{of} {what}",), "аты телефоны мекенжайы",
           "куәгердің тергеушінің адвокаттың дәрігердің туысының"),
    "am": ("ስም", ("{of} {what}",), "ስም ስልክ አድራሻ", "ጠቋሚ ምስክር ጠበቃ ሐኪም መርማሪ"),
    "id": ("nama lengkap", ("{what} {of}",), "nama telepon alamat",
           "pelapor saksi pengacara dokter petugas"),
    "pl": ("imię i nazwisko", ("{what} {of}",), "adres", "świadka obrońcy lekarza krewnego"),
}  # fmt: skip
CASES = [
    (language, name, form.format(of=of, what=what))
    for language, (name, forms, whats, whose) in LANGUAGES.items()
    for form, what, of in product(forms, whats.split(), whose.split())
]
_TEXTS = ("+7 495 000-00-0{}", "Проба Проба {}")


def _entity(name: str, header: str, text: str) -> str:
    rows = [[name, header], *([f"Person {n}", text.format(n)] for n in range(4))]
    return propose(table_of_rows(digest_of(b"x"), rows)).columns[1].entity


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_somebody_else_is_not_said_of_the_person(language: str) -> None:
    mine = [(name, header) for each, name, header in CASES if each == language]
    taken = [
        header
        for number, (name, header) in enumerate(mine)
        if _entity(name, header, _TEXTS[number % 2]) == "person"
    ]
    assert taken == []


def test_the_words_for_somebody_are_the_lexicons() -> None:
    known = {
        word.casefold() for phrase, _ in (*role_phrases(), *phrases()) for word in phrase.split()
    }
    words = {word for _, _, _, whose in LANGUAGES.values() for word in whose.split()}
    lacking = {word for word in words if word.casefold() not in known}
    assert lacking <= {"адвоката", "врача", "прокурора"}


@pytest.mark.parametrize(
    "header",
    [
        "Phone of the neighbour",
        "Телефон соседа",
        "Komşunun telefonu",
        "邻居代表人电话",
        "Teléfono del vecino",
    ],
)
def test_somebody_whom_the_lexicon_does_not_know_is_not_the_person_either(header: str) -> None:
    phones = [f"+7 495 000-00-0{number}" for number in range(5)]
    proposal = propose(
        table_of_rows(
            digest_of(b"x"),
            [["Name", header], *([f"Person {n}", phone] for n, phone in enumerate(phones))],
        )
    )
    assert proposal.columns[1].property is None
    assert any("somebody else" in doubt for doubt in proposal.doubts)


def test_of_two_columns_the_one_with_an_unknown_word_is_not_the_persons() -> None:
    rows = [
        ["Name", "Phone", "Landlady phone"],
        *([f"Person {n}", f"+7 495 000-00-0{n}", f"+7 495 111-00-0{n}"] for n in range(5)),
    ]
    columns = propose(table_of_rows(digest_of(b"x"), rows)).columns
    assert [each.property for each in columns] == ["Person:name", "Person:phone", None]


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Date",
            "日期",
            "Дата",
            "ቀን",
            "Date of report",
            "Date of marriage",
            "结婚日期",
            "填表日期",
        ),
        *("Дата реабилитации", "Дата составления списка", "Fecha de matrimonio", "신고일"),
        *("Date d'enregistrement", "Ausstellungsdatum", "Evlilik tarihi", "تاريخ الزواج"),
        "تاریخ گزارش",
    ],
)
def test_dates_of_other_things_are_no_detention_and_no_birth(header: str) -> None:
    rows = [["Name", header], *([f"Person {n}", f"2017-03-0{n + 1}"] for n in range(5))]
    assert propose(table_of_rows(digest_of(b"x"), rows)).columns[1].property is None


def test_a_bare_date_stays_unmapped_with_a_question() -> None:
    rows = [["Name", "Date"], *([f"Person {n}", f"2017-03-0{n + 1}"] for n in range(5))]
    doubts = propose(table_of_rows(digest_of(b"x"), rows)).doubts
    assert any("does not say of what" in doubt for doubt in doubts)


@pytest.mark.parametrize(
    ("person", "other", "what"),
    [
        (["Victim", "Name"], ["Arresting officer", "Name", "Unit"], "3rd Battalion"),
        (["Víctima", "Nombre"], ["Responsable", "Nombre", "Unidad"], "Regimiento 3"),
    ],
)
def test_the_unit_of_an_officer_is_not_where_the_person_works_or_is_held(
    person: list[str], other: list[str], what: str
) -> None:
    rows: list[list[str | None]] = [
        [person[0], other[0], None],
        [person[1], *other[1:]],
        ["Ali Vargas", "Eva Roth", what],
        ["Bek Osman", "Ana Lind", what],
    ]
    table = table_of_rows(digest_of(b"x"), rows, merged=[CellArea(1, 2, None, 1, 3)])
    assert propose(table).columns[2].property is None
