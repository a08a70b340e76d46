"""How a way through containers is written for people, from the delivery inwards.

- Every step is named; what has no name is shown by what it is and its number.
"""

from collections.abc import Sequence

from muniment.app.show import plain
from muniment.catalog import Link

_STEP = " › "


def way(links: Sequence[Link]) -> str:
    """The delivered file, then each file in the one before it, down to the first link."""
    return _STEP.join(step_name(link) for link in reversed(links))


def step_name(link: Link) -> str:
    """A file's name; where it has none, how and where it lay in its container."""
    return plain(link.name) if link.name != "" else f"({link.relation} {link.index})"
