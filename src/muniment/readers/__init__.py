"""Untrusted bytes to located parts, one format a module, in an isolated process.

- `READERS` is the whole list; the first reader that names an object's type reads it.
- `read_isolated` is the only way in which other rooms have objects read.
"""

from muniment.readers.access_database import ACCESS_DATABASE
from muniment.readers.apple_double import APPLE_DOUBLE
from muniment.readers.apple_mail import APPLE_MAIL
from muniment.readers.archive_library import libarchive_condition
from muniment.readers.binary_workbook import BINARY_WORKBOOK
from muniment.readers.binhex_file import BINHEX
from muniment.readers.calendar_card import ADDRESS_CARD, CALENDAR
from muniment.readers.certificate import CERTIFICATE, DER_KEY
from muniment.readers.cms_message import CMS_MESSAGE
from muniment.readers.compiled_help import COMPILED_HELP
from muniment.readers.compressed import COMPRESSED, ZLIB_STREAM
from muniment.readers.dbase_table import DBASE_TABLE
from muniment.readers.delimited import DELIMITED
from muniment.readers.disk_images import DISK_IMAGE
from muniment.readers.drawing_file import DRAWING_FILE
from muniment.readers.encrypted_office import ENCRYPTED_OFFICE
from muniment.readers.exchange_tables import DIF, SYLK
from muniment.readers.fallback import fallback_for
from muniment.readers.forker import Forker
from muniment.readers.gnumeric_sheet import GNUMERIC
from muniment.readers.hangul import HANGUL
from muniment.readers.isolated import Desk, Request, read_isolated, read_with_keys
from muniment.readers.isolation import Mechanism, isolation_report
from muniment.readers.json_records import JSON_RECORDS
from muniment.readers.limits import DEFAULT_LIMITS, Limits
from muniment.readers.magic_library import libmagic_condition
from muniment.readers.mail_message import MAIL_MESSAGE
from muniment.readers.mailbox_file import FOXMAIL_BOX, MAILBOX_FILE, MMDF_FILE
from muniment.readers.mapi_record import MAPI_RECORD
from muniment.readers.media_file import MEDIA_FILE
from muniment.readers.metafile import METAFILE
from muniment.readers.no_document import NO_DOCUMENT
from muniment.readers.not_read import NOT_READ
from muniment.readers.note_section import NOTE_SECTION
from muniment.readers.office_xml import OFFICE_XML
from muniment.readers.old_workbook import OLD_WORKBOOK
from muniment.readers.ole_object import OLE_OBJECT
from muniment.readers.open_document import OPEN_DOCUMENT
from muniment.readers.open_spreadsheet import FLAT_SPREADSHEET, OPEN_SPREADSHEET
from muniment.readers.outlook_express import OUTLOOK_EXPRESS
from muniment.readers.outlook_message import OUTLOOK_MESSAGE
from muniment.readers.outlook_store import OUTLOOK_STORE
from muniment.readers.packaged_text import PACKAGED_TEXT
from muniment.readers.packed_archive import PACKED_ARCHIVE
from muniment.readers.parquet_table import PARQUET_TABLE
from muniment.readers.partfile import (
    PartWriter,
    read_frame,
    read_parts,
    read_reading,
    scan_parts,
)
from muniment.readers.pdf_document import PDF_DOCUMENT
from muniment.readers.pem_file import PEM_FILE
from muniment.readers.pgp_message import PGP_MESSAGE
from muniment.readers.plain_text import PLAIN_TEXT
from muniment.readers.presentation_binary import PRESENTATION_BINARY
from muniment.readers.property_list import PROPERTY_LIST
from muniment.readers.quill_text import QUILL_TEXT
from muniment.readers.raster import RASTER
from muniment.readers.reader import Context, Reader
from muniment.readers.rights_managed import RIGHTS_MANAGED
from muniment.readers.rtf_document import RTF_DOCUMENT
from muniment.readers.sink import ChildSink, child_path
from muniment.readers.source import Source, open_source
from muniment.readers.sql_dump import SQL_DUMP
from muniment.readers.sqlite_database import SQLITE_DATABASE
from muniment.readers.statistics_file import STATISTICS_FILES
from muniment.readers.tar_archive import TAR_ARCHIVE
from muniment.readers.timestamped_data import TIMESTAMPED_DATA
from muniment.readers.tnef_file import TNEF_FILE
from muniment.readers.vba_project import VBA_PROJECT
from muniment.readers.web_archive import WEB_ARCHIVE
from muniment.readers.web_page import WEB_PAGE
from muniment.readers.web_records import WEB_RECORDS
from muniment.readers.windows_shortcut import WINDOWS_SHORTCUT
from muniment.readers.word_binary import WORD_BINARY
from muniment.readers.word_document import WORD_DOCUMENT
from muniment.readers.wordperfect_document import WORDPERFECT
from muniment.readers.workbook import WORKBOOK
from muniment.readers.xml_spreadsheet import XML_SPREADSHEET
from muniment.readers.xmp_sidecar import XMP_SIDECAR
from muniment.readers.zip_archive import ZIP_ARCHIVE

