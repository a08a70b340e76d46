"""Lists as CSV, a row at a time: however long they are, memory does not grow.

- A field that a spreadsheet would take for a formula gets an apostrophe before it: names of files
  are whatever somebody chose to call them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from starlette.responses import StreamingResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingResponse:
    """The rows as a file to be saved under `name` (ours, without an ending)."""
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    lines = _lines(columns, rows)
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield _line(columns)
    for row in rows:
        yield _line([_safe(field) for field in row])


def _line(fields: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(fields)
    return line.getvalue().encode("utf-8", "replace")


def _safe(field: object) -> object:
    return "'" + field if isinstance(field, str) and field.startswith(_FORMULA) else field
