"""The options that a column's values show: the order of its dates, the sign of fractions."""

from collections.abc import Iterator

from muniment.core import CellKind
from muniment.facts.notation import notation_of
from muniment.facts.proposing.choice import Seen
from muniment.facts.readings import CellFacts, infer_decimal, infer_epoch, read_value
from muniment.facts.readings.durations import unit_of
from muniment.facts.table import Held, Table

_DAY_MONTH = {
    "dd/mm": "dmy",
    "d/m": "dmy",
    "mm/dd": "mdy",
    "m/d": "mdy",
    "jj/mm": "dmy",
    "tt.mm": "dmy",
    "дд.мм": "dmy",
    "gg.aa": "dmy",
}


def options_of_column(
    reader: str, name: str, seen: Seen, epoch: str | None
) -> tuple[tuple[str, str], ...]:
    """The options with which a reader reads this column of the property `name`."""
    notes = " ".join(seen.said.notes).casefold()
    if reader in ("date", "date-range"):
        stated = next((order for mark, order in _DAY_MONTH.items() if mark in notes), None)
        order = stated or seen.profile.order or order_of_digits(seen)
        found = [] if order is None else [("order", order)]
        numbers = any(value.kind is CellKind.NUMBER for value in seen.column.values[:50])
        if epoch is not None and epoch != "1900" and numbers:
            found.append(("epoch", epoch))
        notation = notation_of(seen.header, texts_of(seen))
        if notation.proved:
            found.append(("calendar", notation.calendar))
        return tuple(found)
    if reader in NUMBERS:
        decimal = infer_decimal(texts_of(seen))
        return () if decimal is None else (("decimal", decimal),)
    if reader == "duration":
        unit = unit_of(seen.header)
        return () if unit is None else (("unit", unit),)
    if reader == "coordinate":
        return (("axis", name),)
    return letters_of_sex(seen) if reader == "sex" else ()


NOBODY_KNOWS = "F=female;H=male;M="


def letters_of_sex(seen: Seen) -> tuple[tuple[str, str], ...]:
    """What H and M stand for: hombre and mujer; beside an F nobody knows whose letter M is."""
    letters = {value.displayed.strip().upper() for value in seen.held}
    if "H" not in letters:
        return ()
    if "F" in letters and "M" in letters:
        return (("vocabulary", NOBODY_KNOWS),)
    return (("vocabulary", "H=male;M=female"),)


NUMBERS = frozenset({"number", "integer", "quantity"})


def texts_of(seen: Seen) -> Iterator[str]:
    """What the text cells of a column hold; numbers are exact and say nothing of how they look."""
    return (value.written for value in seen.held if value.kind is CellKind.TEXT)


def order_of_digits(seen: Seen) -> str | None:
    """`ym` where all numbers of six digits can be a year and a month, and some nothing else."""
    values = (value.written for value in seen.held)
    six = [each for each in values if len(each) == len("201803") and each.isdecimal()]
    as_read = [read_value("date", each, CellFacts(), {}) for each in six]
    sure = any(each.read is not None for each in as_read)
    both = all(each.read is not None or each.unread == "ambiguous-date" for each in as_read)
    return "ym" if sure and both else None


def epoch_of(table: Table) -> str | None:
    """The epoch that the date cells of a table show; None where its workbook states one."""
    if table.epoch is not None:
        return None
    pairs = (
        (value.written, value.shown)
        for column in table.columns
        for value in column.values[:200]
        if value.kind is CellKind.DATE and value.shown is not None
    )
    return infer_epoch(pairs)


def facts_of(value: Held) -> CellFacts:
    """What a reader is told of a cell beside what is written."""
    return CellFacts(value.kind, value.shown, value.number_format)
