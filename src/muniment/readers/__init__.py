"""Untrusted bytes to located parts, one format a module, in an isolated process.

- `READERS` is the whole list; the first reader that names an object's type reads it.
- `read_isolated` is the only way in which other rooms have objects read.
"""

from muniment.readers.compressed import COMPRESSED
from muniment.readers.delimited import DELIMITED
from muniment.readers.encrypted_office import ENCRYPTED_OFFICE
from muniment.readers.hangul import HANGUL
from muniment.readers.isolated import Desk, Request, read_isolated
from muniment.readers.isolation import Mechanism, isolation_report
from muniment.readers.limits import DEFAULT_LIMITS, Limits
from muniment.readers.magic_library import libmagic_condition
from muniment.readers.mail_message import MAIL_MESSAGE
from muniment.readers.mailbox_file import MAILBOX_FILE
from muniment.readers.office_xml import OFFICE_XML
from muniment.readers.open_document import OPEN_DOCUMENT
from muniment.readers.packaged_text import PACKAGED_TEXT
from muniment.readers.partfile import PartWriter, read_parts, read_reading
from muniment.readers.pdf_document import PDF_DOCUMENT
from muniment.readers.plain_text import PLAIN_TEXT
from muniment.readers.presentation_binary import PRESENTATION_BINARY
from muniment.readers.raster import RASTER
from muniment.readers.reader import Context, Reader
from muniment.readers.rtf_document import RTF_DOCUMENT
from muniment.readers.sink import ChildSink, child_path
from muniment.readers.source import Source, open_source
from muniment.readers.tar_archive import TAR_ARCHIVE
from muniment.readers.vba_project import VBA_PROJECT
from muniment.readers.web_page import WEB_PAGE
from muniment.readers.word_binary import WORD_BINARY
from muniment.readers.word_document import WORD_DOCUMENT
from muniment.readers.workbook import WORKBOOK
from muniment.readers.zip_archive import ZIP_ARCHIVE

READERS: tuple[Reader, ...] = (
    PLAIN_TEXT,
    DELIMITED,
    WORKBOOK,
    WORD_DOCUMENT,
    WORD_BINARY,
    PRESENTATION_BINARY,
    RTF_DOCUMENT,
    OPEN_DOCUMENT,
    OFFICE_XML,
    PACKAGED_TEXT,
    HANGUL,
    VBA_PROJECT,
    PDF_DOCUMENT,
    RASTER,
    MAIL_MESSAGE,
    MAILBOX_FILE,
    WEB_PAGE,
    ZIP_ARCHIVE,
    TAR_ARCHIVE,
    COMPRESSED,
    ENCRYPTED_OFFICE,
)

__all__ = [
    "DEFAULT_LIMITS",
    "READERS",
    "ChildSink",
    "Context",
    "Desk",
    "Limits",
    "Mechanism",
    "PartWriter",
    "Reader",
    "Request",
    "Source",
    "child_path",
    "isolation_report",
    "libmagic_condition",
    "open_source",
    "read_isolated",
    "read_parts",
    "read_reading",
]
