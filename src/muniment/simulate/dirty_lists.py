"""The taken people once more, in lists that many hands kept: written only where they are asked for.

    13 待整理/收押人员汇总（未核）.xlsx    a sheet a township
    13 待整理/unchecked.csv                days first, semicolons, English headers

Invariants:

- cells are soiled by `dirt`, blank, or merged over a household; headers come again on every page,
  pages end in a subtotal, sheets in a total and a remark;
- `dirt.jsonl` says of every soiled cell what was done to it and what it says; of every merged range
  what stands in it and over which rows. Every other filled cell says what the lists know.
"""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import groupby

import msgspec

from muniment.simulate import columns, dirt
from muniment.simulate.cache import Cache
from muniment.simulate.columns import Cell, Column
from muniment.simulate.county import TOWNSHIPS
from muniment.simulate.delivery import Made, Note
from muniment.simulate.dirt import Soiling, soiled
from muniment.simulate.people import Person
from muniment.simulate.registers import XLSX
from muniment.simulate.truth import Dirt
from muniment.simulate.workbook import Book, Sheet

WORKBOOK = "13 待整理/收押人员汇总（未核）.xlsx"
TEXT = "13 待整理/unchecked.csv"
_PAGE = 40  # people between two headers
_BLANK = 0.03  # share of cells that somebody forgot
_HOME = 7  # the column that is merged over a household, from 1


class Soilable(msgspec.Struct, frozen=True):
    """A column of text: the clean text of a person, how it is written, and what happens to it."""

    header: str
    clean: Callable[[Person], str]
    ways: tuple[Soiling, ...]
    written: Callable[[str], str] = str


def _clean(column: Column) -> Callable[[Person], str]:
    return lambda person: columns.text_of(column.make(person))


def _birth(person: Person) -> str:
    return person.written_birth.isoformat()


def _dotted(iso: str) -> str:
    return ".".join(reversed(iso.split("-")))


_COLUMNS = (
    Soilable("姓名", _clean(columns.NAME), dirt.NAMES),
    Soilable("性别", _clean(columns.SEX), dirt.SEXES),
    Soilable("民族", _clean(columns.ETHNICITY), dirt.WORDS),
    Soilable("出生日期", _birth, dirt.DATES),
    Soilable("身份证号", lambda person: person.identity, dirt.NUMBERS),
    Soilable("户籍地", _clean(columns.HOME), ()),
    Soilable("状态", _clean(columns.STATUS), dirt.WORDS),
    Soilable("原因", _clean(columns.REASON), dirt.WORDS),
    Soilable("羁押场所", _clean(columns.FACILITY), dirt.WORDS),
    Soilable("羁押日期", _clean(columns.BEGAN), dirt.DATES),
    Soilable("刑期", _clean(columns.TERM), dirt.TERMS),
)  # fmt: skip
_OTHERS = (
    Soilable("Name", lambda person: person.name.en, dirt.NAMES),
    Soilable("Date of birth", _birth, dirt.DOTTED_DATES, _dotted),
    Soilable("ID number", lambda person: person.identity, dirt.NUMBERS),
    Soilable("Detained on", _clean(columns.BEGAN), dirt.DOTTED_DATES, _dotted),
)


def write_dirty_lists(cache: Cache) -> None:
    """A workbook and a text list of the people who were taken."""
    taken = cache.taken()
    delivery, truth = cache.delivery, cache.truth
    # Merged cells reach back to rows above, which a workbook of constant memory has let go of.
    with Book(delivery.large_path(WORKBOOK), WORKBOOK, truth, constant_memory=False) as book:
        for township, place in enumerate(TOWNSHIPS):
            residents = [person for person in taken if person.township == township]
            _Page(cache, book.sheet(place.zh)).write(residents)
    note = Note("dirty-list", XLSX, language="zh", tokens=("身份证号", "小计", "合计"))
    delivery.put_large(WORKBOOK, note)
    _text_list(cache, taken)


class _Page:
    """One sheet while it is written."""

    def __init__(self, cache: Cache, sheet: Sheet) -> None:
        self.cache = cache
        self.sheet = sheet

    def write(self, residents: list[Person]) -> None:
        names = ("序号", *(column.header for column in _COLUMNS))
        self.sheet.heading("收押人员汇总表（未核对）", len(names))
        self.sheet.header(tuple(Column(name, lambda _: None) for name in names))
        for start in range(0, len(residents), _PAGE):
            page = residents[start : start + _PAGE]
            if start > 0:
                self.sheet.row(0, names)
            for place, (person, span) in enumerate(_spans(page), 1):
                self._person(start + place, person, span)
            self.sheet.row(0, ("小计", len(page)))
        self.sheet.row(0, ("合计", len(residents)))
        self.sheet.remark("注：本表由各派出所上报汇总，未经核对。")

    def _person(self, position: int, person: Person, span: int) -> None:
        """One row; its home stands over `span` rows, 0 where it stands in a row above."""
        rng = self.cache.stream("dirty-list", person.number)
        found: list[tuple[int, dirt.Soiled]] = []
        cells: list[Cell] = [position]
        for number, column in enumerate(_COLUMNS, 2):
            clean = column.clean(person)
            forgotten = number > 2 and rng.random() < _BLANK  # noqa: PLR2004 - names stay
            change = None if forgotten else soiled(rng, column.ways, clean)
            if change is not None:
                found.append((number, change))
            if number == _HOME:
                forgotten = span == 0
            shown = clean if change is None else change.written
            cells.append("" if forgotten else shown)
        row = self.sheet.person(person, tuple(cells))
        for number, change in found:
            self._note(row, number, change)
        if span > 1:
            self.sheet.merge(row, row + span - 1, _HOME, person.address)
            whole = dirt.Soiled("merged", person.address, person.address)
            self._note(row, _HOME, whole, row + span - 1)

    def _note(self, row: int, column: int, change: dirt.Soiled, last: int = 0) -> None:
        line = Dirt(self.sheet.table, row, column, change.what, change.says, last)
        self.cache.truth.dirt(line)


def _spans(page: list[Person]) -> Iterator[tuple[Person, int]]:
    """The people of a page, and over how many rows the home of each stands."""
    for _, household in groupby(page, key=lambda person: person.household):
        members = list(household)
        yield from zip(members, (len(members), *(0 for _ in members[1:])), strict=True)


def _text_list(cache: Cache, taken: list[Person]) -> None:
    headers = tuple(column.header for column in _OTHERS)
    truth = cache.truth
    table = truth.table(TEXT, "", 1, headers)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    for row, person in enumerate(taken, 2):
        rng = cache.stream("dirty-text", person.number)
        cells = []
        for number, column in enumerate(_OTHERS, 1):
            clean = column.clean(person)
            change = soiled(rng, column.ways, clean)
            if change is not None:
                truth.dirt(Dirt(table, row, number, change.what, change.says))
            cells.append(column.written(clean) if change is None else change.written)
        writer.writerow(cells)
        truth.row(table, row, person.number, tuple(cells))
    note = Note("dirty-list", "text/csv", language="en", encoding="utf-8", tokens=headers)
    cache.delivery.put(TEXT, Made(out.getvalue().encode(), note))
