"""What stands in the columns of simulated lists: one maker a kind of content.

A content is written `kind`, `kind argument argument…`, or `relative.kind` for somebody else in the
same row; makers give text, a number, a date (a date cell) or None for a blank. A kind followed by
patterns, `charge theft; s. {n} Penal Code` or `phone +999 ### ####`, holds these instead of its
own; `#` stands for a digit.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import msgspec

from tests.facts.layouts.calendars import written
from tests.facts.layouts.people import Person, invent
from tests.facts.layouts.vocabulary import vocabulary

Value = str | int | float | date | None

_CODES = {
    "12": ("1", "2"),
    "01": ("1", "0"),
    "MF": ("M", "F"),
    "mw": ("m", "w"),
    "HM": ("H", "M"),
    "KE": ("E", "K"),
    "zh": ("男", "女"),
    "ru": ("м", "ж"),
    "RU": ("М", "Ж"),
    "rul": ("муж.", "жен."),
    "uk": ("чол.", "жін."),
    "kk": ("ер", "әйел"),
    "ug": ("ئەر", "ئايال"),
    "ugl": ("er", "ayal"),
    "ar": ("ذكر", "أنثى"),
    "fa": ("مرد", "زن"),
    "en": ("Male", "Female"),
    "es": ("Masculino", "Femenino"),
    "fr": ("Homme", "Femme"),
    "de": ("männl.", "weibl."),
    "tr": ("Erkek", "Kadın"),
    "ko": ("남", "여"),
    "my": ("ကျား", "မ"),
    "am": ("ወንድ", "ሴት"),
    "pl": ("M", "K"),
    "ky": ("эркек", "аял"),
    "vi": ("Nam", "Nữ"),
    "id": ("L", "P"),
}


class Row(msgspec.Struct):
    """One line of a list: whom it is about, its number, who else stands in it, when it happened."""

    rng: Random
    person: Person
    number: int  # from 1
    event: date
    country: str | None = None
    relatives: dict[str, Person] = {}
    position: int = 0  # in the household

    @property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The vocabulary of the list's language."""
        return vocabulary(self.person.language)


def value(row: Row, content: str) -> Value:
    """What `row` holds in a column of `content`."""
    kind, *arguments = content.split()
    whose, dot, of_whom = kind.partition(".")
    if dot:
        row = _about(row, whose)
        kind = of_whom
    if patterns := _patterns(" ".join(arguments)):
        return _of(row, patterns)
    if kind in row.words:
        return _of(row, row.words[kind])
    return _MAKERS[kind](row, arguments)


def _about(row: Row, whose: str) -> Row:
    if whose not in row.relatives:
        row.relatives[whose] = invent(row.rng, row.person.language, country=row.country)
    return msgspec.structs.replace(row, person=row.relatives[whose])


def _patterns(written: str) -> tuple[str, ...]:
    """The patterns of a content that has its own; plain arguments are none."""
    own = any(mark in written for mark in ("; ", "#", "{"))
    return tuple(written.split("; ")) if own else ()


def _of(row: Row, patterns: tuple[str, ...]) -> str:
    years, months = row.rng.randrange(2, 20), row.rng.randrange(1, 11)
    place = row.rng.choice(row.words["place"])
    pattern = row.rng.choice(patterns)
    filled = (
        pattern.replace("{p}", place)
        .replace("{y}", str(years))
        .replace("{m}", str(months))
        .replace("{n}", str(row.rng.randrange(1, 90)))
    )
    return "".join(str(row.rng.randrange(10)) if one == "#" else one for one in filled)


def _name(row: Row, arguments: list[str]) -> str:
    who = row.person
    match arguments:
        case ["s,g"]:
            return f"{who.surname}, {who.given}"
        case ["S,g"]:
            return f"{who.surname.upper()}, {who.given}"
        case ["SG"]:
            return f"{who.surname} {who.given}".upper()
        case ["gf"]:
            return f"{who.given} {who.father}"
        case ["gfs"]:
            return f"{who.given} {who.father} {who.surname}"
        case ["init"]:
            return f"{who.surname} {who.given[0]}.{who.father[0]}."
        case ["in", language]:
            return invent(row.rng, language).name
        case _:
            return who.name


def _date(day: date) -> Callable[[Row, list[str]], Value]:
    return lambda row, notations: written(day, row.rng.choice(notations), row.person.language)


def _born(row: Row, notations: list[str]) -> Value:
    return _date(row.person.born)(row, notations)


def _happened(row: Row, notations: list[str]) -> Value:
    return _date(row.event + timedelta(days=row.rng.randrange(-9, 10)))(row, notations)


def _ended(row: Row, notations: list[str]) -> Value:
    return _date(row.event + timedelta(days=row.rng.randrange(30, 2_000)))(row, notations)


def _number_between(low: int, high: int) -> Callable[[Row, list[str]], int]:
    return lambda row, _: row.rng.randrange(low, high)


