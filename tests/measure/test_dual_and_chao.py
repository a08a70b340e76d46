import pytest

from muniment.measure.chao import chao_lower_bound
from muniment.measure.coverage import sample_coverage
from muniment.measure.dual import chapman, lincoln_petersen
from muniment.measure.result import Estimate, Refusal
from tests.measure.published import APART, HEPATITIS, typed

PAIR = typed("first second", {"10": 60, "01": 40, "11": 20})  # n1 = 80, n2 = 60, m = 20


def test_lincoln_petersen_is_the_product_over_the_overlap() -> None:
    answer = lincoln_petersen(PAIR)
    assert isinstance(answer, Estimate)
    assert answer.total == pytest.approx(80 * 60 / 20)
    assert answer.interval[0] > answer.observed


def test_chapman_is_defined_without_any_overlap_but_the_table_is_refused() -> None:
    answer = chapman(PAIR)
    assert isinstance(answer, Estimate)
    assert answer.total == pytest.approx(81 * 61 / 21 - 1)
    assert isinstance(chapman(typed("A B", {"10": 5, "01": 5})), Refusal)


def test_dual_methods_refuse_three_lists() -> None:
    answer = chapman(HEPATITIS)
    assert isinstance(answer, Refusal)
    assert "two lists" in answer.reasons[0]


def test_chao_on_hepatitis_is_the_published_lower_bound() -> None:
    # Rcapture's closedp on this table: Mh Chao (LB) 479
    answer = chao_lower_bound(HEPATITIS)
    assert isinstance(answer, Estimate)
    assert answer.total == pytest.approx(479.1488, abs=1e-3)
    assert answer.interval == pytest.approx((409.561, 583.685), abs=1e-2)


def test_chao_without_people_on_two_lists_uses_the_corrected_form() -> None:
    answer = chao_lower_bound(typed("A B C", {"100": 6, "010": 3, "001": 1, "111": 2}))
    assert isinstance(answer, Estimate)
    assert answer.total == pytest.approx(12 + (2 / 3) * 10 * 9 / 2)


def test_sample_coverage_on_hepatitis_is_the_published_one_step_estimate() -> None:
    # Chao et al. (2001), table III: sample coverage 51.3 %, one-step estimate 508; a later census
    # of blood tests found about 545 infected students
    answer = sample_coverage(HEPATITIS, seed=1)
    assert isinstance(answer, Estimate)
    assert answer.total == pytest.approx(508, abs=0.5)
    assert answer.interval[0] < 545 < answer.interval[1]
    assert "51%" in answer.warnings[0]


def test_sample_coverage_repeats_with_its_seed() -> None:
    first, second = (sample_coverage(HEPATITIS, seed=3, replicates=50) for _ in range(2))
    assert isinstance(first, Estimate)
    assert isinstance(second, Estimate)
    assert first.interval == second.interval


@pytest.mark.parametrize("method", [chao_lower_bound, sample_coverage])
def test_lists_apart_are_refused(method: object) -> None:
    assert isinstance(method(APART), Refusal)  # type: ignore[operator]
