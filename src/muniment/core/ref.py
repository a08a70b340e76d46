"""How rooms on one level name each other's things: a kind and an id."""

import msgspec


class Ref(msgspec.Struct, frozen=True):
    """A thing of some kind, by its id; the room that keeps that kind resolves it."""

    kind: str
    id: str
