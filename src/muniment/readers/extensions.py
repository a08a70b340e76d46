"""Which types a file name's extension can stand for: only to say that a name disagrees.

- An extension that is not listed says nothing.
"""

_OOXML = "application/vnd.openxmlformats-officedocument."
_LOCKED_OOXML = "application/x-ooxml-encrypted"
_TEXTS = (
    "text/plain",
    "text/csv",
    "text/tab-separated-values",
    "text/html",
    "text/xml",
    "application/xml",
    "application/json",
    "image/svg+xml",
    "message/rfc822",
    "application/mbox",
)

_TYPES: dict[str, tuple[str, ...]] = {
    "pdf": ("application/pdf",),
    "zip": ("application/zip",),
    "docx": (_OOXML + "wordprocessingml.document", _LOCKED_OOXML),
    "docm": ("application/vnd.ms-word.document.macroenabled.12", _LOCKED_OOXML),
    "xlsx": (_OOXML + "spreadsheetml.sheet", _LOCKED_OOXML),
    "xlsm": ("application/vnd.ms-excel.sheet.macroenabled.12", _LOCKED_OOXML),
    "xlsb": ("application/vnd.ms-excel.sheet.binary.macroenabled.12", _LOCKED_OOXML),
    "pptx": (_OOXML + "presentationml.presentation", _LOCKED_OOXML),
    "doc": ("application/msword",),
    "xls": ("application/vnd.ms-excel",),
    "ppt": ("application/vnd.ms-powerpoint",),
    "msg": ("application/vnd.ms-outlook",),
    "odt": ("application/vnd.oasis.opendocument.text",),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet",),
    "odp": ("application/vnd.oasis.opendocument.presentation",),
    "epub": ("application/epub+zip",),
    "png": ("image/png",),
    "jpg": ("image/jpeg",),
    "jpeg": ("image/jpeg",),
    "gif": ("image/gif",),
    "tif": ("image/tiff",),
    "tiff": ("image/tiff",),
    "webp": ("image/webp",),
    "bmp": ("image/bmp",),
    "gz": ("application/gzip",),
    "tgz": ("application/gzip",),
    "bz2": ("application/x-bzip2",),
    "xz": ("application/x-xz",),
    "tar": ("application/x-tar",),
    "7z": ("application/x-7z-compressed",),
    "rar": ("application/vnd.rar",),
    "rtf": ("application/rtf",),
    "eml": ("message/rfc822",),
    "mbox": ("application/mbox",),
    "pst": ("application/vnd.ms-outlook-pst",),
    "csv": _TEXTS,
    "tsv": _TEXTS,
    "txt": _TEXTS,
    "md": _TEXTS,
    "log": _TEXTS,
    "json": _TEXTS,
    "html": _TEXTS,
    "htm": _TEXTS,
    "xml": _TEXTS,
    "svg": _TEXTS,
}


def types_of_extension(untrusted_name: str) -> tuple[str, ...]:
    """The types that a name's last extension stands for; empty where it says nothing."""
    base = untrusted_name.replace("\\", "/").rpartition("/")[2]
    stem, dot, extension = base.rpartition(".")
    return _TYPES.get(extension.lower(), ()) if dot != "" and stem != "" else ()
