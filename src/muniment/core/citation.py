"""A citation: the hash of a file and where in it a value stands, in one line of text.

    ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk#page=3&xywh=72,144,200,18

- The part before '#' is an RFC 6920 name; the part after it is the format's own fragment syntax.
- `parse_citation(str(c)) == c` for every citation; anybody can resolve one without this program.
"""

import msgspec

from muniment.core.digest import Digest, parse_digest
from muniment.core.place import Place, Whole, parse_place, print_place


class Citation(msgspec.Struct, frozen=True):
    """An object by its digest, and a place in it."""

    digest: Digest
    place: Place = Whole()

    def __str__(self) -> str:
        """The text form."""
        fragment = print_place(self.place)
        return self.digest.ni if fragment == "" else f"{self.digest.ni}#{fragment}"


def parse_citation(written: str) -> Citation:
    """The citation that `written` names; 64 hex digits may stand for the `ni` name.

    Raises:
        ValueError: `written` is not a citation.
    """
    name, hash_sign, fragment = written.partition("#")
    if hash_sign != "" and fragment == "":
        raise ValueError("a citation of the whole object has no '#'")
    return Citation(parse_digest(name), parse_place(fragment))
