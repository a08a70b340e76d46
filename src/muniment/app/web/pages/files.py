"""`/files`: every file of the case, filtered, in an order, a page at a time."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from muniment.app.web.as_csv import csv_response
from muniment.app.web.asked import only_fields
from muniment.app.web.language_names import language_named
from muniment.app.web.pages.missing import AfterId, problem_url
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.app.web.wording import capital, with_commands
from muniment.catalog import (
    FileOrder,
    FileQuery,
    Link,
    chain,
    every_file,
    holdings,
    language_counts,
    list_files,
    of_why,
)
from muniment.core import Digest, UsageError, parse_digest
from muniment.text import LANGUAGE_CODES

router = APIRouter()
_ROWS = 50
_FIELDS = ("state", "kind", "language", "why", "name", "within", "order")
ORDERS = ((FileOrder.NAME.value, "by name"), (FileOrder.LARGEST.value, "largest first"))
_LONGEST = 200  # letters of a field of the address
_COLUMNS = (
    "sha256", "name", "also", "way", "kind", "type", "language", "state", "reason", "bytes",
    "problems",
)  # fmt: skip


def asked_for(request: Request) -> FileQuery:
    """The files that an address asks for.

    Raises:
        UsageError: a field is of no use.
    """
    only_fields(request, (*_FIELDS, "after"))
    fields = {name: request.query_params.get(name, "").strip() for name in _FIELDS}
    order = fields.pop("order") or FileOrder.NAME.value
    if any(len(value) > _LONGEST for value in fields.values()) or order not in [*FileOrder]:
        raise UsageError(
            "the address asks for files in a way that is not known",
            next_step="choose again on the page of files",
        )
    if fields["language"] not in ("", *LANGUAGE_CODES):
        raise UsageError(
            f"no language that is told apart goes by the code {fields['language']!r}",
            next_step=f"there is: {', '.join(LANGUAGE_CODES)}",
        )
    within = _digest(fields.pop("within"))
    return FileQuery(**fields, within=within, order=FileOrder(order))


Asked = Annotated[FileQuery, Depends(asked_for)]


@router.get("/files")
def files(request: Request, room: TheRoom, asked: Asked, after: AfterId = None) -> Response:
    """A page of files."""
    held = holdings(room.ledger)
    container = None if asked.within is None else chain(room.ledger, asked.within)
    return page(
        request,
        "files.html",
        asked=asked,
        held=held,
        found=list_files(room.ledger, asked, _ROWS, after),
        reason=of_why(room.ledger, asked.why) if asked.why != "" else None,
        container=container,
        kinds=sorted(each.kind for each in held.kinds),
        languages=[(code, language_named(code)) for code, _ in language_counts(room.ledger)],
        states=[state for state, _ in held.states],
        orders=ORDERS,
        first=None if after is None else _url("/files", asked),
        following=lambda last: _url("/files", asked, after=last),
        as_csv=_url("/files.csv", asked),
        without=lambda field: _url("/files", asked, **{field: ""}),
        pieces=lambda text: with_commands(capital(text), room.case.folder),
        problem_url=problem_url,
    )


@router.get("/files.csv")
def files_as_csv(room: TheRoom, asked: Asked) -> Response:
    """The same files, all of them, as a table."""
    rows = (
        (each.sha256, each.name, "; ".join(each.others), _way(each.way), each.kind, each.type,
         each.language, each.state, each.reason, each.size, each.problems)
        for each in every_file(room.ledger, asked)
    )  # fmt: skip
    return csv_response("files", _COLUMNS, rows)


def _way(links: tuple[Link, ...]) -> str:
    return " › ".join(link.name for link in reversed(links))


def _url(path: str, asked: FileQuery, **other: str | int) -> str:
    """The address of what was asked, with other fields put in."""
    fields: dict[str, str | int] = {
        "state": asked.state,
        "kind": asked.kind,
        "language": asked.language,
        "why": asked.why,
        "name": asked.name,
        "within": "" if asked.within is None else asked.within.hex,
        "order": "" if asked.order is FileOrder.NAME else asked.order.value,
    }
    given = {name: value for name, value in (fields | other).items() if value != ""}
    return path if len(given) == 0 else f"{path}?{urlencode(given)}"


def _digest(within: str) -> Digest | None:
    if within == "":
        return None
    try:
        return parse_digest(within)
    except ValueError as why:
        raise UsageError(
            "a container is named by 64 hexadecimal digits",
            next_step="choose it on the page of files",
        ) from why
