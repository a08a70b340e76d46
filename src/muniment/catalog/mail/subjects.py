"""A subject without what answering and forwarding put before it.

- For leads only: an equal base subject never joins two conversations.
"""

import re

_PREFIX = re.compile(
    r"\s*(?:(?:re|r|aw|antw|sv|vs|odp|ynt|rif|res|fw|fwd|wg|tr|rv|i|enc|doorst|vl"
    r"|ответ|отв|на|пересл|ha|回复|回覆|答复|答覆|转发|轉發|转寄|جاۋاب)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]|\[[^\[\]]{1,40}\])",
    re.IGNORECASE,
)
_MOST_PREFIXES = 50
_LONGEST = 300


def base_subject(subject: str) -> str:
    """What is left of it, folded and with single spaces; at most 300 letters."""
    rest = subject[: _LONGEST * 4]
    for _ in range(_MOST_PREFIXES):
        match = _PREFIX.match(rest)
        if match is None or match.end() == len(rest):
            break
        rest = rest[match.end() :]
    return " ".join(rest.casefold().split())[:_LONGEST]
