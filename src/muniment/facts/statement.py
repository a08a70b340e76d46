"""A statement: what one place of one source says of one property of one subject.

- `written` stands as in the source and is never changed; `read` is what was understood of it, or
  None with a reason. Nothing in between: what cannot be read is kept, unread, and counted.
- Every statement has the place it was read at and says who read it: a confirmed mapping, a reader
  of prose, a person, or an import.
- Its name is a digest over all that it says, so that the same statement has the same name however
  often it is made, and two statements never share one.

Reasons why something is unread, and doubts about what was read, are short codes: see `Unread` and
`Doubt`, which a reader of values may add to.
"""

import builtins
import hashlib
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from muniment.core import Citation, Digest, canonical_json, digest_of, print_place

ID_LETTERS = 40  # of an entity's name: 160 bits


class By(StrEnum):
    """Who read a statement."""

    MAPPING = "mapping"
    PROSE = "prose"
    PERSON = "person"
    IMPORT = "import"


class Unread(StrEnum):
    """Why a value was not read."""

    IMPOSSIBLE_DATE = "impossible-date"  # 1987-13-45: no such day
    AMBIGUOUS_DATE = "ambiguous-date"  # 03.04.2018 where the order is not known
    NOT_A_DATE = "not-a-date"
    TWO_DIGIT_YEAR = "two-digit-year"  # 03.04.18, and no option says of which century
    QUALIFIED_DATE = "qualified-date"  # about 1987, before May, the 1950s: not that date
    CALENDAR_SPAN = "calendar-span"  # a year or month of another calendar lies in two of ours
    OTHER_CALENDAR = "other-calendar"  # which calendar is meant is not known, or none is converted
    AMBIGUOUS_CALENDAR = "ambiguous-calendar"  # 1365-07-12: a bare year of ours, or of another
    AMBIGUOUS_NUMBER = "ambiguous-number"  # 1.234 where the decimal sign is not known
    NOT_A_NUMBER = "not-a-number"
    QUALIFIED_NUMBER = "qualified-number"  # about 5, more than 5: not that number
    NOT_A_DURATION = "not-a-duration"
    NO_FIXED_TERM = "no-fixed-term"  # life, death, death with reprieve: a sentence of no length
    SEVERAL_TERMS = "several-terms"  # 3 years, suspended for 4: which one is meant is not said
    QUALIFIED_TERM = "qualified-term"  # up to 5 years, 3 to 5 years
    NOT_A_PHONE = "not-a-phone"
    NOT_AN_EMAIL = "not-an-email"
    NOT_A_COORDINATE = "not-a-coordinate"
    NOT_AN_IDENTIFIER = "not-an-identifier"
    NOT_A_COUNTRY = "not-a-country"
    NOT_A_LANGUAGE = "not-a-language"
    NOT_AN_AGE = "not-an-age"
    NOT_A_URL = "not-a-url"
    UNKNOWN_CODE = "unknown-code"  # no word of the vocabulary
    FLOAT_LOSS = "float-loss"  # a long number stored as a float: its last digits are gone
    NO_VALUE = "no-value"  # the cell says that there is none: NA, 不详, нет данных
    AS_ABOVE = "as-above"  # the cell says that it is as another: ditto, 同上, то же, 〃
    NO_NAME = "no-name"  # no letter in it
    CELL_ERROR = "cell-error"  # the workbook itself shows an error there
    NOT_IN_THE_MODEL = "not-in-the-model"  # a schema or property that is not known here
    SHIFTED_ROW = "shifted-row"  # it reads well, in a row whose cells have moved
    NO_READER = "no-reader"  # the mapping names one that this version does not have


class Doubt(StrEnum):
    """What makes a statement that was read less sure."""

    CHECK_DIGIT = "check-digit"
    UNKNOWN_REGION = "unknown-region"
    FIFTEEN_DIGITS = "fifteen-digits"
    TWO_DIGIT_YEAR = "two-digit-year"
    CALENDAR_VARIANT = "calendar-variant"
    HIDDEN_CELL = "hidden-cell"
    LOW_CONFIDENCE = "from-ocr-low-confidence"
    MERGED_RANGE = "merged-range"  # read from the range that covers the row
    NO_KEY = "no-key"  # the row's own entity: its key could not be read
    CONTINUED = "continued"  # the row belongs to a person of a row above it
    SUFFIX = "suffix"  # more letters stand behind what was read
    BY_EYE = "by-eye"  # a person read it there; no text that was extracted holds it
    SERIAL = "serial-without-format"  # a number that was read as a count of days
    SEVERAL = "several-in-one-cell"  # what is read as one name may be those of several people
    NOT_PRISON = "not-prison"  # a term of something else: suspended, short detention, of rights
    NOMINAL_AGE = "nominal-age"  # 虚岁: one at birth, and one more at each new year
    PLACEHOLDER = "placeholder"  # a share of the column has this very date
    HIDDEN_LETTERS = "hidden-letters"  # letters that change what is shown were left out
    LOST_LETTERS = "lost-letters"  # a letter in it could not be decoded


class Statement(msgspec.Struct, frozen=True):
    """What one place of a source says of a property of a subject.

    `read` is in the clean form of the property's type: dates in ISO 8601 of the precision that is
    written, durations as P7Y6M, numbers in plain decimals, for a link the other entity's id.
    """

    entity: str
    schema: str
    property: str
    written: str
    read: str | None
    unread: str
    at: Citation
    by: By
    source: str  # the leaf hash of the mapping's event; tool and version; the import's name
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a statement that is both read and unread, or neither."""
        if (self.read is None) == (self.unread == ""):
            raise ValueError("a statement is read, or says why it is not")

    @builtins.property
    def id(self) -> str:
        """The statement's name."""
        fields = [
            self.entity,
            self.schema,
            self.property,
            self.written,
            str(self.at),
            self.by.value,
            self.source,
        ]
        return digest_of(canonical_json(fields)).hex


def row_entity(digest: Digest, sheet: str | None, row: int, name: str) -> str:
    """The id of the entity that a mapping calls `name`, in one row of one table."""
    return _id("row", digest.hex, "" if sheet is None else sheet, str(row), name)


def row_entities(digest: Digest, sheet: str | None, rows: Iterable[int], name: str) -> list[str]:
    """The ids of `row_entity` for many rows."""
    before = "\n".join(map(_escaped, ("row", digest.hex, "" if sheet is None else sheet)))
    start, end = before.encode("utf-8", "surrogatepass") + b"\n", f"\n{_escaped(name)}".encode()
    return [
        hashlib.sha256(start + str(row).encode() + end).hexdigest()[:ID_LETTERS] for row in rows
    ]


def key_entity(scope: str, scheme: str, key: str) -> str:
    """The id of an entity that rows share by a key.

    `scope` says how far the key reaches: `table_scope`, the digest of a shape and an entity's
    name, or the case.
    """
    return _id("key", scope, scheme, key)


def table_scope(digest: Digest, sheet: str | None) -> str:
    """The scope of keys that hold in one table."""
    place = "" if sheet is None else sheet
    return f"table {digest.hex} {place}"


def place_entity(at: Citation, name: str) -> str:
    """The id of an entity that is known from one place only, such as a picture's anchor."""
    return _id("place", at.digest.hex, print_place(at.place), name)


def _id(*fields: str) -> str:
    return digest_of(
        "\n".join(_escaped(field) for field in fields).encode("utf-8", "surrogatepass")
    ).hex[:ID_LETTERS]


def _escaped(field: str) -> str:
    """A field without a line end, so that two lists of fields are never spelt alike."""
    return field.replace("\\", "\\\\").replace("\n", "\\n")
