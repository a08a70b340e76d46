"""A workbook with everything that readers of workbooks forget, and portraits lying in its cells.

Invariants:

- the visible sheet has titles above the header, merged cells, comments, hidden rows and columns,
  formulas with kept values and pictures; behind it lie a hidden and a very hidden sheet;
- each picture is anchored in the row of its person, and is a file of its own in the truth; hidden
  rows have none.
"""

import io
from collections.abc import Sequence

from muniment.simulate import columns
from muniment.simulate.cache import Cache
from muniment.simulate.columns import Column
from muniment.simulate.delivery import Made, Member, Note, member
from muniment.simulate.people import Person
from muniment.simulate.photos import photographed, small_portrait
from muniment.simulate.registers import XLSX
from muniment.simulate.truth import Planted
from muniment.simulate.workbook import Book, Formula, Sheet

PATH = "02 收押/带照片名单（核对稿）.xlsx"
_MOST = 40
_HIDDEN_EVERY = 7
_PICTURE_COLUMN = 8  # from 0
_COLUMNS = (
    columns.NAME, columns.SEX, columns.birth(0), columns.IDENTITY, columns.STATUS,
    columns.BEGAN, columns.TERM,
)  # fmt: skip
_HEADER = (
    Column("序号", lambda _: None), *_COLUMNS, Column("照片", lambda _: None),
    Column("折算（月）", lambda _: None),
)  # fmt: skip


def write_portrait_list(cache: Cache) -> None:
    """The workbook, its hidden sheets and its pictures."""
    people = photographed(cache)[:_MOST]
    with Book(cache.delivery.large_path(PATH), PATH, cache.truth) as book:
        sheet = book.sheet("核对")
        pictures = _visible(cache, sheet, people)
        _aside(book, "旧名单", people[:5], very_hidden=False)
        _aside(book, "来源", people[5:8], very_hidden=True)
    note = Note(
        kind="person-list",
        media_type=XLSX,
        language="zh",
        tokens=("照片待补", "旧名单", "来源", "家属已来访两次"),
        people=tuple(person.number for person in people),
        members=pictures,
    )
    cache.delivery.put_large(PATH, note)
    for name, what in (("旧名单", "hidden-sheet"), ("来源", "very-hidden-sheet")):
        cache.truth.planted(Planted(what, f"{PATH}#sheet={name}", "the sheet is read and marked"))


def _visible(cache: Cache, sheet: Sheet, people: Sequence[Person]) -> tuple[Member, ...]:
    sheet.sheet.set_column(2, 5, 20)
    sheet.sheet.set_column(6, 6, 12, None, {"hidden": True})
    sheet.heading("收押教培人员照片核对表", len(_HEADER))
    sheet.remark("单位：虚谷县公安局　　照片待补的请注明")
    sheet.header(_HEADER)
    members: list[Member] = []
    for position, person in enumerate(people):
        row = sheet.next_row
        hidden = position % _HIDDEN_EVERY == _HIDDEN_EVERY - 1
        sheet.sheet.set_row(row - 1, 90, None, {"hidden": hidden})
        if position == 0:  # before the row: a row that is written cannot be added to
            sheet.sheet.write_comment(row - 1, 1, "家属已来访两次", {"author": "科员"})
        cells = (position + 1, *(column.make(person) for column in _COLUMNS))
        sheet.person(person, (*cells, None, _months(person, row)))
        if not hidden:  # a picture cannot be anchored in a row without height
            members.append(_picture(cache, sheet, person, row, len(members)))
    return tuple(members)


def _picture(cache: Cache, sheet: Sheet, person: Person, row: int, place: int) -> Member:
    """Put the person's portrait into their row; returns it as file number `place`."""
    picture = small_portrait(cache, person)
    image = {"image_data": io.BytesIO(picture), "object_position": 1}
    sheet.sheet.insert_image(row - 1, _PICTURE_COLUMN, "portrait.jpg", image)
    note = Note("embedded-portrait", "image/jpeg", people=(person.number,), remark=f"row {row}")
    return member(f"xl/media/image{place + 1}.jpeg", place, Made(picture, note))


def _months(person: Person, row: int) -> Formula:
    """The term in months: text multiplied by twelve, an empty cell counting as nought."""
    written = columns.text_of(columns.TERM.make(person))
    return Formula(f'=IF(H{row}="",0,H{row}*12)', int(written) * 12 if written else 0)


def _aside(book: Book, name: str, people: Sequence[Person], *, very_hidden: bool) -> None:
    sheet = book.sheet(name)
    sheet.header(_HEADER[1:3])
    for person in people:
        sheet.person(person, (person.name.zh_old, person.written_sex))
    if very_hidden:
        sheet.sheet.very_hidden()
    else:
        sheet.sheet.hide()
