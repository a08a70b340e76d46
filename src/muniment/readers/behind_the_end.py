"""What stands behind the end of a picture: a film, an archive, anything; a file of its own.

- Camera phones put the film of a "motion photo" there, and people hide archives there.
- Nothing but zeros or one repeated byte is padding, and stated as that.
"""

from collections.abc import Iterator

from muniment.core import Field, Metadata, Part, Problem, Relation, Whole
from muniment.readers.embedded import Embedded

_NAME = "bytes behind the end"
_FILM = b"ftyp"
_FILM_WITHIN = 1 << 16


def behind_the_end(data: bytes, end: int, found: list[Embedded]) -> Iterator[Part]:
    """A Problem where something stands behind `end`; it goes to `found`."""
    rest = data[end:]
    if len(rest) == 0:
        return
    if rest.count(rest[:1]) == len(rest):
        yield Metadata(Field(_NAME), _NAME, f"{len(rest)} bytes of padding, all {rest[0]:02x}")
        return
    message = f"{len(rest)} bytes stand behind the end of the picture, from byte {end}"
    yield Problem(Whole(), "trailing-bytes", message)
    found.append(Embedded(Field(_NAME), Relation.EMBEDDED, rest))
    film = rest.find(_FILM, 0, _FILM_WITHIN)
    if film > 4:  # noqa: PLR2004 - a film that begins at once is the whole rest
        found.append(Embedded(Field(_NAME, 2), Relation.EMBEDDED, rest[film - 4 :]))
