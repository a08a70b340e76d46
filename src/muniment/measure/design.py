"""Log-linear models of an overlap table as sets of terms, and their design matrices.

- A term is a set of lists as a bit pattern; the empty term is the intercept, and exp(intercept) is
  the expected number of people on no list, because every other column is 0 there (Fienberg 1972,
  Biometrika 59:591).
- A model is hierarchical: with a term, all its subsets. The term of all lists together is never in
  it (it is assumed to be zero: the assumption no data can test).

    term   column for pattern p        meaning
    0b000  1                           log expected number of unseen people
    0b011  1 when p holds lists 0, 1   dependence of lists 0 and 1
"""

import itertools
from collections.abc import Iterable, Sequence

import numpy as np

from muniment.measure.result import Floats
from muniment.measure.table import OverlapTable

Model = tuple[
    int, ...
]  # the terms, sorted by number of lists, then by value; intercept and single lists included

MAX_LISTS_HIERARCHICAL = 5  # 5 lists have 6,893 hierarchical models, 6 lists 7,785,061
MAX_LISTS_STEPWISE = 10  # 1,023 patterns by 56 columns; linear programmes of 0.02 s
MAX_LISTS_PAIRWISE = 5  # 2^10 models; 6 lists have 2^15


def design_matrix(lists: int, terms: Sequence[int]) -> Floats:
    """The 0/1 matrix of observable patterns (rows, 1 … 2^k - 1) by terms."""
    patterns = np.arange(1, 1 << lists)[:, None]
    columns = np.array(terms, dtype=np.int64)[None, :]
    return np.asarray((patterns & columns) == columns, dtype=np.float64)


def main_effects(lists: int) -> Model:
    """The model of independent lists."""
    return (0, *(1 << i for i in range(lists)))


def pair_terms(lists: int) -> tuple[int, ...]:
    """The term of every pair of lists."""
    return tuple(1 << i | 1 << j for i, j in itertools.combinations(range(lists), 2))


def pairwise_models(lists: int) -> tuple[Model, ...]:
    """Every model with main effects and some pairs: 2^(k(k-1)/2) of them."""
    pairs = pair_terms(lists)
    return tuple(
        (*main_effects(lists), *chosen)
        for size in range(len(pairs) + 1)
        for chosen in itertools.combinations(pairs, size)
    )


def hierarchical_models(lists: int) -> tuple[Model, ...]:
    """Every hierarchical model with all main effects, without the term of all lists: 8, 113.

    6,893 for 3, 4, 5 lists.
    """
    models: set[Model] = set(pairwise_models(lists))
    for order in range(3, lists):
        terms = [t for t in range(1 << lists) if t.bit_count() == order]
        grown: set[Model] = set()
        for model in models:
            present = set(model)
            allowed = [t for t in terms if all(t & ~(1 << i) in present for i in bits(t))]
            for size in range(1, len(allowed) + 1):
                grown.update(
                    ordered((*model, *chosen)) for chosen in itertools.combinations(allowed, size)
                )
        models |= grown
    full = (1 << lists) - 1
    return tuple(sorted((m for m in models if full not in m), key=lambda m: (len(m), m)))


def ordered(terms: Iterable[int]) -> Model:
    """The terms in the order every model keeps."""
    return tuple(sorted(set(terms), key=lambda term: (term.bit_count(), term)))


def bits(term: int) -> tuple[int, ...]:
    """The indices of the lists in a term."""
    return tuple(i for i in range(term.bit_length()) if term >> i & 1)


def describe(table: OverlapTable, model: Model) -> str:
    """The model's highest terms in words: `EXH:ABA + HRW`."""
    tops = [t for t in model if t and not any(t != u and t & u == t for u in model)]
    return " + ".join(":".join(table.names(term)) for term in tops)
