"""OneNote sections: every text that the file keeps, also of earlier revisions, and the files in it.

    property value   length u32, then that many bytes: UTF-16 LE or one byte a letter
    file             e7 16 e3 bd … (GUID), length u64, 12 bytes, then that many bytes

- The texts are found by their form, length and letters, not through the tree of revisions: the
  n-th text in the order of the file stands at `field=OneNote text,n`. Which page shows it, and
  whether a later revision took it away, is not followed; one Problem says so.
- Names of fonts, styles and authors are texts of the same form and come along.

Source: [MS-ONESTORE] §2.6.6 (PropertySet), §2.6.13 (FileDataStoreObject).
"""

import re
import struct
from collections.abc import Iterator

from muniment.core import Field, Part, Problem, Relation, TextSpan, Whole
from muniment.readers.embedded import Embedded, embedded_parts
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source
from muniment.readers.word_share import word_share

_LARGEST = 1 << 28
# A length below 64 KiB, and a first letter behind it that is not zero.
_LENGTH = re.compile(
    rb"(?=([\x02-\xff][\x00-\xff]|[\x00\x01][\x01-\xff])\x00\x00[^\x00])", re.DOTALL
)
_LENGTH_BYTES = 4
_FILE = bytes.fromhex("e716e3bd65261145a4c48d4d0b7a9eac")
_FILE_HEAD = 36
_NAME = "OneNote text"
_LEAST_WIDE = 1  # letters
_LEAST_NARROW = 3
_LEAST_SHARE = 0.8
_BEGINNING = 16  # bytes
_WHITE = str.maketrans("", "", "\t\r\n\x0b")
# Bytes that are no printable letter in Windows-1252, nor white space.
_UNPRINTABLE = re.compile(rb"[\x00-\x08\x0c\x0e-\x1f\x7f\xa0\xad]")


def read_note_section(source: Source, context: Context) -> Iterator[Part]:
    """The texts in the order of the file, then the files in it."""
    if source.size > _LARGEST:
        raise RefusedError(f"a OneNote section of more than {_LARGEST} bytes")
    data = source.read_all()
    files = list(_files(data))
    skipped = [(start, start + len(file.data)) for start, file in files]
    number = 0
    for text in _texts(data, skipped):
        number += 1
        yield TextSpan(Field(_NAME, number), text)
    if number > 0:
        message = "the texts stand in the order of the file, earlier revisions among them"
        yield Problem(Whole(), "places-unknown", message)
    yield from embedded_parts([file for _, file in files], context.children)


def _texts(data: bytes, skipped: list[tuple[int, int]]) -> Iterator[str]:
    """What has the form of a text value, outside the files."""
    at = 0
    while (match := _LENGTH.search(data, at)) is not None:
        start = match.start()
        inside = next((end for begin, end in skipped if begin <= start < end), None)
        if inside is not None:
            at = inside
            continue
        first = start + _LENGTH_BYTES
        end = first + int.from_bytes(data[start:first], "little")
        text = _wide(data, first, end) or _narrow(data, first, end) if end <= len(data) else ""
        at = end if text != "" else start + 1
        if text != "":
            yield text


def _wide(data: bytes, start: int, end: int) -> str:
    """The text of UTF-16 letters; empty where they are none."""
    # Most of what has a length before it is no text, as its first letters tell at little cost.
    beginning = data[start : min(start + _BEGINNING, end)].decode("utf-16-le", "ignore")
    if (end - start) % 2 != 0 or not _is_shown(beginning.removesuffix("\0")):
        return ""
    try:
        text = data[start:end].decode("utf-16-le").removesuffix("\0")
    except UnicodeDecodeError:
        return ""
    return text if _is_text(text, _LEAST_WIDE) else ""


def _narrow(data: bytes, start: int, end: int) -> str:
    last = end - 1 if data[end - 1] == 0 else end
    if _UNPRINTABLE.search(data, start, last) is not None:
        return ""  # told apart without decoding
    text = data[start:last].decode("cp1252", "replace")
    return text if _is_text(text, _LEAST_NARROW) else ""


def _is_text(text: str, least: int) -> bool:
    if not _is_shown(text):
        return False
    letters = sum(map(str.isalnum, text))
    return letters >= least and 2 * letters >= len(text) and word_share(text) >= _LEAST_SHARE


def _is_shown(text: str) -> bool:
    return text.translate(_WHITE).isprintable()


def _files(data: bytes) -> Iterator[tuple[int, Embedded]]:
    """Where each embedded file begins, and the file."""
    at = data.find(_FILE)
    number = 0
    while at >= 0:
        start = at + _FILE_HEAD
        head = data[at + 16 : at + 24]
        length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0  # noqa: PLR2004 - a u64
        if 0 < length <= len(data) - start:
            number += 1
            file = data[start : start + length]
            yield start, Embedded(Field("OneNote file", number), Relation.EMBEDDED, file)
        at = data.find(_FILE, at + 16 if length == 0 else max(start, at + 16))


NOTE_SECTION = Reader(
    name="note-section",
    version=1,
    media_types=("application/onenote", "application/onenote-toc"),
    read=read_note_section,
)
