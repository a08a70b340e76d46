import numpy as np
import pytest

from muniment.core import UsageError
from muniment.measure.crosschecks import Crosscheck, crosscheck, patterns_left_out
from muniment.measure.estimators import Request
from muniment.measure.latent_patterns import leave_out_patterns_of_classes
from muniment.measure.predictive import PatternLeftOut
from muniment.measure.table import from_patterns
from tests.measure.populations import mixed, table_of
from tests.measure.published import APART, HEPATITIS


def test_one_pattern_left_out_is_foretold_without_its_count() -> None:
    """Nothing of a pattern's own count may reach its prediction: another count, the same answer."""
    other = HEPATITIS.with_counts((*HEPATITIS.counts[:-1], 60))  # 28 on all three lists before
    few, many = (
        leave_out_patterns_of_classes(table, seed=1, chains=1, draws=200)[-1]
        for table in (HEPATITIS, other)
    )
    assert (few.lists, few.count, many.count) == (("P", "Q", "E"), 28, 60)
    assert few.surprising
    assert many.surprising
    assert few.predicted < 20  # 6.7 in long runs
    assert many.predicted < 20


@pytest.mark.night
@pytest.mark.timeout(3600)
def test_a_true_model_is_surprised_about_as_often_as_chance_allows() -> None:
    """280 counts of the model's own kind; 5 % of them, within three standard errors and a half.

    Counts of one table move together, hence the wide upper end.
    """
    rng = np.random.Generator(np.random.PCG64(5))
    shares = mixed([(0.7, [0.3, 0.25, 0.35]), (0.3, [0.6, 0.7, 0.5])])
    surprises = [
        each.surprising
        for seed in range(40)
        for each in leave_out_patterns_of_classes(
            table_of(shares, 800, rng), seed=seed, chains=2, draws=500
        )
    ]
    assert len(surprises) == 280
    assert np.mean(surprises) < 0.10


def test_a_table_that_is_refused_has_nothing_to_foretell() -> None:
    assert leave_out_patterns_of_classes(APART) == ()
    assert crosscheck(APART) == ()


def test_impossible_settings_are_an_error() -> None:
    with pytest.raises(UsageError, match="hundred draws"):
        leave_out_patterns_of_classes(HEPATITIS, draws=50)


def test_each_method_says_what_it_foretold() -> None:
    found = crosscheck(HEPATITIS, Request(seed=1))
    assert [each.method for each in found] == ["loglinear", "graphs", "latent-class"]
    loglinear, graphs, classes = found
    # the chosen model has a term for each pattern: it can foretell none
    assert loglinear.patterns == ()
    assert len(loglinear.unforetold) == 7
    assert loglinear.sentences[0].startswith("loglinear: 7 patterns with people could not be")
    assert loglinear.sentences[1].startswith("loglinear, each list left out in turn: without P 3")
    assert [len(each.lists) for each in found] == [3, 3, 3]
    assert len(graphs.patterns) == 7
    assert len(classes.patterns) == 7
    assert "the count of each of 7 patterns left out in turn" in classes.sentences[0]


def test_what_a_method_cannot_answer_for_is_not_checked() -> None:
    assert patterns_left_out(HEPATITIS, "chao") is None
    names = tuple("ABCDEFG")
    seven = from_patterns(names, [((name, names[0]), 9) for name in names] + [((names[1],), 9)])
    assert patterns_left_out(seven, "graphs") is None


def test_many_surprises_are_counted_and_the_largest_named() -> None:
    checks = tuple(
        PatternLeftOut(("A", name), 10 * number, 1.0, (0.0, 3.0), surprising=True)
        for number, name in enumerate("BCDEFG", start=1)
    )
    (sentence,) = Crosscheck("made", patterns=checks).sentences
    assert "0 lie where the others foretold them, 6 do not" in sentence
    assert sentence.index("A + G: 60 counted, 0 to 3 foretold") < sentence.index("A + F")
    assert "and 2 more" in sentence
