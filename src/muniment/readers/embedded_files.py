"""Files found inside a document that is no archive: announced together, then each as a child.

- Nothing is unpacked before its turn: what is found is where the bytes are, not the bytes.
- A name that the document does not have, and that is made up here for people, is stated to be so;
  the raw name is empty then.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from muniment.core import Part, Place, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.reader import Context


class Found(msgspec.Struct, frozen=True):
    """A file inside a document; `data` gives its bytes, and may raise what a container's may."""

    at: Place
    name: str
    data: Callable[[], bytes]
    raw_name: bytes | None = None  # where the document stores one
    stated: tuple[tuple[str, str], ...] = ()
    packed_size: int | None = None
    relation: Relation = Relation.EMBEDDED
    named_here: bool = False  # the document gives it no name


def embedded(found: Sequence[Found], context: Context) -> Iterator[Part]:
    """How many there are, then each as a Child or a Problem."""
    if len(found) == 0:
        return
    yield Tally(Whole(), "embedded", len(found))
    for index, file in enumerate(found):
        yield embedded_file(file, index, context)


def embedded_file(file: Found, index: int, context: Context) -> Part:
    """One of them as a Child or a Problem, where they are met in passing; who calls counts them."""
    raw_name = file.name.encode("utf-8", "replace") if file.raw_name is None else file.raw_name
    made_up = (("name", "made up here; the file gives none"),) if file.named_here else ()
    entry = Entry(
        at=file.at,
        index=index,
        relation=file.relation,
        raw_name=b"" if file.named_here else raw_name,
        name=file.name,
        stated=(*made_up, *file.stated),
        packed_size=file.packed_size,
    )
    return child_or_problem(context.children, entry, _chunks(file))


def _chunks(file: Found) -> Iterable[bytes]:
    yield file.data()
