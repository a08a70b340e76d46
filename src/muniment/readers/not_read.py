"""Formats that are known by their first bytes and read by no library that may be used here.

- Each is refused with what it is, and with what opens it: nobody has to guess from a media type.
- The readers of R's and JPEG XL's data that could be had are under licences that would bind the
  whole, or are not kept; DuckDB reads Avro and ORC only with extensions that it would download.
"""

from collections.abc import Iterator

from muniment.core import Part
from muniment.readers.reader import Context, Reader
from muniment.readers.signals import RefusedError
from muniment.readers.source import Source

_WHAT: dict[str, str] = {
    "image/jxl": "pictures in JPEG XL; djxl (libjxl) makes a PNG of it",
    "image/bpg": "pictures in BPG; bpgdec (libbpg) makes a PNG of it",
    "image/vnd.djvu": "scans in DjVu; ddjvu (DjVuLibre) makes a PDF of it, djvutxt its text",
    "application/avro": "tables in Avro; avro-tools or DuckDB with its extension makes a CSV of it",
    "application/x-orc": "tables in ORC; orc-contents makes JSON of it",
    "application/vnd.sqlite3-wal": "a log of SQLite by itself; beside its database, under that "
    "name and -wal, it is joined to it and read",
    "application/x-r-data": "data of R; R itself makes a CSV of it (load, write.csv)",
}


def refuse_known(_source: Source, context: Context) -> Iterator[Part]:
    """Nothing; the reason says what it is and what opens it."""
    yield from ()
    raise RefusedError(f"no reader yet for {_WHAT[context.media_type]}")


NOT_READ = Reader(name="not-read", version=2, media_types=tuple(_WHAT), read=refuse_known)
