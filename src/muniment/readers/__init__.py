"""Untrusted bytes to located parts, one format a module, in an isolated process.

- `READERS` is the whole list; the first reader that names an object's type reads it.
- `read_isolated` is the only way in which other rooms have objects read.
"""

from muniment.readers.isolated import Desk, Request, read_isolated
from muniment.readers.isolation import Mechanism, isolation_report
from muniment.readers.limits import DEFAULT_LIMITS, Limits
from muniment.readers.partfile import PartWriter, read_parts, read_reading
from muniment.readers.plain_text import PLAIN_TEXT
from muniment.readers.reader import Context, Reader
from muniment.readers.sink import ChildSink, child_path
from muniment.readers.source import Source, open_source

READERS: tuple[Reader, ...] = (PLAIN_TEXT,)

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
    "open_source",
    "read_isolated",
    "read_parts",
    "read_reading",
]
