"""Readers found by a type or by first bytes, without a walk along all of them.

- Behind a fork each object that is looked at is a page of memory to copy: asking forty readers cost
  a small file a third of its time. One pattern says which of them may say yes; those are asked, in
  their order.
"""

import re
from collections.abc import Iterator, Sequence

from muniment.core import UsageError
from muniment.readers.reader import Reader


class KnownReaders:
    """Some readers, in order of precedence."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        """`readers` do not change any more."""
        self._asked = tuple(reader for reader in readers if reader.recognises is not None)
        self._always = tuple(reader for reader in self._asked if reader.begins == b"")
        signs = [reader.begins for reader in self._asked]
        self._any = re.compile(b"|".join(filter(None, signs)) or b"(?!)", re.DOTALL)
        # Each sign is tried at the first byte; its group is there where it fits.
        each = b"".join(b"(?:(?=%b)())?" % sign for sign in signs)
        self._fitting = re.compile(each, re.DOTALL)
        if self._fitting.groups != len(self._asked):
            raise UsageError(
                "a reader's `begins` has a group", next_step="write it with (?:…) in place of (…)"
            )
        self._by_type: dict[str, Reader] = {}
        for reader in readers:
            for media_type in reader.media_types:
                self._by_type.setdefault(media_type, reader)

    def recognised(self, head: bytes) -> str | None:
        """The type of the first reader that knows these first bytes as its own."""
        asked = self._always if self._any.match(head) is None else self._may_recognise(head)
        for reader in asked:
            if reader.recognises is not None and reader.recognises(head):
                return reader.media_types[0]
        return None

    def _may_recognise(self, head: bytes) -> Iterator[Reader]:
        match = self._fitting.match(head)
        fitting = () if match is None else match.groups()
        return (self._asked[at] for at, fits in enumerate(fitting) if fits is not None)

    def of(self, media_type: str) -> Reader | None:
        """Who reads this type."""
        return self._by_type.get(media_type)


_known: dict[int, tuple[Sequence[Reader], KnownReaders]] = {}


def known(readers: Sequence[Reader]) -> KnownReaders:
    """These readers, put in order once: a worker reads with the same ones again and again."""
    found = _known.get(id(readers))
    if found is None:
        _known.clear()
        # The readers are held beside it, so that no others can come by their number.
        found = _known[id(readers)] = (readers, KnownReaders(readers))
    return found[1]