READERS: tuple[Reader, ...] = (
    PLAIN_TEXT,
    JSON_RECORDS,
    DELIMITED,
    WORKBOOK,
    BINARY_WORKBOOK,
    OLD_WORKBOOK,
    OLE_OBJECT,
    OPEN_SPREADSHEET,
    FLAT_SPREADSHEET,
    XML_SPREADSHEET,
    GNUMERIC,
    SYLK,
    DIF,
    WORD_DOCUMENT,
    WORD_BINARY,
    PRESENTATION_BINARY,
    RTF_DOCUMENT,
    OPEN_DOCUMENT,
    OFFICE_XML,
    PACKAGED_TEXT,
    HANGUL,
    WORDPERFECT,
    QUILL_TEXT,
    VBA_PROJECT,
    PDF_DOCUMENT,
    RASTER,
    MAIL_MESSAGE,
    MAILBOX_FILE,
    MMDF_FILE,
    FOXMAIL_BOX,
    APPLE_MAIL,
    OUTLOOK_EXPRESS,
    OUTLOOK_MESSAGE,
    TNEF_FILE,
    RIGHTS_MANAGED,
    CMS_MESSAGE,
    TIMESTAMPED_DATA,
    CERTIFICATE,
    DER_KEY,
    PEM_FILE,
    PGP_MESSAGE,
    CALENDAR,
    ADDRESS_CARD,
    WEB_ARCHIVE,
    WINDOWS_SHORTCUT,
    APPLE_DOUBLE,
    BINHEX,
    OUTLOOK_STORE,
    MAPI_RECORD,
    WEB_PAGE,
    ZIP_ARCHIVE,
    TAR_ARCHIVE,
    PACKED_ARCHIVE,
    COMPILED_HELP,
    COMPRESSED,
    ZLIB_STREAM,
    SQLITE_DATABASE,
    DBASE_TABLE,
    ACCESS_DATABASE,
    SQL_DUMP,
    PARQUET_TABLE,
    *STATISTICS_FILES,
    DISK_IMAGE,
    WEB_RECORDS,
    ENCRYPTED_OFFICE,
    MEDIA_FILE,
    METAFILE,
    DRAWING_FILE,
    NOTE_SECTION,
    PROPERTY_LIST,
    XMP_SIDECAR,
    NO_DOCUMENT,
    NOT_READ,
)
READERS += (fallback_for(READERS),)  # what is left over
libarchive_condition()  # loads the library, for all the processes that are forked from here

__all__ = [
    "DEFAULT_LIMITS",
    "READERS",
    "ChildSink",
    "Context",
    "Desk",
    "Forker",
    "Limits",
    "Mechanism",
    "PartWriter",
    "Reader",
    "Request",
    "Source",
    "child_path",
    "isolation_report",
    "libarchive_condition",
    "libmagic_condition",
    "open_source",
    "read_frame",
    "read_isolated",
    "read_parts",
    "read_reading",
    "read_with_keys",
    "scan_parts",
]
