"""The search index and the reading views: a projection that can be deleted and rebuilt."""

from muniment.catalog.candidates import Candidate, given
from muniment.catalog.chain import Link, Way, chain, chains, ways_to
from muniment.catalog.coverage import Coverage, KindCoverage, Lack, coverage
from muniment.catalog.date_rules import DateKind, DateStanding
from muniment.catalog.decryptions import Opened
from muniment.catalog.file_list import (
    FileOrder,
    FilePage,
    FileQuery,
    FileRow,
    every_file,
    list_files,
)
from muniment.catalog.fingerprint import fingerprint
from muniment.catalog.fulltext import full_text
from muniment.catalog.hits import Located, locate
from muniment.catalog.holdings import Holdings, KindHoldings, SizeCount, holdings, size_counts
from muniment.catalog.index import Found, Index
from muniment.catalog.intakes import IntakeView, intakes
from muniment.catalog.kinds import KIND_NAMES, kind_of
from muniment.catalog.ledger import Ledger
from muniment.catalog.locked import LockedObject, locked_objects
from muniment.catalog.locked_list import (
    LockedPage,
    LockedView,
    OpenedView,
    Openings,
    list_locked,
    openings,
)
from muniment.catalog.lookup import Standing, standing_at
from muniment.catalog.near_duplicates import NEAR_PICTURE, SAME_TEXT, Pair, near_duplicates
from muniment.catalog.next_steps import step_for_problem, step_for_state
from muniment.catalog.ocr_ledger import recorded_settings, tasks_counted
from muniment.catalog.ocr_stage import RECORDED
from muniment.catalog.password_search import Search
from muniment.catalog.problem_list import (
    ProblemPage,
    ProblemQuery,
    ProblemRow,
    every_problem,
    list_problems,
)
from muniment.catalog.problem_words import EXPLANATIONS, explanation
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
from muniment.catalog.shortcomings import NextStep, Shortcoming, next_steps, of_why, shortcomings
from muniment.catalog.soundness import projection_failures
from muniment.catalog.sql import query
from muniment.catalog.stated_dates import DateCount, StatedDate, date_counts, dates_of
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
    "EXPLANATIONS",
    "KIND_NAMES",
    "NEAR_PICTURE",
    "RECORDED",
    "SAME_TEXT",
    "Bounds",
    "Candidate",
    "ContainerView",
    "Coverage",
    "DateCount",
    "DateKind",
    "DateStanding",
    "FileOrder",
    "FilePage",
    "FileQuery",
    "FileRow",
    "Found",
    "Holdings",
    "Index",
    "IntakeView",
    "ItemView",
    "KindCoverage",
    "KindHoldings",
    "Lack",
    "Ledger",
    "Link",
    "Located",
    "LockedObject",
    "LockedPage",
    "LockedView",
    "NextStep",
    "Opened",
    "OpenedView",
    "Openings",
    "Pair",
    "Plan",
    "ProblemPage",
    "ProblemQuery",
    "ProblemRow",
    "ProblemView",
    "Processed",
    "Query",
    "Search",
    "Shortcoming",
    "SizeCount",
    "Standing",
    "StatedDate",
    "Totals",
    "Trial",
    "Unlocked",
    "Way",
    "catch_up",
    "chain",
    "chains",
    "containers",
    "coverage",
    "date_counts",
    "dates_of",
    "every_file",
    "every_problem",
    "explanation",
    "fingerprint",
    "full_text",
    "given",
    "holdings",
    "intakes",
    "items",
    "kind_of",
    "list_files",
    "list_locked",
    "list_problems",
    "locate",
    "locked_objects",
    "names_of",
    "near_duplicates",
    "next_steps",
    "of_why",
    "open_ledger",
    "openings",
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
    "shortcomings",
    "size_counts",
    "standing_at",
    "step_for_problem",
    "step_for_state",
    "tasks_counted",
    "totals",
    "unlock",
    "ways_to",
]
