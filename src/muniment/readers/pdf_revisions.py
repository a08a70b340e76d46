"""Where a PDF ends, and the earlier versions that its incremental updates have left standing.

    version 1 … %%EOF   what was changed … %%EOF   what was changed … %%EOF
    └─ revision 1 ─────┘
    └─ revision 2 ─────────────────────────────┘

- Bytes up to an end mark are exactly the file as it was saved then; each that opens as a PDF
  without repair is a child. The first end mark of a linearised file closes no version.

Source: ISO 32000-1 §7.5.6 (incremental updates), Annex F (linearised files).
"""

import io
import re
from collections.abc import Iterator

import pikepdf

from muniment.core import Field, Metadata, Part, Problem, Relation, Tally, Whole
from muniment.readers.members import Entry, child_or_problem
from muniment.readers.pdf_open import QPDF_ERRORS
from muniment.readers.signatures import by_signature
from muniment.readers.sink import ChildSink
from muniment.readers.source import Source

_MARK = b"%%EOF"
_PDF = "application/pdf"
_SIGN = 64
_OBJECTS = re.compile(rb"\d+ \d+ obj\b|\bstartxref\b|\bxref\b")
_LOOKED_AT = 1 << 16
_MOST = 50
_MOST_MARKS = 10_000
_LARGEST_TOGETHER = 1 << 30  # bytes of all earlier versions
_LARGEST = 1 << 28


def revisions_of(source: Source, marks: list[int], sink: ChildSink) -> Iterator[Part]:
    """How often the file was added to, and each earlier version as a child."""
    ends = marks[:-1]  # the last one closes the file as it is
    if len(ends) == 0 or source.size > _LARGEST:
        return
    if b"/Linearized" in source.read_at(0, 1024):
        ends = ends[1:]
    versions = [end for end in ends if _opens(source, end)]
    if len(versions) == 0:
        return
    yield Metadata(Field("revisions"), "revisions", str(len(versions) + 1))
    kept = list(_within(versions))
    if len(kept) < len(versions):
        message = f"{len(versions) - len(kept)} earlier versions are left out"
        yield Problem(Field("revisions"), "revisions-left-out", message)
    yield Tally(Whole(), "embedded", len(kept))
    for number, end in enumerate(kept, start=1):
        name = f"revision {number} of {len(versions) + 1}.pdf"
        stated = (("bytes", f"0-{end}"),)
        given = Entry(Field("revision", number), number - 1, Relation.EMBEDDED, b"", name, stated)
        yield child_or_problem(sink, given, source.blocks(0, end))


def _within(versions: list[int]) -> Iterator[int]:
    taken = 0
    for end in versions[:_MOST]:
        taken += end
        if taken > _LARGEST_TOGETHER:
            return
        yield end


def end_of(source: Source, marks: list[int]) -> int:
    """Where the document ends: at its last mark, or at one with a file of another kind behind it.

    What stands behind the last mark and is made of objects is an update that was cut short.
    """
    for end in marks:
        found = by_signature(source.read_at(end, _SIGN))
        if found not in (None, _PDF):
            return end
    if len(marks) == 0 or _OBJECTS.search(source.read_at(marks[-1], _LOOKED_AT)) is not None:
        return source.size
    return marks[-1]


def end_marks(source: Source) -> list[int]:
    """Where each end mark's line ends."""
    ends: list[int] = []
    rest = b""
    position = 0
    for block in source.blocks():
        data = rest + block
        start = data.find(_MARK)
        while start >= 0 and len(ends) < _MOST_MARKS:
            end = position - len(rest) + start + len(_MARK)
            ends.append(end + _line_end(source.read_at(end, 2)))
            start = data.find(_MARK, start + 1)
        rest = data[-len(_MARK) + 1 :]
        position += len(block)
    return ends


def _line_end(following: bytes) -> int:
    if following == b"\r\n":
        return 2
    return int(following[:1] in (b"\r", b"\n"))


def _opens(source: Source, end: int) -> bool:
    """Whether the bytes up to `end` are a whole PDF."""
    data = source.read_at(0, end)
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            return len(pdf.pages) > 0
    except pikepdf.PasswordError:
        return True
    except (*QPDF_ERRORS, OSError, RecursionError):
        return False
