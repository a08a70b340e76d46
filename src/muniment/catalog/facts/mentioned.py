"""The rows in which entities stand, as a condition that lets DuckDB read few groups of rows."""

from muniment.catalog.facts.held import Asked, rows_of
from muniment.catalog.quoting import sql_text

_ONE_BY_ONE = 8  # ids
_MOST = 400  # rows: beyond, reading all statements costs no more


def in_rows_of(tables: Asked, names: tuple[str, ...]) -> str:
    """A condition that every row holds in which one of some entities is spoken of.

    It is only a short cut: whoever asks still says which entity. It holds everywhere where the
    rows are too many to be named, or are not of a table.
    """
    found: set[tuple[str, int | None]] = set()
    for some in _together(names):
        asked = (
            f'SELECT DISTINCT sha256, "row" FROM mentions WHERE {some} '  # noqa: S608 - hex ids
            f'ORDER BY sha256, "row" LIMIT {_MOST + 1}'
        )
        found |= {(row["sha256"], row["row"]) for row in rows_of(tables, asked)}
        if len(found) > _MOST:
            return "true"
    return condition(found)


def condition(rows: set[tuple[str, int | None]]) -> str:
    """A condition that these rows of these objects hold, and few others."""
    if len(rows) == 0:
        return "true"
    found = f"sha256 IN ({', '.join(map(sql_text, sorted({digest for digest, _ in rows})))})"
    numbers = sorted({row for _, row in rows if row is not None})
    if any(row is None for _, row in rows):
        return found
    # The bounds beside the list: groups of rows are left out by their least and largest.
    return (
        f'{found} AND "row" BETWEEN {numbers[0]} AND {numbers[-1]} '
        f'AND "row" IN ({", ".join(map(str, numbers))})'
    )


def _together(names: tuple[str, ...]) -> list[str]:
    """Conditions on ids: few are looked up one by one, many in one pass over all."""
    if len(names) <= _ONE_BY_ONE:
        return [f"entity = {sql_text(name)}" for name in names]
    return [f"entity IN ({', '.join(map(sql_text, names))})"]
