"""The ledger's copy of what people wrote beside the evidence.

- `annotations` holds each note, tag, highlight and saved search as it stands today; `changes` every
  correction and withdrawal, so that the history of each can be shown.
- Both follow from the journal's `annotation` events alone.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from muniment.catalog.tables import METADATA

ANNOTATIONS = Table(
    "annotations",
    METADATA,
    Column("id", String, primary_key=True),  # leaf hash of the event, hex
    Column("seq", Integer, nullable=False, unique=True),  # the journal event
    Column("draft", String, nullable=False, index=True),
    Column("kind", String, nullable=False),  # note, tag, highlight, search; unknown
    Column("actor", String, nullable=False),
    Column("at", String, nullable=False),  # when it was recorded, UTC
    Column("written", String, nullable=False),  # when it was typed, UTC
    Column("digest", String, nullable=False, index=True),  # of the object; empty for a search
    Column("place", String, nullable=False),  # the fragment of a citation
    Column("body", String, nullable=False),  # as it was written first
    Column("now", String, nullable=False),  # as it was corrected last
    Column("folded", String, nullable=False),  # `now` as it is searched
    Column("standing", Integer, nullable=False, default=1),  # 0: withdrawn
    Column("query", String, nullable=False, default=""),  # of a saved search
    Column("filters", String, nullable=False, default="[]"),  # JSON, pairs
    Index("annotations_by_kind", "kind", "standing", "now"),
    Index("annotations_by_actor", "actor", "standing", "seq"),
)

CHANGES = Table(
    "annotation_changes",
    METADATA,
    Column("id", String, primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("draft", String, nullable=False, index=True),
    Column("of", String, nullable=False, index=True),  # the annotation that it changes
    Column("kind", String, nullable=False),  # correction, withdrawal
    Column("actor", String, nullable=False),
    Column("at", String, nullable=False),
    Column("written", String, nullable=False),
    Column("body", String, nullable=False),  # the new text; the reason
)
