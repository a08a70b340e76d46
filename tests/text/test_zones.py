"""A zone is read where it says one thing, in mails and in files alike."""

import pytest

from muniment.catalog.mail.dates import stamp_of
from muniment.text import read_date, zone_minutes

ZONES: dict[str, int | None] = {
    "Z": 0, "GMT": 0, "utc": 0, "+0800": 480, "+08:00": 480, "+08": 480, "+08'00'": 480,
    "-0330": -210, "UTC+8": 480, "GMT-5": -300, "EST": -300, "PDT": -420, "CST": None,
    "CDT": None, "-0000": None, "+0000": 0, "+2600": None, "+0860": None, "": None, "XYZ": None,
}  # fmt: skip


@pytest.mark.parametrize("written", ZONES)
def test_a_zone_is_minutes_east_or_none(written: str) -> None:
    assert zone_minutes(written) == ZONES[written]


@pytest.mark.parametrize("zone", ["+0800", "CST", "-0000", "EST", "GMT", "+0860"])
def test_a_mail_and_a_file_read_one_zone(zone: str) -> None:
    written = f"Sat, 2 Jun 2018 10:12:00 {zone}"
    assert stamp_of(written).offset_minutes == read_date(written).offset_minutes
    assert read_date(written).local == "2018-06-02T10:12:00"
