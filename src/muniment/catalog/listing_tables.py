"""The ledger's tables for pages that list and count: each count is one row, each list one index.

- `files` and the counts are kept by triggers (`listing.py`), in the transaction that changes what
  they follow: they are never behind.
- `name_doubts` are found anew after each run.
"""

from sqlalchemy import Column, Index, Integer, String, Table, text

from muniment.catalog.tables import METADATA

FILES = Table(
    "files",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("name", String, nullable=False),  # the least of its names
    Column("fold", String, nullable=False),  # without regard to case: that, then the others, a line
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("why", String, nullable=False),  # names a row of `lack_counts`; empty where read
    Column("size", Integer, nullable=False),
    Column("language", String, nullable=False),  # a code, or empty where no text tells
    # Each holds what a page of that order filters by, so that a scan reads nothing else.
    Index("files_by_name", "fold", "id", "state", "kind", "language"),
    Index("files_by_size", "size", "id", "state", "kind", "language", "fold"),
    Index("files_by_state", "state", "fold", "id", "kind", "language"),
    Index("files_by_kind", "kind", "fold", "id", "state", "language"),
    Index("files_by_language", "language", "fold", "id", "state", "kind"),
    Index("files_by_why", "why", "fold", "id", "kind", "language"),
    Index("locked_files", "size", "id", sqlite_where=text("state = 'locked'")),
)

TALLIES = Table(
    "tallies",
    METADATA,
    Column("kind", String, primary_key=True),
    Column("state", String, primary_key=True),
    Column("objects", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("holders", Integer, nullable=False),  # objects that announced or gave others
    Column("announced", Integer, nullable=False),
    Column("emitted", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)

SIZE_COUNTS = Table(
    "size_counts",
    METADATA,
    Column("digits", Integer, primary_key=True),  # of the size in bytes: 3 for 100 to 999
    Column("objects", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
)

LANGUAGE_COUNTS = Table(
    "language_counts",
    METADATA,
    Column("language", String, primary_key=True),
    Column("objects", Integer, nullable=False),
)

LACK_COUNTS = Table(
    "lack_counts",
    METADATA,
    Column("why", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),  # of one of them, whole
    Column("objects", Integer, nullable=False),
)

PROBLEM_COUNTS = Table(
    "problem_counts",
    METADATA,
    Column("code", String, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("objects", Integer, nullable=False),
)

NAME_DOUBTS = Table(
    "name_doubts",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("message", String, nullable=False),
)
