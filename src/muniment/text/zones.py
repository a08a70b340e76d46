"""Time zones as programs write them beside a time: minutes east of UTC.

| written | minutes |
|---|---|
| `Z` `UT` `UTC` `GMT` | 0 |
| `+0800` `+08:00` `+08` `+08'00'` `UTC+8` | 480 |
| `EST` `EDT` `MST` `MDT` `PST` `PDT` | those that RFC 5322 §4.3 defines |
| `CST` `CDT` | none: written in North America and in China, for zones 14 hours apart |
| `-0000` | none: RFC 5322 §3.3, "no information about the local time zone" |
| `+2600` `+0860` | none: no clock on earth has it |
"""

import re

_NAMED = {"UT": 0, "GMT": 0, "Z": 0, "UTC": 0} | {
    zone + half: (hours + (half == "DT")) * 60
    for zone, hours in (("E", -5), ("M", -7), ("P", -8))
    for half in ("ST", "DT")
}
_NUMBERED = re.compile(r"(?:UTC?|GMT)?([+-])(\d{1,2})[:']?(\d\d)?'?", re.ASCII)
_HOUR, _DAY = 60, 24 * 60  # minutes


def zone_minutes(written: str | None) -> int | None:
    """Minutes east of UTC; None where no zone is stated, or none that is one."""
    zone = "" if written is None else written.strip().upper()
    found = _NUMBERED.fullmatch(zone)
    if found is None:
        return _NAMED.get(zone)
    sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
    whole = hours * _HOUR + minutes
    if whole >= _DAY or minutes >= _HOUR or zone == "-0000":
        return None
    return -whole if sign == "-" else whole
