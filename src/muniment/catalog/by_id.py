"""Decisions by the ids that people type: the first hex digits of an event's leaf hash."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from muniment.core import UsageError

_SHORTEST = 8  # hex digits that somebody types


class _Named(Protocol):
    @property
    def id(self) -> str: ...


View = TypeVar("View", bound=_Named)


def named_by_id(views: Iterable[View], name: str, none: str, several: str, listed: str) -> View:
    """The one whose id is `name` or begins with it.

    Raises:
        UsageError: it is called `none` or `several`, where so many are; `listed` says who tells.
    """
    wanted = name.strip().lower().removeprefix("sha256:")
    found = [view for view in views if view.id.startswith(wanted)]
    if len(found) == 1 and len(wanted) >= _SHORTEST:
        return found[0]
    raise UsageError(
        f"{name!r} names {none if len(found) == 0 else several}",
        next_step=f"`{listed}` lists them with their ids",
    )
