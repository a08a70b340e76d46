"""Identity numbers with correct check digits for people and regions that do not exist.

- Chinese numbers begin 659999, which names no county (GB 11643, check by ISO 7064 mod 11-2).
- Each function takes a seeded generator; those that carry a birth date or a sex take them too.
"""

from collections.abc import Callable
from datetime import date
from random import Random


def chinese(rng: Random, born: date, *, man: bool) -> str:
    """18 characters: region, birth date, sequence (odd for men), check."""
    sequence = rng.randrange(0, 999, 2) + (1 if man else 0)
    body = f"659999{born:%Y%m%d}{sequence:03d}"
    return body + chinese_check(body)


def chinese_check(body: str) -> str:
    """The check character of 17 digits."""
    total = sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body))
    return "10X98765432"[total % 11]


def kazakh(rng: Random, born: date, *, man: bool) -> str:
    """ИИН: YYMMDD, century and sex, four digits of a row, check."""
    century = (3 if born.year < 2000 else 5) + (0 if man else 1)
    while True:
        body = f"{born:%y%m%d}{century}{rng.randrange(10_000):04d}"
        check = sum(int(d) * w for d, w in zip(body, range(1, 12), strict=True)) % 11
        if check == 10:
            weights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
            check = sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11
        if check < 10:
            return f"{body}{check}"


def russian(rng: Random, born: date, *, man: bool) -> str:
    """СНИЛС, eleven digits in groups."""
    digits = f"{rng.randrange(200_000_000, 999_000_000):09d}"
    check = sum(int(d) * (9 - at) for at, d in enumerate(digits)) % 101 % 100
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {check:02d}"


def turkish(rng: Random, born: date, *, man: bool) -> str:
    """Eleven digits, the last two of them checks."""
    d = [int(c) for c in str(rng.randrange(990_000_000, 999_999_999))]
    tenth = (sum(d[0::2]) * 7 - sum(d[1::2])) % 10
    return "".join(map(str, d)) + f"{tenth}{(sum(d) + tenth) % 10}"


def spanish(rng: Random, born: date, *, man: bool) -> str:
    """DNI: eight digits and a letter."""
    number = rng.randrange(99_000_000, 99_999_999)
    return f"{number}{'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}"


def chilean(rng: Random, born: date, *, man: bool) -> str:
    """RUT with dots, a dash and its check."""
    number = rng.randrange(98_000_000, 99_999_999)
    total = sum(int(d) * (2 + at % 6) for at, d in enumerate(reversed(str(number))))
    return f"{number:,}".replace(",", ".") + "-" + "0K987654321"[total % 11]


def argentine(rng: Random, born: date, *, man: bool) -> str:
    """Eight digits without a check."""
    return f"{rng.randrange(99_000_000, 99_999_999)}"


def french(rng: Random, born: date, *, man: bool) -> str:
    """NIR of a commune that is none (00 000), with its key."""
    body = f"{1 if man else 2}{born:%y%m}00{rng.randrange(1_000):03d}{rng.randrange(1_000):03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def brazilian(rng: Random, born: date, *, man: bool) -> str:
    """CPF with two checks."""
    d = [int(c) for c in f"{rng.randrange(990_000_000, 999_999_999)}"]
    for _ in range(2):
        total = sum(digit * (len(d) + 1 - at) for at, digit in enumerate(d))
        d.append(total * 10 % 11 % 10)
    s = "".join(map(str, d))
    return f"{s[:3]}.{s[3:6]}.{s[6:9]}-{s[9:]}"


def ukrainian(rng: Random, born: date, *, man: bool) -> str:
    """РНОКПП: days since 1899-12-31, a sequence, a check."""
    days = (born - date(1899, 12, 31)).days
    body = f"{days:05d}{rng.randrange(0, 9_990, 10) + (1 if man else 2):04d}"
    weights = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
    return f"{body}{sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11 % 10}"


def iranian(rng: Random, born: date, *, man: bool) -> str:
    """Ten digits, the last a check."""
    body = f"{rng.randrange(990_000_000, 999_999_999)}"
    rest = sum(int(d) * (10 - at) for at, d in enumerate(body)) % 11
    return f"{body}{rest if rest < 2 else 11 - rest}"


def plain(rng: Random, born: date, *, man: bool) -> str:
    """Eleven digits of a country that prints no check."""
    return f"99{rng.randrange(100_000_000, 999_999_999)}"


def taiwanese(rng: Random, born: date, *, man: bool) -> str:
    """A letter and nine digits, the last a check; letter O was given up."""
    body = f"{1 if man else 2}{rng.randrange(9_000_000, 9_999_999)}"
    head = 35  # O
    total = head // 10 + head % 10 * 9 + sum(int(d) * (8 - at) for at, d in enumerate(body))
    return f"O{body}{-total % 10}"


def korean(rng: Random, born: date, *, man: bool) -> str:
    """Birth date, century and sex, region 99 (which is none), sequence, check."""
    century = (1 if born.year < 2000 else 3) + (0 if man else 1)
    body = f"{born:%y%m%d}{century}99{rng.randrange(1_000):03d}"
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    check = (11 - sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11) % 10
    return f"{body[:6]}-{body[6:]}{check}"


def burmese(rng: Random, born: date, *, man: bool) -> str:
    """State 15 (there are 14), township, citizen, six digits."""
    return f"15/{rng.choice(['ကခဂ', 'စဆဇ', 'တထဒ'])}(နိုင်){rng.randrange(100_000, 999_999)}"


def polish(rng: Random, born: date, *, man: bool) -> str:
    """PESEL of somebody born a hundred years earlier, with its check."""
    sequence = rng.randrange(0, 9_999, 2) + (1 if man else 0)
    body = f"{born:%y}{born.month + 80}{born:%d}{sequence:04d}"
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    return f"{body}{-sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 10}"


def kyrgyz(rng: Random, born: date, *, man: bool) -> str:
    """Sex, birth date, five digits; no check is printed."""
    return f"{2 if man else 1}{born:%d%m%Y}99{rng.randrange(1_000):03d}"


def vietnamese(rng: Random, born: date, *, man: bool) -> str:
    """Province 999, which is none, century and sex, year, six digits."""
    century = (0 if born.year < 2000 else 2) + (0 if man else 1)
    return f"999{century}{born:%y}{rng.randrange(1_000_000):06d}"


ISSUED: dict[str, Callable[..., str]] = {
    "zh-Hans": chinese,
    "zh-Hant": taiwanese,
    "ug-Arab": chinese,
    "ug-Latn": chinese,
    "ru": russian,
    "kk": kazakh,
    "tr": turkish,
    "es": spanish,
    "cl": chilean,
    "argentina": argentine,
    "fr": french,
    "pt": brazilian,
    "uk": ukrainian,
    "fa": iranian,
    "ar": plain,
    "de": plain,
    "en": plain,
    "am": plain,
    "be": plain,
    "id": plain,
    "it": plain,
    "ko": korean,
    "ky": kyrgyz,
    "my": burmese,
    "pl": polish,
    "vi": vietnamese,
}
