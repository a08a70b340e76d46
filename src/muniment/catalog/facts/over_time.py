"""Facilities, orders and posts over time: what statements say of when and where.

- A date is kept in the precision that was read: 2017 stands for the year, and is compared as text
  with as many letters as both have.
- Nothing is filled in: a facility without coordinates is listed, and is not on a map.
"""

import re
from collections.abc import Iterable

import msgspec

from muniment.catalog.facts.held import Asked, FactTables, rows_of
from muniment.core import UsageError

_FACILITY, _STATE = "Facility", "FacilityState"
TIMED = ("Order", "Post", "Occupancy", "FacilityState", "Event")  # what a timeline shows
_NAMES = ("name", "title", "reference", "wording", "kind", "state", "summary", "status")
_DATES = ("startDate", "endDate", "date")
_ASKED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def check_date(written: str) -> str:
    """A date to ask for, in the precision it was given; empty for any time.

    Raises:
        UsageError: it is written in another way.
    """
    if written != "" and _ASKED.fullmatch(written) is None:
        raise UsageError(
            f"{written!r} is no date here", next_step="write 2017, 2017-03 or 2017-03-05"
        )
    return written


class Said(msgspec.Struct, frozen=True):
    """A value that was read, and where it stands."""

    value: str
    citation: str


class FacilityView(msgspec.Struct, frozen=True):
    """A facility as statements describe it; every member may have several values, or none."""

    entity: str
    names: tuple[Said, ...]
    kinds: tuple[Said, ...]
    latitudes: tuple[Said, ...]
    longitudes: tuple[Said, ...]
    starts: tuple[Said, ...]
    ends: tuple[Said, ...]
    headcounts: tuple[tuple[str, Said], ...]  # when (empty where not stated), and how many
    addresses: tuple[Said, ...] = ()

    @property
    def caption(self) -> str:
        """What to call it: its name, else where it is, else a part of its id."""
        called = (*self.names, *self.addresses)
        return called[0].value if len(called) > 0 else self.entity[:12]

    @property
    def is_called(self) -> bool:
        """Whether anything says what it is called or where it is."""
        return len(self.names) + len(self.addresses) > 0

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, where exactly one pair is stated and can be."""
        if len({each.value for each in self.latitudes}) != 1:
            return None
        if len({each.value for each in self.longitudes}) != 1:
            return None
        try:
            place = float(self.latitudes[0].value), float(self.longitudes[0].value)
        except ValueError:
            return None
        return place if abs(place[0]) <= 90 and abs(place[1]) <= 180 else None  # noqa: PLR2004

    def is_open(self, when: str) -> bool | None:
        """Whether it was in use on a date (2017, 2017-03 …); None where nothing says."""
        if len(self.starts) + len(self.ends) + len(self.headcounts) == 0:
            return None
        if any(_same(date, when) for date, _ in self.headcounts):
            return True
        if len(self.starts) + len(self.ends) == 0:
            return None
        began = all(_not_after(each.value, when) for each in self.starts)
        ended = any(_before(each.value, when) for each in self.ends)
        return began and not ended


class TimedView(msgspec.Struct, frozen=True):
    """An order, a post or another thing that has a date: from when to when, and its wording."""

    entity: str
    schema: str
    says: tuple[tuple[str, str], ...]  # property and value, as read
    start: str
    end: str
    citation: str

    @property
    def caption(self) -> str:
        """What to call it."""
        said = dict(self.says)
        if "headcount" in said and "wording" not in said:
            return f"{said['headcount']} held"
        return next((said[name] for name in _NAMES if name in said), self.entity[:12])


class _Row(msgspec.Struct):
    entity: str
    schema: str
    property: str
    read: str
    citation: str


def facilities(tables: Asked) -> tuple[FacilityView, ...]:
    """Every facility of the case, by name."""
    if isinstance(tables, FactTables):
        return tables.remembered("facilities", lambda: _facilities(tables))
    return _facilities(tables)


def timeline(tables: Asked, schemata: tuple[str, ...] = TIMED) -> tuple[TimedView, ...]:
    """What has a date among these schemata, in the order of time; what has none comes last."""
    if isinstance(tables, FactTables):
        return tables.remembered(("timeline", schemata), lambda: _timeline(tables, schemata))
    return _timeline(tables, schemata)


def _facilities(tables: Asked) -> tuple[FacilityView, ...]:
    said = _gathered(_rows(tables, (_FACILITY,)))
    counts: dict[str, list[tuple[str, Said]]] = {}
    for state in _gathered(_rows(tables, (_STATE,))).values():
        for target in state.get("facility", []):
            when = next((e.value for e in state.get("date", state.get("startDate", []))), "")
            counts.setdefault(target.value, []).extend(
                (when, each) for each in state.get("headcount", [])
            )
    found = [
        FacilityView(
            entity,
            tuple(props.get("name", [])),
            tuple(props.get("kind", [])),
            tuple(props.get("latitude", [])),
            tuple(props.get("longitude", [])),
            tuple(props.get("startDate", [])),
            tuple(props.get("endDate", [])),
            tuple(sorted(counts.get(entity, []), key=lambda pair: pair[0])),
            tuple(props.get("address", [])),
        )
        for entity, props in said.items()
    ]
    return tuple(sorted(found, key=_by_name))


def _by_name(facility: FacilityView) -> tuple[bool, str, str]:
    """Those of which nothing says what they are called come last."""
    return not facility.is_called, facility.caption, facility.entity


def _timeline(tables: Asked, schemata: tuple[str, ...]) -> tuple[TimedView, ...]:
    rows = list(_rows(tables, schemata))
    schema_of = {row.entity: row.schema for row in rows}
    first = {row.entity: row.citation for row in reversed(rows)}
    found = []
    for entity, props in _gathered(rows).items():
        start, end, date = (_earliest(props.get(name, [])) for name in _DATES)
        says = tuple(
            (name, each.value) for name, values in sorted(props.items()) for each in values
        )
        found.append(TimedView(entity, schema_of[entity], says, start or date, end, first[entity]))
    return tuple(sorted(found, key=lambda each: (each.start == "", each.start, each.entity)))


def _rows(tables: Asked, schemata: tuple[str, ...]) -> Iterable[_Row]:
    listed = ", ".join(f"'{name}'" for name in schemata)
    asked = (
        'SELECT entity, schema, property, "read", citation FROM statements '  # noqa: S608
        f'WHERE schema IN ({listed}) AND "read" IS NOT NULL '
        'ORDER BY entity, property, "read", citation'
    )
    for row in rows_of(tables, asked):
        yield msgspec.convert(row, _Row)


def _gathered(rows: Iterable[_Row]) -> dict[str, dict[str, list[Said]]]:
    """Different values by entity and property, each with the first place that says it."""
    found: dict[str, dict[str, list[Said]]] = {}
    for row in rows:
        values = found.setdefault(row.entity, {}).setdefault(row.property, [])
        if len(values) == 0 or values[-1].value != row.read:
            values.append(Said(row.read, row.citation))
    return found


def _earliest(values: list[Said]) -> str:
    return min((each.value for each in values), default="")


def _same(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return length > 0 and one[:length] == other[:length]


def _not_after(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] <= other[:length]


def _before(one: str, other: str) -> bool:
    length = min(len(one), len(other))
    return one[:length] < other[:length]
