"""Questions in SQL to begin with: over the case, and one table turned back into a grid."""

from collections.abc import Sequence

from muniment.catalog import sql_text
from muniment.catalog.sheets import TableView, letters

_COLUMNS = 12  # of a table, in the statement that is proposed for it

EXAMPLES: tuple[tuple[str, str], ...] = (
    (
        "the largest tables",
        (
            "SELECT sha256, sheet, rows, columns, cells, hidden, comments\n"
            "FROM sheets ORDER BY cells DESC"
        ),
    ),
    (
        "every comment in a cell",
        (
            "SELECT comment, coalesce(shown, written) AS cell, sheet, citation\n"
            "FROM cells WHERE comment IS NOT NULL"
        ),
    ),
    (
        "what is hidden, by file and sheet",
        (
            "SELECT sha256, sheet, count(*) AS cells\n"
            "FROM cells WHERE hidden GROUP BY ALL ORDER BY cells DESC"
        ),
    ),
    (
        "a word in any cell",
        (
            "SELECT coalesce(shown, written) AS cell, sheet, row, citation\n"
            "FROM cells WHERE written LIKE '%2018%'"
        ),
    ),
    (
        "which kinds of trouble, how often",
        (
            "SELECT code, count(*) AS times, any_value(message) AS such_as\n"
            "FROM problems GROUP BY code ORDER BY times DESC"
        ),
    ),
    (
        "files that state who made them",
        (
            "SELECT written AS author, count(*) AS files, any_value(citation) AS such_as\n"
            "FROM metadata WHERE name ILIKE '%author%' OR name ILIKE '%creator%'\n"
            "GROUP BY written ORDER BY files DESC"
        ),
    ),
)


def in_sql(view: TableView, columns: Sequence[int]) -> str:
    """The statement that shows the first columns of a table, a row a row."""
    shown = ",\n".join(
        f'       max(coalesce(shown, written)) FILTER ("column" = {number}) AS "{letters(number)}"'
        for number in columns[:_COLUMNS]
    )
    named = "sheet IS NULL" if view.sheet is None else f"sheet = {sql_text(view.sheet)}"
    return (
        f"SELECT row,\n{shown},\n       min(citation) AS citation\n"
        f"FROM cells\nWHERE sha256 = '{view.sha256}' AND {named}\nGROUP BY row ORDER BY row"
    )
