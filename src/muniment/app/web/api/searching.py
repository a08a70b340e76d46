"""`/search`: the same query, the same places, in the same order as `muniment search`."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query

from muniment.app.web.api.models import HitModel, HitsModel, given
from muniment.app.web.room import TheRoom
from muniment.catalog import Order, Window, answer, parse_query, require_filled
from muniment.vault import LONGEST_QUERY

router = APIRouter(tags=["search"])

_MOST_HITS = 500
_FARTHEST = 100_000  # hits that may come before those asked for


@router.get("/search")
def search(
    room: TheRoom,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUERY)],
    limit: Annotated[int, Query(ge=1, le=_MOST_HITS)] = 20,
    start: Annotated[int, Query(ge=0, le=_FARTHEST)] = 0,
    order: Order = "relevance",
) -> HitsModel:
    """Where the words of `q` stand; `muniment search --help` says how a query is written."""
    wanted = parse_query(q)
    require_filled(room.case, room.engine)
    found = answer(room.ledger, room.engine, wanted, Window(start, limit, order))
    more = None
    if start + limit < found.total and start + limit <= _FARTHEST:
        fields = {"q": q, "limit": limit, "start": start + limit, "order": order}
        more = f"/api/v1/search?{urlencode(fields)}"
    hits = [HitModel(**given(HitModel, hit)) for hit in found.hits]
    return HitsModel(query=q, total=found.total, hits=hits, next=more)
