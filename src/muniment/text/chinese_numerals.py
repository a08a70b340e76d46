"""Numbers in Chinese numerals: digit by digit (二〇一八) and with units (二百三十, 三万五千)."""

import re

_DIGITS = {
    **dict.fromkeys("〇零○Ｏ", 0), **dict.fromkeys("一壹弌", 1), **dict.fromkeys("二贰貳两兩", 2),
    **dict.fromkeys("三叁參", 3), **dict.fromkeys("四肆", 4), **dict.fromkeys("五伍", 5),
    **dict.fromkeys("六陆陸", 6), **dict.fromkeys("七柒", 7), **dict.fromkeys("八捌", 8),
    **dict.fromkeys("九玖", 9),
}  # fmt: skip
_UNITS = {**dict.fromkeys("十拾", 10), **dict.fromkeys("百佰", 100), **dict.fromkeys("千仟", 1000)}
_LARGE = {**dict.fromkeys("万萬", 10**4), **dict.fromkeys("亿億", 10**8)}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_LONGEST = 40  # letters; no list counts further, and longer ones cost more than they say
NUMERAL_LETTERS = "".join((*_DIGITS, *_UNITS, *_LARGE, *_TENS))
_MIXED = re.compile(r"(\d+(?:\.\d+)?)([十百千]?)([万萬亿億]?)", re.ASCII)


def read_numeral(written: str) -> int | None:
    """The whole number, in ASCII digits or Chinese numerals; None where it is none.

    Numerals out of order (十百) are none, and so is 三百五, which is 350 to some and 305 to others.
    """
    if len(written) > _LONGEST:
        return None
    if written.isascii():
        return int(written) if written.isdigit() else None
    if all(letter in _DIGITS for letter in written):
        return int("".join(str(_DIGITS[letter]) for letter in written))
    total, below = 0, None
    for part in re.split(r"(?<=[万萬亿億])", written):
        if part == "":
            continue
        large = _LARGE.get(part[-1])
        if large is not None and below is not None and large >= below:
            return None
        value = _below_ten_thousand(part if large is None else part[:-1])
        if value is None or (value == 0 and large is not None):
            return None
        if large is None and below is not None and _is_bare(part):
            return None  # 三万五, said for 35,000
        total += value * (1 if large is None else large)
        below = large
    return total


def _below_ten_thousand(written: str) -> int | None:
    """千, 百, 十 and ones, each at most once and falling."""
    total, digit, last = 0, None, 10**4
    if _is_short_for_another(written):
        return None
    for letter in written:
        if letter in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[letter]
        elif letter in _UNITS or letter in _TENS:
            unit = 10 if letter in _TENS else _UNITS[letter]
            if unit >= last or (letter in _TENS and digit not in (None, 0)):
                return None
            total += _TENS.get(letter, (1 if digit in (None, 0) else digit) * unit)
            digit, last = None, unit
        else:
            return None
    return total + (digit or 0)


def _is_short_for_another(written: str) -> bool:
    """三百五 is said for 350 and written for 305 by some: a bare digit after a hundred or more."""
    if len(written) < len("百五") or written[-1] not in _DIGITS or _DIGITS[written[-1]] == 0:
        return False
    return _UNITS.get(written[-2], 0) > 10  # noqa: PLR2004


def _is_bare(part: str) -> bool:
    return len(part) == 1 and part in _DIGITS
