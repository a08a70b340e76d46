"""Where a database ends and a write-ahead log begins that stands behind it, joined end to end.

- Its header names the log, its version and the size of the database's pages (§4.1); what is in it
  is SQLite's to judge, which takes over what was committed and passes its checksums.
- It is looked for from where the database says that it ends; where it does not say, at the
  beginnings of so many pages and no more.

Source: sqlite.org/fileformat2.html, §1.3.7, §1.3.8 and §4.
"""

from muniment.readers.signatures import SQLITE_LOGS
from muniment.readers.source import Source

LARGEST_PAGE = 1 << 16  # which the header of a database writes as 1
_HEADER = 100
_MOST_LOOKED_AT = 1 << 16  # pages: 256 MB of the usual size


def page_size(head: bytes) -> int:
    """The size of the pages of the database that begins so, in bytes; 0 where there is none."""
    size = int.from_bytes(head[16:18], "big")
    return LARGEST_PAGE if size == 1 else size


def header_end(head: bytes) -> int:
    """Where the last page ends as the header says; 0 where it does not.

    The number of pages counts if the change counter is the one it was written at.
    """
    if len(head) < _HEADER or head[24:28] != head[92:96]:
        return 0
    return int.from_bytes(head[28:32], "big") * page_size(head)


def log_behind(source: Source) -> int:
    """The byte from which on the log stands; the size of the file where none is found."""
    head = source.read_at(0, _HEADER)
    size = page_size(head)
    if size == 0:
        return source.size
    start = header_end(head) or size
    for at in range(start, min(source.size, start + size * _MOST_LOOKED_AT), size):
        signs = source.read_at(at, 12)
        if signs[:8] in SQLITE_LOGS and int.from_bytes(signs[8:], "big") == size:
            return at
    return source.size
