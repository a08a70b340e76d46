"""Finds the files whose names hold some letters, without looking through all names.

    files ──triggers──▶ file_names      every three letters beside each other, and where they occur

- Three letters and more are looked up; fewer are not, since most lists hold them soon.
- What is found may hold the letters apart from each other: whoever asks compares the name itself.
- Kept by triggers on `files`, in the transaction that changes it (SQLite's FTS5, trigrams).
"""

from sqlalchemy import Connection, text

_LETTERS = 3
_FEW = 2_000  # files that are sorted faster than names are looked through in order
_MOST_PIECES = 60  # of what is asked for that are looked up

REMOVE = "DROP TABLE IF EXISTS file_names"
MAKE = (
    "CREATE VIRTUAL TABLE file_names USING fts5(fold, content='files', content_rowid='id', "
    "tokenize='trigram case_sensitive 1', detail='none', columnsize=0)"
)
_COME = "INSERT INTO file_names (rowid, fold) VALUES (new.id, new.fold);"
_GO = "INSERT INTO file_names (file_names, rowid, fold) VALUES ('delete', old.id, old.fold);"
TRIGGERS = {
    "names_come": f"AFTER INSERT ON files BEGIN {_COME} END",
    "names_change": f"AFTER UPDATE OF fold ON files WHEN old.fold IS NOT new.fold "
    f"BEGIN {_GO} {_COME} END",
    "names_go": f"AFTER DELETE ON files BEGIN {_GO} END",
}


def few_named(connection: Connection, wanted: str) -> tuple[int, ...] | None:
    """The ids of all files whose names may hold these folded letters; None where they are many.

    None also where the letters are too few to be looked up, one of them is none that the index can
    be asked for, or the ledger has no such index yet.
    """
    pieces = list(dict.fromkeys(wanted[at : at + _LETTERS] for at in range(len(wanted) - 2)))
    if len(pieces) == 0 or "\0" in wanted or not _is_there(connection):
        return None
    asked = " AND ".join(_quoted(each) for each in pieces[:_MOST_PIECES])
    looked_up = text("SELECT rowid FROM file_names WHERE file_names MATCH :asked LIMIT :most")
    found = connection.scalars(looked_up, {"asked": asked, "most": _FEW + 1})
    ids = tuple(int(each) for each in found)
    return ids if len(ids) <= _FEW else None


def _is_there(connection: Connection) -> bool:
    there = text("SELECT 1 FROM sqlite_master WHERE name = 'file_names'")
    return connection.scalar(there) is not None


def _quoted(letters: str) -> str:
    return '"' + letters.replace('"', '""') + '"'
