"""The ledger's tables of stated dates: what each file says of its own times, and counts of it.

- `dated` are the objects that were looked over, in which reading and by which rules.
- `stated_dates` belong to the object that states them (`source`) and are about `digest`: itself,
  or a file that lies in it.
- `date_counts` are counts by month, kind and standing, made anew after each run that changed any.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from muniment.catalog.tables import METADATA

DATED = Table(
    "dated",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("parts_digest", String, nullable=False),  # of the reading that was looked over
    Column("rules", Integer, nullable=False),
)

STATED_DATES = Table(
    "stated_dates",
    METADATA,
    Column("source", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("property", String, nullable=False),  # as the source calls it
    Column("written", String, nullable=False),  # as it stands there, at most 200 code points
    Column("place", String, nullable=False),  # the fragment of a citation of the source
    Column("standing", String, nullable=False),
    Column("day", String, nullable=False),  # 2019-03-02, 2019-03 or 2019; empty where not read
    Column("local", String, nullable=False),  # ISO 8601 without a zone; empty where not read
    Column("offset", Integer, nullable=True),  # minutes east of UTC, where it is stated
    Column("precision", String, nullable=False),
    Index("stated_dates_by_day", "day", "digest"),
)

DATE_COUNTS = Table(
    "date_counts",
    METADATA,
    Column("month", String, primary_key=True),  # 2019-03 or 2019; empty where not read
    Column("kind", String, primary_key=True),
    Column("standing", String, primary_key=True),
    Column("dates", Integer, nullable=False),
)
