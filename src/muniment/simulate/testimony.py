"""The wording of relatives' reports in six languages, and the name variants they use.

Invariants:

- the wording is this project's own; each language has every relation;
- a variant is made by rule from the name's form, so that the truth can give both.
"""

from datetime import date

import msgspec

from muniment.simulate.county import TOWNSHIPS
from muniment.simulate.people import Person

LANGUAGES = ("ug-Arab", "ug-Latn", "ru", "kk", "en", "tr")

RELATIONS = {
    "father": ("دادام", "dadam", "отец", "әкем", "father", "babam"),
    "mother": ("ئانام", "anam", "мать", "анам", "mother", "annem"),
    "husband": ("يولدىشىم", "yoldishim", "муж", "күйеуім", "husband", "eşim"),
    "wife": ("ئايالىم", "ayalim", "жена", "әйелім", "wife", "eşim"),
    "son": ("ئوغلۇم", "oghlum", "сын", "ұлым", "son", "oğlum"),
    "daughter": ("قىزىم", "qizim", "дочь", "қызым", "daughter", "kızım"),
    "relative": ("تۇغقىنىم", "tughqinim", "родственник", "туысым", "relative", "akrabam"),
}

_SENTENCES = (
    (
        "مېنىڭ {relation} {name} {day.year}-يىلى {day.month}-ئاينىڭ {day.day}-كۈنى تۇتۇپ كېتىلدى. "
        "ئۇ {place} دا تۇراتتى. شۇندىن بېرى خەۋىرىنى ئالالمىدۇق."
    ),
    (
        "Méning {relation} {name} {day.year}-yili {day.month}-ayning {day.day}-küni tutup kétildi. "
        "U {place} da turatti. Shundin béri xewirini alalmiduq."
    ),
    (
        "{name}, {relation} заявителя. Задержание: {day:%d.%m.%Y}. Место жительства: {place}. "
        "С тех пор известий нет."
    ),
    (
        "{name} — менің {relation}. Ол {day:%d.%m.%Y} күні ұсталды. Тұрған жері: {place}. "
        "Содан бері хабар жоқ."
    ),
    (
        "{name} is my {relation}. The police came on {day.day}/{day.month}/{day.year}. "
        "Home was {place}. We have had no news since."
    ),
    (
        "{name} benim {relation}. {day:%d.%m.%Y} tarihinde gözaltına alındı. Evi {place} idi. "
        "O günden beri haber alamadık."
    ),
)

# Letters of Uyghur Latin as Turkish and English readers write them; longer ones first.
_TURKISH = (("sh", "ş"), ("ch", "ç"), ("gh", "ğ"), ("j", "c"), ("x", "h"), ("q", "k"), ("w", "v"),
            ("é", "e"), ("'", ""))  # fmt: skip
_ENGLISH = (("x", "kh"), ("q", "k"), ("é", "e"), ("ö", "o"), ("ü", "u"), ("'", ""))


class Testimony(msgspec.Struct, frozen=True):
    """One relative's report: about whom, in which language, with which relation and date."""

    person: Person
    language: str
    relation: str
    day: date

    @property
    def name(self) -> str:
        """The person's name as this report writes it."""
        name = self.person.name
        match self.language:
            case "ug-Arab":
                return name.ug or name.en
            case "ru" | "kk":
                return name.ru
            case "tr":
                return _spelt(name.en, _TURKISH)
            case "en":
                return _spelt(name.en, _ENGLISH)
            case _:
                return name.en

    @property
    def text(self) -> str:
        at = LANGUAGES.index(self.language)
        place = TOWNSHIPS[self.person.township]
        shown = {"ug-Arab": place.ug, "ru": place.ru, "kk": place.ru}.get(self.language, place.en)
        relation = RELATIONS[self.relation][at]
        return _SENTENCES[at].format(name=self.name, relation=relation, day=self.day, place=shown)


def _spelt(name: str, letters: tuple[tuple[str, str], ...]) -> str:
    """The name respelt, word by word, each word with a capital."""
    written = name.lower()
    for before, after in letters:
        written = written.replace(before, after)
    return " ".join(word.capitalize() for word in written.split())
