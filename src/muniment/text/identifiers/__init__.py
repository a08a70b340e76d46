"""Numbers that name people, bodies, accounts and phones: found, read, shown and assessed.

A face of its own beside `muniment.text`: the numbering plans behind it take a tenth of a second
to load, and most programs fold text without ever asking for a number.
"""

from collections.abc import Iterable

from muniment.text.identifiers.cn_resident import CN_RESIDENT
from muniment.text.identifiers.float_loss import FloatLoss, Loss, float_loss
from muniment.text.identifiers.identifier import (
    ASPECTS,
    Aspect,
    Catches,
    Context,
    Found,
    Identifier,
    Outcome,
    Parsed,
)
from muniment.text.identifiers.international import INTERNATIONAL
from muniment.text.identifiers.nationals import NATIONALS
from muniment.text.identifiers.passport_line import PASSPORT_LINE
from muniment.text.identifiers.phones import PHONE, phones_of

IDENTIFIERS: tuple[Identifier, ...] = (
    CN_RESIDENT,
    *NATIONALS,
    *INTERNATIONAL,
    PASSPORT_LINE,
    PHONE,
)


def identifiers_of(countries: Iterable[str]) -> tuple[Identifier, ...]:
    """The identifiers of these countries (two letters) and the international ones.

    In running text every country's pattern finds some of the others' numbers by chance: of 10,000
    made-up Chinese mobile numbers, 666 were some country's national number too.
    """
    wanted = frozenset(countries)
    return tuple(each for each in IDENTIFIERS if each.country is None or each.country in wanted)


__all__ = [
    "ASPECTS",
    "IDENTIFIERS",
    "Aspect",
    "Catches",
    "Context",
    "FloatLoss",
    "Found",
    "Identifier",
    "Loss",
    "Outcome",
    "Parsed",
    "float_loss",
    "identifiers_of",
    "phones_of",
]
