import pytest

from muniment.measure.mth import fit_shapes, heterogeneity
from muniment.measure.result import Estimate, Refusal
from tests.measure.published import APART, HEPATITIS, kept, needs_data, typed


@needs_data
def test_the_hares_have_the_published_estimates() -> None:
    # Rivest and Baillargeon (2007) and Rcapture: Poisson 81.1 (5.6), AIC 146.3, interval
    # 71.8-93.8; Darroch 90.5 (11.7)
    hares = kept("snowshoe_hare")
    fits = {fit.shape: fit for fit in fit_shapes(hares)}
    assert 68 + fits["poisson"].unseen == pytest.approx(81.1, abs=0.05)
    assert fits["poisson"].se_total == pytest.approx(5.6, abs=0.05)
    assert fits["poisson"].aic == pytest.approx(146.3, abs=0.05)
    assert 68 + fits["darroch"].unseen == pytest.approx(90.5, abs=0.05)
    assert fits["darroch"].se_total == pytest.approx(11.7, abs=0.05)
    answer = heterogeneity(hares)
    assert isinstance(answer, Estimate)
    assert answer.interval == pytest.approx((71.8, 93.8), abs=0.05)


@needs_data
def test_allegheny_county_has_the_estimate_of_the_reference() -> None:
    fits = {fit.shape: fit for fit in fit_shapes(kept("lesbian_allegheny_4list"))}
    assert 2185 + fits["darroch"].unseen == pytest.approx(6964, abs=1)
    assert fits["darroch"].se_total == pytest.approx(650, abs=1)


def test_shapes_that_fit_alike_and_differ_in_the_answer_are_a_warning() -> None:
    fits = fit_shapes(HEPATITIS)
    assert max(f.aic for f in fits) - min(f.aic for f in fits) < 0.01
    answer = heterogeneity(HEPATITIS)
    assert isinstance(answer, Estimate)
    assert any("shape" in warning for warning in answer.warnings)


@pytest.mark.parametrize("table", [APART, typed("A B", {"10": 5, "01": 5, "11": 5})])
def test_what_has_no_shape_is_refused(table: object) -> None:
    assert isinstance(heterogeneity(table), Refusal)  # type: ignore[arg-type]
