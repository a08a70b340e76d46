"""What a person says of where the records of a table lie, from a command's options or a form.

    records list · headers 3-4 · rows 5-120 · columns A-H · begins A,F

- Without any of them nothing is told. Rows are numbers of the sheet, columns letters or numbers.
"""

from collections.abc import Callable, Mapping

from muniment.catalog.sheets import column_of, letters
from muniment.core import UsageError
from muniment.facts.told import LIST, Told, wrongs_of

FIELDS = ("records", "headers", "rows", "columns", "begins")
_STEP = "say for example: records list, headers 3-4, rows 5-120, columns A-H"
_MOST_DIGITS = 9
_MOST_ROWS = 100  # of headers


def told_from(fields: Mapping[str, str | None]) -> Told | None:
    """What was told; None where every field is empty.

    Raises:
        UsageError: a field is no range, or they contradict each other.
    """
    said = {name: (fields.get(name) or "").strip() for name in FIELDS}
    if not any(said.values()):
        return None
    records = said["records"] or LIST
    headers = _rows(said["headers"])
    first = headers[-1] + 1 if len(headers) > 0 else 1
    begins = tuple(map(column_of, said["begins"].replace(",", " ").split()))
    told = Told(
        records=records,
        headers=headers,
        rows=_range(said["rows"], _row) if said["rows"] else (first, 0),
        columns=_range(said["columns"], column_of) if said["columns"] else (1, 0),
        begins=begins,
    )
    for wrong in wrongs_of(told):
        raise UsageError(f"where the records lie contradicts itself: {wrong}", next_step=_STEP)
    return told


def said_of(told: Told | None) -> dict[str, str]:
    """The fields that say so."""
    if told is None:
        return dict.fromkeys(FIELDS, "")
    last_row, last_column = told.rows[1], told.columns[1]
    return {
        "records": told.records,
        "headers": ", ".join(map(str, told.headers)),
        "rows": f"{told.rows[0]}-{last_row or ''}",
        "columns": f"{letters(told.columns[0])}-{letters(last_column)}",
        "begins": ", ".join(map(letters, told.begins)),
    }


def _rows(written: str) -> tuple[int, ...]:
    """Rows such as `3-4` or `3, 4`."""
    found: dict[int, None] = {}
    for word in written.replace(",", " ").split():
        first, last = _range(word, _row)
        last = last or first
        if last - first >= _MOST_ROWS:
            raise UsageError(f"{word!r} are too many rows of headers", next_step=_STEP)
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def _range(written: str, one: Callable[[str], int]) -> tuple[int, int]:
    """A range such as `5-120`, or `5-` to the end; of one alone, that one."""
    first, dash, last = written.replace("–", "-").partition("-")
    if dash == "":
        return one(first), one(first)
    return one(first), one(last) if last.strip() != "" else 0


def _row(written: str) -> int:
    word = written.strip()
    if not (word.isascii() and word.isdecimal() and 0 < len(word) <= _MOST_DIGITS):
        raise UsageError(f"{written!r} is no row", next_step=_STEP)
    return int(word)
