"""Pictures a page at a time, the counts for its filters, and where they say they were taken.

- A page begins behind the last picture of the one before, so that none costs more than the first.
- Thumbnails inside other pictures are left out of lists unless they are asked for.
"""

import math
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Integer, Row, and_, cast, func, or_, select

from muniment.catalog.ledger import Ledger
from muniment.catalog.pictures.tables import PICTURE_FACETS, PICTURES
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES
from muniment.core import Citation, Precision, Stamp, parse_digest, parse_place

COUNTED = 100_000  # matches are counted up to here
_MOST_VALUES = 200  # of one filter that a page offers


class Box(msgspec.Struct, frozen=True):
    """A window on the earth in degrees, south-west to north-east; never over the date line."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        """Refuse what is no window on the earth."""
        well = -180 <= self.west < self.east <= 180 and -90 <= self.south < self.north <= 90  # noqa: PLR2004 - degrees
        if not well:
            raise ValueError("a window runs from south-west to north-east, in degrees")


class PictureQuery(msgspec.Struct, frozen=True):
    """Which pictures; an empty word asks for nothing. `camera` "-" asks for those without one."""

    camera: str = ""
    year: str = ""
    size: str = ""
    located: str = ""  # yes, no
    container: str = ""  # digest of what they lie in
    box: Box | None = None
    inner: bool = False  # thumbnails inside pictures too


class Stating(msgspec.Struct, frozen=True):
    """A value as written, with its citation; both "" where the file says nothing."""

    name: str
    written: str
    citation: str


class PictureRow(msgspec.Struct, frozen=True):
    """A picture: its size in pixels, its camera, when and where it says it was taken.

    Degrees north and east, the altitude in metres; each beside what is written of it.
    """

    sha256: str
    name: str
    width: int
    height: int
    frames: int
    camera: str
    make: Stating
    model: Stating
    taken: Stamp
    taken_at: str
    latitude: float | None
    longitude: float | None
    altitude: float | None
    latitude_written: Stating
    longitude_written: Stating
    altitude_written: Stating
    orientation: Stating


class PicturePage(msgspec.Struct, frozen=True):
    """Some pictures; `after` asks for those that follow, None where none do."""

    rows: tuple[PictureRow, ...]
    matches: int
    after: tuple[str, str] | None


class Facet(msgspec.Struct, frozen=True):
    """A value of a filter, what people call it, and how many pictures have it."""

    value: str
    name: str
    pictures: int


class Spot(msgspec.Struct, frozen=True):
    """Pictures near one another: how many, their middle, and the box that holds them."""

    pictures: int
    latitude: float
    longitude: float
    west: float
    south: float
    east: float
    north: float


def pictures(
    ledger: Ledger, asked: PictureQuery, *, limit: int, after: tuple[str, str] | None = None
) -> PicturePage:
    """A page of pictures, by the time they say they were taken; those without one last."""
    table = PICTURES.c
    chosen = _conditions(asked)
    behind: list[ColumnElement[bool]] = []
    if after is not None:
        same = and_(table.ordered == after[0], table.digest > after[1])
        behind.append(or_(table.ordered > after[0], same))
    page = select(PICTURES, called(table.digest).label("called")).where(*chosen, *behind)
    counted = select(table.digest).where(*chosen).limit(COUNTED).subquery()
    with ledger.engine.connect() as connection:
        ordered = page.order_by(table.ordered, table.digest).limit(limit + 1)
        rows = connection.execute(ordered).fetchall()
        matches = ledger.remembered(
            ("pictures", asked),
            lambda: int(connection.scalar(select(func.count()).select_from(counted)) or 0),
        )
    last = rows[limit - 1] if len(rows) > limit else None
    return PicturePage(
        tuple(picture_row(row) for row in rows[:limit]),
        matches,
        None if last is None else (last.ordered, last.digest),
    )


def facets(ledger: Ledger) -> dict[str, tuple[Facet, ...]]:
    """The values of each filter, those with the most pictures first; years in order."""
    table = PICTURE_FACETS.c
    chosen = select(PICTURE_FACETS, called(table.value).label("called")).order_by(
        table.facet, table.pictures.desc(), table.value
    )
    found: dict[str, list[Facet]] = {}
    with ledger.engine.connect() as connection:
        for row in connection.execute(chosen):
            values = found.setdefault(row.facet, [])
            if len(values) < _MOST_VALUES:
                name = row.called if row.facet == "container" else row.value
                values.append(Facet(row.value, name, row.pictures))
    found.get("year", []).sort(key=lambda facet: facet.value)
    return {facet: tuple(values) for facet, values in found.items()}


def located(ledger: Ledger) -> tuple[int, Box | None]:
    """How many pictures state coordinates, and the box that holds them all."""
    return ledger.remembered("located", lambda: _located(ledger))


def _located(ledger: Ledger) -> tuple[int, Box | None]:
    table = PICTURES.c
    edges = (func.min(table.longitude), func.min(table.latitude))
    others = (func.max(table.longitude), func.max(table.latitude))
    stated = (table.longitude.is_not(None), table.latitude.is_not(None), _outer_of_placed())
    chosen = select(func.count(), *edges, *others).where(*stated)
    with ledger.engine.connect() as connection:
        count, west, south, east, north = connection.execute(chosen).one()
    return int(count), None if count == 0 else padded(west, south, east, north)


def spots(ledger: Ledger, box: Box, *, columns: int, rows: int) -> tuple[Spot, ...]:
    """The pictures in a window, put together by the cells of a grid over it; most first."""
    key = ("spots", box, columns, rows)
    return ledger.remembered(key, lambda: _spots(ledger, box, columns, rows))


def _spots(ledger: Ledger, box: Box, columns: int, rows: int) -> tuple[Spot, ...]:
    table = PICTURES.c
    wide, high = (box.east - box.west) / columns, (box.north - box.south) / rows
    cell = (
        cast((table.longitude - box.west) / wide, Integer).label("column"),
        cast((table.latitude - box.south) / high, Integer).label("row"),
    )
    inside = _conditions(PictureQuery(box=box))
    ends = (func.min(table.longitude), func.min(table.latitude))
    others = (func.max(table.longitude), func.max(table.latitude))
    middle = (func.avg(table.latitude), func.avg(table.longitude))
    chosen = (
        select(func.count().label("pictures"), *middle, *ends, *others)
        .where(*inside)
        .group_by(*cell)
        .order_by(func.count().desc(), *cell)
    )
    with ledger.engine.connect() as connection:
        return tuple(Spot(*row) for row in connection.execute(chosen))


def padded(west: float, south: float, east: float, north: float) -> Box:
    """A window with a tenth to spare on each side, and never without width or height."""
    wide, high = max((east - west) / 10, 0.05), max((north - south) / 10, 0.05)
    return Box(
        max(-180.0, math.floor((west - wide) * 1000) / 1000),
        max(-90.0, math.floor((south - high) * 1000) / 1000),
        min(180.0, math.ceil((east + wide) * 1000) / 1000),
        min(90.0, math.ceil((north + high) * 1000) / 1000),
    )


def picture_row(row: Row[Any]) -> PictureRow:
    """A row of `pictures`, with its name as `called`."""
    precision = Precision(row.taken_precision) if row.taken_precision != "" else None
    return PictureRow(
        sha256=row.digest,
        name=row.called,
        width=row.width,
        height=row.height,
        frames=row.frames,
        camera=row.camera,
        make=_stating(row, "make"),
        model=_stating(row, "model"),
        taken=Stamp(row.taken_written, row.taken_local or None, row.taken_offset, precision),
        taken_at=cited(row.digest, row.taken_at) if row.taken_written != "" else "",
        latitude=row.latitude,
        longitude=row.longitude,
        altitude=row.altitude,
        latitude_written=_stating(row, "latitude", "latitude_written"),
        longitude_written=_stating(row, "longitude", "longitude_written"),
        altitude_written=_stating(row, "altitude", "altitude_written"),
        orientation=_stating(row, "orientation"),
    )


def cited(sha256: str, place: str) -> str:
    """The citation of a place of a picture."""
    return str(Citation(parse_digest(sha256), parse_place(place)))


def _stating(row: Row[Any], name: str, column: str = "") -> Stating:
    written, place = getattr(row, column or name), getattr(row, f"{name}_at")
    return Stating(name, written, cited(row.digest, place) if written != "" else "")


def _outer() -> ColumnElement[bool]:
    return PICTURES.c.inner == 0


def _outer_of_placed() -> ColumnElement[bool]:
    """The same where few pictures state a place: SQLite is to begin with those that do."""
    return PICTURES.c.inner + 0 == 0


def _conditions(asked: PictureQuery) -> list[ColumnElement[bool]]:
    table = PICTURES.c
    outer = _outer() if asked.box is None else _outer_of_placed()
    found: list[ColumnElement[bool]] = [table.digest != ""] if asked.inner else [outer]
    for column, value in ((table.camera, asked.camera), (table.year, asked.year)):
        if value != "":
            found.append(column == ("" if value == "-" else value))
    if asked.size != "":
        found.append(table.size == asked.size)
    if asked.located != "":
        none = table.latitude.is_(None)
        found.append(none if asked.located == "no" else ~none)
    if asked.container != "":
        inside = select(CONTAINMENTS.c.digest).where(CONTAINMENTS.c.parent == asked.container)
        found.append(table.digest.in_(inside))
    if asked.box is not None:
        found.append(table.longitude.between(asked.box.west, asked.box.east))
        found.append(table.latitude.between(asked.box.south, asked.box.north))
    return found


def called(digest: ColumnElement[str]) -> ColumnElement[str]:
    """A name under which an object arrived or lay in another; empty where it has none."""
    names = (
        select(func.min(func.nullif(table.c.name, "")))
        .where(table.c.digest == digest)
        .scalar_subquery()
        for table in (DELIVERIES, CONTAINMENTS)
    )
    return func.coalesce(*names, "")
