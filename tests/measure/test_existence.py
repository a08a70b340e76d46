import numpy as np

from muniment.measure.design import design_matrix, main_effects, ordered
from muniment.measure.existence import facial_set, identified
from muniment.measure.loglinear_fits import fit_models
from tests.measure.published import APART, HEPATITIS

AB = ordered((*main_effects(3), 0b011))


def test_every_cell_is_kept_when_all_are_counted() -> None:
    counts = np.array(HEPATITIS.counts[1:], dtype=float)
    assert facial_set(design_matrix(3, AB), counts).all()


def test_the_pair_model_of_the_table_without_a_bridge_is_not_identified() -> None:
    # Chan, Silverman and Vincent (2021), section 2: the artificial example
    design, counts = design_matrix(3, AB), np.array(APART.counts[1:], dtype=float)
    kept = facial_set(design, counts)
    assert kept.tolist() == [True, True, True, True, False, False, False]
    assert not identified(design[kept], np.eye(len(AB))[:1])


def test_a_model_that_is_not_identified_is_counted_and_left_out() -> None:
    fits = fit_models(APART, [main_effects(3), AB])
    assert fits.models == (main_effects(3),)
    assert fits.refused == 1
