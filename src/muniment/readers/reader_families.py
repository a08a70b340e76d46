"""Which readers a small process knows that forks others, and which objects it is asked for.

- A copy of a process costs by its size, in pages and mappings. So readers stand in families by the
  libraries that they need, and a process that forks holds one family.
- By its first bytes an object is given to a family. That is a guess: what it is, the process finds
  that reads it, and where that is another family's, it is read again in a fork of the worker.
- A reader of another family stands in the list under its name and in its place, so that no type is
  found otherwise than in a process that has all.
"""

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import msgspec

from muniment.core import Part
from muniment.readers.certificate_signs import is_certificate, is_key
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import ElsewhereError
from muniment.readers.source import Source

PAGES, PICTURES, LIGHT, OTHERS = "page", "picture", "light", ""
# First bytes, from which on, and whose they mostly are; what none names is light.
_STARTS: tuple[tuple[int, tuple[bytes, ...], str], ...] = (
    (0, (b"%PDF-",), PAGES),
    (0, (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"8BPS", b"BM"), PICTURES),
    (0, (b"RIFF", b"ID3", b"\xff\xfb", b"OggS", b"fLaC", b"MThd", b"\x1aE\xdf\xa3"), PICTURES),
    (4, (b"ftyp",), PICTURES),
    (0, (b"SQLite format 3", b"ITSF", b"7z\xbc\xaf", b"Rar!"), OTHERS),
)
HEAD = 16
_SIGNS = MappingProxyType({"certificate": is_certificate, "key": is_key})


class Outline(msgspec.Struct, frozen=True):
    """What is said of a reader to a process that may know it: everything but what it does."""

    name: str
    version: int
    media_types: tuple[str, ...]
    child_sorts: tuple[str, ...]
    recognises: bool
    begins: bytes


def family_of(untrusted_head: bytes) -> str:
    """The family that an object is given to by its first bytes; `OTHERS` where there is none."""
    for at, starts, family in _STARTS:
        if untrusted_head.startswith(starts, at):
            return family
    return LIGHT


def outlines(readers: Sequence[Reader]) -> tuple[Outline, ...]:
    """What a process needs to be told of the readers of a desk."""
    return tuple(_outline(reader) for reader in readers)


def stood_in(
    wanted: Sequence[Outline], known: Sequence[Reader]
) -> tuple[tuple[Reader, ...], frozenset[str]]:
    """The readers so outlined, in order, and the names of those that are not among the known."""
    here = {_outline(reader): reader for reader in known}
    readers = tuple(here.get(outline) or _absent(outline) for outline in wanted)
    return readers, frozenset(outline.name for outline in wanted if outline not in here)


def _outline(reader: Reader) -> Outline:
    recognises = reader.recognises is not None
    return Outline(
        name=reader.name,
        version=reader.version,
        media_types=reader.media_types,
        child_sorts=reader.child_sorts,
        recognises=recognises,
        begins=reader.begins,
    )


def _absent(outline: Outline) -> Reader:
    return Reader(
        name=outline.name,
        version=outline.version,
        media_types=outline.media_types,
        child_sorts=outline.child_sorts,
        read=_read_elsewhere,
        recognises=_SIGNS.get(outline.name, _not_known) if outline.recognises else None,
        begins=outline.begins,
    )


def _read_elsewhere(_source: Source, _context: Context) -> Iterator[Part]:
    raise ElsewhereError


def _not_known(_head: bytes) -> bool:
    """Whether it is this reader's cannot be said here, and then nor can what comes behind it."""
    raise ElsewhereError
