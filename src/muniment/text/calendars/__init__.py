"""Calendars: how a year, a month and a day of each are said in ISO 8601."""

from muniment.text.calendars.calendar import Calendar, Converted, iso
from muniment.text.calendars.lunar import ISLAMIC_CIVIL, ISLAMIC_UMALQURA, convert_islamic
from muniment.text.calendars.own_months import ETHIOPIC, PERSIAN
from muniment.text.calendars.solar import BUDDHIST, ERAS, GREGORIAN, ROC, Era, convert_era

# Those of which a year, a month and a day alone make a date; Japan's also needs a reign.
CALENDARS: tuple[Calendar, ...] = (
    GREGORIAN,
    ROC,
    BUDDHIST,
    PERSIAN,
    ISLAMIC_UMALQURA,
    ISLAMIC_CIVIL,
    ETHIOPIC,
)

__all__ = [
    "BUDDHIST",
    "CALENDARS",
    "ERAS",
    "ETHIOPIC",
    "GREGORIAN",
    "ISLAMIC_CIVIL",
    "ISLAMIC_UMALQURA",
    "PERSIAN",
    "ROC",
    "Calendar",
    "Converted",
    "Era",
    "convert_era",
    "convert_islamic",
    "iso",
]
