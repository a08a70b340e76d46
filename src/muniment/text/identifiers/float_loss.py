"""Whether a number lost its last digits in a spreadsheet that took it for a quantity.

- A spreadsheet keeps 15 significant digits of a number (ECMA-376 and IEEE 754 double precision):
  an identity number of 18 typed as a number ends in 000, or shows as 6.53121E+17.
- It is flagged and never repaired: what the digits were, the cell does not say.
"""

import re
from enum import StrEnum

import msgspec

from muniment.text.digits import western

KEPT_DIGITS = 15
_SHORTEST = 17  # of 16 digits, one in ten ends in 0 by chance
_SCIENTIFIC = re.compile(r"[+-]?(\d(?:[.,]\d+)?)[eE]\+?(\d{1,3})", re.ASCII)
_WHOLE = re.compile(r"'?(\d+)(?:[.,]0+)?", re.ASCII)


class Loss(StrEnum):
    """How it shows."""

    SCIENTIFIC = "scientific-notation"
    ZEROS = "zeros-after-fifteen-digits"


class FloatLoss(msgspec.Struct, frozen=True):
    """Signs that digits are lost."""

    written: str
    loss: Loss
    digits: int  # that the number has, or had
    known: int  # of them that can still be trusted, from the left


def float_loss(written: str) -> FloatLoss | None:
    """How `written` shows that its last digits are lost; None where it does not.

    A whole number of 17 digits or more with zeros after the fifteenth may also have been issued
    so: of 18 digits, one number in a thousand.
    """
    text = western(written).strip()
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is not None:
        digits, known = int(scientific[2]) + 1, len(re.sub(r"[.,]", "", scientific[1]))
        lost = digits > known
        return FloatLoss(written, Loss.SCIENTIFIC, digits, known) if lost else None
    whole = _WHOLE.fullmatch(text)
    if whole is None or len(whole[1]) < _SHORTEST:
        return None
    if whole[1][KEPT_DIGITS:].strip("0") != "" or whole[1].strip("0") == "":
        return None
    return FloatLoss(written, Loss.ZEROS, len(whole[1]), KEPT_DIGITS)
