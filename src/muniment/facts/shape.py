"""The shape of a table: what its columns are called, in order.

- Tables of one shape are read by one mapping. White space and case of headers do not count; their
  order does, so that a column that moved makes another shape.
- Records that do not lie one a row make a shape of their own: a person confirms each arrangement.
- A table without headers has the shape of its columns' number and of what they hold.
"""

from collections.abc import Mapping

from muniment.core import canonical_json, digest_of
from muniment.text import fold

_VERSION = "muniment-shape/1"
BESIDE, FORM, ACROSS = "beside", "form", "across"
ARRANGEMENTS = (BESIDE, FORM, ACROSS)  # see `arranging`


def folded_header(header: str) -> str:
    """A header as it is compared."""
    return "".join(fold(header).split())


def shape_of(headers: Mapping[int, str], arrangement: str = "", told: str = "") -> str:
    """The shape of a table whose columns are called so, and whose records lie so.

    `told` is the canonical JSON of what a person told of how they lie.
    """
    named = [[column, folded_header(headers[column])] for column in sorted(headers)]
    lie = [each for each in (arrangement, told) if each != ""]
    return digest_of(canonical_json([_VERSION, *lie, named])).hex


def shape_without_headers(kinds: Mapping[int, str], told: str = "") -> str:
    """The shape of a table whose columns have no names, and hold these kinds of content."""
    held = [[column, kinds[column]] for column in sorted(kinds)]
    lie = [] if told == "" else [told]
    return digest_of(canonical_json([_VERSION, "no headers", *lie, held])).hex
