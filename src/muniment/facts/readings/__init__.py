"""Readers of single values, by name; each is a function of the text, its cell and options."""

from muniment.core import CellKind
from muniment.facts.readings.coded import read_code, read_sex, read_yes_no
from muniment.facts.readings.dates import (
    WORKBOOK_EPOCH,
    infer_epoch,
    infer_order,
    read_date,
    read_date_range,
)
from muniment.facts.readings.durations import read_age, read_duration
from muniment.facts.readings.identity import read_identity
from muniment.facts.readings.letters import seen, with_doubts
from muniment.facts.readings.nothing import is_as_above, is_nothing, says_nothing
from muniment.facts.readings.numbers import (
    infer_decimal,
    read_coordinate,
    read_integer,
    read_number,
    read_phone,
    read_quantity,
)
from muniment.facts.readings.plain import (
    read_email,
    read_name,
    read_named_country,
    read_text,
    read_url,
)
from muniment.facts.readings.reading import CellFacts, Options, Reader, Reading, unread
from muniment.facts.statement import Unread

READINGS: dict[str, Reader] = {
    "text": read_text,
    "name": read_name,
    "date": read_date,
    "date-range": read_date_range,
    "sex": read_sex,
    "identity": read_identity,
    "number": read_number,
    "integer": read_integer,
    "quantity": read_quantity,
    "duration": read_duration,
    "age": read_age,
    "country": read_named_country,
    "place": read_text,
    "language": read_text,
    "phone": read_phone,
    "email": read_email,
    "url": read_url,
    "code": read_code,
    "yes-no": read_yes_no,
    "coordinate": read_coordinate,
}

_ANSWERS = frozenset({"yes-no", "sex", "code"})  # to which these words may be an answer


def read_value(reader: str, written: str, facts: CellFacts, options: Options) -> Reading:
    """What a reader reads of a value; nothing where the cell says that there is none.

    Unknown readers read nothing: a mapping of a newer version names them.
    """
    found = READINGS.get(reader)
    if found is None:
        return unread(Unread.NO_READER)
    if facts.kind is CellKind.ERROR:
        return unread(Unread.CELL_ERROR)
    text = seen(written)
    word = text.strip()
    if is_as_above(word):
        return unread(Unread.AS_ABOVE)
    if not is_nothing(word):
        return with_doubts(found(text, facts, options), written)
    if reader in _ANSWERS:
        answer = found(text, facts, options)
        if answer.read is not None and reader != "code":
            return with_doubts(answer, written)
    return unread(Unread.NO_VALUE)


__all__ = [
    "READINGS",
    "WORKBOOK_EPOCH",
    "CellFacts",
    "Options",
    "Reader",
    "Reading",
    "infer_decimal",
    "infer_epoch",
    "infer_order",
    "read_value",
    "says_nothing",
    "unread",
]
