"""A column while a mapping is proposed: what is known of it, and what it is taken for."""

import msgspec

from muniment.facts.contents import Profile
from muniment.facts.header import Said
from muniment.facts.table import Column, Held


class Seen(msgspec.Struct, frozen=True):
    """What is known of a column before anything is decided."""

    column: Column
    header: str
    said: Said
    profile: Profile
    held: tuple[Held, ...]  # the different values that stand in rows of data


class Choice(msgspec.Struct, frozen=True):
    """What a column is taken for."""

    seen: Seen
    concept: str  # empty: nothing
    confidence: float
    entity: str
    reasons: tuple[str, ...]
    alternatives: tuple[tuple[str, float], ...]
    ranked: tuple[tuple[str, float], ...] = ()  # concepts by what speaks for them, the best first
    header: float = 0.0  # how well the header alone says so
    left: str = ""  # why a column of which something is known stays unmapped