def _sex(row: Row, arguments: list[str]) -> str:
    return _CODES[arguments[0]][0 if row.person.man else 1]


def _phone(row: Row, arguments: list[str]) -> str:
    r = row.rng.randrange
    match arguments:
        case ["zh"]:
            return f"199{r(10_000):04d}{r(10_000):04d}"
        case ["ru"]:
            return f"+7 (999) {r(1_000):03d}-{r(100):02d}-{r(100):02d}"
        case ["8"]:
            return f"8-999-{r(1_000):03d}-{r(100):02d}-{r(100):02d}"
        case ["tr"]:
            return f"0555 {r(1_000):03d} {r(100):02d} {r(100):02d}"
        case ["two"]:
            return f"0{r(100, 999)} {r(100_000, 999_999)} / 0{r(100, 999)} {r(100_000, 999_999)}"
        case _:
            return f"+999 {r(10, 99)} {r(100, 999)} {r(1_000, 9_999)}"


def _passport(row: Row, arguments: list[str]) -> str:
    r = row.rng.randrange
    match arguments:
        case ["ru"]:
            return f"99 99 {r(100_000, 999_999)}"
        case ["two"]:
            return f"{row.rng.choice(['AA', 'ZZ', 'XX'])}{r(1_000_000, 9_999_999)}"
        case _:
            return f"{row.rng.choice('EGPX')}{r(10_000_000, 99_999_999)}"


def _age(row: Row, _: list[str]) -> int:
    return 2018 - row.person.born.year


def _given(row: Row, arguments: list[str]) -> str:
    return row.person.given.upper() if arguments == ["up"] else row.person.given


def _surname(row: Row, arguments: list[str]) -> str:
    return row.person.surname.upper() if arguments == ["up"] else row.person.surname


def _reference(row: Row, arguments: list[str]) -> str:
    prefix = arguments[0] if arguments else "F"
    return f"{prefix}-{row.rng.randrange(100, 999)}/{row.event.year % 100:02d}"


def _latitude(row: Row, arguments: list[str]) -> Value:
    degrees = row.rng.uniform(36, 48)
    if arguments == ["dms"]:
        return f"{int(degrees)}°{int(degrees * 60 % 60):02d}'{int(degrees * 3600 % 60):02d}\"N"
    return f"{degrees:.5f}".replace(".", ",") if arguments == ["comma"] else round(degrees, 5)


def _longitude(row: Row, arguments: list[str]) -> Value:
    degrees = row.rng.uniform(75, 95)
    if arguments == ["dms"]:
        return f"{int(degrees)}°{int(degrees * 60 % 60):02d}'{int(degrees * 3600 % 60):02d}\"E"
    return f"{degrees:.5f}".replace(".", ",") if arguments == ["comma"] else round(degrees, 5)


def _both(row: Row, arguments: list[str]) -> str:
    return f"{_latitude(row, [])}, {_longitude(row, [])}"


def _email(row: Row, arguments: list[str]) -> str:
    return f"{row.rng.choice(['office', 'info', 'u', 'desk'])}{row.number}@example.org"


def _relation(row: Row, _: list[str]) -> str:
    kin = row.words["kin"]
    return kin[0] if row.position == 0 else row.rng.choice(kin[1:])


def _alias(row: Row, _: list[str]) -> str:
    return row.rng.choice(row.words["male" if row.person.man else "female"]) + row.rng.choice(
        ["", "", " (2)", "-aka"]
    )


def _yes(row: Row, arguments: list[str]) -> str:
    return row.rng.choice(arguments)


_MAKERS: dict[str, Callable[[Row, list[str]], Value]] = {
    "serial": lambda row, _: row.number,
    "name": _name,
    "given": _given,
    "surname": _surname,
    "fathername": lambda row, _: row.person.father or row.person.name,
    "mothername": lambda row, _: row.person.mother,
    "alias": _alias,
    "sex": _sex,
    "born": _born,
    "age": _age,
    "id": lambda row, _: row.person.number,
    "passport": _passport,
    "phone": _phone,
    "email": _email,
    "date": _happened,
    "end": _ended,
    "died": _ended,
    "ref": _reference,
    "relation": _relation,
    "household": lambda row, _: f"{99_000 + (row.number - 1) // 4:06d}",
    "birthplace": lambda row, _: _of(row, row.words["place"]),
    "where": lambda row, _: _of(row, row.words["place"]),
    "lat": _latitude,
    "lon": _longitude,
    "latlon": _both,
    "capacity": lambda row, _: row.rng.randrange(1, 40) * 50,
    "count": _number_between(0, 400),
    "amount": _number_between(800, 9_000),
    "height": _number_between(150, 190),
    "weight": _number_between(45, 99),
    "photo": lambda row, _: f"IMG_{9_000 + row.number}.jpg",
    "yes": _yes,
    "empty": lambda row, _: None,
}
SUMMED = {"capacity", "count", "amount"}
