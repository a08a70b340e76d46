"""A gazetteer: places with names in languages, what they lie in, and when they were so.

- It is handed its rows; it opens nothing.
- A name is compared whole and folded. Several places of one name are all given, and only what the
  caller knows (a kind, a place around it, a time) makes them fewer; nothing else chooses.
- A place that did not exist at the asked time is given apart, never silently left out.
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from muniment.core import UsageError
from muniment.text.digits import western
from muniment.text.fold import fold

_DEEPEST = 20  # steps from a place to what holds all; more are a circle


class PlaceName(msgspec.Struct, frozen=True):
    """One name of a place; `language` is a BCP 47 tag, `und` where it is unknown."""

    name: str
    language: str = "und"


class GazetteerPlace(msgspec.Struct, frozen=True, kw_only=True):
    """One row: a place as long as it kept its names, kind and parent."""

    id: str
    code: str | None = None  # of a published list; several rows may share it over time
    names: tuple[PlaceName, ...]
    kind: str
    parent: str | None = None  # id of the place that it lies in
    first: str | None = None  # ISO 8601 of any precision; None is open
    last: str | None = None  # the same, that time included
    latitude: float | None = None  # degrees north, WGS 84
    longitude: float | None = None  # degrees east
    source: str  # where the row is from

    def was_at(self, time: str) -> bool:
        """Whether it existed at some moment of `time` (ISO 8601 of any precision)."""
        begun = self.first is None or self.first[: len(time)] <= time[: len(self.first)]
        ended = self.last is not None and self.last[: len(time)] < time[: len(self.last)]
        return begun and not ended


class PlaceReason(StrEnum):
    """Why a name stands for no one place."""

    UNKNOWN = "unknown-place"
    AMBIGUOUS = "ambiguous-place"
    NOT_THEN = "not-in-period"  # places of that name existed, but not at that time
    NOT_WITHIN = "not-within"  # places of that name exist, but not in that kind or surrounding


class PlaceReading(msgspec.Struct, frozen=True):
    """One place as written and as found. `reason` is None where and only where `place` is not."""

    written: str
    place: GazetteerPlace | None = None
    alternatives: tuple[GazetteerPlace, ...] = ()
    reason: PlaceReason | None = None


class Gazetteer:
    """Places to be looked up by id, code and name; it does not change once it is made."""

    def __init__(self, places: Iterable[GazetteerPlace]) -> None:
        """Take the rows in.

        Raises:
            UsageError: two rows share an id, or a parent is no row.
        """
        self._by_id: dict[str, GazetteerPlace] = {}
        by_name: dict[str, list[GazetteerPlace]] = defaultdict(list)
        by_code: dict[str, list[GazetteerPlace]] = defaultdict(list)
        for place in places:
            if place.id in self._by_id:
                raise _refused(f"two places have the id {place.id!r}")
            self._by_id[place.id] = place
            if place.code is not None:
                by_code[place.code].append(place)
            for name in {_key(each.name) for each in place.names}:
                by_name[name].append(place)
        for place in self._by_id.values():
            if place.parent is not None and place.parent not in self._by_id:
                raise _refused(f"{place.id!r} lies in {place.parent!r}, which is no place")
        self._by_name = {name: tuple(found) for name, found in by_name.items()}
        self._by_code = {code: tuple(found) for code, found in by_code.items()}

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._by_id)

    def place(self, place_id: str) -> GazetteerPlace | None:
        """The row with this id."""
        return self._by_id.get(place_id)

    def named(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Every place that ever had this name."""
        return self._by_name.get(_key(name), ())

    def coded(self, code: str) -> tuple[GazetteerPlace, ...]:
        """Every place that ever had this code."""
        return self._by_code.get(western(code).strip().upper(), ())

    def around(self, place: GazetteerPlace) -> tuple[GazetteerPlace, ...]:
        """What the place lies in, from the nearest outwards."""
        found: list[GazetteerPlace] = []
        at: GazetteerPlace | None = place
        while at is not None and at.parent is not None and len(found) < _DEEPEST:
            at = self._by_id.get(at.parent)
            if at is not None:
                found.append(at)
        return tuple(found)

    def read(
        self,
        written: str,
        *,
        kind: str | None = None,
        within: str | None = None,
        time: str | None = None,
    ) -> PlaceReading:
        """The one place with this name or code, of a kind, within another (its id), at a time."""
        known = self.named(written) or self.coded(written)
        if len(known) == 0:
            return PlaceReading(written, reason=PlaceReason.UNKNOWN)
        fitting = tuple(each for each in known if self._fits(each, kind, within))
        if len(fitting) == 0:
            return PlaceReading(written, alternatives=known, reason=PlaceReason.NOT_WITHIN)
        then = fitting if time is None else tuple(each for each in fitting if each.was_at(time))
        if len(then) == 0:
            return PlaceReading(written, alternatives=fitting, reason=PlaceReason.NOT_THEN)
        if len(then) > 1:
            return PlaceReading(written, alternatives=then, reason=PlaceReason.AMBIGUOUS)
        return PlaceReading(written, then[0])

    def _fits(self, place: GazetteerPlace, kind: str | None, within: str | None) -> bool:
        if kind is not None and place.kind != kind:
            return False
        return within is None or within in {each.id for each in self.around(place)}


def _key(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").split())


def _refused(message: str) -> UsageError:
    return UsageError(f"the gazetteer is not sound: {message}", next_step="Mend that row.")
