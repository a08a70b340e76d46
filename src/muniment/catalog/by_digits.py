"""An object by the digits that people see: lists show the first sixteen of its digest."""

import re

from sqlalchemy import select

from muniment.catalog.ledger import Ledger
from muniment.catalog.tables import OBJECTS
from muniment.core import Digest, UsageError, parse_digest

_STEP = "copy its first digits from `muniment items CASE`; with --json it prints all 64"
_FIRST_DIGITS = re.compile(r"[0-9a-f]{8,63}")


def object_named(ledger: Ledger, written: str) -> Digest:
    """The digest that `written` is, or the one in the case that begins with these 8 digits or more.

    Raises:
        UsageError: it is neither, or several begin so.
    """
    wanted = written.strip().lower()
    try:
        if _FIRST_DIGITS.fullmatch(wanted) is None:
            return parse_digest(written)
    except ValueError as why:
        raise UsageError(f"{written!r} is not a digest: {why}", next_step=_STEP) from why
    begins_so = OBJECTS.c.digest.between(wanted, f"{wanted}g")  # behind every hex digit
    with ledger.engine.connect() as connection:
        found = connection.scalars(select(OBJECTS.c.digest).where(begins_so).limit(2))
        digests = [parse_digest(each) for each in found]
    if len(digests) == 1:
        return digests[0]
    how_many = "no object begins" if len(digests) == 0 else "several objects begin"
    raise UsageError(f"{how_many} with {wanted}", next_step=_STEP)
