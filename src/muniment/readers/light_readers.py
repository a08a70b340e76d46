"""Texts, tables, office files, mail and plain archives: the readers that need few libraries."""

from muniment.readers.access_database import ACCESS_DATABASE
from muniment.readers.apple_double import APPLE_DOUBLE
from muniment.readers.apple_mail import APPLE_MAIL
from muniment.readers.binary_workbook import BINARY_WORKBOOK
from muniment.readers.binhex_file import BINHEX
from muniment.readers.calendar_card import ADDRESS_CARD, CALENDAR
from muniment.readers.cms_message import CMS_MESSAGE
from muniment.readers.compressed import COMPRESSED, ZLIB_STREAM
from muniment.readers.dbase_table import DBASE_TABLE
from muniment.readers.delimited import DELIMITED
from muniment.readers.drawing_file import DRAWING_FILE
from muniment.readers.exchange_tables import DIF, SYLK
from muniment.readers.gnumeric_sheet import GNUMERIC
from muniment.readers.hangul import HANGUL
from muniment.readers.json_records import JSON_RECORDS
from muniment.readers.mail_message import MAIL_MESSAGE
from muniment.readers.mailbox_file import FOXMAIL_BOX, MAILBOX_FILE, MMDF_FILE
from muniment.readers.mapi_record import MAPI_RECORD
from muniment.readers.media_file import MEDIA_FILE
from muniment.readers.metafile import METAFILE
from muniment.readers.no_document import NO_DOCUMENT
from muniment.readers.not_read import NOT_READ
from muniment.readers.note_section import NOTE_SECTION
from muniment.readers.office_samples import office_samples
from muniment.readers.office_xml import OFFICE_XML
from muniment.readers.old_workbook import OLD_WORKBOOK
from muniment.readers.open_document import OPEN_DOCUMENT
from muniment.readers.open_spreadsheet import FLAT_SPREADSHEET, OPEN_SPREADSHEET
from muniment.readers.outlook_express import OUTLOOK_EXPRESS
from muniment.readers.outlook_message import OUTLOOK_MESSAGE
from muniment.readers.packaged_text import PACKAGED_TEXT
from muniment.readers.pem_file import PEM_FILE
from muniment.readers.pgp_message import PGP_MESSAGE
from muniment.readers.plain_text import PLAIN_TEXT
from muniment.readers.presentation_binary import PRESENTATION_BINARY
from muniment.readers.property_list import PROPERTY_LIST
from muniment.readers.quill_text import QUILL_TEXT
from muniment.readers.reader import Reader
from muniment.readers.rights_managed import RIGHTS_MANAGED
from muniment.readers.rtf_document import RTF_DOCUMENT
from muniment.readers.sql_dump import SQL_DUMP
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
    *(PLAIN_TEXT, JSON_RECORDS, DELIMITED, SQL_DUMP, DBASE_TABLE, ACCESS_DATABASE),
    *(WORKBOOK, BINARY_WORKBOOK, OLD_WORKBOOK, OPEN_SPREADSHEET, FLAT_SPREADSHEET),
    *(XML_SPREADSHEET, GNUMERIC, SYLK, DIF, *STATISTICS_FILES),
    *(WORD_DOCUMENT, WORD_BINARY, PRESENTATION_BINARY, RTF_DOCUMENT, OPEN_DOCUMENT, OFFICE_XML),
    *(PACKAGED_TEXT, HANGUL, WORDPERFECT, QUILL_TEXT, NOTE_SECTION, DRAWING_FILE),
    *(MAIL_MESSAGE, MAILBOX_FILE, MMDF_FILE, FOXMAIL_BOX, APPLE_MAIL, OUTLOOK_EXPRESS),
    *(OUTLOOK_MESSAGE, MAPI_RECORD, TNEF_FILE, RIGHTS_MANAGED, CALENDAR, ADDRESS_CARD),
    *(VBA_PROJECT, CMS_MESSAGE, TIMESTAMPED_DATA, PEM_FILE, PGP_MESSAGE),
    *(WEB_PAGE, WEB_ARCHIVE, WEB_RECORDS, WINDOWS_SHORTCUT, PROPERTY_LIST, XMP_SIDECAR),
    *(ZIP_ARCHIVE, TAR_ARCHIVE, COMPRESSED, ZLIB_STREAM, APPLE_DOUBLE, BINHEX),
    *(MEDIA_FILE, METAFILE, NO_DOCUMENT, NOT_READ),
)


def samples() -> tuple[bytes, ...]:
    """Some files of these kinds, made here."""
    return office_samples()
