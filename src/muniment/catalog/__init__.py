"""The search index and the reading views: a projection that can be deleted and rebuilt."""

from muniment.catalog.candidates import Candidate, given
from muniment.catalog.chain import Link, Way, chain, ways_to
from muniment.catalog.coverage import Coverage, KindCoverage, Lack, coverage
from muniment.catalog.decryptions import Opened
from muniment.catalog.fingerprint import fingerprint
from muniment.catalog.fulltext import full_text
from muniment.catalog.hits import Located, locate, marked, places_marked
from muniment.catalog.ledger import Ledger
from muniment.catalog.locked import LockedObject, locked_objects
from muniment.catalog.lookup import Standing, standing_at
from muniment.catalog.near_duplicates import NEAR_PICTURE, SAME_TEXT, Pair, near_duplicates
from muniment.catalog.next_steps import step_for_problem, step_for_state
from muniment.catalog.ocr_ledger import recorded_settings, tasks_counted
from muniment.catalog.ocr_stage import RECORDED
from muniment.catalog.password_search import Search
from muniment.catalog.processing import (
    Plan,
    Processed,
    catch_up,
    index_case,
    open_ledger,
    parts_of,
    prepare_scratch,
    process,
    reading_of,
)
from muniment.catalog.rebuilding import rebuild
from muniment.catalog.searching.describing import PartsOf
from muniment.catalog.searching.engine import (
    EMBEDDED,
    FACETS,
    Entry,
    Facet,
    Facts,
    Found,
    Order,
    Results,
    SearchEngine,
    Window,
)
from muniment.catalog.searching.engines import choose_engine, chosen_engine, engine_named
from muniment.catalog.searching.indexing import engine_for_searching, index_is_current
from muniment.catalog.searching.parsing import parse_query
from muniment.catalog.searching.query import Query
from muniment.catalog.soundness import projection_failures
from muniment.catalog.sql import query
from muniment.catalog.unlocking import Bounds, Trial, Unlocked, unlock
from muniment.catalog.views import (
    ContainerView,
    ItemView,
    ProblemView,
    Totals,
    containers,
    items,
    names_of,
    problems,
    totals,
)

__all__ = [
    "EMBEDDED",
    "FACETS",
    "NEAR_PICTURE",
    "RECORDED",
    "SAME_TEXT",
    "Bounds",
    "Candidate",
    "ContainerView",
    "Coverage",
    "Entry",
    "Facet",
    "Facts",
    "Found",
    "ItemView",
    "KindCoverage",
    "Lack",
    "Ledger",
    "Link",
    "Located",
    "LockedObject",
    "Opened",
    "Order",
    "Pair",
    "PartsOf",
    "Plan",
    "ProblemView",
    "Processed",
    "Query",
    "Results",
    "Search",
    "SearchEngine",
    "Standing",
    "Totals",
    "Trial",
    "Unlocked",
    "Way",
    "Window",
    "catch_up",
    "chain",
    "choose_engine",
    "chosen_engine",
    "containers",
    "coverage",
    "engine_for_searching",
    "engine_named",
    "fingerprint",
    "full_text",
    "given",
    "index_case",
    "index_is_current",
    "items",
    "locate",
    "locked_objects",
    "marked",
    "names_of",
    "near_duplicates",
    "open_ledger",
    "parse_query",
    "parts_of",
    "places_marked",
    "prepare_scratch",
    "problems",
    "process",
    "projection_failures",
    "query",
    "reading_of",
    "rebuild",
    "recorded_settings",
    "standing_at",
    "step_for_problem",
    "step_for_state",
    "tasks_counted",
    "totals",
    "unlock",
    "ways_to",
]
