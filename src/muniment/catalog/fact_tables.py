"""The ledger's tables of facts: decisions, shapes of tables, mappings applied.

- `decisions` follows from the journal's `decision` events alone; the others from it and from the
  laid-out tables.
- Statements, entities and misfits are not here but in Parquet: there are millions.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from muniment.catalog.tables import METADATA

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", String, primary_key=True),  # leaf hash of the event, hex
    Column("seq", Integer, nullable=False, unique=True),  # the journal event
    Column("kind", String, nullable=False, index=True),  # mapping, mapping-withdrawal …
    Column("body", String, nullable=False),  # canonical JSON
    Column("supersedes", String, nullable=False, index=True),  # a decision's id; else empty
    Column("actor", String, nullable=False),
    Column("at", String, nullable=False),  # when it was recorded, UTC
    Column("superseded_by", String, nullable=False, default=""),
)

TABLE_SHAPES = Table(
    "table_shapes",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("number", Integer, primary_key=True),  # among the tables of its object, from 0
    Column("sheet", String),
    Column("source", String, nullable=False),  # what its object's tables were made of
    Column("shape", String, nullable=False, index=True),
    Column("headers", String, nullable=False),  # JSON, by column
)

TOLD_SHAPES = Table(  # of tables whose records lie as somebody told of them, or of another
    "told_shapes",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("told", String, primary_key=True),  # canonical JSON
    Column("sheet", String),
    Column("source", String, nullable=False),
    Column("shape", String, nullable=False, index=True),  # empty where no record lies so
)

EXCHANGED = Table(
    "exchanged",
    METADATA,
    Column("digest", String, primary_key=True),  # a file whose lines are statements of an import
    Column("form", String, nullable=False),
)

STATED = Table(
    "stated",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("made_of", String, nullable=False),  # its tables, and the mappings that were applied
    Column("batch", String, nullable=False, index=True),  # of the files that hold its statements
)

APPLIED = Table(
    "applied_mappings",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sheet", String),
    Column("mapping", String, nullable=False),
    Column("counts", String, nullable=False),  # JSON: rows by kind, cells, statements …
    Column("unread", String, nullable=False),  # JSON: statements not read, by reason
    Column("misfits", String, nullable=False),  # JSON: what did not fit, by code
    Column("content", String, nullable=False),  # digest of the statements
)
Index("applied_by_mapping", APPLIED.c.mapping, APPLIED.c.digest, APPLIED.c.number)
