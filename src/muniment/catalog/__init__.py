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
from muniment.catalog.beside import (
    Alike,
    OpenedWith,
    Trouble,
    alike,
    opened_with,
    trouble_count,
    troubles,
)
from muniment.catalog.candidates import Candidate, given
from muniment.catalog.chain import Link, Way, chain, chains, ways_to
from muniment.catalog.coverage import Coverage, KindCoverage, Lack, coverage
from muniment.catalog.custody import CustodyEvent, Intake, custody_count, custody_of, intake_of
from muniment.catalog.date_rules import DateKind, DateStanding
from muniment.catalog.decryptions import Opened, keys_of
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
from muniment.catalog.marking import marks
from muniment.catalog.near_duplicates import NEAR_PICTURE, SAME_TEXT, Pair, near_duplicates
from muniment.catalog.next_steps import step_for_problem, step_for_state
from muniment.catalog.object_view import ObjectView, first_names, object_view
from muniment.catalog.ocr_ledger import recorded_settings, tasks_counted
from muniment.catalog.ocr_stage import RECORDED
from muniment.catalog.outline import Document, open_document
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
    is_behind,
    open_ledger,
    parts_of,
    prepare_scratch,
    process,
    reading_of,
)
from muniment.catalog.properties import Property, orientation_of, properties, property_number
from muniment.catalog.query import Query, parse_query
from muniment.catalog.rasters import NotShown, Rasters, RasterWanted, Shown
from muniment.catalog.rebuilding import rebuild
from muniment.catalog.screens import (
    Grid,
    GridCell,
    Screen,
    Stretch,
    View,
    screen,
    screen_count,
    screen_of,
)
from muniment.catalog.shortcomings import NextStep, Shortcoming, next_steps, of_why, shortcomings
from muniment.catalog.soundness import projection_failures
from muniment.catalog.sql import TABLES, answer_in, query, write_answer
from muniment.catalog.stated_dates import DateCount, StatedDate, date_counts, dates_of
from muniment.catalog.tracing import Trace, trace
from muniment.catalog.unlocking import Bounds, Trial, Unlocked, unlock
from muniment.catalog.values import row_around, values_at
from muniment.catalog.views import (
    ContainerView,
    ItemView,
    ProblemView,
    Totals,
    UnreadView,
    containers,
    item,
    items,
    names_of,
    problems,
    totals,
    unread_without_problem,
)
from muniment.catalog.whereabouts import (
    Arrival,
    MemberView,
    Neighbours,
    arrival_count,
    arrivals,
    member_at,
    members,
    neighbours,
)

__all__ = [
    "EXPLANATIONS",
    "KIND_NAMES",
    "NEAR_PICTURE",
    "RECORDED",
    "SAME_TEXT",
    "TABLES",
    "Alike",
    "AnnotationChange",
    "AnnotationCount",
    "AnnotationView",
    "AnnotationsWanted",
    "Arrival",
    "Bounds",
    "Candidate",
    "ContainerView",
    "Coverage",
    "CustodyEvent",
    "DateCount",
    "DateKind",
    "DateStanding",
    "Document",
    "FileOrder",
    "FilePage",
    "FileQuery",
    "FileRow",
    "Found",
    "Grid",
    "GridCell",
    "Holdings",
    "Index",
    "Intake",
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
    "MemberView",
    "Neighbours",
    "NextStep",
    "NotShown",
    "ObjectView",
    "Opened",
    "OpenedView",
    "OpenedWith",
    "Openings",
    "Pair",
    "Plan",
    "ProblemPage",
    "ProblemQuery",
    "ProblemRow",
    "ProblemView",
    "Processed",
    "Property",
    "Query",
    "RasterWanted",
    "Rasters",
    "Screen",
    "Search",
    "Shortcoming",
    "Shown",
    "SizeCount",
    "Standing",
    "StatedDate",
    "Stretch",
    "Totals",
    "Trace",
    "Trial",
    "Trouble",
    "Unlocked",
    "UnreadView",
    "View",
    "Wanted",
    "Way",
    "actors_counted",
    "alike",
    "allow",
    "annotation",
    "annotations",
    "annotations_at",
    "answer_in",
    "arrival_count",
    "arrivals",
    "catch_up",
    "chain",
    "chains",
    "containers",
    "count_annotations",
    "coverage",
    "custody_count",
    "custody_of",
    "date_counts",
    "dates_of",
    "every_file",
    "every_problem",
    "explanation",
    "fingerprint",
    "first_names",
    "full_text",
    "given",
    "holdings",
    "ids_of_drafts",
    "intake_of",
    "intakes",
    "is_behind",
    "item",
    "items",
    "keys_of",
    "kind_of",
    "list_files",
    "list_locked",
    "list_problems",
    "locate",
    "locked_objects",
    "marks",
    "member_at",
    "members",
    "names_of",
    "near_duplicates",
    "neighbours",
    "next_steps",
    "object_view",
    "of_why",
    "open_document",
    "open_ledger",
    "opened_with",
    "openings",
    "orientation_of",
    "parse_query",
    "parts_of",
    "prepare_scratch",
    "problems",
    "process",
    "projection_failures",
    "properties",
    "property_number",
    "query",
    "reading_of",
    "rebuild",
    "recorded_settings",
    "row_around",
    "saved_searches",
    "screen",
    "screen_count",
    "screen_of",
    "shortcomings",
    "size_counts",
    "standing_at",
    "step_for_problem",
    "step_for_state",
    "tags_counted",
    "tasks_counted",
    "totals",
    "trace",
    "trouble_count",
    "troubles",
    "unlock",
    "unread_without_problem",
    "values_at",
    "ways_to",
    "write_answer",
]
