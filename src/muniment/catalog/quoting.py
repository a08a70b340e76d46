"""Texts as SQL spells them."""


def sql_text(value: str | None) -> str:
    """A text as a literal of SQL; None is NULL."""
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"
