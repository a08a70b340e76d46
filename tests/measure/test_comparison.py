from types import ModuleType

import msgspec
import pytest

import muniment.measure as room
from muniment.core import UsageError
from muniment.measure.answers import answer
from muniment.measure.comparison import estimate
from muniment.measure.concord import agreement
from muniment.measure.decomposable import graphs
from muniment.measure.dual import chapman, lincoln_petersen
from muniment.measure.estimators import ESTIMATORS, Request, estimator
from muniment.measure.result import Estimate, Outcome, Refusal
from muniment.measure.table import OverlapTable, from_patterns
from muniment.measure.wording import report
from tests.measure.published import APART, HEPATITIS, SPINA_BIFIDA, UK_5, typed

QUICK = Request(seed=1, chains=2, draws=300, replicates=40)

# What a table may hold, at its worst. Every method ends in an answer or a refusal.
WORST = {
    "one list": typed("A", {"1": 50}),
    "two lists without overlap": typed("A B", {"10": 5, "01": 5}),
    "no overlap": typed("A B C", {"100": 9, "010": 9, "001": 9}),
    "all overlap": typed("A B C", {"111": 90}),
    "nearly all overlap": typed("A B C", {"111": 9000, "100": 1, "010": 1, "001": 1}),
    "nobody": typed("A B C", {}),
    "one person": typed("A B C", {"110": 1}),
    "a chain of overlaps": typed("A B C", {"100": 9, "010": 9, "001": 9, "110": 2, "011": 2}),
    "a list inside another": typed("A B C", {"010": 9, "110": 5, "011": 4, "001": 7, "111": 2}),
    "counts of a million": HEPATITIS.with_counts([c * 20_000 for c in HEPATITIS.counts]),
    "lists that avoid each other": typed(
        "A B C",
        {
            "100": 500,
            "010": 500,
            "001": 500,
            "110": 2,
            "101": 2,
            "011": 2,
            "111": 300,
        },
    ),
    "nobody on one list alone": typed("A B C", {"110": 50, "101": 40, "011": 30, "111": 300}),
    "seven people": typed("A B C", {f"{pattern:03b}": 1 for pattern in range(1, 8)}),
    "dense": typed(
        "A B C",
        {
            "110": 174,
            "101": 493,
            "011": 231,
            "111": 4070,
            "001": 20,
            "010": 7,
            "100": 9,
        },
    ),
    "one person on two lists": typed(
        "A B C", {"100": 500, "010": 400, "001": 300, "110": 1, "101": 1, "011": 1}
    ),
    "only people on all lists or one": typed("A B C", {"100": 9, "010": 8, "001": 7, "111": 3}),
}


@pytest.mark.parametrize("table", WORST.values(), ids=WORST.keys())
@pytest.mark.parametrize("method", [e.name for e in ESTIMATORS])
def test_a_bad_table_ends_in_an_answer_or_a_refusal(method: str, table: OverlapTable) -> None:
    outcome = estimator(method).run(table, QUICK)
    if isinstance(outcome, Refusal):
        assert len(outcome.reasons) > 0
        assert all(reason != "" for reason in outcome.reasons)
    else:
        low, high = outcome.interval
        assert table.observed - 1e-6 <= low <= outcome.total * (1 + 1e-9)
        assert outcome.total <= high * (1 + 1e-9)


@pytest.mark.night
@pytest.mark.parametrize("method", ["loglinear", "latent-class", "chao", "sparse", "graphs"])
def test_twelve_lists_end_in_an_answer_or_a_refusal(method: str) -> None:
    lists = "ABCDEFGHIJKL"
    people = [
        (tuple(lists[i] for i in range(12) if (seed * 2654435761 >> i) % 7 == 0), 1)
        for seed in range(4000)
    ]
    table = from_patterns(lists, [(members, n) for members, n in people if len(members) > 0])
    outcome = estimator(method).run(table, msgspec.structs.replace(QUICK, draws=30))
    assert isinstance(outcome, Estimate | Refusal)


def test_two_lists_of_which_one_lies_in_the_other_have_no_certain_number() -> None:
    table = typed("A B", {"10": 95, "11": 5})
    found = chapman(table), lincoln_petersen(table)
    for outcome in found:
        assert isinstance(outcome, Estimate)
        # all 5 of list B on A: with 2.5 % chance even if A held 48 % of everybody
        assert outcome.interval[0] == 100
        assert 190 < outcome.interval[1] < 215


