"""Which order of day, month and year the dates of a whole column support."""

import re
from collections.abc import Iterable

import msgspec

from muniment.text.digits import western
from muniment.text.stated_dates.numeric import possible_orders
from muniment.text.stated_dates.reading import Order

_THREE = re.compile(
    r"\s*(\d{1,4})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?:[T ]\S.*)?\s*\.?", re.ASCII
)


# As the short dates of CLDR have them (Babel 2.18). English is not here: its countries disagree.
_DAY_FIRST = (
    "ar az bg ca cs da de el es fi fr he hr id it kk ky nb nl pl pt ro ru sk sl sr tr uk uz"
)
_YEAR_FIRST = "fa hu ja ko lt mn sv ug zh"


def usual_order(language: str) -> Order | None:
    """The order that writers of a language use (two letters); None where it is not one.

    It is what people usually do, not what a column shows: `infer_order` is asked first.
    """
    if language in _DAY_FIRST.split():
        return Order.DMY
    return Order.YMD if language in _YEAR_FIRST.split() else None


class OrderSupport(msgspec.Struct, frozen=True):
    """How many dates allow one order alone, and what follows."""

    order: Order | None  # the only one that any date asks for; None where none does, or several do
    deciding: tuple[tuple[Order, int], ...]  # dates that allow only this one, most first
    open: int  # dates that allow several
    impossible: int  # dates in digits that allow none

    @property
    def mixed(self) -> bool:
        """Whether dates ask for different orders."""
        return len(self.deciding) > 1


def infer_order(values: Iterable[str]) -> OrderSupport:
    """What the dates in digits among `values` say of their order; other values say nothing."""
    counts = dict.fromkeys(Order, 0)
    several = impossible = 0
    for value in values:
        three = _THREE.fullmatch(western(value))
        if three is None:
            continue
        orders = list(possible_orders(three[1], three[3], three[4]))
        several += len(orders) > 1
        impossible += len(orders) == 0
        if len(orders) == 1:
            counts[orders[0]] += 1
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    deciding = tuple((order, count) for order, count in ranked if count > 0)
    order = deciding[0][0] if len(deciding) == 1 else None
    return OrderSupport(order, deciding, several, impossible)
