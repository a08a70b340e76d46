"""Measures the estimators against the recorded R runs: CPU seconds, and effective draws per second.

    python benchmarks/measure_speed.py            every reference table beside the project
    python benchmarks/measure_speed.py kosovo_1999 uk_2013_5list

One thread. The first run compiles (about 15 s of CPU, cached afterwards); it is not counted.
"""

import os
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # for the tables typed in for the tests
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from muniment.measure.chordal_graphs import decomposable_graphs
from muniment.measure.convergence import effective_size, rhat
from muniment.measure.decomposable import graph_posterior
from muniment.measure.design import pairwise_models
from muniment.measure.latent import latent_class
from muniment.measure.loglinear_fits import fit_models
from muniment.measure.result import Estimate
from muniment.measure.sparse_stepwise import sparse
from tests.measure.published import DATA, HEPATITIS, kept, reference


def spent(began: float) -> float:
    return time.process_time() - began


def latent(names: list[str]) -> None:
    latent_class(HEPATITIS, draws=20, chains=2)
    print("\nlatent classes: 4 chains of 10,000 draws, the search for starting points included")
    for name in names:
        rows = [row for row in reference("lcmcr") if row["dataset"] == name]
        if len(rows) == 0:
            continue
        recorded = max(float(row["ess"]) / float(row["cpu_seconds"]) for row in rows)
        began = time.process_time()
        answer = latent_class(kept(name), seed=1)
        used = spent(began)
        assert isinstance(answer, Estimate)
        assert answer.draws is not None
        speed = effective_size(answer.draws) / used
        low, high = answer.interval
        print(
            f"{name:28} {answer.total:9,.0f} [{low:,.0f}-{high:,.0f}] "
            f"R-hat {rhat(answer.draws):.3f} {used:5.1f} s {speed:7.0f} effective/s, "
            f"R {recorded:5.0f}, ratio {speed / recorded:.1f}"
        )


def exact(names: list[str]) -> None:
    print(
        "\nall decomposable graphs; all pairwise log-linear models; stepwise, BCa of 200 resamples"
    )
    for name in names:
        table = kept(name)
        lists = len(table.lists)
        line = f"{name:28}"
        if lists <= 6:
            decomposable_graphs(lists)
            began = time.process_time()
            graph_posterior(table)
            line += f" graphs {spent(began):6.3f} s"
        if lists <= 5:
            began = time.process_time()
            fit_models(table, pairwise_models(lists))
            line += f"  pairwise {spent(began):6.3f} s"
        began = time.process_time()
        sparse(table, replicates=200)
        line += f"  BCa {spent(began):5.1f} s"
        recorded = [row["cpu"] for row in reference("sparsemse") if row["dataset"] == name]
        print(line + (f" (R {recorded[0]} s)" if len(recorded) > 0 else ""))


if __name__ == "__main__":
    chosen = sys.argv[1:] or sorted(
        path.stem for path in DATA.glob("*.csv") if not path.stem.startswith("artificial")
    )
    if len(chosen) == 0:
        print(f"nothing measured: the reference tables are not at {DATA}; set MUNIMENT_DATA")
    else:
        exact(chosen)
        latent(chosen)
