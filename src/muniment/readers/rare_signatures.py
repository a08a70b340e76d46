"""First bytes of kinds that seldom lie in a leak: programs, fonts, drawings, data, old documents.

- They are named here, and not by libmagic, where a reader reads or refuses them by name: what
  comes out must not depend on libmagic's version.
- Each entry is (offset, bytes, type); bytes that another kind may share are not enough for one.

Sources: the formats' specifications; PRONOM (nationalarchives.gov.uk) for the rest.
"""

import zlib

from muniment.readers.starts import Entry, Starts

_ZLIB_SAMPLE = 1_024
_DWG = "image/vnd.dwg"
_FLASH = "application/x-shockwave-flash"
_LOTUS = "application/vnd.lotus-1-2-3"
_R = "application/x-r-data"
_QUATTRO = "application/x-quattro-pro"
_STARTS: tuple[Entry, ...] = (
    # programs, and memory of programs
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xca\xfe\xd0\x0d", "application/x-java-pack200"),
    (0, b"\xfe\xed\xfa\xce", "application/x-mach-binary"),
    (0, b"\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    (0, b"\xce\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\0asm", "application/wasm"),
    (0, b"JAVA PROFILE 1.0.2\0", "application/vnd.java.hprof"),
    # fonts
    (0, b"\x00\x01\x00\x00\x00", "font/sfnt"),
    (0, b"true\x00", "font/sfnt"),
    (0, b"OTTO\x00", "font/otf"),
    (0, b"ttcf\x00", "font/collection"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"%!PS-AdobeFont-1", "application/x-font-type1"),
    (6, b"%!PS-AdobeFont", "application/x-font-type1"),
    # tables and data; Apache Avro 1.11, "Object Container Files"; ORC v1; R Internals §1.8
    (0, b"Obj\x01", "application/avro"),
    (0, b"ORC\x08", "application/x-orc"),
    (0, b"ORC\x0a", "application/x-orc"),
    (0, b"ORC\x11", "application/x-orc"),
    *(
        (0, b"RD" + sort + version + b"\n", _R)
        for sort in (b"X", b"A", b"B")
        for version in (b"2", b"3")
    ),
    (0, b"X\n\0\0\0\2", _R),
    (0, b"X\n\0\0\0\3", _R),
    # notes and documents; [MS-ONESTORE] §2.3.1: guidFileType
    (0, bytes.fromhex("e4525c7b8cd8a74daeb15378d02996d3"), "application/onenote"),
    (0, bytes.fromhex("a12fff43d9ef764c9ee210ea5722765f"), "application/onenote-toc"),
    (0, b"WARC/1.", "application/warc"),
    (0, b"WARC/0.", "application/warc"),
    (0, b"\xffWPC", "application/vnd.wordperfect"),
    (0, b"HWP Document File V3.0", "application/x-hwp-v3"),
    (0, bytes.fromhex("0606edf5d81d46e5bd31efe7fe74b71d"), "application/x-adobe-indesign"),
    (0, b"<MakerFile ", "application/x-framemaker"),
    (0, b"<MIFFile ", "application/x-mif"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"\x31\xbe\0\0\0\xab", "application/x-mswrite"),
    (0, b"\x32\xbe\0\0\0\xab", "application/x-mswrite"),
    (0, b"\0\0\x02\0\x06\x04\x06\0", _LOTUS),
    (0, b"\0\0\x02\0\x04\x04\x06\0", _LOTUS),
    (0, b"\0\0\x1a\0\0\x10\x04\0", _LOTUS),
    (0, b"\0\0\x1a\0\x02\x10\x04\0", _LOTUS),
    (0, b"\0\0\x1a\0\x03\x10\x04\0", _LOTUS),
    (0, b"\0\0\x1a\0\x05\x10\x04\0", _LOTUS),
    (0, b"\0\0\x02\0 Q", _QUATTRO),
    (0, b"\0\0\x02\0!Q", _QUATTRO),
    (0, b"\0\0\x02\0\x01\x10", _QUATTRO),
    (0, b"\0\0\x02\0\x02\x10", _QUATTRO),
    # packed streams that no reader of our own unpacks
    (0, b"\x1f\x9d", "application/x-compress"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"\xff\x06\0\0sNaPpY", "application/x-snappy-framed"),
    # drawings
    (0, b"AC10", _DWG),
    (0, b"AC1.", _DWG),
    (0, b"(DWF V", "model/vnd.dwf"),
    (8, b"0M3C", "application/x-prt"),
    (0, b"FWS", _FLASH),
    (0, b"CWS", _FLASH),
    (0, b"ZWS", _FLASH),
    (0, b"ASTM-E57", "model/e57"),
    # data
    (0, b"EHFA_HEADER_TAG\0", "application/x-erdas-hfa"),
    (0, b"SIMPLE  =", "image/fits"),
    (0, b"GRIB", "application/x-grib"),
    (0, b"\x89HDF\r\n\x1a\n", "application/x-hdf5"),
    (0, b"CDF\x01", "application/x-netcdf"),
    (0, b"CDF\x02", "application/x-netcdf"),
    (0, b"PAR1\x15", "application/vnd.apache.parquet"),
    (0, b"ARROW1\0\0", "application/vnd.apache.arrow.file"),
    (0, b"Obj\x01", "application/avro"),
    (0, b"MATLAB 5.0 MAT-file", "application/x-matlab-data"),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00", "application/x-sas-data"),
    (0, b"SAS     9.0", "application/x-sas-data-v6"),
    (0, b"HEADER RECORD*******LIB", "application/x-sas-xport"),
    (0, b"<stata_dta>", "application/x-stata-dta"),
    (0, b"$FL2", "application/x-spss-sav"),
    (12, b"\x62\x31\x05\x00", "application/x-berkeley-db"),
    (12, b"\x00\x05\x31\x62", "application/x-berkeley-db"),
    (12, b"\x61\x15\x06\x00", "application/x-berkeley-db"),
    (12, b"\x00\x06\x15\x61", "application/x-berkeley-db"),
    (0, b"\xfe\xfe\x07\x01", "application/x-mysql-index"),
    (0, b"\xfe\x01\x09", "application/x-mysql-table-definition"),
    # encrypted as a whole
    (0, bytes.fromhex("c0b9072e4f93f146a015792ca1d9e821"), "application/x-axcrypt"),
    (0, b"Salted__", "application/x-openssl-encrypted"),
    (0, b"LUKS\xba\xbe", "application/x-luks"),
    (0, b"-FVE-FS-", "application/x-bitlocker"),
    (3, b"-FVE-FS-", "application/x-bitlocker"),
    (0, b"age-encryption.org/v1", "application/age-encrypted"),
    (0, b"\x03\xd9\xa2\x9a\x67\xfb\x4b\xb5", "application/x-keepass2"),
)
_DER_SEQUENCE = b"\x30"
_CMS_WITHIN = 20
_CMS_TYPES: tuple[tuple[bytes, str], ...] = (
    # RFC 5544 §2 and RFC 3274 §1.1: content types within a CMS ContentInfo
    (bytes.fromhex("060b2a864886f70d010910011f"), "application/timestamped-data"),
    (bytes.fromhex("060b2a864886f70d0109100109"), "application/pkcs7-compressed"),
)
_JAVA = b"\xca\xfe\xba\xbe"
_LEAST_JAVA = 45  # JVMS §4.1: the first major version; a fat Mach-O counts its parts here
_PE_POINTER_AT = 60
_OWNER_SIZES = (162, 165)
_OWNER_LONGEST_NAME = 52
_OWNER_WIDE_AT = 54


def by_rare_signature(head: bytes, size: int) -> str | None:
    """The type that the first bytes (up to 64 KiB) name; None where they name none."""
    if size not in _OWNER_SIZES and not _TABLE.may_say(head):
        return None
    found = _TABLE.type_of(head)
    return found or _cms(head) or _program(head) or _zlib(head) or _owner_file(head, size)


def _is_plausible(media_type: str, head: bytes) -> bool:
    if media_type == _DWG:
        return head[6:9] == bytes(3)  # no text begins so
    if media_type == _FLASH:
        return b"\0" < head[3:4] < b"\x40" and not head[3:4].isspace()  # versions so far
    return True


_BESIDE = b"0|%b|MZ|x" % _JAVA  # DER, programs and zlib, as the functions below ask first
_TABLE = Starts(_STARTS, _is_plausible, _BESIDE)


def _cms(head: bytes) -> str | None:
    if not head.startswith(_DER_SEQUENCE):
        return None
    return next((name for oid, name in _CMS_TYPES if oid in head[:_CMS_WITHIN]), None)


def _program(head: bytes) -> str | None:
    if head.startswith(_JAVA):
        version = int.from_bytes(head[6:8], "big")
        return "application/java-vm" if version >= _LEAST_JAVA else "application/x-mach-binary"
    if head.startswith(b"MZ"):
        at = int.from_bytes(head[_PE_POINTER_AT : _PE_POINTER_AT + 4], "little")
        kind = head[at : at + 2] if at > 0 else b""
        if kind in (b"PE", b"NE", b"LE", b"LX"):
            return "application/vnd.microsoft.portable-executable"
    return None


def _zlib(head: bytes) -> str | None:
    """Two bytes that check (RFC 1950 §2.2), and a first stretch that unpacks."""
    if head[:1] != b"\x78" or int.from_bytes(head[:2], "big") % 31 != 0:
        return None
    try:
        unpacked = zlib.decompressobj().decompress(head, _ZLIB_SAMPLE)
    except zlib.error:
        return None
    return "application/zlib" if len(unpacked) > 0 else None


def _owner_file(head: bytes, size: int) -> str | None:
    """The `~$` file beside an open Office document: whose name, in one byte a letter and two."""
    if size not in _OWNER_SIZES or not 1 <= head[0] <= _OWNER_LONGEST_NAME:
        return None
    padding = head[1 + head[0] : _OWNER_WIDE_AT - 1].strip(b" \0")
    is_owner = padding == b"" and head[_OWNER_WIDE_AT] == head[0]
    return "application/x-ms-owner" if is_owner else None
