import numpy as np
import pytest

from muniment.measure import sensitivity
from muniment.measure.decomposable import graphs
from muniment.measure.design import main_effects, ordered
from muniment.measure.estimators import Request
from muniment.measure.latent import search_work
from muniment.measure.loglinear_choice import loglinear
from muniment.measure.predictive import leave_out_lists, leave_out_patterns
from muniment.measure.result import Estimate, Refusal
from muniment.measure.sensitivity import number_of_classes, prior_weight, remarks
from tests.measure.populations import EIGHT, independent, table_of
from tests.measure.published import HEPATITIS, KOSOVO, SPINA_BIFIDA, UK_5, typed


def test_every_list_is_left_out_once() -> None:
    found = leave_out_lists(KOSOVO, loglinear)
    assert [left.name for left in found] == list(KOSOVO.lists)
    assert all(left.known == 4400 for left in found)


def test_people_who_were_seen_contradict_an_interval_that_ends_below_them() -> None:
    # A and B agree about nearly everybody; C knows hundreds of others
    table = typed("A B C", {"110": 200, "100": 10, "010": 10, "001": 500, "111": 20})
    found = {left.name: left for left in leave_out_lists(table, loglinear)}
    assert found["C"].contradicted


def test_a_pattern_is_foretold_by_a_model_that_fits() -> None:
    # D:M is the published dependence of the spina bifida lists
    fitting = leave_out_patterns(SPINA_BIFIDA, ordered((*main_effects(3), 0b110)))
    independent = leave_out_patterns(SPINA_BIFIDA, main_effects(3))
    assert sum(check.surprising for check in fitting) < sum(c.surprising for c in independent)


def test_a_true_model_is_surprised_about_as_often_as_chance() -> None:
    rng = np.random.Generator(np.random.PCG64(3))
    shares = independent([0.3, 0.25, 0.2, 0.35])
    surprises = [
        check.surprising
        for _ in range(40)
        for check in leave_out_patterns(table_of(shares, 500, rng), main_effects(4))
    ]
    assert 0.01 < np.mean(surprises) < 0.07


def test_a_pattern_the_model_cannot_foretell_is_not_in_the_answer() -> None:
    pairs = ordered((*main_effects(3), 0b011, 0b101, 0b110))
    assert leave_out_patterns(HEPATITIS, pairs) == ()


def test_the_prior_weight_decides_the_united_kingdom() -> None:
    totals = [
        setting.outcome.total
        for setting in prior_weight(UK_5, (1.0, 16.0, 32.0))
        if isinstance(setting.outcome, Estimate)
    ]
    # dga 2.0.2: 22,365 with 2^-5, 2,793 with 1/2, 2,807 with 1
    assert totals == [22_365, 2_793, 2_807]


def test_more_classes_change_the_hepatitis_answer_little() -> None:
    request = Request(seed=1, chains=2, draws=1500)
    few, many = number_of_classes(HEPATITIS, (5, 10), request)
    assert isinstance(few.outcome, Estimate)
    assert isinstance(many.outcome, Estimate)
    assert few.outcome.total == pytest.approx(many.outcome.total, rel=0.05)


def test_classes_of_many_lists_share_a_set_amount_of_work_and_say_what_was_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_chain = search_work(2**8)  # for each class of eight lists
    monkeypatch.setattr(sensitivity, "WORK", 5.5 * one_chain)
    found = number_of_classes(EIGHT, (4, 2, 3), Request(seed=1, chains=1, draws=101))
    assert [type(each.outcome) for each in found] == [Estimate, Estimate, Refusal]
    two_and_three, four = remarks(found)
    assert two_and_three == "classes 2, 3: 100 draws of each chain, not 101"
    assert four == "classes 4: not fitted: 8 lists are too much work"
    (graph,) = remarks(prior_weight(EIGHT, (1.0, 2.0)))
    assert graph.startswith("delta 0.0039, 0.0078: all graphs are weighed up to 6 lists")


def test_leaving_out_lists_works_with_any_method() -> None:
    assert len(leave_out_lists(HEPATITIS, graphs)) == 3
