"""Made lists whose records do not lie one a row, in ten languages, with what they state."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

Rows = list[list[str | None]]
_T = TypeVar("_T")

# What is asked: name, date of birth, sex, date of arrest, place of detention, and a remark.
LABELS: dict[str, tuple[str, ...]] = {
    "en": ("Name", "Date of birth", "Sex", "Date of arrest", "Place of detention", "Notes"),
    "es": (
        "Nombre y apellidos",
        "Fecha de nacimiento",
        "Sexo",
        "Fecha de detención",
        "Lugar de detención",
        "Observaciones",
    ),
    "fr": (
        "Nom et prénom",
        "Date de naissance",
        "Sexe",
        "Date d'arrestation",
        "Lieu de détention",
        "Remarques",
    ),
    "pt": (
        "Nome completo",
        "Data de nascimento",
        "Sexo",
        "Data da prisão",
        "Local de detenção",
        "Observações",
    ),
    "ru": ("ФИО", "Дата рождения", "Пол", "Дата задержания", "Место содержания", "Примечание"),
    "uk": ("ПІБ", "Дата народження", "Стать", "Дата затримання", "Місце утримання", "Примітка"),
    "tr": (
        "Adı Soyadı",
        "Doğum tarihi",
        "Cinsiyet",
        "Gözaltı tarihi",
        "Tutulduğu yer",
        "Açıklama",
    ),
    "ar": ("الاسم", "تاريخ الميلاد", "الجنس", "تاريخ الاعتقال", "مكان الاحتجاز", "ملاحظات"),
    "fa": ("نام", "تاریخ تولد", "جنسیت", "تاریخ بازداشت", "محل بازداشت", "توضیحات"),
    "zh": ("姓名", "出生日期", "性别", "拘留日期", "关押地点", "备注"),
}
_NAMES = {
    "ru": ("Орлов Ким", "Белова Ада", "Тихий Лев", "Гай Рим", "Ветрова Ия"),
    "uk": ("Орленко Кім", "Біла Ада", "Тихий Лев", "Гай Рим", "Вітрова Ія"),
    "ar": ("سامر البحري", "هدى الجبل", "نادر السهل", "ريم الوادي", "كريم النهر"),
    "fa": ("سامان دریا", "هما کوهی", "نادر دشتی", "رویا رودی", "کاوه جنگلی"),
    "zh": ("温建国", "覃秀兰", "鄢志强", "邬雪梅", "蔺文辉"),
}
_LATIN = ("Ali Vargas", "Dora Lind", "Cem Tosun", "Eva Roth", "Bek Osman")


class Stated(msgspec.Struct, frozen=True):
    """What one person's record says, in the order of the labels."""

    values: tuple[str, ...]


def _by_two(found: list[_T]) -> list[list[_T]]:
    return [found[at : at + 2] for at in range(0, len(found), 2)]


def people(language: str) -> list[Stated]:
    """Five people who are nobody."""
    return [
        Stated((name, f"198{at}-03-1{at}", "MF"[at % 2], f"2017-0{at + 1}-05", f"Camp {at}", "-=-"))
        for at, name in enumerate(_NAMES.get(language, _LATIN))
    ]


def form(language: str) -> Rows:
    """One form below the other, a blank row between, a title above and a note below."""
    rows: Rows = [[LABELS[language][0].upper() + " 2017"]]
    for person in people(language):
        pairs = zip(LABELS[language], person.values, strict=True)
        rows += [[f"{label}:", value] for label, value in pairs]
        rows.append([])
    return rows


def form_of_pairs(language: str) -> Rows:
    """Two pairs of label and value in a row, without colons."""
    rows: Rows = []
    for person in people(language):
        pairs = list(zip(LABELS[language], person.values, strict=True))
        rows += [[*left, *right] for left, right in _by_two(pairs)]
        rows.append([])
    return rows


def forms_beside(language: str) -> Rows:
    """Two forms beside each other, the next two below."""
    rows: Rows = []
    for pair in _by_two(people(language)):
        for at, label in enumerate(LABELS[language]):
            rows.append([cell for person in pair for cell in (label, person.values[at], None)])
        rows.append([])
    return rows


def across(language: str) -> Rows:
    """Labels in the first column, a person in each of the others."""
    everyone = people(language)
    return [
        [label, *[person.values[at] for person in everyone]]
        for at, label in enumerate(LABELS[language])
    ]


def beside(language: str) -> Rows:
    """Two lists beside each other, the second one shorter, under the same headers."""
    everyone = people(language)
    left, right = everyone[:3], [*everyone[3:], None]
    rows: Rows = [[*LABELS[language], None, *LABELS[language]]]
    for one, other in zip(left, right, strict=True):
        rows.append([*one.values, None, *(other.values if other is not None else ())])
    return rows


ARRANGED: dict[str, Callable[[str], Rows]] = {
    "form": form,
    "form of pairs": form_of_pairs,
    "forms beside": forms_beside,
    "across": across,
    "beside": beside,
}


def every_table() -> Iterator[tuple[str, str, Rows]]:
    """Each arrangement in each language."""
    for language in LABELS:
        for name, made in ARRANGED.items():
            yield language, name, made(language)
