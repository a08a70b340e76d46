"""Counts, rates with bounds and population estimates, each carrying what was counted.

- Nothing is loaded before it is asked for: rates need the standard library alone, estimates need
  the extra `measure` (numpy, scipy), the latent-class method numba too.
- Other rooms import from here and not from the modules within.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from muniment.measure.answers import (
        Answer,
        MethodAnswer,
        StratumAnswer,
        WithoutList,
        answer,
        answer_by_stratum,
        answered,
        answered_by_stratum,
    )
    from muniment.measure.chao import chao_lower_bound
    from muniment.measure.checks import Concern, check, overlap_graph
    from muniment.measure.comparison import (
        Comparison,
        ComparisonByStratum,
        estimate,
        estimate_by_stratum,
    )
    from muniment.measure.concord import Agreement, agreement
    from muniment.measure.counts_table import TwoWay, two_way
    from muniment.measure.coverage import sample_coverage
    from muniment.measure.crosschecks import Crosscheck, crosscheck
    from muniment.measure.decomposable import graphs
    from muniment.measure.dual import chapman, lincoln_petersen
    from muniment.measure.errors import RequestError, TableError
    from muniment.measure.estimators import ESTIMATORS, Request
    from muniment.measure.forms import Overlaps, cells_of, from_cells, from_text
    from muniment.measure.graph_patterns import leave_out_patterns_of_graphs
    from muniment.measure.intervals import clopper_pearson, wilson
    from muniment.measure.latent import latent_class
    from muniment.measure.latent_patterns import leave_out_patterns_of_classes
    from muniment.measure.loglinear_choice import loglinear
    from muniment.measure.mth import heterogeneity
    from muniment.measure.plots import draw_intervals, draw_sensitivity, draw_traces, draw_upset
    from muniment.measure.pooling import pool, pool_rubin
    from muniment.measure.predictive import leave_out_lists, leave_out_patterns
    from muniment.measure.rates import LinkageError, Share, share
    from muniment.measure.register import Tally, tally
    from muniment.measure.result import Diagnostics, Estimate, Outcome, Refusal
    from muniment.measure.sensitivity import number_of_classes, prior_weight, remarks
    from muniment.measure.sparse_stepwise import sparse
    from muniment.measure.strata import Stratified, inhabited, stratified
    from muniment.measure.suppression import PublishedTable, suppress
    from muniment.measure.table import (
        OverlapTable,
        from_matrix,
        from_patterns,
        from_records,
        from_rows,
        from_stratified_records,
    )
    from muniment.measure.wording import report, report_by_stratum

_HOME = {
    "Agreement": "concord",
    "Answer": "answers",
    "Comparison": "comparison",
    "ComparisonByStratum": "comparison",
    "Concern": "checks",
    "Crosscheck": "crosschecks",
    "Diagnostics": "result",
    "ESTIMATORS": "estimators",
    "Estimate": "result",
    "LinkageError": "rates",
    "Outcome": "result",
    "OverlapTable": "table",
    "Overlaps": "forms",
    "PublishedTable": "suppression",
    "Refusal": "result",
    "Request": "estimators",
    "RequestError": "errors",
    "Share": "rates",
    "Stratified": "strata",
    "TableError": "errors",
    "Tally": "register",
    "TwoWay": "counts_table",
    "agreement": "concord",
    "cells_of": "forms",
    "StratumAnswer": "answers",
    "answer": "answers",
    "answered": "answers",
    "answered_by_stratum": "answers",
    "MethodAnswer": "answers",
    "WithoutList": "answers",
    "leave_out_patterns_of_graphs": "graph_patterns",
    "answer_by_stratum": "answers",
    "chao_lower_bound": "chao",
    "chapman": "dual",
    "check": "checks",
    "clopper_pearson": "intervals",
    "crosscheck": "crosschecks",
    "draw_intervals": "plots",
    "draw_sensitivity": "plots",
    "draw_traces": "plots",
    "draw_upset": "plots",
    "estimate": "comparison",
    "estimate_by_stratum": "comparison",
    "from_cells": "forms",
    "from_matrix": "table",
    "from_patterns": "table",
    "from_records": "table",
    "from_rows": "table",
    "from_stratified_records": "table",
    "from_text": "forms",
    "graphs": "decomposable",
    "heterogeneity": "mth",
    "latent_class": "latent",
    "inhabited": "strata",
    "leave_out_lists": "predictive",
    "leave_out_patterns": "predictive",
    "leave_out_patterns_of_classes": "latent_patterns",
    "lincoln_petersen": "dual",
    "loglinear": "loglinear_choice",
    "number_of_classes": "sensitivity",
    "overlap_graph": "checks",
    "pool": "pooling",
    "pool_rubin": "pooling",
    "prior_weight": "sensitivity",
    "remarks": "sensitivity",
    "report": "wording",
    "report_by_stratum": "wording",
    "sample_coverage": "coverage",
    "share": "rates",
    "sparse": "sparse_stepwise",
    "stratified": "strata",
    "suppress": "suppression",
    "tally": "register",
    "two_way": "counts_table",
    "wilson": "intervals",
}

__all__ = [
    "ESTIMATORS",
    "Agreement",
    "Answer",
    "Comparison",
    "ComparisonByStratum",
    "Concern",
    "Crosscheck",
    "Diagnostics",
    "Estimate",
    "LinkageError",
    "MethodAnswer",
    "Outcome",
    "OverlapTable",
    "Overlaps",
    "PublishedTable",
    "Refusal",
    "Request",
    "RequestError",
    "Share",
    "Stratified",
    "StratumAnswer",
    "TableError",
    "Tally",
    "TwoWay",
    "WithoutList",
    "agreement",
    "answer",
    "answer_by_stratum",
    "answered",
    "answered_by_stratum",
    "cells_of",
    "chao_lower_bound",
    "chapman",
    "check",
    "clopper_pearson",
    "crosscheck",
    "draw_intervals",
    "draw_sensitivity",
    "draw_traces",
    "draw_upset",
    "estimate",
    "estimate_by_stratum",
    "from_cells",
    "from_matrix",
    "from_patterns",
    "from_records",
    "from_rows",
    "from_stratified_records",
    "from_text",
    "graphs",
    "heterogeneity",
    "inhabited",
    "latent_class",
    "leave_out_lists",
    "leave_out_patterns",
    "leave_out_patterns_of_classes",
    "leave_out_patterns_of_graphs",
    "lincoln_petersen",
    "loglinear",
    "number_of_classes",
    "overlap_graph",
    "pool",
    "pool_rubin",
    "prior_weight",
    "remarks",
    "report",
    "report_by_stratum",
    "sample_coverage",
    "share",
    "sparse",
    "stratified",
    "suppress",
    "tally",
    "two_way",
    "wilson",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"muniment.measure has no {name!r}")
    return getattr(importlib.import_module(f"muniment.measure.{_HOME[name]}"), name)
