"""People of the e-mail: addresses, how they are spelled, who wrote to whom.

- A person here is an address (or, where none is stated, a name), never more: two addresses may be
  one human being, and one address many.
"""

import msgspec
from sqlalchemy import and_, func, or_, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.mail.tables import CORRESPONDENCE, CORRESPONDENTS, SPELLINGS


class PersonRow(msgspec.Struct, frozen=True):
    """An address and how often it stands in the mail; days are as the senders' clocks had them."""

    person: str
    name: str
    names: int
    has_address: bool
    sent: int
    received: int
    messages: int
    first_day: str
    last_day: str


class PeoplePage(msgspec.Struct, frozen=True):
    """Some people, those with the most messages first; `after` as in `MessagePage`."""

    rows: tuple[PersonRow, ...]
    matches: int
    after: tuple[int, str] | None


class Correspondence(msgspec.Struct, frozen=True):
    """How many messages went one way."""

    person: str
    name: str
    messages: int
    first_day: str
    last_day: str


class PersonView(msgspec.Struct, frozen=True):
    """One address: its spellings, to whom it wrote, from whom it received."""

    row: PersonRow
    spellings: tuple[tuple[str, int], ...]
    wrote_to: tuple[Correspondence, ...]
    heard_from: tuple[Correspondence, ...]


def people(
    ledger: Ledger, *, word: str = "", limit: int, after: tuple[int, str] | None = None
) -> PeoplePage:
    """A page of people whose address or name holds `word`."""
    table = CORRESPONDENTS.c
    chosen = [table.person != ""]
    if word.strip() != "":
        key = word.strip().casefold()
        named = func.instr(func.lower(table.name), key) > 0
        chosen.append(or_(func.instr(table.person, key) > 0, named))
    behind = []
    if after is not None:
        fewer, same = table.messages < after[0], table.messages == after[0]
        behind.append(or_(fewer, and_(same, table.person > after[1])))
    page = select(CORRESPONDENTS).where(*chosen, *behind)
    counted = select(func.count()).select_from(CORRESPONDENTS).where(*chosen)
    with ledger.engine.connect() as connection:
        ordered = page.order_by(table.messages.desc(), table.person).limit(limit + 1)
        rows = [_person(row) for row in connection.execute(ordered)]
        matches = int(connection.scalar(counted) or 0)
    more = len(rows) > limit
    last = (rows[limit - 1].messages, rows[limit - 1].person) if more else None
    return PeoplePage(tuple(rows[:limit]), matches, last)


def person_view(ledger: Ledger, person: str, *, limit: int) -> PersonView | None:
    """One address, with the `limit` people of most messages each way; None where it is unknown."""
    named = (
        select(SPELLINGS.c.name, SPELLINGS.c.times)
        .where(SPELLINGS.c.person == person)
        .order_by(SPELLINGS.c.times.desc(), SPELLINGS.c.name)
        .limit(limit)
    )
    with ledger.engine.connect() as connection:
        known = select(CORRESPONDENTS).where(CORRESPONDENTS.c.person == person)
        row = connection.execute(known).one_or_none()
        if row is None:
            return None
        spellings = tuple((each.name, each.times) for each in connection.execute(named))
    ways = [_one_way(ledger, person, writes=writes, limit=limit) for writes in (True, False)]
    return PersonView(_person(row), spellings, ways[0], ways[1])


def _one_way(
    ledger: Ledger, person: str, *, writes: bool, limit: int
) -> tuple[Correspondence, ...]:
    table = CORRESPONDENCE.c
    own, other = (table.writer, table.reader) if writes else (table.reader, table.writer)
    chosen = (
        select(other.label("other"), table.messages, table.first_day, table.last_day)
        .add_columns(CORRESPONDENTS.c.name)
        .outerjoin(CORRESPONDENTS, CORRESPONDENTS.c.person == other)
        .where(own == person)
        .order_by(table.messages.desc(), other)
        .limit(limit)
    )
    with ledger.engine.connect() as connection:
        return tuple(
            Correspondence(row.other, row.name or "", row.messages, row.first_day, row.last_day)
            for row in connection.execute(chosen)
        )


def _person(row: object) -> PersonRow:
    values = {name: getattr(row, name) for name in PersonRow.__struct_fields__}
    return PersonRow(**values | {"has_address": bool(values["has_address"])})
