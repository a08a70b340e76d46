"""`/table/<sha256>/download`: the rows of a view of a table as CSV or Parquet, with citations."""

import shutil
from enum import StrEnum

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse

from muniment.app.web.downloads import attachment
from muniment.app.web.pages.table import Asked, digest_in_address, known_table
from muniment.app.web.room import TheRoom
from muniment.catalog.sheets import (
    Cite,
    Leaving,
    as_csv,
    headings,
    open_view,
    window,
    write_parquet,
)

router = APIRouter()

_PARQUET = "application/vnd.apache.parquet"


class Format(StrEnum):
    """What kind of file leaves."""

    CSV = "csv"
    PARQUET = "parquet"


class Values(StrEnum):
    """Which of a cell's values leaves."""

    SHOWN = "shown"
    WRITTEN = "written"


@router.get("/table/{sha256}/download", response_class=Response)
def download(  # noqa: PLR0913 - one parameter for each field of the form
    *,
    room: TheRoom,
    asked: Asked,
    sha256: str,
    format: Format = Format.CSV,  # noqa: A002 - the name of the field
    cite: Cite = Cite.ROW,
    values: Values = Values.SHOWN,
    plain: str = "",
    nobom: str = "",
) -> Response:
    """The rows that an address asks for, as a file."""
    digest = digest_in_address(sha256)
    view = known_table(room, digest, asked.sheet)
    sheet = open_view(room.case, room.ledger, view)
    leaving = Leaving(
        question=asked.question,
        columns=asked.columns or tuple(sheet.columns),
        headings=headings(sheet, asked.head),
        cite=cite,
        written=values is Values.WRITTEN,
        bom=nobom == "",
        guarded=plain == "",
    )
    # Asked once now: what cannot be answered must be a page that says so, no broken file.
    window(sheet, leaving.question, columns=leaving.columns, count=1)
    stem = view.name.rpartition(".")[0] or view.name or sha256[:16]
    name = stem if view.sheet is None else f"{stem} - {view.sheet}"
    if format is Format.CSV:
        return StreamingResponse(
            as_csv(sheet, leaving),
            media_type="text/csv; charset=utf-8",
            headers=attachment(name, "csv"),
        )
    folder = room.scratch()
    try:
        target = write_parquet(sheet, leaving, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        target,
        media_type=_PARQUET,
        headers=attachment(name, "parquet"),
        background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
    )
