"""The keys at hand for a locked object: candidates to try, and which of them opened something.

- A reader tries `secrets` in order and says `worked` of the one that did; nothing it yields, and
  no message it raises, ever holds a secret.
- Which keys worked leaves the reading process by their positions alone.
"""


class Keys:
    """Candidate passwords for one object, in the order in which they are tried."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        self.secrets = secrets
        self._used: set[int] = set()

    def worked(self, secret: str) -> None:
        """Note that this candidate opened something in the object."""
        self._used.add(self.secrets.index(secret))

    @property
    def used(self) -> tuple[int, ...]:
        """Positions of the candidates that opened something, from 0, in order."""
        return tuple(sorted(self._used))
