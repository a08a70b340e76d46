"""`/search`: the same words, the same places, in the same order as `muniment search`."""

from typing import Annotated

from fastapi import APIRouter, Query

from muniment.app.web.api.models import HitModel, HitsModel
from muniment.app.web.room import TheRoom
from muniment.catalog import Window, locate, parse_query, require_filled
from muniment.core import Citation
from muniment.vault import LONGEST_QUERY

router = APIRouter(tags=["search"])

_MOST_HITS = 1_000


@router.get("/search")
def search(
    room: TheRoom,
    q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUERY)],
    limit: Annotated[int, Query(ge=1, le=_MOST_HITS)] = 20,
) -> HitsModel:
    """Where the words of `q` stand, in the language of `muniment search --help`."""
    wanted = parse_query(q)
    hits = []
    require_filled(room.case, room.engine)
    for found in room.engine.search(wanted, Window(limit=limit)).hits:
        place = locate(found.passage, wanted)
        hits.append(
            HitModel(
                citation=str(Citation(found.digest, place.at)),
                sha256=found.digest.hex,
                snippet=place.snippet,
                score=found.score,
            )
        )
    return HitsModel(query=q, hits=hits)
