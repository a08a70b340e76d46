"""The search index and the reading views: a projection that can be deleted and rebuilt."""

from muniment.catalog.annotating import allow
from muniment.catalog.annotation_views import (
    AnnotationChange,
    AnnotationCount,
    AnnotationsWanted,
    AnnotationView,
    actors_counted,
    annotation,
    annotations,
    annotations_at,
    count_annotations,
    ids_of_drafts,
    saved_searches,
    tags_counted,
)
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
from muniment.catalog.problem_pages import ProblemPage, problem_page
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
    containers,
    item,
    items,
    names_of,
    problems,
    totals,
)

__all__ = [
    "NEAR_PICTURE",
    "RECORDED",
    "SAME_TEXT",
    "AnnotationChange",
    "AnnotationCount",
    "AnnotationView",
    "AnnotationsWanted",
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
    "ProblemPage",
    "ProblemView",
    "Processed",
    "Query",
    "Search",
    "Standing",
    "Totals",
    "Trial",
    "Unlocked",
    "Way",
    "actors_counted",
    "allow",
    "annotation",
    "annotations",
    "annotations_at",
    "catch_up",
    "chain",
    "containers",
    "count_annotations",
    "coverage",
    "fingerprint",
    "full_text",
    "given",
    "ids_of_drafts",
    "item",
    "items",
    "locate",
    "locked_objects",
    "names_of",
    "near_duplicates",
    "open_ledger",
    "parse_query",
    "parts_of",
    "prepare_scratch",
    "problem_page",
    "problems",
    "process",
    "projection_failures",
    "query",
    "reading_of",
    "rebuild",
    "recorded_settings",
    "saved_searches",
    "standing_at",
    "step_for_problem",
    "step_for_state",
    "tags_counted",
    "tasks_counted",
    "totals",
    "unlock",
    "ways_to",
]