def test_a_limit_is_never_the_answer() -> None:
    thin = typed("A B C", {"100": 500, "010": 400, "001": 300, "110": 1, "101": 1, "011": 1})
    drawn = estimator("latent-class").run(thin, QUICK)
    assert isinstance(drawn, Refusal)
    assert "limit of 24,060" in drawn.reasons[0]
    flat = graphs(HEPATITIS, limit=20, delta=8)
    assert isinstance(flat, Refusal)
    assert "limit of 20 " in flat.reasons[0]
    two_hills = typed(
        "A B C D",
        {"1000": 200, "0100": 200, "0010": 200, "0001": 200, "1100": 2, "0110": 2, "0011": 2},
    )
    assert isinstance(graphs(two_hills), Refusal)
    bounded = estimator("chao").run(thin, QUICK)
    assert isinstance(bounded, Estimate)
    assert any("times the people observed" in warning for warning in bounded.warnings)


def made(method: str, total: float, low: float, high: float) -> Outcome:
    return Estimate(method, "made up", 10, total, (low, high), 0.95, "confidence")


def test_methods_near_each_other_agree() -> None:
    found = agreement([made("a", 100, 80, 120), made("b", 120, 90, 150)])
    assert found.verdict == "agree"
    assert found.warning is None


def test_disjoint_intervals_or_a_large_ratio_are_a_disagreement() -> None:
    assert agreement([made("a", 100, 99, 101), made("b", 120, 119, 121)]).disjoint == (("a", "b"),)
    found = agreement([made("a", 100, 50, 300), made("b", 200, 60, 300)])
    assert found.verdict == "disagree"
    assert found.warning is not None
    assert "a 100, b 200" in found.warning


def test_a_lower_bound_does_not_take_part_in_agreement() -> None:
    assert agreement([made("a", 500, 400, 600), made("chao", 100, 90, 110)]).verdict == "one method"


def test_the_united_kingdom_ends_in_a_warning_of_disagreement() -> None:
    found = answer(UK_5, "graphs", seed=1)
    assert found.estimate == 22_365
    assert found.interval == (10_343, 29_446)
    assert "methods disagree" in found.warnings[0]


def test_the_table_without_a_bridge_is_refused_by_every_method() -> None:
    for entry in ESTIMATORS:
        found = answer(APART, entry.name)
        assert found.estimate is None
        assert found.refused is not None
        assert "share nobody" in found.refused[0]


def test_an_answer_has_the_fields_the_command_line_prints() -> None:
    fields = {"observed", "estimate", "interval", "method", "warnings", "diagnostics"}
    given = msgspec.json.decode(msgspec.json.encode(answer(HEPATITIS, "chao", compare=False)))
    assert set(given) == fields
    refused = msgspec.json.decode(msgspec.json.encode(answer(APART, "chao")))
    assert set(refused) == fields | {"refused"}
    assert refused["estimate"] is None


def test_an_unknown_method_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="latent-class"):
        answer(HEPATITIS, "magic")


def test_a_report_names_the_estimand_the_assumptions_and_the_disagreement() -> None:
    comparison = estimate(UK_5, ("graphs", "sparse", "chao", "chapman"), QUICK)
    text = report(comparison, "victims of slavery in the United Kingdom in 2013")
    assert text.startswith("Estimated: victims of slavery in the United Kingdom in 2013.")
    assert "The methods disagree: estimates run from 11,313 to 22,365" in text
    assert "Assumes: dependence between lists follows some decomposable graph" in text
    assert "chapman: no estimate" in text
    assert "chao: at least about" in text
    assert "Warning (chao): this is a lower bound" in text
    assert "Warning: no person is on both LA and GP" in text
    assert "errors of linkage" in text


def test_a_report_needs_its_estimand() -> None:
    with pytest.raises(UsageError, match="estimand"):
        report(estimate(HEPATITIS, ("chao",), QUICK), " ")


def test_a_comparison_keeps_estimates_and_refusals_apart() -> None:
    comparison = estimate(SPINA_BIFIDA, ("graphs", "chapman"), QUICK)
    assert [e.method for e in comparison.estimates] == ["graphs"]
    assert [r.method for r in comparison.refusals] == ["chapman"]


def test_the_room_hands_out_what_it_promises() -> None:
    for name in room.__all__:
        assert not isinstance(getattr(room, name), ModuleType), name
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = room.nothing_such  # type: ignore[attr-defined]


def test_draws_are_rows_of_chains() -> None:
    outcome = graphs(HEPATITIS, seed=2)
    assert isinstance(outcome, Estimate)
    assert outcome.draws is not None
    assert outcome.draws.ndim == 2
