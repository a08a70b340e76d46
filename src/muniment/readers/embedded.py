"""Files that stand inside a picture or a recording: gathered first, then stored and counted.

- The tally comes before the children, as everywhere; each stands at the place that names it.
"""

from collections.abc import Iterator, Sequence

import msgspec

from muniment.core import Part, Place, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.sink import ChildSink


class Embedded(msgspec.Struct, frozen=True):
    """One file inside: where it stands, what it is there, its bytes."""

    at: Place
    relation: Relation
    data: bytes
    name: str = ""
    stated: tuple[tuple[str, str], ...] = ()


def embedded_parts(found: Sequence[Embedded], sink: ChildSink) -> Iterator[Part]:
    """The tally, and a Child or a Problem for each.

    Raises:
        RefusedError: a limit of the whole object is reached.
    """
    if len(found) == 0:
        return
    yield Tally(Whole(), "embedded", len(found))
    for index, each in enumerate(found):
        name = each.name.encode("utf-8", "surrogatepass")
        entry = Entry(each.at, index, each.relation, name, each.name, each.stated)
        yield child_or_problem(sink, entry, (each.data,))
