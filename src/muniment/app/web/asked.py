"""What an address asks for, checked: digests, places, citations, numbers.

- What names nothing that could be there is a page "nothing at this address" with a next step.
"""

from collections.abc import Collection

from fastapi import Request
from starlette.exceptions import HTTPException

from muniment.catalog import Query, parse_query
from muniment.core import (
    Citation,
    Digest,
    Place,
    UsageError,
    Whole,
    parse_citation,
    parse_digest,
    parse_place,
)

_LONGEST = 4_000  # letters of a citation or a query in an address
_STEP = "copy a citation from a page of this room; docs/reference/citations.md lists the forms"


def only_fields(request: Request, known: Collection[str]) -> None:
    """Refuse a field that a page has not: left out silently, a list would be of more than is asked.

    Raises:
        UsageError: the address has one.
    """
    unknown = [name for name in request.query_params if name not in known]
    if len(unknown) > 0:
        raise UsageError(
            f"nothing here is asked for by the name {unknown[0][:40]!r}",
            next_step=f"there is: {', '.join(known)}",
        )


def asked_digest(written: str) -> Digest:
    """The digest in an address.

    Raises:
        HTTPException: it is none.
    """
    try:
        return parse_digest(written)
    except ValueError as why:
        raise HTTPException(404, "no file has that name: it is not a SHA-256") from why


def asked_place(written: str) -> Place:
    """The place that `at` names; the whole object where it is empty.

    Raises:
        UsageError: it names none.
    """
    if len(written) > _LONGEST:
        raise UsageError("the place in the address is too long", next_step=_STEP)
    try:
        return Whole() if written == "" else parse_place(written)
    except ValueError as why:
        raise UsageError(f"{written!r} is not a place: {why}", next_step=_STEP) from why


def asked_citation(written: str) -> Citation:
    """The citation that `c` names.

    Raises:
        UsageError: it names none.
    """
    if len(written) > _LONGEST:
        raise UsageError("the citation in the address is too long", next_step=_STEP)
    try:
        return parse_citation(written.strip())
    except ValueError as why:
        raise UsageError(f"{written!r} is not a citation: {why}", next_step=_STEP) from why


def asked_query(written: str) -> Query | None:
    """The query whose words are to be marked; None where there is none, or none that is one."""
    if written.strip() == "" or len(written) > _LONGEST:
        return None
    try:
        return parse_query(written)
    except UsageError:
        return None  # the page is asked for, not the search: it is shown without marks
