"""`/statements`, `/entities`, `/facilities`, `/timeline`, `/mappings`, `/totals`, `/proposed`."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException

from muniment.app.web.api.fact_models import (
    EntitiesModel,
    EntityModel,
    FacilitiesModel,
    FacilityModel,
    FindingModel,
    HeadcountModel,
    MappingModel,
    MappingsModel,
    OneEntityModel,
    ProposedModel,
    ProseModel,
    SaidModel,
    StatementModel,
    StatementsModel,
    TieModel,
    TimedModel,
    TimelineModel,
    TotalsModel,
)
from muniment.app.web.api.models import Sha256, given
from muniment.app.web.room import TheRoom
from muniment.catalog import object_view
from muniment.catalog.facts import (
    TIMED,
    EntitiesWanted,
    EntityView,
    FacilityView,
    Said,
    StatementsWanted,
    StatementView,
    entity_named,
    links_of,
    proposed_of_prose,
    rechecked,
    statements_about,
)
from muniment.catalog.facts import entities as find_entities
from muniment.catalog.facts import facilities as find_facilities
from muniment.catalog.facts import mappings as find_mappings
from muniment.catalog.facts import statements as find_statements
from muniment.catalog.facts import timeline as find_timeline
from muniment.catalog.judging import decided_of, state_of
from muniment.catalog.sheets import tables_of
from muniment.core import Citation, UsageError, parse_citation, parse_digest

router = APIRouter(tags=["facts"])

_MOST = 500
_TABLES = 100
TheStart = Annotated[int, Query(ge=0, le=10**9)]
TheLimit = Annotated[int, Query(ge=1, le=_MOST)]
TheName = Annotated[str, Query(pattern="^[A-Za-z]{0,60}$")]
TheEntity = Annotated[str, Path(pattern="^[0-9a-f]{40}$")]


@router.get("/statements")
def statements(  # noqa: PLR0913 - one parameter for each field of the address
    *,
    room: TheRoom,
    citation: Annotated[str, Query(max_length=8_000)] = "",
    entity: Annotated[str, Query(pattern="^([0-9a-f]{40})?$")] = "",
    schema: TheName = "",
    property: TheName = "",  # noqa: A002 - the word of the address
    unread: bool = False,
    limit: TheLimit = 100,
) -> StatementsModel:
    """What cells state: of the row of a citation, of an entity, of a property, or not read."""
    wanted = StatementsWanted(
        at=None if citation == "" else _citation(citation),
        entity=entity,
        schema=schema,
        property=property,
        unread=unread,
        limit=limit + 1,
    )
    found = list(find_statements(room.facts, wanted))
    return StatementsModel(
        statements=[_statement(each) for each in found[:limit]], truncated=len(found) > limit
    )


@router.get("/entities")
def entities(
    *,
    room: TheRoom,
    schema: TheName = "",
    words: Annotated[str, Query(max_length=200)] = "",
    start: TheStart = 0,
    limit: TheLimit = 100,
) -> EntitiesModel:
    """Who and what statements are about, people first; `words` is a part of a name."""
    found = find_entities(room.facts, EntitiesWanted(schema, words, start, limit + 1))
    fields = {"schema": schema, "words": words, "limit": limit}
    return EntitiesModel(
        entities=[EntityModel(**_entity(each)) for each in found[:limit]],
        next=_next("entities", fields, start, limit, found),
    )


@router.get("/entities/{entity}")
def one_entity(room: TheRoom, entity: TheEntity) -> OneEntityModel:
    """All that is stated of an entity, and what ties it to others."""
    found = entity_named(room.facts, entity)
    if found is None:
        raise HTTPException(404, "nothing is stated of an entity with this id")
    ties = links_of(room.facts, frozenset((entity,)))
    return OneEntityModel(
        **_entity(found),
        statements=[_statement(each) for each in statements_about(room.facts, entity)],
        ties=[TieModel(**given(TieModel, each, schema_name=each.schema)) for each in ties],
    )


@router.get("/facilities")
def facilities(room: TheRoom, start: TheStart = 0, limit: TheLimit = 100) -> FacilitiesModel:
    """Facilities: names, kinds, coordinates, when in use, how many people they held."""
    found = find_facilities(room.facts)[start : start + limit + 1]
    return FacilitiesModel(
        facilities=[_facility(each) for each in found[:limit]],
        next=_next("facilities", {"limit": limit}, start, limit, found),
    )


@router.get("/timeline")
def timeline(
    room: TheRoom, schema: TheName = "", start: TheStart = 0, limit: TheLimit = 100
) -> TimelineModel:
    """Orders, posts, states of facilities and events in the order of time."""
    if schema not in ("", *TIMED):
        raise UsageError(
            f"a timeline has no {schema!r}", next_step=f"choose among {', '.join(TIMED)}"
        )
    every = find_timeline(room.facts, TIMED if schema == "" else (schema,))
    found = every[start : start + limit + 1]
    return TimelineModel(
        items=[
            TimedModel(**given(TimedModel, each, schema_name=each.schema)) for each in found[:limit]
        ],
        next=_next("timeline", {"schema": schema, "limit": limit}, start, limit, found),
    )


@router.get("/mappings")
def mappings(room: TheRoom) -> MappingsModel:
    """The mappings that people confirmed: who, when, which replaced which."""
    return MappingsModel(
        mappings=[
            MappingModel(
                **given(
                    MappingModel, each, title="" if each.mapping is None else each.mapping.title
                )
            )
            for each in find_mappings(room.ledger)
        ]
    )


@router.get("/totals/{sha256}")
def totals(room: TheRoom, sha256: Annotated[Sha256, Path()]) -> TotalsModel:
    """The printed figures of an object's tables, computed again."""
    views = tables_of(room.ledger, parse_digest(sha256), start=0, limit=_TABLES)
    if len(views) == 0:
        raise HTTPException(404, "no table was read in an object with this digest")
    found = [rechecked(room.case, room.ledger, view) for view in views]
    return TotalsModel(
        sha256=sha256,
        agree=sum(each.agree for each in found),
        findings=[
            FindingModel(**given(FindingModel, one)) for each in found for one in each.findings
        ],
    )


