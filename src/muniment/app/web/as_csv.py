"""Lists as CSV, a row at a time: however long they are, memory does not grow.

- Names of files are whatever somebody chose to call them: what a spreadsheet program would take for
  a formula is guarded.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from starlette.responses import StreamingResponse

from muniment.app.web.downloads import attachment
from muniment.catalog.sheets import guarded

_MARK = "\ufeff".encode()  # spreadsheet programs take UTF-8 for something else without it


def csv_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[str | int]]
) -> StreamingResponse:
    """The rows as a file to be saved under `name`."""
    lines = _lines(columns, rows)
    headers = attachment(name, "csv")
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _lines(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[bytes]:
    yield _MARK + _line(columns)
    for row in rows:
        yield _line([guarded(field) if isinstance(field, str) else field for field in row])


def _line(fields: Sequence[str | int]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(fields)
    return line.getvalue().encode("utf-8", "replace")
