"""Statements of a case: mappings proposed, confirmed, applied; what each cell states.

It works with numpy, so it is imported where facts are asked for, not with the catalogue.
"""

from muniment.catalog.fact_counts import AppliedView, applied_mappings, facts_counted
from muniment.catalog.facts.asking import (
    MisfitView,
    StatementsWanted,
    StatementView,
    misfits,
    statements,
)
from muniment.catalog.facts.finding import TableOfShape, table_named, tables_of_shape
from muniment.catalog.facts.held import Asked, FactTables
from muniment.catalog.facts.opening import table_of_sheet
from muniment.catalog.facts.over_time import (
    TIMED,
    FacilityView,
    Said,
    TimedView,
    check_date,
    facilities,
    timeline,
)
from muniment.catalog.facts.proposing import (
    Proposed,
    confirmable,
    proposed_for,
    tried_on,
    withdrawal,
)
from muniment.catalog.facts.reading_prose import Prose, ProseView, proposed_of_prose
from muniment.catalog.facts.rechecked import MOST_CELLS, FindingView, Rechecked, rechecked
from muniment.catalog.facts.shapes import find_shapes
from muniment.catalog.facts.stage import bring_facts_up_to_date
from muniment.catalog.facts.standing import MappingView, mapping_named, mappings, standing
from muniment.catalog.facts.subjects import (
    EntitiesWanted,
    EntityLink,
    EntityView,
    UnreadCount,
    entities,
    entities_counted,
    entity_named,
    links_of,
    statements_about,
    unread_counted,
)

__all__ = [
    "MOST_CELLS",
    "TIMED",
    "AppliedView",
    "Asked",
    "EntitiesWanted",
    "EntityLink",
    "EntityView",
    "FacilityView",
    "FactTables",
    "FindingView",
    "MappingView",
    "MisfitView",
    "Proposed",
    "Prose",
    "ProseView",
    "Rechecked",
    "Said",
    "StatementView",
    "StatementsWanted",
    "TableOfShape",
    "TimedView",
    "UnreadCount",
    "applied_mappings",
    "bring_facts_up_to_date",
    "check_date",
    "confirmable",
    "entities",
    "entities_counted",
    "entity_named",
    "facilities",
    "facts_counted",
    "find_shapes",
    "links_of",
    "mapping_named",
    "mappings",
    "misfits",
    "proposed_for",
    "proposed_of_prose",
    "rechecked",
    "standing",
    "statements",
    "statements_about",
    "table_named",
    "table_of_sheet",
    "tables_of_shape",
    "timeline",
    "tried_on",
    "unread_counted",
    "withdrawal",
]
