"""Options of readers that a person can choose from, each with what it says."""

_DECIMAL = (
    ("decimal=.", "a point stands before a fraction: 1,234 is a thousand"),
    ("decimal=,", "a comma stands before a fraction: 1.234 is a thousand"),
)
_DATES = (
    ("order=dmy", "the day, then the month"),
    ("order=mdy", "the month, then the day"),
    ("order=ym", "six digits are a year and a month: 201803"),
    ("pivot=30", "years of two digits to 30 are 20xx, others 19xx"),
    ("calendar=gregory", "years are those of our calendar"),
    ("calendar=persian", "years are Persian"),
    ("calendar=buddhist", "years are Buddhist, as in Thailand"),
    ("calendar=ethiopic", "years are Ethiopian"),
    ("calendar=islamic-umalqura", "years are Islamic"),
    ("calendar=roc", "years are those of the Republic of China"),
    ("epoch=1900", "numbers are days counted from 1900"),
    ("epoch=1904", "numbers are days counted from 1904"),
)
_BLANK = (("blank=above", "a blank cell repeats the one above it"),)

OFFERED: dict[str, tuple[tuple[str, str], ...]] = {
    "date": _DATES,
    "date-range": _DATES,
    "number": _DECIMAL,
    "integer": _DECIMAL,
    "quantity": _DECIMAL,
    "duration": (
        ("unit=Y", "bare numbers are years"),
        ("unit=M", "bare numbers are months"),
        ("unit=D", "bare numbers are days"),
    ),
    "name": (("split=yes", "a cell of several names is a person for each"), *_BLANK),
    "text": _BLANK,
}
