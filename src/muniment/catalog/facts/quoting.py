"""Texts as SQL spells them."""


def quoted(value: str) -> str:
    """A text as a literal of SQL."""
    return "'" + value.replace("'", "''") + "'"
