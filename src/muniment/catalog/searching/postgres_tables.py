"""The tables of one case's index on a PostgreSQL server."""

from copy import copy

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

CROWDED = 255  # positions of one word that a tsvector keeps (PostgreSQL 15, 12.11: under 256)
_SCALARS = {"type": "kind", "lang": "language", "state": "state", "media": "media"}
_ARRAYS = {"folder": "folders", "sender": "senders", "people": "people", "date": "months"}
_PLAIN = String(collation="C")  # bytes are compared, so that order is everywhere the same


class Tables:
    """The tables in one schema."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.metadata = MetaData(schema=schema)
        self.format = Table("format", self.metadata, Column("format", Integer, primary_key=True))
        self.objects = Table(
            "objects",
            self.metadata,
            Column("digest", _PLAIN, primary_key=True),
            Column("name", _PLAIN, nullable=False),
            Column("kind", _PLAIN, nullable=False, index=True),
            Column("media", _PLAIN, nullable=False),
            Column("state", _PLAIN, nullable=False),
            Column("size", BigInteger, nullable=False, index=True),
            Column("language", _PLAIN, nullable=False, index=True),
            Column("folders", ARRAY(_PLAIN), nullable=False),
            Column("days", ARRAY(Integer), nullable=False),
            Column("months", ARRAY(_PLAIN), nullable=False),
            Column("senders", ARRAY(_PLAIN), nullable=False),
            Column("people", ARRAY(_PLAIN), nullable=False),
            Column("carriers", ARRAY(_PLAIN), nullable=False),
            Column("first_day", Integer, index=True),
            Column("last_day", Integer, index=True),
        )
        for name in ("folders", "months", "senders", "people", "carriers"):
            Index(f"{name}_held", self.objects.c[name], postgresql_using="gin")
        self.filled = Table(
            "passages",
            self.metadata,
            Column("object", _PLAIN, primary_key=True),
            Column("number", Integer, primary_key=True),
            Column("sort", _PLAIN, nullable=False),
            Column("property", _PLAIN, nullable=False, index=True),
            Column("body", TSVECTOR, nullable=False),
            Column("crowded", _PLAIN),  # tokens with spaces; none where the tsvector is whole
            Column("passage", LargeBinary, nullable=False),
        )
        Index("body_held", self.filled.c.body, postgresql_using="gin")
        crowded = self.filled.c.crowded.is_not(None)
        Index("crowded_at", self.filled.c.object, postgresql_where=crowded)
        self.passages: FromClause = self.filled  # as a query looks at them
        self.words = Table("words", self.metadata, Column("word", _PLAIN, primary_key=True))

    def with_passages(self, passages: FromClause) -> "Tables":
        """The same tables, with a second look at the passages in the place of the first."""
        other = copy(self)
        other.passages = passages
        return other

    def scalar(self, field: str) -> ColumnElement[str]:
        """The column of a field that has one value."""
        if field in ("sort", "property", "object"):
            return self.passages.c[field]
        return self.objects.c[_SCALARS[field]]

    def array(self, field: str) -> Column[list[str]] | None:
        """The column of a field that may have many values; None for the others."""
        return self.objects.c[_ARRAYS[field]] if field in _ARRAYS else None

    def facet_value(self, field: str) -> ColumnElement[str]:
        """What is counted for a facet of objects: a value a row."""
        held = self.array(field)
        return self.scalar(field) if held is None else func.unnest(held)
