"""Resident identity numbers that can belong to nobody, written without the product's own code.

    659999 19870314 012 X
    |      |        |   check character, ISO 7064 MOD 11-2 (GB 11643-1999, clause 4)
    |      |        sequence: odd for men, even for women
    |      birth date, YYYYMMDD
    county code that was never assigned

Invariants:

- `COUNTY_CODE` lies under the prefecture code 6599, which GB/T 2260 never assigned in any edition
  (region 65 has used 6501-6505, 6521-6532, 6540-6543 and 6590), so no number here was ever issued;
- `valid_number` always passes its own check; every deviation is made by `flawed_number`, by name.
"""

from datetime import date

COUNTY_CODE = "659999"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # 2**(17 - position) mod 11
_CHARACTERS = "10X98765432"  # by (weighted sum) mod 11
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

FLAWS = (
    "check-digit",
    "birth-date-column",
    "sex-column",
    "impossible-date",
    "fifteen-digits",
    "stored-as-number",
    "full-width-digits",
)


def check_character(first17: str) -> str:
    """The last character for 17 digits, by ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHARACTERS[total % 11]


def valid_number(birth: date, sequence: int) -> str:
    """An 18-character number; `sequence` is 1-999, odd for men and even for women."""
    first17 = f"{COUNTY_CODE}{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_character(first17)


def flawed_number(number: str, flaw: str) -> str:
    """The number as a list writes it when `flaw` was planted; flaws of other columns keep it."""
    match flaw:
        case "check-digit":
            position = _CHARACTERS.index(number[17])
            return number[:17] + _CHARACTERS[(position + 3) % 11]
        case "impossible-date":
            first17 = number[:10] + "0230" + number[14:17]
            return first17 + check_character(first17)
        case "fifteen-digits":  # the form before 1999: two-digit year, no check character
            return number[:6] + number[8:17]
        case "stored-as-number":  # a spreadsheet keeps 15 significant digits of a number
            return number[:15] + "000"
        case "full-width-digits":
            return number.translate(_FULL_WIDTH)
        case _:
            return number
