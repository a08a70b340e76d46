"""`/facts`, `/entity/<id>`, `/statements`: what is stated, of whom, and from which cell."""

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from muniment.app.web.fact_words import LABELS
from muniment.app.web.relation_graph import drawn_graph
from muniment.app.web.room import TheRoom
from muniment.app.web.templating import page
from muniment.catalog.facts import (
    EntitiesWanted,
    StatementsWanted,
    entities,
    entities_counted,
    entity_named,
    facts_counted,
    links_of,
    mappings,
    statements,
    statements_about,
    unread_counted,
)
from muniment.core import UsageError, parse_citation

router = APIRouter()

_A_PAGE = 50
_LISTED = 500
_ID = re.compile(r"[0-9a-f]{40}", re.ASCII)
_NEIGHBOURS = 40


@router.get("/facts")
def facts(
    *,
    request: Request,
    room: TheRoom,
    schema: Annotated[str, Query(max_length=60)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
    start: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """What is stated in the case: counts, what was not read, and the entities by name."""
    counted = entities_counted(room.facts)
    if schema != "" and schema not in counted:
        raise UsageError(
            f"nothing is stated of a {schema!r}",
            next_step=f"there is: {', '.join(counted)}" if counted else "confirm a mapping first",
        )
    found = entities(room.facts, EntitiesWanted(schema, words, start, _A_PAGE + 1))
    return page(
        request,
        "facts.html",
        counts=facts_counted(room.ledger),
        mapped=[each for each in mappings(room.ledger) if each.state == "applied"],
        counted=counted,
        unread=unread_counted(room.facts),
        entities=found[:_A_PAGE],
        asked=EntitiesWanted(schema, words, start),
        before=None if start == 0 else _url(schema, words, max(0, start - _A_PAGE)),
        after=_url(schema, words, start + _A_PAGE) if len(found) > _A_PAGE else None,
        labels=LABELS,
    )


@router.get("/entity/{name}")
def entity(request: Request, room: TheRoom, name: str) -> Response:
    """All that is stated of an entity, each with its place, and what ties it to others."""
    found = None if _ID.fullmatch(name) is None else entity_named(room.facts, name)
    if found is None:
        raise HTTPException(404, "nothing is stated of an entity with this id")
    ties = links_of(room.facts, frozenset((name,)))
    ends = {end for tie in ties for end in (tie.entity, tie.target)} - {name}
    # A detention or a relation is a line between two others: what lies behind it is shown too.
    further = links_of(room.facts, frozenset(sorted(ends)[:_NEIGHBOURS])) if ends else ()
    known = {tie.target if tie.entity == name else tie.entity: tie for tie in ties}
    graph = drawn_graph(found, (*ties, *further))
    drawn = {node.entity for node in graph.nodes}
    return page(
        request,
        "entity.html",
        entity=found,
        statements=statements_about(room.facts, name),
        ties=ties,
        known=known,
        # What is drawn stands in words as well: not every browser draws.
        further=[tie for tie in further if tie not in ties and {tie.entity, tie.target} <= drawn],
        graph=graph,
        labels=LABELS,
    )


@router.get("/statements")
def of_a_place(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    request: Request,
    room: TheRoom,
    c: Annotated[str, Query(max_length=8_000)] = "",
    property_: Annotated[str, Query(alias="property", max_length=60)] = "",
    schema: Annotated[str, Query(max_length=60)] = "",
    unread: bool = False,
) -> Response:
    """What the row of a cell states, or what was not read of a property."""
    try:
        at = None if c == "" else parse_citation(c)
    except ValueError as why:
        raise UsageError(
            f"{c!r} is no citation", next_step="copy one from a page that shows a value"
        ) from why
    wanted = StatementsWanted(
        at=at, schema=schema, property=property_, unread=unread, limit=_LISTED
    )
    found = list(statements(room.facts, wanted))
    return page(
        request,
        "statements.html",
        statements=found,
        at=c,
        wanted=wanted,
        full=len(found) == _LISTED,
        labels=LABELS,
    )


def _url(schema: str, words: str, start: int) -> str:
    fields = {"schema": schema, "words": words, "start": str(start)}
    return "/facts?" + urlencode({name: value for name, value in fields.items() if value})
