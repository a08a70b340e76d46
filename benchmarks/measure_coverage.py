"""Measures how often 95 % intervals hold the truth, for populations whose model is true and not.

    python benchmarks/measure_coverage.py [share]     of the tables to simulate, default 0.1

The table of the reference page is that of share 1: about 6 minutes of CPU.
"""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # for the simulated populations of the tests
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from muniment.measure import (
    chao_lower_bound,
    chapman,
    graphs,
    heterogeneity,
    latent_class,
    loglinear,
    sample_coverage,
    sparse,
)
from tests.measure.populations import coverage, independent, mixed, tilted

TWO = independent([0.4, 0.3])
THREE = independent([0.5, 0.4, 0.45])
FOUR = independent([0.3, 0.25, 0.2, 0.35])
PAIR = tilted(FOUR, 0b0011, 3.0)
KINDS = mixed([(0.7, [0.15, 0.1, 0.2, 0.15]), (0.3, [0.6, 0.7, 0.5, 0.6])])

POPULATIONS = {
    "two independent lists, 1,000": (TWO, 1000),
    "two lists, odds ratio 3, 1,000": (tilted(TWO, 0b11, 3.0), 1000),
    "three independent lists, 800": (THREE, 800),
    "four independent lists, 1,000": (FOUR, 1000),
    "four lists, one pair with odds 3, 3,000": (PAIR, 3000),
    "two kinds of people, 2,000": (KINDS, 2000),
}
METHODS = {
    "chapman": (lambda t, _: chapman(t), 300, {2}),
    "chao": (lambda t, _: chao_lower_bound(t), 300, {2, 3, 4}),
    "sample-coverage": (lambda t, s: sample_coverage(t, seed=s, replicates=100), 200, {3}),
    "independence": (lambda t, _: loglinear(t, family="independence"), 300, {3, 4}),
    "loglinear, BIC": (lambda t, _: loglinear(t), 300, {3, 4}),
    "loglinear, BIC average": (lambda t, _: loglinear(t, choose="bic-average"), 300, {3, 4}),
    "sparse, BCa": (lambda t, s: sparse(t, seed=s, replicates=100), 60, {3, 4}),
    "graphs": (lambda t, _: graphs(t), 300, {3, 4}),
    "heterogeneity": (lambda t, _: heterogeneity(t), 300, {3, 4}),
    "latent-class": (lambda t, s: latent_class(t, seed=s, chains=1, draws=1200), 60, {3, 4}),
}

if __name__ == "__main__":
    part = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
    for name, (shares, people) in POPULATIONS.items():
        lists = len(shares).bit_length() - 1
        for method, (run, most, fits) in METHODS.items():
            if lists in fits:
                tables = max(1, round(part * most))
                held, middle = coverage(run, shares, people, tables=tables)
                print(f"| {name} | {method} | {held:.0%} | {middle:.2f} | {tables} |", flush=True)
