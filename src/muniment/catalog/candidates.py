"""A password that might open something, and where it was found."""

import msgspec

from muniment.core import Secret

GIVEN = "given"
KNOWN = "known from another file"


class Candidate(msgspec.Struct, frozen=True):
    """One candidate; `how` says in a few words where from, `places` are citations, at most a few.

    Two candidates of one password are one: the first that is offered.
    """

    secret: Secret
    how: str
    places: tuple[str, ...] = ()


def given(secrets: tuple[Secret, ...]) -> tuple[Candidate, ...]:
    """Candidates that a person gave."""
    return tuple(Candidate(secret, GIVEN) for secret in secrets)
