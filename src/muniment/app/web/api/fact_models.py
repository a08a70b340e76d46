"""What the API gives of facts, as types."""

from typing import Annotated

from pydantic import Field

from muniment.app.web.api.models import Given

# Called `schema` where it is given, as the commands call it: a model has a method of that name.
SchemaName = Annotated[str, Field(serialization_alias="schema")]


class StatementModel(Given):
    """What a cell, or another place, states: as written, and as read where it was."""

    statement: str
    entity: str
    schema_name: SchemaName
    property: str
    written: str
    shown: str | None
    read: str | None
    unread: str
    doubts: list[str]
    sha256: str
    sheet: str | None
    row: int | None
    column: int | None
    citation: str
    by: str
    source: str


class StatementsModel(Given):
    """Statements by object, row and column; where `truncated`, there are more."""

    statements: list[StatementModel]
    truncated: bool


class EntityModel(Given):
    """Somebody or something that statements are about, and the row it was first met in."""

    entity: str
    schema_name: SchemaName
    caption: str
    sha256: str
    sheet: str | None
    row: int | None
    page: str


class EntitiesModel(Given):
    """Some entities, people first; `next` is the address of those after them."""

    entities: list[EntityModel]
    next: str | None


class TieModel(Given):
    """That an entity says of another, and where it stands."""

    entity: str
    schema_name: SchemaName
    caption: str
    property: str
    target: str
    target_schema: str
    target_caption: str
    citation: str


class OneEntityModel(EntityModel):
    """An entity, all that is stated of it, and what ties it to others."""

    statements: list[StatementModel]
    ties: list[TieModel]


class SaidModel(Given):
    """A value as read, and its place."""

    value: str
    citation: str


class HeadcountModel(SaidModel):
    """How many people were held, and when; empty where no date is stated."""

    date: str


class FacilityModel(Given):
    """A facility as statements describe it: every member may have several values, or none."""

    entity: str
    names: list[SaidModel]
    kinds: list[SaidModel]
    latitudes: list[SaidModel]
    longitudes: list[SaidModel]
    starts: list[SaidModel]
    ends: list[SaidModel]
    headcounts: list[HeadcountModel]


class FacilitiesModel(Given):
    """Facilities by name; `next` is the address of those after them."""

    facilities: list[FacilityModel]
    next: str | None


class TimedModel(Given):
    """Something that has a date, and the place of the first value that says so."""

    entity: str
    schema_name: SchemaName
    caption: str
    start: str
    end: str
    citation: str


class TimelineModel(Given):
    """What has a date, in the order of time; `next` is the address of what follows."""

    items: list[TimedModel]
    next: str | None


class MappingModel(Given):
    """A mapping that somebody confirmed; `id` names the event of the journal."""

    id: str
    event: int
    actor: str
    at: str
    state: str
    title: str
    supersedes: str
    superseded_by: str
    tables: int


class MappingsModel(Given):
    """Every mapping that was ever confirmed, the newest first."""

    mappings: list[MappingModel]


class FindingModel(Given):
    """Two numbers that were to agree; `difference` is stated less computed."""

    kind: str
    sheet: str | None
    stated: str
    computed: str
    difference: str
    stated_at: str
    computed_from: list[str]
    places: int
    observations: list[str]
    innocent_explanations: list[str]


class TotalsModel(Given):
    """What of the printed figures of an object's tables was computed again."""

    sha256: str
    agree: int
    findings: list[FindingModel]


class ProposedModel(Given):
    """Something that a text seems to state; it is no statement.

    `state` is proposed, accepted or rejected, and `decision` the id of what was decided of it.
    """

    id: str
    sort: str
    written: str
    read: dict[str, str]
    unread: str
    pieces: dict[str, str]
    places: dict[str, str]
    citation: str
    state: str
    decision: str | None


class ProseModel(Given):
    """What is proposed of a text, of its first `letters` where it is not `whole`."""

    sha256: str
    proposed: list[ProposedModel]
    letters: int
    whole: bool
