"""Who is held, where, since when and for how long, and which of these the cache fails to record.

Invariants:

- the truth and the record are apart: `missing` names the points that no list writes;
- nobody is taken before the age of 14; `youngest_detention` makes sure that one minor is;
- the share of men held is four times that of women before township weights.
"""

import random
from datetime import date, timedelta

import msgspec

HELD_STATUSES = ("收押", "教培", "服刑")
RELEASED = "已释放"
_BASE_SHARE_OF_MEN = 0.19
_SHARE_OF_MINORS = 0.004
_ADULT_DAYS = 18 * 365 + 5  # 18 years with the leap days that fall in them, at most
_YOUNGEST_DAYS = 14 * 365 + 4 + 486  # still 14 on the first day anybody is taken
_FIRST_DAY = date(2017, 3, 1)
_LAST_DAY = date(2018, 6, 15)
_OFTEN_MISSING = (("reason", 0.12), ("facility", 0.10), ("date", 0.15), ("term", 0.05))
_STATUS_MISSING = 0.07


class Detention(msgspec.Struct, frozen=True, gc=False):
    """One person's detention in truth; `facility` and `reason` index the county's tables."""

    status: str
    facility: int
    reason: int
    began: date
    term_years: int  # 0 where there is no sentence
    missing: frozenset[str]  # points of status, reason, facility, date, term that lists leave out

    @property
    def held(self) -> bool:
        return self.status != RELEASED

    @property
    def points(self) -> int:
        """How many of reason, facility, date and term are recorded (term only where sentenced)."""
        have = {"reason", "facility", "date"} | ({"term"} if self.term_years else set())
        return len(have - self.missing)


def draw_detention(rng: random.Random, age_days: int, weight: float) -> Detention | None:
    """A detention or none, for somebody `age_days` old on the day of the lists."""
    if not may_be_detained(age_days):
        return None
    share = _BASE_SHARE_OF_MEN if age_days > _ADULT_DAYS else _SHARE_OF_MINORS
    if rng.random() >= share * weight:
        return None
    status = rng.choices((*HELD_STATUSES, RELEASED), (20, 55, 20, 5))[0]
    facility = {"收押": 0, "服刑": 4}.get(status, rng.randint(1, 3))
    missing = {point for point, chance in _OFTEN_MISSING if rng.random() < chance}
    if rng.random() < _STATUS_MISSING:
        missing.add("status")
    return Detention(
        status=status,
        facility=facility,
        reason=rng.randrange(6),
        began=_FIRST_DAY + timedelta(days=rng.randrange((_LAST_DAY - _FIRST_DAY).days)),
        term_years=rng.choice((2, 3, 5, 7, 8, 10, 12, 15, 20)) if status == "服刑" else 0,
        missing=frozenset(missing),
    )


def youngest_detention(birth: date) -> Detention:
    """The planted minor's detention: taken at 14 where the dates allow it, every point recorded."""
    fourteen_and_half = birth + timedelta(days=14 * 365 + 4 + 180)
    began = min(max(fourteen_and_half, _FIRST_DAY), _LAST_DAY)
    return Detention("教培", 2, 0, began, 0, frozenset())


def may_be_detained(age_days: int) -> bool:
    """Whether somebody of this age on the day of the lists was 14 on every day in question."""
    return age_days >= _YOUNGEST_DAYS
