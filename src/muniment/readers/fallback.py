"""The last resort: types that no reader of this house reads go to foreign extractors.

    xberg (always there) ──▶ text? ──▶ Tika (the extra `tika`) ──▶ text? ──▶ refused, with a reason

- What they find is the file's text without its place: it stands at the whole file, and says so.
- `read by` names the engine; where both found text, the one that found more words is taken.
- Bytes passed off as text are refused: see `word_share.py`.
- Only types that our own signatures name come here, so that parts do not depend on libmagic.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from muniment.core import Field, Metadata, Part, Problem, TextSpan, Whole
from muniment.readers.by_tika import extract_by_tika, tika_is_installed
from muniment.readers.by_xberg import extract_by_xberg
from muniment.readers.extracted import Extracted, ExtractionError
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError, UnreadableError
from muniment.readers.source import Source
from muniment.readers.text_blocks import blocks_of
from muniment.readers.word_share import word_share

_Engine = Callable[[Source, Context], Extracted]
_LARGEST = 1 << 28  # bytes; both engines hold the file several times over
_LEAST_WORD_SHARE = 0.6  # below it, of the trove's files, only packed bytes came out
# What a type is called by xberg, where it reads it, and whether Tika does.
_TYPES: dict[str, tuple[tuple[str, ...], bool]] = {
    "application/vnd.wordperfect": (("application/vnd.wordperfect",), True),
    "application/x-hwp": (("application/x-hwp",), True),
    "application/vnd.sqlite3": (("application/vnd.sqlite3",), False),
    "application/x-dbf": (("application/vnd.dbf",), True),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": (
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.12",),
        True,
    ),
    "application/rtf": (("application/rtf",), True),
    "application/msword": (("application/msword",), True),
    "application/vnd.ms-excel": (("application/vnd.ms-excel",), True),
    "application/vnd.ms-powerpoint": (("application/vnd.ms-powerpoint",), True),
    "application/vnd.ms-outlook": (("application/vnd.ms-outlook",), True),
    "application/vnd.ms-outlook-pst": (("application/vnd.ms-outlook-pst",), True),
    "application/vnd.visio": ((), True),
    "application/x-mspublisher": ((), True),
    "application/x-ole-storage": ((), True),
    "application/vnd.ms-htmlhelp": ((), True),
    "application/onenote": ((), True),
    "image/vnd.dwg": ((), True),
    "application/x-prt": ((), True),
    "application/x-msaccess": ((), True),
    "application/vnd.ms-tnef": ((), True),
    "application/warc": ((), True),
    "application/timestamped-data": ((), True),
    "application/x-adobe-indesign": ((), True),
    "model/vnd.dwf": ((), True),
    "application/x-shockwave-flash": ((), True),
    "application/x-mif": ((), True),
    "application/vnd.ms-works": ((), True),
    "application/vnd.lotus-1-2-3": ((), True),
    "application/x-quattro-pro": ((), True),
    "application/zlib": ((), True),
    "application/x-compress": ((), True),
    "application/x-lz4": ((), True),
    "application/x-snappy-framed": ((), True),
}


def fallback_for(readers: Sequence[Reader]) -> Reader:
    """The reader of every type in the table that none of `readers` names."""
    taken = {media_type for reader in readers for media_type in reader.media_types}
    left = tuple(media_type for media_type in _TYPES if media_type not in taken)
    return Reader(name="fallback", version=1, media_types=left, read=read_by_fallback)


def read_by_fallback(source: Source, context: Context) -> Iterator[Part]:
    """The text and the properties that the better of the engines found."""
    if source.size > _LARGEST:
        raise RefusedError(f"no reader of its own, and too large for a fallback ({_LARGEST} bytes)")
    found = _best(source, context)
    yield Metadata(Field("read by"), "read by", found.engine)
    counted: dict[str, int] = {}
    for name, value in found.stated:
        counted[name] = counted.get(name, 0) + 1
        yield Metadata(Field(name, counted[name]), name, value)
    for block in blocks_of((found.text,)):
        yield TextSpan(Whole(), block.text)
    message = "the text is the file's, its place in the file is not known"
    yield Problem(Whole(), "places-unknown", message)


def _best(source: Source, context: Context) -> Extracted:
    """What the engine that found most words found.

    Raises:
        UnreadableError: each engine at hand failed on it.
        RefusedError: none found words, or the only one that could is not installed.
    """
    found: list[Extracted] = []
    failed = ""
    engines = _engines(context.media_type)
    for engine in engines:
        try:
            found.append(engine(source, context))
        except ExtractionError as why:
            failed = why.reason
    worded = [each for each in found if word_share(each.text) >= _LEAST_WORD_SHARE]
    if len(worded) > 0:
        return max(worded, key=lambda each: len(each.text.split()))
    if len(engines) == 0:
        raise RefusedError(f"{context.media_type} needs the extra `tika`, which is not installed")
    if len(found) == 0:
        raise UnreadableError(failed)
    names = " and ".join(each.engine for each in found)
    raise RefusedError(f"no reader yet for {context.media_type}; {names} found no words in it")


def _engines(media_type: str) -> list[_Engine]:
    # A package of a kind that nobody knows comes here by its container's type.
    names, by_tika = _TYPES.get(media_type, ((), True))
    engines: list[_Engine] = [partial(_by_xberg, name=name) for name in names]
    if by_tika and tika_is_installed():
        engines.append(_by_tika)
    return engines


def _by_xberg(source: Source, _context: Context, name: str) -> Extracted:
    return extract_by_xberg(source.read_all(), name)


def _by_tika(source: Source, context: Context) -> Extracted:
    with context.children.lent(source.blocks()) as path:
        return extract_by_tika(path)
