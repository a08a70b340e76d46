"""Whether bytes are text, and which kind of text.

- Text is what its encoding decodes without the control characters that no text has; a few of them
  do not make bytes of a text whose encoding is sure.
- A message is found before, by its header block (`mail_shape`); a mailbox may begin with a line
  that names no time. A table is known by equal numbers of fields in its rows, HTML, XML and
  JSON by how they begin and end; in doubt it is plain text, which loses nothing.
"""

import re
import unicodedata

from muniment.readers.control_bytes import CONTROLS
from muniment.readers.delimited_shape import delimiter_of
from muniment.readers.encodings import Encoding, decoded, encoding_of
from muniment.readers.mail_shape import begins_like_mail
from muniment.readers.markup_scan import root_name
from muniment.readers.source import Source
from muniment.readers.sql_text import is_sql

_CONTROL_SHARE = 0.001
# One in sixteen of a short text, up to three; in bytes that are UTF-8 throughout, also one in a
# hundred of a long one.
_SURE_SHARE, _FEW, _FEW_SHARE = 0.01, 3, 1 / 16
_STRANGE_SHARE = 0.05  # unassigned, private or undecodable, of a sample
_STRANGE_SAMPLE = 4_096
_MAILBOX_LINE = re.compile(r"From \S+.*\d\d:\d\d.*\d{4}")
_HTML_ROOTS = frozenset(("html", "head", "body", "title", "meta", "table", "div", "p", "script"))
_JSON = re.compile(r"\s*(?:\{\s*(?:\"|\})|\[\s*(?:[\[\{\"\]\d-]|true|false|null))")
_JSON_END = re.compile(r"[\]\}]\s*\Z")
_XML = ("<?xml ", "\ufeff<?xml ")
_TAIL = 1_024


def text_type(source: Source, head: bytes) -> str | None:
    """The type of some text; None where the bytes are not text."""
    encoding = encoding_of([head])
    text = "".join(decoded([head], encoding))
    # A character may be cut off at the end, of the sample or of the file.
    text = text.rstrip("\ufffd") if len(head) < source.size else text.removesuffix("\ufffd")
    if not _is_text(text, encoding):
        return None
    if text.startswith("From ") and (
        _MAILBOX_LINE.match(text) or begins_like_mail(head.partition(b"\n")[2])
    ):
        return "application/mbox"
    markup = _markup_type(source, text)
    if markup is None and is_sql(text):
        return "application/sql"
    return markup or _table_type(source, text) or "text/plain"


def _is_text(text: str, encoding: Encoding) -> bool:
    length = len(text)
    borne = (_SURE_SHARE if encoding.certain else _CONTROL_SHARE) * length
    if encoding.fits:
        borne = max(borne, min(_FEW, _FEW_SHARE * length))
    if len(CONTROLS.findall(text)) > borne:
        return False
    sample = text[:_STRANGE_SAMPLE]
    strange = sum(
        letter == "\ufffd" or unicodedata.category(letter) in ("Cn", "Co", "Cs")
        for letter in sample
        if not letter.isascii()
    )
    return strange <= _STRANGE_SHARE * len(sample)


def _markup_type(source: Source, text: str) -> str | None:
    root = root_name(text)
    if root in _HTML_ROOTS or root.endswith(":html"):
        return "text/html"
    if root == "svg" or root.endswith(":svg"):
        return "image/svg+xml"
    if root != "" or text.startswith(_XML):
        return "application/xml"
    if _JSON.match(text) is not None:
        tail = source.read_at(max(0, source.size - _TAIL), _TAIL).decode("latin-1")
        return "application/json" if _JSON_END.search(tail) is not None else None
    return None


def _table_type(source: Source, text: str) -> str | None:
    delimiter = delimiter_of(text, whole=len(text) >= source.size)
    if delimiter is None:
        return None
    return "text/tab-separated-values" if delimiter == "\t" else "text/csv"
