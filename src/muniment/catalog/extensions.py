"""Which types a name's extension promises: the one table, only to say that a name disagrees.

- A promise is the beginning of a media type, or a whole one; an extension that is not listed, or
  that several trades use for different things (`.dat`, `.bin`, `.db`), promises nothing.
- Kinds of text pass for each other: where `.txt` ends and `.csv` begins is nobody's deceit. Not
  so mail and JSON: read as mere text, a message keeps its attachments and a list its records.
- Encryption and old containers keep a promise: a locked `.docx` is one.
"""

_OOXML = "application/vnd.openxmlformats-officedocument."
_WORD = (_OOXML + "wordprocessingml", "application/vnd.ms-word.")
_SHEETS = (_OOXML + "spreadsheetml", "application/vnd.ms-excel.")
_SLIDES = (_OOXML + "presentationml", "application/vnd.ms-powerpoint.")
_LOCKED = ("application/x-ooxml-encrypted", "application/x-ole-encrypted")
_OLE = ("application/x-ole-storage", "application/x-ooxml-encrypted")
_ODF = "application/vnd.oasis.opendocument."
_TEXT = (
    *("text/", "message/", "application/mbox", "application/xml", "application/json"),
    *("application/xhtml", "application/rss", "application/atom", "image/svg+xml"),
    *("application/x-ndjson", "application/javascript", "application/x-subrip"),
)
_JSON = ("application/json", "application/x-ndjson")
_BOXES = ("video/mp4", "video/quicktime", "video/3gpp", "audio/mp4", "audio/x-m4a")
_OGG = ("audio/ogg", "video/ogg", "application/ogg", "audio/opus")
_ASF = ("video/x-ms-", "audio/x-ms-")
_EBML = ("video/x-matroska", "video/webm", "audio/x-matroska", "audio/webm")
_MPEG = ("video/mpeg", "video/mp2", "video/mp2t")
_TIFF = ("image/tiff",)
_IWORK = ("application/vnd.apple.", "application/x-iwork", "application/zip")
_CMS = ("application/pkcs7-", "application/x-pkcs7-")
_KEYS = ("application/x-x509", "application/pkix-", "application/x-pem", "text/plain")

_BY_PROMISE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pdf", ("application/pdf",)),
    ("txt csv tsv tab md log html htm xhtml xml svg srt vtt ics vcf rst org", _TEXT),
    ("json jsonl geojson", _JSON),
    ("eml emlx", ("message/", "application/mbox", "multipart/")),
    ("mht mhtml", ("message/", "text/", "application/mbox", "multipart/")),
    ("mbox mbx", ("application/mbox", "message/", "text/")),
    ("msg oft", ("application/vnd.ms-outlook", *_OLE)),
    ("pst ost", ("application/vnd.ms-outlook-pst", "application/vnd.ms-outlook")),
    ("docx docm dotx dotm", (*_WORD, *_LOCKED)),
    ("xlsx xlsm xlsb xltx xltm", (*_SHEETS, *_LOCKED)),
    ("pptx pptm ppsx potx", (*_SLIDES, *_LOCKED)),
    ("doc dot", ("application/msword", "application/rtf", *_OLE)),
    ("xls xlt", ("application/vnd.ms-excel", *_OLE)),
    ("ppt pps pot", ("application/vnd.ms-powerpoint", *_OLE)),
    ("odt ott", (_ODF + "text",)),
    ("ods ots", (_ODF + "spreadsheet",)),
    ("odp otp", (_ODF + "presentation",)),
    ("odg", (_ODF + "graphics",)),
    ("rtf", ("application/rtf", "text/rtf")),
    ("wpd wp5", ("application/vnd.wordperfect",)),
    ("hwp", ("application/x-hwp",)),
    ("epub", ("application/epub+zip",)),
    ("pages numbers key", _IWORK),
    ("one", ("application/onenote",)),
    ("chm", ("application/vnd.ms-htmlhelp",)),
    ("dwg", ("image/vnd.dwg",)),
    ("vsd", ("application/vnd.visio", *_OLE)),
    ("pub", ("application/x-mspublisher", *_OLE)),
    ("mdb accdb", ("application/x-msaccess", "application/msaccess")),
    ("sqlite sqlite3", ("application/vnd.sqlite3",)),
    ("dbf", ("application/x-dbf",)),
    ("p7m p7s p7c p7b", (*_CMS, "text/plain", "message/")),
    ("pem", _KEYS),
    ("der crt cer", (*_KEYS, "application/octet-stream")),
    ("gpg pgp", ("application/pgp-", "text/plain", "application/octet-stream")),
    ("zip", ("application/zip",)),
    ("jar war", ("application/java-archive", "application/zip")),
    ("gz tgz", ("application/gzip",)),
    ("bz2", ("application/x-bzip2",)),
    ("xz", ("application/x-xz",)),
    ("zst", ("application/zstd",)),
    ("tar", ("application/x-tar",)),
    ("7z", ("application/x-7z-compressed",)),
    ("rar", ("application/vnd.rar",)),
    ("iso", ("application/x-iso9660-image",)),
    ("cab", ("application/vnd.ms-cab-compressed",)),
    ("png", ("image/png",)),
    ("jpg jpeg jpe jfif", ("image/jpeg",)),
    ("gif", ("image/gif",)),
    ("tif tiff dng nef cr2 arw", _TIFF),
    ("webp", ("image/webp",)),
    ("bmp", ("image/bmp",)),
    ("heic heif hif", ("image/heic", "image/heif")),
    ("avif", ("image/avif",)),
    ("jp2 j2k jpx", ("image/jp2", "image/x-jp2-codestream")),
    ("jxl", ("image/jxl",)),
    ("psd psb", ("image/vnd.adobe.photoshop",)),
    ("ico cur", ("image/vnd.microsoft.icon",)),
    ("emf", ("image/emf",)),
    ("wmf", ("image/wmf",)),
    ("djvu djv", ("image/vnd.djvu",)),
    ("mp3", ("audio/mpeg",)),
    ("m4a m4b mp4 m4v mov 3gp 3g2", _BOXES),
    ("wav", ("audio/x-wav",)),
    ("aif aiff aifc", ("audio/x-aiff",)),
    ("flac", ("audio/flac", "audio/ogg")),
    ("ogg oga ogv opus", _OGG),
    ("amr", ("audio/amr",)),
    ("aac", ("audio/aac", "audio/mpeg")),
    ("wma wmv asf", _ASF),
    ("avi", ("video/x-msvideo",)),
    ("mkv mka webm", _EBML),
    ("flv", ("video/x-flv",)),
    ("mpg mpeg ts m2ts vob", _MPEG),
    ("mid midi", ("audio/midi",)),
    ("exe dll", ("application/vnd.microsoft.portable-executable", "application/x-dosexec")),
    ("ttf otf ttc", ("font/",)),
)
_PROMISED = {
    extension: promises for extensions, promises in _BY_PROMISE for extension in extensions.split()
}


def promised_types(untrusted_name: str) -> tuple[str, ...]:
    """Beginnings of the types that a name's last extension promises; empty where none."""
    base = untrusted_name.replace("\\", "/").rpartition("/")[2]
    stem, dot, extension = base.rpartition(".")
    return _PROMISED.get(extension.lower(), ()) if dot != "" and stem != "" else ()
