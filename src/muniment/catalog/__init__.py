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
    annotations_withheld,
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
from muniment.catalog.by_digits import object_named
from muniment.catalog.candidates import Candidate, given
from muniment.catalog.chain import Link, Way, chain, chains, ways_to
from muniment.catalog.coverage import Coverage, KindCoverage, Lack, coverage
from muniment.catalog.custody import CustodyEvent, Intake, custody_count, custody_of, intake_of
from muniment.catalog.date_rules import DateKind, DateStanding
from muniment.catalog.decryptions import Opened, keys_of
from muniment.catalog.exchanged import lines_of
from muniment.catalog.fact_counts import facts_counted
from muniment.catalog.file_list import (
    FileOrder,
    FilePage,
    FileQuery,
    FileRow,
    Lossy,
    every_file,
    list_files,
    lossy_containers,
)
from muniment.catalog.fingerprint import fingerprint
from muniment.catalog.fulltext import full_text
from muniment.catalog.hits import Located, locate, places_marked
from muniment.catalog.holdings import (
    Holdings,
    KindHoldings,
    SizeCount,
    holdings,
    language_counts,
    not_in_the_index,
    size_counts,
)
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
    index_case,
    is_behind,
    open_ledger,
    parts_of,
    prepare_scratch,
    process,
    reading_of,
    withdraw_from_views,
)
from muniment.catalog.properties import Property, orientation_of, properties, property_number
from muniment.catalog.quoting import sql_text
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
from muniment.catalog.searching.answering import Answer, Hit, answer, every_hit
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
from muniment.catalog.searching.engines import (
    choose_engine,
    chosen_engine,
    engine_named,
    open_engine,
)
from muniment.catalog.searching.fields import FIELDS, SORTS
from muniment.catalog.searching.indexing import index_is_current, require_filled
from muniment.catalog.searching.noted import with_notes_looked_up
from muniment.catalog.searching.parsing import parse_query
from muniment.catalog.searching.query import All, Is, Query
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
from muniment.catalog.withholding import begin_withdrawal, is_withdrawing

__all__ = [
    "EMBEDDED",
    "EXPLANATIONS",
    "FACETS",
    "FIELDS",
    "KIND_NAMES",
    "NEAR_PICTURE",
    "RECORDED",
    "SAME_TEXT",
    "SORTS",
    "TABLES",
    "Alike",
    "All",
    "AnnotationChange",
    "AnnotationCount",
    "AnnotationView",
    "AnnotationsWanted",
    "Answer",
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
    "Entry",
    "Facet",
    "Facts",
    "FileOrder",
    "FilePage",
    "FileQuery",
    "FileRow",
    "Found",
    "Grid",
    "GridCell",
    "Hit",
    "Holdings",
    "Intake",
    "IntakeView",
    "Is",
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
    "Lossy",
    "MemberView",
    "Neighbours",
    "NextStep",
    "NotShown",
    "ObjectView",
    "Opened",
    "OpenedView",
    "OpenedWith",
    "Openings",
    "Order",
    "Pair",
    "PartsOf",
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
    "Results",
    "Screen",
    "Search",
    "SearchEngine",
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
    "Way",
    "Window",
    "actors_counted",
    "alike",
    "allow",
    "annotation",
    "annotations",
    "annotations_at",
    "annotations_withheld",
    "answer",
    "answer_in",
    "arrival_count",
    "arrivals",
    "begin_withdrawal",
    "catch_up",
    "chain",
    "chains",
    "choose_engine",
    "chosen_engine",
    "containers",
    "count_annotations",
    "coverage",
    "custody_count",
    "custody_of",
    "date_counts",
    "dates_of",
    "engine_named",
    "every_file",
    "every_hit",
    "every_problem",
    "explanation",
    "facts_counted",
    "fingerprint",
    "first_names",
    "full_text",
    "given",
    "holdings",
    "ids_of_drafts",
    "index_case",
    "index_is_current",
    "intake_of",
    "intakes",
    "is_behind",
    "is_withdrawing",
    "item",
    "items",
    "keys_of",
    "kind_of",
    "language_counts",
    "lines_of",
    "list_files",
    "list_locked",
    "list_problems",
    "locate",
    "locked_objects",
    "lossy_containers",
    "marks",
    "member_at",
    "members",
    "names_of",
    "near_duplicates",
    "neighbours",
    "next_steps",
    "not_in_the_index",
    "object_named",
    "object_view",
    "of_why",
    "open_document",
    "open_engine",
    "open_ledger",
    "opened_with",
    "openings",
    "orientation_of",
    "parse_query",
    "parts_of",
    "places_marked",
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
    "require_filled",
    "row_around",
    "saved_searches",
    "screen",
    "screen_count",
    "screen_of",
    "shortcomings",
    "size_counts",
    "sql_text",
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
    "with_notes_looked_up",
    "withdraw_from_views",
    "write_answer",
]
