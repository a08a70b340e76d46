"""Where a write-ahead log stands behind a database, as the two are joined end to end.

- Its header names it, its version and the size of the database's pages (§4.1); what is in it is
  SQLite's to judge, which takes over what was committed and passes its checksums.

Source: sqlite.org/fileformat2.html, §4.
"""

from muniment.readers.signatures import SQLITE_LOGS
from muniment.readers.source import Source

LARGEST_PAGE = 1 << 16  # which the header of a database writes as 1


def page_size(head: bytes) -> int:
    """The size of the pages of the database that begins so, in bytes; 0 where there is none."""
    size = int.from_bytes(head[16:18], "big")
    return LARGEST_PAGE if size == 1 else size


def log_behind(source: Source) -> int:
    """The byte from which on the log stands; the size of the file where there is none."""
    size = page_size(source.read_at(0, 100))
    for at in range(size, source.size, size) if size > 0 else ():
        head = source.read_at(at, 12)
        if head[:8] in SQLITE_LOGS and int.from_bytes(head[8:], "big") == size:
            return at
    return source.size
