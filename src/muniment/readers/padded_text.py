"""Where a text ends that a tape, a disk or a lost write has filled up with NULs.

- The NULs behind a text are no part of it: it is found and read without them, and they are told.
- A letter of UTF-16 or UTF-32 ends in NULs of its own; it keeps them.
"""

from collections.abc import Iterator

from muniment.core import Chars, Problem
from muniment.readers.encodings import decoded, encoding_of
from muniment.readers.source import Source

_BLOCK = 1 << 16
_HEAD = 1 << 18
_LEAST_TEXT = 16  # bytes; a sign and zeros are some other kind of file
_LEAST_PADDING = 2  # a single NUL is a stray byte, or the half of a letter
_WIDTHS = (("utf-16", 2), ("utf-32", 4))
_TEXTS = frozenset(
    (
        *("text/plain", "text/csv", "text/tab-separated-values", "text/html"),
        *("application/json", "application/xml", "application/sql", "image/svg+xml"),
    )
)


def end_of_text(source: Source) -> int:
    """The byte behind the text; the size of the file where no NULs stand behind one."""
    end = _last_other(source)
    if end < _LEAST_TEXT or source.size - end < _LEAST_PADDING:
        return source.size
    name = encoding_of([source.read_at(0, min(end, _HEAD))]).name
    width = next((width for start, width in _WIDTHS if name.startswith(start)), 1)
    return min(source.size, end + -end % width)


def without_padding(source: Source, media_type: str) -> tuple[Source, Iterator[Problem]]:
    """The source to read as this type, and what is to be told of what it is read without."""
    end = end_of_text(source) if media_type in _TEXTS else source.size
    if end == source.size:
        return source, iter(())
    text = source.up_to(end)
    return text, _told(text, source.size - end)


def _told(text: Source, count: int) -> Iterator[Problem]:
    length = sum(map(len, decoded(text.blocks(), encoding_of(text.blocks()))))
    which = f"from byte {text.size}, from 0, to the end (padding: {count})"
    message = f"behind the text nothing but 0x00 stands, {which}"
    yield Problem(Chars(length, length), "control-bytes", message)


def _last_other(source: Source) -> int:
    """The byte behind the last one that is not NUL."""
    end = source.size
    while end > 0:
        start = max(0, end - _BLOCK)
        kept = source.read_at(start, end - start).rstrip(b"\0")
        if len(kept) > 0:
            return start + len(kept)
        end = start
    return 0
