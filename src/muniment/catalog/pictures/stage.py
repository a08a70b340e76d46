"""Brings the tables of pictures up to date with what was read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.sqlite import insert

from muniment.catalog.ledger import Ledger
from muniment.catalog.pictures.stating import Stated, stated_by
from muniment.catalog.pictures.tables import PICTURE_FACETS, PICTURES
from muniment.catalog.tables import OBJECTS
from muniment.core import Digest, Part, parse_digest, print_place

Parts = Callable[[Digest], Iterable[Part]]
Progress = Callable[[str, int, int], None]
_BATCH = 200
_NO_RASTER = "image/svg+xml"
_SMALL, _LARGE = 100_000, 1_000_000  # pixels
_INNER_SQL = """
UPDATE pictures SET inner = CASE WHEN
  EXISTS (SELECT 1 FROM containments c WHERE c.digest = pictures.digest)
  AND NOT EXISTS (SELECT 1 FROM containments c WHERE c.digest = pictures.digest
                  AND c.relation <> 'thumbnail')
  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.digest = pictures.digest)
THEN 1 ELSE 0 END"""
_FACETS_SQL = (
    """INSERT INTO picture_facets SELECT 'camera', camera, count(*) FROM pictures
    WHERE inner = 0 GROUP BY camera""",
    """INSERT INTO picture_facets SELECT 'year', year, count(*) FROM pictures
    WHERE inner = 0 GROUP BY year""",
    """INSERT INTO picture_facets SELECT 'size', size, count(*) FROM pictures
    WHERE inner = 0 GROUP BY size""",
    """INSERT INTO picture_facets
    SELECT 'located', CASE WHEN latitude IS NULL THEN 'no' ELSE 'yes' END, count(*)
    FROM pictures WHERE inner = 0 GROUP BY latitude IS NULL""",
    """INSERT INTO picture_facets SELECT 'inner', 'yes', count(*) FROM pictures WHERE inner = 1""",
    """INSERT INTO picture_facets
    SELECT 'container', c.parent, count(DISTINCT c.digest)
    FROM containments c JOIN pictures p ON p.digest = c.digest
    WHERE p.inner = 0 AND c.relation <> 'thumbnail' GROUP BY c.parent""",
)


def bring_picture_facts_up_to_date(ledger: Ledger, parts: Parts, progress: Progress) -> bool:
    """Take what was read since the last time; whether there was something."""
    waiting = list(_unread(ledger))
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        rows = [
            _row(digest, read, stated_by(parts(parse_digest(digest)))) for digest, read in batch
        ]
        with ledger.engine.begin() as connection:
            connection.execute(insert(PICTURES).prefix_with("OR REPLACE"), rows)
        progress("pictures", start + len(batch), len(waiting))
    if len(waiting) > 0:
        with ledger.engine.begin() as connection:
            _count(connection)
    return len(waiting) > 0


def _unread(ledger: Ledger) -> Iterator[tuple[str, str]]:
    joined = OBJECTS.outerjoin(PICTURES, PICTURES.c.digest == OBJECTS.c.digest)
    new = PICTURES.c.parts_digest.is_(None) | (PICTURES.c.parts_digest != OBJECTS.c.parts_digest)
    picture = OBJECTS.c.type.startswith("image/") & (OBJECTS.c.type != _NO_RASTER)
    chosen = (
        select(OBJECTS.c.digest, OBJECTS.c.parts_digest)
        .select_from(joined)
        .where(OBJECTS.c.parts_digest != "", picture, new)
    )
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen.order_by(OBJECTS.c.digest)).fetchall():
            yield row.digest, row.parts_digest


def _row(digest: str, read: str, stated: Stated) -> dict[str, Any]:
    taken = stated.taken
    return {
        "digest": digest,
        "parts_digest": read,
        "width": stated.width,
        "height": stated.height,
        "frames": stated.frames,
        "camera": stated.camera,
        "make": stated.make.written,
        "make_at": print_place(stated.make.at),
        "model": stated.model.written,
        "model_at": print_place(stated.model.at),
        "taken_written": taken.written,
        "taken_at": print_place(stated.taken_at),
        "taken_local": taken.local or "",
        "taken_offset": taken.offset_minutes,
        "taken_precision": "" if taken.precision is None else taken.precision.value,
        "zone_at": print_place(stated.zone_at),
        "year": (taken.local or "")[:4],
        "latitude": stated.latitude,
        "longitude": stated.longitude,
        "latitude_written": stated.latitude_said.written,
        "latitude_at": print_place(stated.latitude_said.at),
        "longitude_written": stated.longitude_said.written,
        "longitude_at": print_place(stated.longitude_said.at),
        "altitude": stated.altitude,
        "altitude_written": stated.altitude_said.written,
        "altitude_at": print_place(stated.altitude_said.at),
        "orientation": stated.orientation.written,
        "orientation_at": print_place(stated.orientation.at),
        "size": _size(stated.width * stated.height),
        "inner": 0,
        "ordered": taken.local or "~",
    }


def _size(pixels: int) -> str:
    if pixels == 0:
        return "not known"
    if pixels < _SMALL:
        return "small"
    return "medium" if pixels < _LARGE else "large"


def _count(connection: Connection) -> None:
    connection.execute(text(_INNER_SQL))
    connection.execute(PICTURE_FACETS.delete())
    for statement in _FACETS_SQL:
        connection.execute(text(statement))
