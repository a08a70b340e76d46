"""What a fit proves of its own existence is what the linear programmes say."""

import numpy as np

from muniment.measure.design import main_effects, ordered, pair_terms
from muniment.measure.existence import facial_set
from muniment.measure.existence_by_fit import proved
from muniment.measure.loglinear_fits import reduced_model
from muniment.measure.poisson import Task, fit_many
from muniment.measure.table import OverlapTable
from tests.measure.populations import independent


def tasks(number: int) -> list[Task]:
    """Models with some pairs, and often all of three lists, of thin tables of 3 to 6 lists."""
    rng = np.random.Generator(np.random.PCG64(3))
    made = []
    while len(made) < number:
        lists = int(rng.integers(3, 7))
        shares = independent(rng.uniform(0.02, 0.4, lists).tolist())
        shares *= rng.random(len(shares)) < rng.uniform(0.3, 1)
        people = int(rng.choice([5, 15, 40, 200, 10**7]))
        counts = rng.multinomial(people, shares / max(shares.sum(), 1e-9) * (1 - 1e-9))
        table = OverlapTable(tuple("ABCDEF"[:lists]), (0, *counts[1:].tolist()))
        pairs = [pair for pair in pair_terms(lists) if rng.random() < 0.5]
        three = [0b011, 0b101, 0b110, 0b111] if lists > 3 and rng.random() < 0.4 else []
        task = reduced_model(table, ordered((*main_effects(lists), *pairs, *three)))
        rows = task.design[np.ix_(task.cells[0], task.columns[0])]
        if len(rows) > 0 and np.linalg.matrix_rank(rows) == rows.shape[1]:
            made.append(task)
    return made


def test_a_fit_proves_what_the_linear_programmes_find() -> None:
    agreed = {True: 0, False: 0}
    for task in tasks(300):
        cells = task.cells[0]
        rows = task.design[np.ix_(cells, task.columns[0])]
        exists = bool(facial_set(rows, task.counts[cells]).all())
        assert bool(proved(task, fit_many(task))[0]) == exists
        agreed[exists] += 1
    assert min(agreed.values()) > 50
