"""Ages as written: 23岁, 23周岁, 23 лет, 23 yaş, 23, 8个月.

An age belongs to a person, an event and a day: what is read here is only the number of years, or
of months for a small child, and never a year of birth.
"""

import re

import msgspec

from muniment.text.quantities import Comparator, NumberReason, read_quantity

_MOST_YEARS, _MOST_MONTHS = 130, 60
_LABEL = re.compile(
    r"^\s*(?:年龄|年齡|age[d:]?|возраст|в возрасте|жасы|yaş[ıi]?|yéshi|yeshi|yash|يېشى|العمر|سن"
    r"|edad|alter"
    r"|âge|im alter von)\s*[:：]?\s*",
    re.IGNORECASE,
)
_UNITS = {"age": "years", "year": "years", "month": "months"}
_NOMINAL = re.compile(r"虚岁|虛歲|虚龄")


class AgeReading(msgspec.Struct, frozen=True):
    """An age. `reason` is None where and only where `years` or `months` is not."""

    written: str
    years: int | None = None
    months: int | None = None
    upper: int | None = None  # of a span (20-25岁), in the same unit
    comparator: Comparator | None = None
    nominal: bool = False  # counted from one at birth and one more at each new year: 虚岁
    reason: NumberReason | None = None


def read_age(written: str) -> AgeReading:
    """The age that `written` is; a number alone is one of years."""
    nominal = _NOMINAL.search(written) is not None
    text = _NOMINAL.sub("", _LABEL.sub("", written))
    quantity = read_quantity(text)
    if quantity.value is None:
        return AgeReading(written, reason=quantity.reason)
    field = "years" if quantity.unit is None else _UNITS.get(quantity.unit)
    most = _MOST_MONTHS if field == "months" else _MOST_YEARS
    said = (quantity.value, quantity.upper or quantity.value)
    if field is None or any(not 0 <= each <= most or each % 1 != 0 for each in said):
        return AgeReading(written, reason=NumberReason.OTHER_WORDS)
    value = int(quantity.value)
    return AgeReading(
        written,
        years=value if field == "years" else None,
        months=value if field == "months" else None,
        upper=None if quantity.upper is None else int(quantity.upper),
        comparator=quantity.comparator,
        nominal=nominal,
    )