@router.get("/proposed/{sha256}")
def proposed(room: TheRoom, sha256: Annotated[Sha256, Path()]) -> ProseModel:
    """What the text of an object seems to state: proposals, and no statements."""
    digest = parse_digest(sha256)
    try:
        object_view(room.ledger, digest)
    except UsageError as why:
        raise HTTPException(404, why.message) from why
    found = room.ledger.remembered(
        ("proposed of prose", sha256), lambda: proposed_of_prose(room.case, digest)
    )
    decided = decided_of(room.ledger, sha256)
    return ProseModel(
        sha256=sha256,
        proposed=[
            ProposedModel(
                **given(
                    ProposedModel,
                    each,
                    state=state_of(decided[each.id]) if each.id in decided else "proposed",
                    decision=decided[each.id].id if each.id in decided else None,
                )
            )
            for each in found.proposed
        ],
        letters=found.letters,
        whole=found.whole,
    )


def _citation(written: str) -> Citation:
    """The citation that an address holds.

    Raises:
        UsageError: it is none.
    """
    try:
        return parse_citation(written)
    except ValueError as why:
        raise UsageError(
            f"{written!r} is no citation", next_step="copy one from an answer that has a value"
        ) from why


def _statement(view: StatementView) -> StatementModel:
    return StatementModel(
        **given(StatementModel, view, schema_name=view.schema, doubts=list(view.doubts))
    )


def _entity(view: EntityView) -> dict[str, Any]:
    return given(EntityModel, view, schema_name=view.schema, page=f"/entity/{view.entity}")


def _facility(view: FacilityView) -> FacilityModel:
    def said(values: Sequence[Said]) -> list[SaidModel]:
        return [SaidModel(value=each.value, citation=each.citation) for each in values]

    return FacilityModel(
        entity=view.entity,
        names=said(view.names),
        kinds=said(view.kinds),
        latitudes=said(view.latitudes),
        longitudes=said(view.longitudes),
        starts=said(view.starts),
        ends=said(view.ends),
        headcounts=[
            HeadcountModel(date=date, value=each.value, citation=each.citation)
            for date, each in view.headcounts
        ],
    )


def _next(
    name: str, fields: dict[str, Any], start: int, limit: int, found: Sequence[object]
) -> str | None:
    if len(found) <= limit:
        return None
    chosen = {key: value for key, value in fields.items() if value != ""}
    return f"/api/v1/{name}?" + urlencode(chosen | {"start": start + limit})
