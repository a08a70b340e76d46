"""Facts in words: labels of schemata and properties, reasons why a value was not read."""

from muniment.facts.model import property_of, schema_of

_LONGEST = 400  # letters of a value on a page that lists many; its cell has all

_UNREAD = {
    "impossible-date": "no such day",
    "ambiguous-date": "day or month first: not known",
    "ambiguous-calendar": "of which calendar is not said",
    "ambiguous-number": "thousands or decimals: not known",
    "qualified-date": "not exact: about, before, a decade",
    "qualified-number": "not exact: about, more than",
    "qualified-term": "not exact: up to, from … to",
    "several-terms": "several terms: which is meant is not said",
    "no-fixed-term": "a sentence without a length",
    "not-a-date": "no date",
    "not-a-number": "no number",
    "not-an-identifier": "no such identity number",
    "unknown-code": "no word of the vocabulary",
    "float-loss": "its last digits were lost in a spreadsheet",
    "no-name": "no letter in it",
    "not-in-the-model": "a property that the model here does not have",
    "no-value": "a sign for “nothing”",
    "as-above": "a sign for “as above”",
    "shifted-row": "in a row whose cells have moved",
    "cell-error": "the workbook shows an error",
}


_MISFITS = {
    "total-row": "rows of sums",
    "title-row": "titles between the data",
    "note-row": "notes",
    "repeated-headers": "headers printed again",
    "other-headers": "rows under other headers",
    "shape-changed": "rows that hold other things than those above: not read",
    "above-headers": "rows above the headers that are no title: not read",
    "row-shape": "rows with cells that do not read as their columns do",
    "shifted-row": "rows whose cells have moved: not read",
    "nothing-said": "rows that say that there is nothing",
    "no-subject": "cells that do not say whose they are",
    "odd-formula": "formulas unlike the others of their column",
    "no-stored-result": "formulas without a stored result",
    "missing-column": "columns that are mapped and have no cell",
    "extra-column": "columns that the mapping does not list",
    "extra-columns": "columns too many to lay out",
    "epochs-differ": "columns that count dates from another day",
    "not-listed": "more than can be listed",
}


def misfit_label(code: str) -> str:
    """What sort of misfit it is, in words."""
    return _MISFITS.get(code) or f"cells not read: {why_unread(code)}"


def schema_label(name: str, *, many: bool = False) -> str:
    """What people call a schema; its name where the model does not know it."""
    schema = schema_of(name)
    if schema is None:
        return name
    return schema.plural if many else schema.label


def property_label(schema: str, name: str) -> str:
    """What people call a property; its name where the model does not know it."""
    known = property_of(schema, name)
    return name if known is None else known.label


def why_unread(code: str) -> str:
    """A reason in words."""
    return _UNREAD.get(code, code.replace("-", " "))


def cut_short(value: str) -> str:
    """A value as a list shows it: a cell may hold a book."""
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}… ({len(value):,} letters)"


class _Labels:
    """What templates of facts ask for words."""

    schema = staticmethod(schema_label)
    property = staticmethod(property_label)
    unread = staticmethod(why_unread)
    cut = staticmethod(cut_short)


LABELS = _Labels()
