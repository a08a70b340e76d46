"""The folders in which an object lies: those of the delivery, and the containers around it.

- A path is the names from the delivery inwards, joined by `/`: disk/lists.zip/2017. An object that
  came twice has both ways; each folder above it counts as one of its own.
- An object in very many places has the first ways, nearest to the delivery.
"""

from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import Connection, select

from muniment.catalog.tables import CONTAINMENTS, DELIVERIES, OBJECTS

_MOST_WAYS = 50  # of one object
_LONGEST = 1_000  # code points of a path


class Folders:
    """Finds folders, and remembers those of containers while it is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._whole = lru_cache(maxsize=20_000)(self._whole_paths)

    def of(self, digest: str) -> tuple[str, ...]:
        """Every folder that the object lies in, however deep, sorted."""
        found: set[str] = set()
        for path in self._whole(digest):
            folder = path.rpartition("/")[0]
            while folder != "":
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return tuple(sorted(found))

    def _whole_paths(self, digest: str) -> tuple[str, ...]:
        """The paths of an object with its own name, the shortest first."""
        paths = {each[:_LONGEST] for each in self._ways(digest)}
        ordered = sorted(paths, key=lambda path: (path.count("/"), path))
        return tuple(ordered[:_MOST_WAYS])

    def _ways(self, digest: str) -> Iterator[str]:
        delivered = select(DELIVERIES.c.name).where(DELIVERIES.c.digest == digest).distinct()
        for name in self._connection.scalars(delivered.order_by("name").limit(_MOST_WAYS)):
            yield name.strip("/")
        for parent, name in self._containers(digest):
            inner = name.strip("/").replace("\\", "/") or "(no name)"
            for path in self._whole(parent):
                yield f"{path}/{inner}"

    def _containers(self, digest: str) -> list[tuple[str, str]]:
        """Containers that are nearer to the delivery: so the way always ends."""
        own = select(OBJECTS.c.depth).where(OBJECTS.c.digest == digest).scalar_subquery()
        held = (
            select(CONTAINMENTS.c.parent, CONTAINMENTS.c.name)
            .join(OBJECTS, OBJECTS.c.digest == CONTAINMENTS.c.parent)
            .where(CONTAINMENTS.c.digest == digest, OBJECTS.c.depth < own)
            .distinct()
            .order_by(OBJECTS.c.depth, CONTAINMENTS.c.parent, CONTAINMENTS.c.name)
            .limit(_MOST_WAYS)
        )
        return [(row.parent, row.name) for row in self._connection.execute(held)]
