"""`/sql`: one SELECT over the case's tables, answered here, within a bound of time and memory.

- Asked by GET, so that a question can be sent to a colleague as a link; asking changes nothing.
- What looks like a citation or a file in an answer leads to where it stands.
"""

import csv
import io
import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from muniment.app.web.downloads import attachment
from muniment.app.web.room import TheRoom
from muniment.app.web.sql_examples import EXAMPLES
from muniment.app.web.templating import page
from muniment.catalog import TABLES, answer_in, write_answer
from muniment.catalog import query as rows_of
from muniment.catalog.sheets import guarded
from muniment.core import UsageError

router = APIRouter()

_A_PAGE = 100
_SECONDS = 10.0
_SECONDS_OUT = 120.0  # for an answer that leaves as a file
_FARTHEST = 100_000  # rows before a page
_CITATION = re.compile(r"ni:///sha-256;[A-Za-z0-9_-]{43}(#.*)?", re.ASCII | re.DOTALL)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LONGEST = 400  # letters of a value on the page

Statement = Annotated[str, Query(max_length=5_000)]


@router.get("/sql")
def sql(
    request: Request,
    room: TheRoom,
    statement: Statement = "",
    start: Annotated[int, Query(ge=0, le=_FARTHEST)] = 0,
) -> Response:
    """The box, and a page of the answer where something is asked."""
    found: dict[str, Any] = {"names": (), "rows": (), "trouble": None, "more": False}
    if statement.strip() != "":
        try:
            names, rows = answer_in(
                room.tables, statement, start=start, most=_A_PAGE + 1, seconds=_SECONDS
            )
            found |= {"names": names, "more": len(rows) > _A_PAGE}
            found["rows"] = [[_seen(value) for value in row] for row in rows[:_A_PAGE]]
        except UsageError as why:  # said beside the box, so that the statement can be mended
            found["trouble"] = why
    return page(
        request,
        "sql.html",
        400 if found["trouble"] is not None else 200,
        statement=statement,
        start=start,
        tables=TABLES,
        examples=EXAMPLES,
        before=_address(statement, max(0, start - _A_PAGE)) if start > 0 else None,
        after=_address(statement, start + _A_PAGE) if found["more"] else None,
        csv="/sql.csv?" + urlencode({"statement": statement}),
        parquet="/sql.parquet?" + urlencode({"statement": statement}),
        seconds=_SECONDS,
        **found,
    )


@router.get("/sql.csv", response_class=Response)
def sql_csv(room: TheRoom, statement: Statement) -> Response:
    """The whole answer as CSV."""
    rows = rows_of(room.tables, statement, seconds=_SECONDS_OUT)
    first = next(rows, None)  # what cannot be answered must be a page that says so
    lines = _csv(() if first is None else chain([first], rows))
    return StreamingResponse(
        lines, media_type="text/csv; charset=utf-8", headers=attachment("answer", "csv")
    )


@router.get("/sql.parquet", response_class=Response)
def sql_parquet(room: TheRoom, statement: Statement) -> Response:
    """The whole answer as Parquet, with the types that it has."""
    folder = room.scratch()
    try:
        write_answer(room.tables, statement, folder / "answer.parquet", seconds=_SECONDS_OUT)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        folder / "answer.parquet",
        media_type="application/vnd.apache.parquet",
        headers=attachment("answer", "parquet"),
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )


def _address(statement: str, start: int) -> str:
    return "/sql?" + urlencode({"statement": statement, "start": start})


def _seen(value: Any) -> dict[str, Any]:
    """A value of an answer: its text, whether it is a number, and what it leads to."""
    text = "" if value is None else str(value)
    leads = "citation" if _CITATION.fullmatch(text) else "file" if _DIGEST.fullmatch(text) else ""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return {"text": cut, "whole": text, "leads": leads, "number": number, "null": value is None}


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    for number, row in enumerate(rows):
        if number == 0:
            yield _line(row)
        yield _line("" if value is None else str(value) for value in row.values())


def _line(fields: Iterable[str]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerow(guarded(field) for field in fields)
    return target.getvalue().encode()
