"""Every reader keeps the contract, on samples of each type it reads."""

import importlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from muniment.readers import READERS
from muniment.readers.compressed import COMPRESSED, ZLIB_STREAM
from muniment.readers.delimited import DELIMITED
from muniment.readers.mail_message import MAIL_MESSAGE
from muniment.readers.mailbox_file import MAILBOX_FILE
from muniment.readers.pdf_document import PDF_DOCUMENT
from muniment.readers.plain_text import PLAIN_TEXT
from muniment.readers.raster import RASTER
from muniment.readers.tar_archive import TAR_ARCHIVE
from muniment.readers.web_page import WEB_PAGE
from muniment.readers.word_document import WORD_DOCUMENT
from muniment.readers.workbook import WORKBOOK
from muniment.readers.zip_archive import ZIP_ARCHIVE
from tests.readers import samples
from tests.readers.contract import ReaderContract

_TEXT = "甲, born 1969\r\n\r\nsecond paragraph\n"


class TestPlainText(ReaderContract):
    reader = PLAIN_TEXT
    samples: ClassVar = {
        "UTF-8": _TEXT.encode(),
        "UTF-16 with a mark": _TEXT.encode("utf-16"),
        "GB18030": ("在押人员名单，请核对。" * 8).encode("gb18030"),
        "XML": b'<?xml version="1.0"?><list><person/></list>',
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>',
    }


class TestDelimited(ReaderContract):
    reader = DELIMITED
    samples: ClassVar = {
        "commas": 'name,year\n甲,1969\n"a ""b""",\n'.encode(),
        "tabs": b"a\tb\n1\t2\n3\t4\n",
        "semicolons": "имя;год\r\nа;1\r\nб;2\r\n".encode("windows-1251"),
    }


class TestZipArchive(ReaderContract):
    reader = ZIP_ARCHIVE
    samples: ClassVar = {
        "deflated": samples.zipped(("a.txt", b"one"), ("b/", b""), ("b/ü.txt", b"two" * 50)),
        "stored": samples.zipped(("a", b"one"), method=zipfile.ZIP_STORED),
        "bzip2": samples.zipped(("a", b"one" * 9), method=zipfile.ZIP_BZIP2),
        "lzma": samples.zipped(("a", b"one" * 9), method=zipfile.ZIP_LZMA),
    }


class TestTarArchive(ReaderContract):
    reader = TAR_ARCHIVE
    samples: ClassVar = {"files and a link": samples.tarred(("a.txt", b"one"), ("名.txt", b"two"))}


class TestCompressed(ReaderContract):
    reader = COMPRESSED
    samples: ClassVar = {
        "gzip": samples.gzipped(b"1,2\n" * 20),
        "bzip2": samples.bzipped(b"1,2\n" * 20),
        "xz": samples.xzipped(b"1,2\n" * 20),
    }


class TestZlib(ReaderContract):
    reader = ZLIB_STREAM
    samples: ClassVar = {"packed text": zlib.compress(_TEXT.encode() * 9)}


class TestWorkbook(ReaderContract):
    reader = WORKBOOK
    samples: ClassVar = {"two sheets": samples.workbook()}


class TestWordDocument(ReaderContract):
    reader = WORD_DOCUMENT
    samples: ClassVar = {"every kind of text": samples.document()}


class TestPdfDocument(ReaderContract):
    reader = PDF_DOCUMENT
    samples: ClassVar = {
        "two pages": samples.pdf(samples.line("Hello", 60, 220), b""),
        "owner password only": samples.pdf(samples.line("Hello", 60, 220), owner="secret"),
    }


class TestRaster(ReaderContract):
    reader = RASTER
    samples: ClassVar = {
        "png": samples.picture("PNG"),
        "jpeg with EXIF": samples.photograph(),
        "gif": samples.picture("GIF"),
        "tiff": samples.picture("TIFF"),
        "webp": samples.picture("WEBP"),
        "bmp": samples.picture("BMP"),
    }


class TestMailMessage(ReaderContract):
    reader = MAIL_MESSAGE
    samples: ClassVar = {"attachments": samples.mail()}


class TestMailboxFile(ReaderContract):
    reader = MAILBOX_FILE
    samples: ClassVar = {"two messages": samples.mailbox()}


class TestWebPage(ReaderContract):
    reader = WEB_PAGE
    samples: ClassVar = {
        "a page": b"<!DOCTYPE html><html><title>T</title><body><p>One &amp; two<script>x</script>"
        b"<!-- unseen --><div>three</div></body></html>"
    }


def _contracts(of: type[ReaderContract]) -> Iterator[type[ReaderContract]]:
    for contract in of.__subclasses__():
        yield contract
        yield from _contracts(contract)


def test_no_reader_is_without_a_contract() -> None:
    for path in Path(__file__).parent.glob("test_*.py"):
        importlib.import_module(f"tests.readers.{path.stem}")
    kept = {each.reader.name for each in _contracts(ReaderContract) if hasattr(each, "reader")}
    assert {reader.name for reader in READERS} - kept == set()
