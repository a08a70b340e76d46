"""The ledger's tables of pictures: size, camera, when and where taken as the file states it.

- A projection of the readings; each value stands beside the fragment of its citation.
- `picture_facets` are counts for the filters of a page, made anew where something changed.
"""

from sqlalchemy import Column, Float, Index, Integer, String, Table

from muniment.catalog.tables import METADATA

PICTURES = Table(
    "pictures",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("parts_digest", String, nullable=False),  # of the reading it was taken of
    Column("width", Integer, nullable=False),  # pixels, as stored; 0 where not known
    Column("height", Integer, nullable=False),
    Column("frames", Integer, nullable=False),  # pages or frames
    Column("camera", String, nullable=False),  # make and model, each once
    Column("make", String, nullable=False),
    Column("make_at", String, nullable=False),
    Column("model", String, nullable=False),
    Column("model_at", String, nullable=False),
    Column("taken_written", String, nullable=False),
    Column("taken_at", String, nullable=False),
    Column("taken_local", String, nullable=False),  # ISO 8601; empty: none, or not readable
    Column("taken_offset", Integer),  # minutes east of UTC; null where no zone is stated
    Column("taken_precision", String, nullable=False),
    Column("zone_at", String, nullable=False),
    Column("year", String, nullable=False),
    Column("latitude", Float),  # degrees north; null where none is stated or none can be read
    Column("longitude", Float),  # degrees east
    Column("latitude_written", String, nullable=False),
    Column("latitude_at", String, nullable=False),
    Column("longitude_written", String, nullable=False),
    Column("longitude_at", String, nullable=False),
    Column("altitude", Float),  # metres
    Column("altitude_written", String, nullable=False),
    Column("altitude_at", String, nullable=False),
    Column("orientation", String, nullable=False),  # as written
    Column("orientation_at", String, nullable=False),
    Column("size", String, nullable=False),  # small, medium, large
    Column("inner", Integer, nullable=False, default=0),  # 1: only ever a thumbnail of another
    Column("ordered", String, nullable=False),  # local time taken; "~" where there is none
)
Index("pictures_by_time", PICTURES.c.inner, PICTURES.c.ordered, PICTURES.c.digest)
Index("pictures_by_camera", PICTURES.c.camera, PICTURES.c.ordered, PICTURES.c.digest)
Index("pictures_by_place", PICTURES.c.longitude, PICTURES.c.latitude, PICTURES.c.inner)

PICTURE_FACETS = Table(
    "picture_facets",
    METADATA,
    Column("facet", String, primary_key=True),  # camera, year, size, container, located
    Column("value", String, primary_key=True),
    Column("pictures", Integer, nullable=False),
)
