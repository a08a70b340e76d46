"""The day on which an object first came into the case: by itself, or in a container."""

from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, func, select

from muniment.catalog.custody import INTAKES
from muniment.catalog.tables import CONTAINMENTS, DELIVERIES

_DAY = len("2018-03-05")


def first_day_of(connection: Connection, sha256: str) -> str:
    """The day of its first delivery, ISO 8601 in UTC; empty where none is on record.

    What was in these bytes was written by then, however often they were delivered since.
    """
    return str(connection.scalar(_FIRST, {"digest": sha256}) or "")[:_DAY]


def _first() -> Select[Any]:
    asked = bindparam("digest", type_=String)
    above = select(asked.label("digest")).cte("above", recursive=True)
    outer = select(CONTAINMENTS.c.parent).join(above, CONTAINMENTS.c.digest == above.c.digest)
    everything = above.union(outer)
    return (
        select(func.min(INTAKES.c.started))
        .join(DELIVERIES, DELIVERIES.c.intake == INTAKES.c.intake)
        .where(DELIVERIES.c.digest.in_(select(everything.c.digest)))
    )


_FIRST = _first()  # put together once: it is asked for every object that is mapped
