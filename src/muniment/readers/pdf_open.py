"""A PDF opened twice: by PDFium for what its pages show, by qpdf for how it is made.

- A document that opens without a password is read, whatever its permission flags say; one that
  needs a password is opened with the first key that fits, or is locked.
- What PDFium cannot open is written anew by qpdf, in memory, and tried again; so are the pages
  alone where the file's directory is gone. The Problem says so, since what is then read is a
  reconstruction of the file.

Source: ISO 32000-1 §7.5 (file structure), §7.6 (encryption).
"""

import io
import warnings
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
import pikepdf
import pypdfium2  # type: ignore[import-untyped]

from muniment.core import Part, Problem, Whole
from muniment.readers.keys import Keys
from muniment.readers.pdf_salvage import salvaged
from muniment.readers.pdf_security import reason_of
from muniment.readers.said_of_errors import said_of
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from muniment.readers.source import Source

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_LARGEST_IN_MEMORY = 1 << 28
QPDF_ERRORS = (
    pikepdf.PdfError,
    pikepdf.ForeignObjectError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)
"""What pikepdf raises on objects that are not what the standard says they are."""


_REPAIRED = Problem(
    Whole(), "repaired", "the file is damaged; what is read is what could be put together again"
)


class Opened(msgspec.Struct, frozen=True):
    """A document: PDFium's, qpdf's where it could be had, and the trouble on the way."""

    pages: pypdfium2.PdfDocument
    structure: pikepdf.Pdf | None
    problems: tuple[Problem, ...]

    def close(self) -> None:
        """Let both go."""
        self.pages.close()
        if self.structure is not None:
            self.structure.close()


def opened(source: Source, keys: Keys, *, whole: bool = True) -> Opened:
    """The document; without its structure where only what its pages show is wanted.

    Raises:
        LockedError: it needs a password that is not among the keys, or what is no password.
        UnreadableError: neither library can make sense of it.
        RefusedError: it is damaged and too large to be repaired in memory.
    """
    # Both libraries read the same bytes, where they fit: qpdf asks for them a few at a time.
    data = source.read_all() if source.size <= _LARGEST_IN_MEMORY else None
    for secret in (None, *keys.secrets):
        pages = _with_pdfium(source.stream() if data is None else data, secret)
        if isinstance(pages, pypdfium2.PdfiumError):
            if _wants_password(pages):
                continue
            if getattr(pages, "err_code", None) == _SECURITY_ERROR:
                return _unsealed(source, keys)
            return _repaired(source, keys, str(pages))
        if len(pages) == 0:
            pages.close()
            return _repaired(source, keys, "it has no page")
        file = source.stream() if data is None else io.BytesIO(data)
        structure = _with_qpdf(file, secret or "") if whole else None
        if secret is not None:
            keys.worked(secret)
        trouble = tuple(_structure_trouble(structure)) if whole else ()
        return Opened(pages, structure, trouble)
    raise LockedError("it is encrypted and needs a password")


def _structure_trouble(structure: pikepdf.Pdf | None) -> Iterator[Problem]:
    if structure is None:
        message = "its properties, attachments and annotations cannot be read"
        yield Problem(Whole(), "structure-damaged", message)
    elif any("reconstruct" in str(warning) for warning in structure.get_warnings()):
        yield _REPAIRED


def _with_pdfium(
    file: bytes | io.BufferedReader, secret: str | None
) -> pypdfium2.PdfDocument | pypdfium2.PdfiumError:
    try:
        return pypdfium2.PdfDocument(file, password=secret, autoclose=False)
    except pypdfium2.PdfiumError as why:
        return why


def _wants_password(why: pypdfium2.PdfiumError) -> bool:
    return getattr(why, "err_code", None) == _PASSWORD_ERROR or "password" in str(why).lower()


def _with_qpdf(file: BinaryIO, secret: str) -> pikepdf.Pdf | None:
    try:
        return pikepdf.open(file, password=secret, suppress_warnings=True)
    # A password may be wrong for qpdf alone: it takes the first 127 bytes of it, PDFium all.
    except (*QPDF_ERRORS, pikepdf.PasswordError, OSError):
        return None


def _unsealed(source: Source, keys: Keys) -> Opened:
    """A document whose scheme PDFium does not know, where qpdf does."""
    data = source.read_at(0, _LARGEST_IN_MEMORY)
    found = _rewritten(data, keys) if source.size <= _LARGEST_IN_MEMORY else None
    if found is None:
        raise LockedError(reason_of(data))
    return found


def _repaired(source: Source, keys: Keys, why: str) -> Opened:
    if source.size > _LARGEST_IN_MEMORY:
        raise RefusedError(f"it is damaged, and larger than {_LARGEST_IN_MEMORY} bytes")
    data = source.read_all()
    found = _rewritten(data, keys)
    if found is None or _is_bare(found.structure):
        pages = salvaged(data)
        found = (None if pages is None else _rewritten(pages, keys)) or found
    if found is None:
        raise UnreadableError(f"it cannot be opened as a PDF: {why}")
    return found


def _is_bare(structure: pikepdf.Pdf | None) -> bool:
    """Whether no page shows anything: without a trailer qpdf may find pages and lose the rest."""
    return structure is not None and not any("/Contents" in page for page in structure.pages)


def _rewritten(data: bytes, keys: Keys) -> Opened | None:
    """The document as qpdf writes it anew; None where it has no page that can be opened.

    Raises:
        LockedError: it needs a password that is not among the keys.
    """
    for secret in ("", *keys.secrets):
        try:
            structure = pikepdf.open(io.BytesIO(data), password=secret, suppress_warnings=True)
            rewritten = io.BytesIO()
            with warnings.catch_warnings():
                # That fields of a salvaged form are not reachable is no news.
                warnings.simplefilter("ignore", pikepdf.exceptions.PageCopyWarning)
                structure.save(rewritten, encryption=False, deterministic_id=True)
            pages = pypdfium2.PdfDocument(rewritten.getvalue(), autoclose=False)
        except pikepdf.PasswordError:
            continue
        except (*QPDF_ERRORS, OSError, pypdfium2.PdfiumError, RecursionError):
            return None
        if len(pages) == 0:
            return None
        if secret != "":
            keys.worked(secret)
        return Opened(pages, structure, (_REPAIRED,))
    raise LockedError("it is encrypted and needs a password")


def permissions_of(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """How it is encrypted and what its flags allow, as names and values; none where it is not."""
    if pdf.is_encrypted:
        encryption = pdf.encryption
        yield "encryption", f"revision {encryption.R}, {encryption.bits} bits"
        allowed = [name for name, on in pdf.allow._asdict().items() if on]
        yield "allowed", ", ".join(allowed) or "nothing"


def tried(parts: Iterator[Part], what: str) -> Iterator[Part]:
    """The parts; where the objects they come from are not what they should be, a Problem."""
    try:
        yield from parts
    except (*QPDF_ERRORS, RecursionError) as why:
        message = f"{what} cannot be read in full ({said_of(why)})"
        yield Problem(Whole(), "structure-damaged", message)
