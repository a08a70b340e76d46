"""Kinds of files and kinds of reasons: what counts are grouped by.

- A kind is a family of media types, found from the bytes.
- Numbers in a reason differ from file to file ("a message of more than 4096 bytes"): reasons that
  differ in nothing else are one.
"""

import hashlib
import re

_NOT_SAID = ("read", "empty", "pending")  # states that need no reason
MAIL = "mail"
# A word in a media type → the kind; the first that fits.
_KINDS: tuple[tuple[str, str], ...] = (
    ("encrypted", "encrypted document"),
    ("/x-ole-rights", "encrypted document"),
    ("pdf", "PDF"),
    ("spreadsheet", "spreadsheet"),
    ("vnd.ms-excel", "spreadsheet"),
    ("csv", "spreadsheet"),
    ("text/tab", "spreadsheet"),
    ("numbers", "spreadsheet"),
    ("presentation", "presentation"),
    ("vnd.ms-powerpoint", "presentation"),
    ("keynote", "presentation"),
    ("wordprocessing", "document"),
    ("msword", "document"),
    ("vnd.ms-word", "document"),
    ("opendocument.text", "document"),
    ("rtf", "document"),
    ("epub", "document"),
    ("hwp", "document"),
    ("message/", MAIL),
    ("mbox", MAIL),
    ("outlook", MAIL),
    ("tnef", MAIL),
    ("image/", "picture"),
    ("audio/", "sound and film"),
    ("video/", "sound and film"),
    ("html", "web page"),
    ("sqlite", "database"),
    ("msaccess", "database"),
    ("dbf", "database"),
    ("zip", "archive"),
    ("compressed", "archive"),
    ("/x-tar", "archive"),
    ("/x-xz", "archive"),
    ("/x-lzma", "archive"),
    ("zstd", "archive"),
    ("rar", "archive"),
    ("cpio", "archive"),
    ("archive", "archive"),
    ("cab", "archive"),
    ("iso9660", "archive"),
    ("text/", "text"),
    ("json", "text"),
    ("xml", "text"),
)
_OTHER, _NOT_YET = "other", "not read yet"
KIND_NAMES: tuple[str, ...] = (*dict.fromkeys(kind for _, kind in _KINDS), _OTHER, _NOT_YET)
_NUMBER = re.compile(r"(?<![^\W\d])\d+(?:[,.]\d+)*")


def kind_of(media_type: str) -> str:
    """The kind of file that a media type is."""
    if media_type == "":
        return _NOT_YET
    return next((kind for word, kind in _KINDS if word in media_type), _OTHER)


def general(reason: str) -> str:
    """A reason without the numbers in it."""
    return _NUMBER.sub("…", reason)


def why_key(state: str, reason: str) -> str:
    """A short name for a state and its general reason; empty where nothing is to be said."""
    if state in _NOT_SAID:
        return ""
    written = f"{state} {general(reason)}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(written).hexdigest()[:16]
