"""The large person lists: the county's register in one workbook, a sheet for each township.

Invariants:

- everybody stands in the register exactly once, and in the sheet of their township;
- every sheet ends in a printed total; exactly one of them is wrong, and the truth says which.
"""

from muniment.simulate import columns
from muniment.simulate.cache import Cache
from muniment.simulate.columns import Column
from muniment.simulate.county import TOWNSHIPS
from muniment.simulate.delivery import Note
from muniment.simulate.people import Person
from muniment.simulate.truth import Planted
from muniment.simulate.workbook import Book, Formula, Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REGISTER = "01 人口/虚谷县常住人口登记表（2018年6月）.xlsx"
_WRONG_TOTAL_IN = 4
_WRONG_BY = 7


def write_register(cache: Cache) -> None:
    """The whole county in one workbook."""
    delivery, people = cache.delivery, cache.people
    by_township: list[list[Person]] = [[] for _ in TOWNSHIPS]
    for person in people:
        by_township[person.township].append(person)
    with Book(delivery.large_path(REGISTER), REGISTER, delivery.truth) as book:
        for township, residents in enumerate(by_township):
            _township_sheet(book, township, residents)
    note = Note("person-list", XLSX, language="zh", tokens=("虚谷县", "身份证号", "合计"))
    delivery.put_large(REGISTER, note)


_SHOWN_IN = {"sex-column": 3, "birth-date-column": 5}  # columns from 1
_IDENTITY_COLUMN = 6
_EXPECTED = {
    "check-digit": "the check character does not fit the 17 digits before it",
    "birth-date-column": "the birth date column differs from the date inside the number",
    "sex-column": "the sex column differs from the parity of the sequence digits",
    "impossible-date": "the number holds a 30 February; its check character is right",
    "fifteen-digits": "an old number of 15 digits, without century and check character",
    "stored-as-number": "kept as a number, so that the last three digits were lost",
    "full-width-digits": "full-width digits, which read as the valid number",
}


def _register_columns(township: int) -> tuple[Column, ...]:
    """Townships write birth dates in different notations, as offices do."""
    return (
        columns.NAME, columns.SEX, columns.ETHNICITY, columns.birth(township), columns.IDENTITY,
        columns.HOME, columns.STATUS, columns.REASON, columns.FACILITY, columns.BEGAN,
        columns.TERM,
    )  # fmt: skip


def _township_sheet(book: Book, township: int, residents: list[Person]) -> None:
    sheet = book.sheet(TOWNSHIPS[township].zh)
    layout = _register_columns(township)
    for position, column in enumerate(layout):
        sheet.sheet.set_column(position + 1, position + 1, column.width)
    sheet.heading(f"虚谷县{TOWNSHIPS[township].zh}常住人口登记表", len(layout) + 1)
    sheet.remark("填表单位：派出所    截止日期：2018年6月30日")
    sheet.header((Column("序号", lambda _: None, 6), *layout))
    first = sheet.next_row
    for position, person in enumerate(residents, 1):
        row = sheet.person(person, (position, *(column.make(person) for column in layout)))
        if person.flaw:
            _plant(sheet, person, row)
    _total(sheet, township, first, len(residents))


def _total(sheet: Sheet, township: int, first: int, count: int) -> None:
    """The printed total: a formula with its kept value, or the one typed number that is wrong."""
    if township != _WRONG_TOTAL_IN:
        span = f"=COUNTA(B{first}:B{max(first, sheet.next_row - 1)})"
        sheet.row(0, ("合计", Formula(span, count)))
        return
    row = sheet.row(0, ("合计", count + _WRONG_BY))
    where = f"{REGISTER}#sheet={TOWNSHIPS[township].zh}&cell={row},2"
    expect = f"printed total {count + _WRONG_BY} but {count} people are listed"
    sheet.book.truth.planted(Planted("wrong-printed-total", where, expect))


def _plant(sheet: Sheet, person: Person, row: int) -> None:
    column = _SHOWN_IN.get(person.flaw, _IDENTITY_COLUMN)
    where = f"{REGISTER}#sheet={TOWNSHIPS[person.township].zh}&cell={row},{column}"
    what = f"identity-{person.flaw}"
    sheet.book.truth.planted(Planted(what, where, _EXPECTED[person.flaw], person.number))
