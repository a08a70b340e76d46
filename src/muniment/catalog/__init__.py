"""The search index and the reading views: a projection that can be deleted and rebuilt."""

from muniment.catalog.candidates import Candidate, given
from muniment.catalog.chain import Link, Way, chain, ways_to
from muniment.catalog.coverage import Coverage, KindCoverage, Lack, coverage
from muniment.catalog.decryptions import Opened
from muniment.catalog.fingerprint import fingerprint
from muniment.catalog.fulltext import full_text
from muniment.catalog.hits import Located, locate
from muniment.catalog.index import Found, Index
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
    open_ledger,
    parts_of,
    prepare_scratch,
    process,
    reading_of,
)
from muniment.catalog.query import Query, parse_query
from muniment.catalog.rebuilding import rebuild
from muniment.catalog.soundness import projection_failures
from muniment.catalog.sql import query
from muniment.catalog.unlocking import Bounds, Trial, Unlocked, unlock
from muniment.catalog.views import (
    ContainerView,
    ItemView,
    ProblemView,
    Totals,
    UnreadView,
    containers,
    items,
    names_of,
    problems,
    totals,
    unread_without_problem,
)

__all__ = [
    "NEAR_PICTURE",
    "RECORDED",
    "SAME_TEXT",
    "Bounds",
    "Candidate",
    "ContainerView",
    "Coverage",
    "Found",
    "Index",
    "ItemView",
    "KindCoverage",
    "Lack",
    "Ledger",
    "Link",
    "Located",
    "LockedObject",
    "Opened",
    "Pair",
    "Plan",
    "ProblemView",
    "Processed",
    "Query",
    "Search",
    "Standing",
    "Totals",
    "Trial",
    "Unlocked",
    "UnreadView",
    "Way",
    "catch_up",
    "chain",
    "containers",
    "coverage",
    "fingerprint",
    "full_text",
    "given",
    "items",
    "locate",
    "locked_objects",
    "names_of",
    "near_duplicates",
    "open_ledger",
    "parse_query",
    "parts_of",
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
    "unread_without_problem",
    "ways_to",
]
