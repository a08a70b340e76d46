"""The rows in which entities stand, as a condition that lets DuckDB read few groups of rows."""

from muniment.catalog.facts.held import Asked, rows_of
from muniment.catalog.facts.quoting import quoted

_MOST = 400  # rows: beyond, reading all statements costs no more


def in_rows_of(tables: Asked, names: tuple[str, ...]) -> str:
    """A condition that every row holds in which one of some entities is spoken of.

    It is only a short cut: whoever asks still says which entity. It holds everywhere where the
    rows are too many to be named, or are not of a table.
    """
    listed = ", ".join(map(quoted, names))
    asked = (
        'SELECT DISTINCT sha256, "row" FROM mentions '  # noqa: S608 - hex ids, quoted
        f'WHERE entity IN ({listed}) ORDER BY sha256, "row" LIMIT {_MOST + 1}'
    )
    found = list(rows_of(tables, asked))
    if len(found) == 0 or len(found) > _MOST:
        return "true"
    digests = sorted({row["sha256"] for row in found})
    condition = f"sha256 IN ({', '.join(map(quoted, digests))})"
    numbers = sorted({row["row"] for row in found if row["row"] is not None})
    if any(row["row"] is None for row in found):
        return condition
    # The bounds beside the list: groups of rows are left out by their least and largest.
    return (
        f'{condition} AND "row" BETWEEN {numbers[0]} AND {numbers[-1]} '
        f'AND "row" IN ({", ".join(map(str, numbers))})'
    )
