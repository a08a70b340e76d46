"""What is known about a value besides the value: on what it rests.

- Unknown is a value, never an empty string or a guess.
"""

from enum import StrEnum

import msgspec


class Basis(StrEnum):
    """On what a recorded value rests."""

    MEASURED = "measured"  # this program computed it from the bytes
    STATED = "stated"  # a medium, a file or a person says so
    INFERRED = "inferred"  # concluded from something else, which is named
    UNKNOWN = "unknown"


class Attested(msgspec.Struct, frozen=True):
    """A value and its basis; the value is None exactly where the basis is unknown."""

    value: str | None
    basis: Basis

    def __post_init__(self) -> None:
        """Refuse a value without a basis and a basis without a value."""
        if (self.value is None) != (self.basis is Basis.UNKNOWN):
            raise ValueError("a value is None exactly where its basis is unknown")


def stated(value: str | None) -> Attested:
    """`value` as somebody states it; unknown where nobody did."""
    return Attested(value, Basis.UNKNOWN if value is None else Basis.STATED)
