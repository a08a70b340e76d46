"""A time as a source states it.

- The written form is kept; an instant is given only where the zone is known.
- No zone is ever invented: a clock time without a zone has no instant.
- `precision` is the finest unit that the source states.
"""

from datetime import UTC, datetime
from enum import StrEnum

import msgspec


class Precision(StrEnum):
    """The finest unit that a source states."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"
    MICROSECOND = "microsecond"
    NANOSECOND = "nanosecond"


class Stamp(msgspec.Struct, frozen=True):
    """A stated time.

    `local` is the calendar reading in ISO 8601 without a zone, None where it cannot be read;
    `offset_minutes` is east of UTC, None where the source states no zone.
    """

    written: str
    local: str | None
    offset_minutes: int | None
    precision: Precision | None

    def __post_init__(self) -> None:
        """Refuse a zone or a precision for a time that could not be read."""
        if self.local is None and (self.offset_minutes is not None or self.precision is not None):
            raise ValueError("a time that cannot be read has neither zone nor precision")

    @property
    def zone_known(self) -> bool:
        """Whether the source states an offset from UTC."""
        return self.offset_minutes is not None


def stamp_of_instant(moment: datetime, written: str | None = None) -> Stamp:
    """The stamp of an aware time, in UTC.

    Raises:
        ValueError: `moment` has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone has no instant")
    utc = moment.astimezone(UTC).replace(tzinfo=None)
    text = utc.isoformat(timespec="microseconds")
    return Stamp(text + "Z" if written is None else written, text, 0, Precision.MICROSECOND)
