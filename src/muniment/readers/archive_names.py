"""Reads the names of entries for people, where an archive does not say how they are encoded.

- A name that is valid UTF-8 is that; any other is read in the encoding that fits it and the names
  of its kind before it.
"""

from muniment.readers.encodings import decoded, encoding_of

_MOST_HELD = 1 << 14  # bytes of names that a choice rests on


class Names:
    """The names of one archive, in its order."""

    def __init__(self) -> None:
        self._held = b""

    def read(self, raw_name: bytes) -> str:
        """The name as people read it."""
        try:
            return raw_name.decode("utf-8")
        except UnicodeDecodeError:
            self._held = (self._held + raw_name + b"\n")[-_MOST_HELD:]
        return "".join(decoded([raw_name], encoding_of([self._held])))
