"""The last resort: types that no reader of this house reads go to Tika, where it is installed.

- What it finds is the file's text without its place: it stands at the whole file, and says so.
- `read by` names the engine and its version.
- Bytes passed off as text are refused: see `word_share.py`.
- Only types that our own signatures name come here, so that parts do not depend on libmagic.
"""

from collections.abc import Iterator, Sequence

from muniment.core import Field, Metadata, Part, Problem, TextSpan, Whole
from muniment.readers.by_tika import extract_by_tika, tika_is_installed
from muniment.readers.extracted import Extracted, ExtractionError
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of
from muniment.readers.word_share import word_share

_LARGEST = 1 << 28  # bytes; Tika holds the file several times over
_LEAST_WORD_SHARE = 0.6  # below it, of the trove's files, only packed bytes came out
_TYPES = (
    "application/x-hwp",
    "application/x-dbf",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "application/rtf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-outlook",
    "application/vnd.ms-outlook-pst",
    "application/vnd.visio",
    "application/x-mspublisher",
    "application/x-ole-storage",
    "application/vnd.ms-htmlhelp",
    "application/onenote",
    "image/vnd.dwg",
    "application/x-prt",
    "application/x-msaccess",
    "application/vnd.ms-tnef",
    "application/warc",
    "application/timestamped-data",
    "application/x-adobe-indesign",
    "model/vnd.dwf",
    "application/x-shockwave-flash",
    "application/x-mif",
    "application/vnd.ms-works",
    "application/vnd.lotus-1-2-3",
    "application/x-quattro-pro",
    "application/zlib",
    "application/x-compress",
    "application/x-lz4",
    "application/x-snappy-framed",
)


def fallback_for(readers: Sequence[Reader]) -> Reader:
    """The reader of every type in the table that none of `readers` names."""
    taken = {media_type for reader in readers for media_type in reader.media_types}
    left = tuple(media_type for media_type in _TYPES if media_type not in taken)
    return Reader(name="fallback", version=2, media_types=left, read=read_by_fallback)


def read_by_fallback(source: Source, context: Context) -> Iterator[Part]:
    """The text and the properties that Tika found."""
    if source.size > _LARGEST:
        raise RefusedError(f"no reader of its own, and too large for a fallback ({_LARGEST} bytes)")
    found = _extracted(source, context)
    yield Metadata(Field("read by"), "read by", found.engine)
    counted: dict[str, int] = {}
    for name, value in found.stated:
        counted[name] = counted.get(name, 0) + 1
        yield Metadata(Field(name, counted[name]), name, value)
    for block in blocks_of((found.text,)):
        yield TextSpan(Whole(), block.text)
    message = "the text is the file's, its place in the file is not known"
    yield Problem(Whole(), "places-unknown", message)


def _extracted(source: Source, context: Context) -> Extracted:
    """What Tika found.

    Raises:
        UnreadableError: it failed on the file.
        RefusedError: it found no words, or is not installed.
    """
    if not tika_is_installed():
        raise RefusedError(f"{context.media_type} needs the extra `tika`, which is not installed")
    try:
        with context.children.lent(source.blocks()) as path:
            found = extract_by_tika(path)
    except ExtractionError as why:
        raise UnreadableError(why.reason) from why
    if word_share(found.text) < _LEAST_WORD_SHARE:
        message = f"no reader yet for {context.media_type}; {found.engine} found no words in it"
        raise RefusedError(message)
    return found
