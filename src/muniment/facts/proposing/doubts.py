"""What a person has to look at, or to say, before a proposed mapping is confirmed."""

from collections.abc import Iterator

import numpy as np

from muniment.core import CellKind
from muniment.facts.layout import Layout, RowKind, Rows
from muniment.facts.lexicon import CONCEPTS
from muniment.facts.notation import notation_of
from muniment.facts.proposing.choice import Choice, Seen
from muniment.facts.proposing.options import (
    NOBODY_KNOWS,
    NUMBERS,
    epoch_of,
    facts_of,
    letters_of_sex,
    order_of_digits,
    texts_of,
)
from muniment.facts.readings import CellFacts, infer_decimal, read_value
from muniment.facts.readings.durations import unit_of
from muniment.facts.readings.several import is_several
from muniment.facts.shape import ACROSS, BESIDE, FORM
from muniment.facts.table import Table


def doubts_of_table(
    table: Table, layout: Layout, rows: Rows, choices: list[Choice]
) -> tuple[str, ...]:
    """Everything that is open about a table and its columns, each as one sentence."""
    found = []
    if len(layout.names) == 0:
        found.append("no row of headers was found: columns are known by their contents alone")
    if table.arrangement != "":
        found.append(_how_arranged(table, rows))
    for choice in choices:
        found += _doubts_of(choice, table)
    found += _behind_headers(table, layout, rows)
    other = int((rows.kinds == RowKind.OTHER).sum())
    if other > 0:
        found.append(f"{other} rows stand under other headers and are not mapped")
    hidden = sum(
        column.hidden is not None and bool(column.hidden.any()) for column in table.columns
    )
    if hidden > 0:
        found.append(f"{hidden} columns hold hidden cells: what is read there is marked")
    if table.beyond.columns > 0:
        why = "are too many to lay out" if table.told == "" else "stand outside of what was told"
        found.append(f"{table.beyond.columns:,} more columns {why}: they are not looked at")
    return tuple(found)


_ARRANGED = {
    BESIDE: "lists stand beside each other under the same headers, and are read as one",
    FORM: "this is a form: each label is a column, each form a record",
    ACROSS: "labels stand in one column and each column beside them is a record",
}


def _how_arranged(table: Table, rows: Rows) -> str:
    """How the records of a table lie that do not lie one a row, and what stands outside of them."""
    records, outside = int(rows.of(RowKind.DATA).sum()), int(rows.of(RowKind.NOTE).sum())
    said = f"{_ARRANGED[table.arrangement]} ({records:,} records)"
    return said if outside == 0 else f"{said}; cells that stand outside of them: {outside:,}"


def _behind_headers(table: Table, layout: Layout, rows: Rows) -> Iterator[str]:
    """That rows are wider than the headers: of a ragged text, cells have moved."""
    last = max(layout.names, default=0)
    behind = [column for column in table.columns if column.number > last]
    data = rows.of(RowKind.DATA)
    wide = np.zeros(len(table.rows), np.bool_)
    for column in behind:
        wide |= column.filled() & data
    if last == 0 or not wide.any():
        return
    furthest = max(column.number for column in behind if (column.filled() & data).any())
    yield (
        f"{int(wide.sum()):,} rows of {int(data.sum()):,} hold cells behind the last header "
        f"(column {last}), up to column {furthest}: where a text holds separators without quotes, "
        "its cells have moved; `muniment map misfits` lists the rows that read unlike their "
        "columns, and such rows are best set right in a copy that is taken in beside this file"
    )


