"""Which character separates the fields of a table written as text, if it is one.

- A text is a table where nearly all records have the same number of fields, two or more. Records
  of different widths are one too where nearly all have the delimiter and their fields are short
  and plain (no code, no sentences); so is a single record of three such fields or more; so are
  four records of one width or more, of such fields, behind a few lines of title.
- A first line `sep=;` names the delimiter; nothing else is asked then.
- A comma that is nearly always followed by a space is punctuation, unless it is known for a table.
"""

import csv
import io
import re
from collections import Counter
from itertools import islice

_DELIMITERS = ("\t", ";", ",", "|")
SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\r?\n', re.IGNORECASE)  # as Excel writes it
_MOST_RECORDS = 200
_LEAST_RECORDS = 2
# Of a table that is ragged or one record only: what its fields may look like.
_LEAST_ALONE = 3
_MOST_TITLES, _LEAST_BEHIND_TITLES = 8, 4
_PLAIN_FIELD, _PLAIN_ALONE = 40, 24  # characters, on average
_OTHER_SHARE = 0.1
_CODE = re.compile(r"[{}<>\\]|\(\)|[=!:]=|//|;$")
_SENTENCE = re.compile(r"[.!?。！？]['\"”)]?$")
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
    if best[0] > 0:
        return best[1]
    return next((one for one in _DELIMITERS if one in text and _is_table(text, one)), None)


def _is_table(text: str, delimiter: str) -> bool:
    """Whether short plain fields stand between these delimiters."""
    if _is_punctuation(text, delimiter):
        return False
    records = _records(text, delimiter)
    return _is_plain(records) or _is_plain(_behind_titles(records))


def _behind_titles(records: list[list[str]]) -> list[list[str]]:
    """The records of one width behind a few of others; none where they are not alike."""
    width = Counter(map(len, records)).most_common(1)[0][0] if len(records) > 0 else 0
    titles = next((at for at, record in enumerate(records) if len(record) == width), 0)
    rest = records[titles:]
    alike = all(len(record) == width for record in rest)
    least = width >= _LEAST_ALONE and len(rest) >= _LEAST_BEHIND_TITLES
    return rest if 0 < titles <= _MOST_TITLES and alike and least else []


def _is_plain(records: list[list[str]]) -> bool:
    """Whether nearly all records have fields, short and plain, however many."""
    parted = [record for record in records if len(record) > 1]
    least = _LEAST_ALONE if len(records) == 1 else 2
    if max(map(len, parted), default=0) < least or len(parted) < _SAME_SHARE * len(records):
        return False
    fields = [field.strip() for record in parted for field in record]
    filled = [field for field in fields if field != ""]
    ended = sum(record[-1].strip() == "" for record in parted)
    if 2 * ended > len(parted) or any(record[0].strip() == "" for record in parted):
        return False  # lines that end or begin with the sign, as statements and indented ones do
    odd = sum(bool(_CODE.search(field) or _SENTENCE.search(field)) for field in filled)
    longest = _PLAIN_ALONE if len(records) == 1 else _PLAIN_FIELD
    return odd <= _OTHER_SHARE * len(filled) and sum(map(len, filled)) <= longest * len(filled)


def _is_punctuation(text: str, delimiter: str) -> bool:
    return delimiter == "," and 2 * text.count(", ") > text.count(",")


def _fit(text: str, delimiter: str, share: float, *, expected: bool) -> int:
    """How many fields this delimiter makes in regular records; 0 where they are not regular."""
    if delimiter not in text:
        return 0
    if not expected and _is_punctuation(text, delimiter):
        return 0
    widths = [len(record) for record in _records(text, delimiter)]
    if len(widths) < (1 if expected else _LEAST_RECORDS):
        return 0
    width, count = Counter(widths).most_common(1)[0]
    return width if width > 1 and count >= share * len(widths) else 0


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first records that hold anything."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        return list(islice((record for record in reader if len(record) > 0), _MOST_RECORDS))
    except csv.Error:
        return []  # a field beyond csv's limit: not a table that can be told from text
