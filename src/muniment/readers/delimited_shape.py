"""Which character separates the fields of a table written as text, if it is one.

- A text is a table where nearly all records have the same number of fields, two or more.
- A first line `sep=;` names the delimiter; nothing else is asked then.
- A comma that is nearly always followed by a space is punctuation, unless it is known for a table.
"""

import csv
import io
import re
from collections import Counter

_DELIMITERS = ("\t", ";", ",", "|")
SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\r?\n', re.IGNORECASE)  # as Excel writes it
_MOST_RECORDS = 200
_LEAST_RECORDS = 2
_SAME_SHARE = 0.9
_EXPECTED_SHARE = 0.5
LONGEST_FIELD = 1 << 24


def delimiter_of(sample: str, *, whole: bool, expected: bool = False) -> str | None:
    """The delimiter of the table that `sample` begins; None where it is no table.

    `whole` says that the sample is the whole text, `expected` that it is known to be one.
    """
    stated = SEPARATOR_LINE.match(sample)
    if stated is not None:
        return stated[1]
    text = sample if whole else sample[: max(sample.rfind("\n"), 0)]
    share = _EXPECTED_SHARE if expected else _SAME_SHARE
    found = [
        (_fit(text, delimiter, share, expected=expected), delimiter) for delimiter in _DELIMITERS
    ]
    best = max(found, key=lambda pair: pair[0])
    return None if best[0] == 0 else best[1]


def _fit(text: str, delimiter: str, share: float, *, expected: bool) -> int:
    """How many fields this delimiter makes in regular records; 0 where they are not regular."""
    if delimiter not in text:
        return 0
    if delimiter == "," and not expected and 2 * text.count(", ") > text.count(","):
        return 0
    widths = _widths(text, delimiter)
    if len(widths) < (1 if expected else _LEAST_RECORDS):
        return 0
    width, count = Counter(widths).most_common(1)[0]
    return width if width > 1 and count >= share * len(widths) else 0


def _widths(text: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    widths = []
    try:
        for record in reader:
            if len(record) > 0:
                widths.append(len(record))
            if len(widths) == _MOST_RECORDS:
                break
    except csv.Error:
        return []  # a field beyond csv's limit: not a table that can be told from text
    return widths