def _doubts_of(choice: Choice, table: Table) -> Iterator[str]:
    """What a person has to say of a column before all of it can be read."""
    seen, concept = choice.seen, CONCEPTS.get(choice.concept)
    reader = "" if concept is None else concept.reader
    column = f"column {seen.column.number}"
    if choice.left != "" and choice.concept == "":
        yield f"{column} {choice.left}"
    if reader in ("date", "date-range"):
        yield from (f"{column} {doubt}" for doubt in _doubts_of_dates(seen, reader, table))
    is_bare = unit_of(seen.header) is None and seen.profile.of("integer") > 0.3
    if reader == "duration" and is_bare:
        yield (
            f"{column} holds bare numbers and its header names no unit: "
            "add the option unit (Y, M, D or W), or they stay unread"
        )
    if reader == "sex" and ("vocabulary", NOBODY_KNOWS) in letters_of_sex(seen):
        yield (
            f"{column} holds H, M and F: M may be mujer or male, and stays unread until its "
            "option vocabulary says which (M=female or M=male)"
        )
    if reader in NUMBERS and concept is not None and concept.qualified() is not None:
        options = {} if (sign := infer_decimal(texts_of(seen))) is None else {"decimal": sign}
        open_ = _how_many(seen, reader, options, "ambiguous-number")
        if open_ > 0:
            yield (
                f"{column} holds {open_:,} numbers such as 1,234 that may be a thousand or a "
                "fraction, and no other number in it shows which: add the option decimal "
                "(. or ,: the sign before a fraction), or they stay unread"
            )
    if reader == "name" and choice.entity == "person" and choice.concept in ("name", "alias"):
        several = sum(is_several(value.displayed) for value in seen.held)
        if several > 0:
            yield (
                f"{column} holds {several:,} cells that may name several people: each is read as "
                "one name, with the doubt several-in-one-cell; add the option split (yes), and "
                "each of them is a person of their own"
            )


def _doubts_of_dates(seen: Seen, reader: str, table: Table) -> Iterator[str]:
    """What the dates of a column leave open, each as what is said behind its number."""
    order = seen.profile.order or order_of_digits(seen)
    notation = notation_of(seen.header, texts_of(seen))
    options = {} if order is None else {"order": order}
    if notation.proved:
        options["calendar"] = notation.calendar
    if _how_many(seen, reader, options, "two-digit-year") > 0:
        yield _TWO_DIGITS_OF_THE_REPUBLIC if notation.republic else _TWO_DIGITS
    if notation.proved:
        yield f"names the calendar {notation.calendar}: its bare dates are read as of that"
    elif notation.calendar != "":
        yield _MAYBE_OF.format(notation.calendar)
    elif _how_many(seen, reader, options, "ambiguous-calendar") > 0:
        yield (
            "holds years that may be of another calendar: add the "
            "option calendar (persian, buddhist, islamic-umalqura …), or such dates stay unread"
        )
    if notation.terms:
        yield "holds years such as 1905/06, which may be two years or a month: they stay unread"
    if order is None and _how_many(seen, reader, options, "ambiguous-date") > 0:
        yield (
            "does not show which is the day and which the month: "
            "add the option order (dmy or mdy; ym for 201803), or such dates stay unread"
        )
    vague = _how_many(seen, reader, options, "qualified-date")
    if vague > 0:
        yield f"holds {vague:,} dates that are not exact (about, before, 1950s): they stay unread"
    serials = sum(
        "serial-without-format" in read_value(reader, value.written, facts_of(value), {}).doubts
        for value in seen.held
        if value.kind is CellKind.NUMBER
    )
    if serials > 0:
        epoch = table.epoch or epoch_of(table) or "1900"
        yield (
            f"holds {serials:,} numbers without a date's format, which are read as days counted "
            f"from {epoch}, with the doubt serial-without-format"
        )


_TWO_DIGITS = (
    "writes years in two digits: add the option pivot "
    "(the last of them that is 20xx), or such dates stay unread"
)
_TWO_DIGITS_OF_THE_REPUBLIC = (
    "writes years in two digits and says 民國 beside some: where they are years of the Republic of "
    "China, add the option calendar (roc), with which years of four digits stay unread; else pivot"
)
_MAYBE_OF = (
    "holds dates that may be of another calendar ({0}, by its words): add the option calendar "
    "({0}, or gregory), or such dates stay unread"
)


def _how_many(seen: Seen, reader: str, options: dict[str, str], why: str) -> int:
    """How many different text cells of a column are not read for one reason."""
    return sum(
        read_value(reader, value.written, CellFacts(), options).unread == why
        for value in seen.held
        if value.kind is CellKind.TEXT
    )
