"""`/`: what arrived, what came of it, what is missing, and what to do next."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog import coverage, totals

router = APIRouter()


@router.get("/")
def overview(request: Request, room: TheRoom) -> Response:
    """The first page."""
    return page(
        request, "overview.html", whole=totals(room.ledger), covered=coverage(room.ledger).total
    )
