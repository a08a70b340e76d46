import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import binomtest

from muniment.core import UsageError
from muniment.measure import LinkageError, clopper_pearson, share, suppress, wilson
from muniment.measure.suppression import feasible_range
from tests.measure.published import ROOT

REGISTER = {"having": 22_762, "people": 188_116}


@pytest.mark.parametrize("counted", [(0, 10), (10, 10), (1, 7), (263, 10_000), (7, 3_000_000)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_sampling_intervals_are_those_of_scipy(counted: tuple[int, int], level: float) -> None:
    test = binomtest(*counted)
    for own, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        expected = test.proportion_ci(level, method=method)  # type: ignore[arg-type]
        assert own(*counted, level) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_printed_example_of_wilsons_interval() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I: 81/263 -> 0.2553 to 0.3662
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)


@pytest.mark.parametrize("bad", [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_an_error(bad: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="share"):
        wilson(*bad)


@pytest.mark.parametrize(("part", "high"), [(0.02, 0.141), (0.05, 0.171), (0.10, 0.221)])
def test_blanks_bound_the_share(part: float, high: float) -> None:
    found = share("adults detained", **REGISTER, blank=round(part * 188_116))
    assert found.bounds == pytest.approx((0.121, high), abs=5e-4)


@pytest.mark.parametrize(("blank", "high"), [(0.0, 0.165), (0.05, 0.2125)])
def test_people_absent_from_the_register_bound_the_share(blank: float, high: float) -> None:
    absent = round(188_116 * 0.05 / 0.95)
    found = share("adults detained", **REGISTER, blank=round(blank * 188_116), absent=absent)
    assert found.bounds == pytest.approx((0.115, high), abs=5e-4)
    assert found.coverage == pytest.approx(0.95, abs=1e-5)


@pytest.mark.parametrize(("false", "missed", "moved"), [(0.02, 0.05, 0.125), (0.05, 0.1, 0.128)])
def test_linkage_errors_move_the_share(false: float, missed: float, moved: float) -> None:
    error = LinkageError((false, false), (missed, missed))
    found = share("adults detained", **REGISTER, linkage=error)
    assert found.linkage == pytest.approx((moved, moved), abs=5e-4)


def test_a_register_counted_whole_says_that_it_has_no_sampling_interval() -> None:
    found = share("adults detained", **REGISTER, blank=100)
    assert found.wilson is None
    assert "no sampling error" in found.sentence()
    assert "between 12.1% and 12.2%" in found.sentence()


def test_a_sample_says_how_it_was_drawn() -> None:
    found = share("records with a sentence", having=12, people=100, sample="every 50th page")
    assert found.wilson == wilson(12, 100)
    assert found.sentence().endswith("Drawn: every 50th page.")


def test_every_person_counted_may_be_cited_and_none_too_many() -> None:
    assert share("x", having=2, people=3, cells=("a", "b")).cells == ("a", "b")
    with pytest.raises(UsageError, match="cited"):
        share("x", having=2, people=3, cells=("a",))


BAD = {
    "no estimand": {"estimand": " ", "having": 1, "people": 2},
    "negative": {"estimand": "x", "having": -1, "people": 2},
    "nobody": {"estimand": "x", "having": 0, "people": 0},
    "more than there are": {"estimand": "x", "having": 2, "people": 3, "blank": 2},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_an_impossible_count_is_an_error(bad: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"\w"):
        share(**bad)  # type: ignore[arg-type]


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_truth_is_always_within_the_bounds(
    having: int, lacking: int, blank: int, absent: int
) -> None:
    people = having + lacking + blank
    if people == 0:
        return
    found = share("x", having=having, people=people, blank=blank, absent=absent)
    for hidden in (0, (blank + absent) // 2, blank + absent):
        truth = (having + hidden) / (people + absent)
        assert found.bounds[0] <= truth <= found.bounds[1]


def test_a_small_cell_takes_others_with_it() -> None:
    published = suppress([[3, 40], [25, 60]])
    assert published.primary == ((0, 0),)
    assert published.cells[2] == (28, 100, 128) or len(published.complementary) >= 3
    assert published.cells[0][0] is None
    assert len(published.complementary) >= 3


def test_a_table_without_small_cells_is_published_whole() -> None:
    assert suppress([[30, 40], [25, 60]]).cells == ((30, 40, 70), (25, 60, 85), (55, 100, 155))


def test_zeros_are_published_unless_asked() -> None:
    assert suppress([[0, 40], [25, 60]]).primary == ()
    assert suppress([[0, 40], [25, 60]], zeros=True).primary == ((0, 0),)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=2), min_size=2, max_size=3))
def test_no_withheld_small_cell_can_be_computed(counts: list[list[int]]) -> None:
    published = suppress(counts)
    rows = [[*row, sum(row)] for row in counts]
    table = [*rows, [sum(column) for column in zip(*rows, strict=True)]]
    withheld = set(published.primary) | set(published.complementary)
    everything = all(
        (i, j) in withheld or count == 0
        for i, row in enumerate(table)
        for j, count in enumerate(row)
    )
    for cell in published.primary:
        low, high = feasible_range(table, withheld, cell)
        assert high - low >= published.threshold or everything
        assert low <= table[cell[0]][cell[1]] <= high


def _stranger(
    cells: tuple[tuple[int | None, ...], ...],
) -> dict[tuple[int, int], tuple[float, float]]:
    """The range of each withheld number for whoever has nothing but the published table."""
    columns = [tuple(column) for column in zip(*cells, strict=True)]
    names = [(i, j) for i, row in enumerate(cells) for j, cell in enumerate(row) if cell is None]
    lines = [([(i, j) for j in range(len(row))], row) for i, row in enumerate(cells)]
    lines += [([(i, j) for i in range(len(line))], line) for j, line in enumerate(columns)]
    rows, sums = [], []
    for places, line in lines:
        signs = dict.fromkeys(places, 1) | {places[-1]: -1}  # the last of a line is its total
        rows.append([signs.get(name, 0) for name in names])
        sums.append(-sum(signs[at] * (cell or 0) for at, cell in zip(places, line, strict=True)))
    limits = LinearConstraint(np.array(rows), sums, sums)
    found = {}
    for aim, name in zip(np.eye(len(names)), names, strict=True):
        ends = [
            # zeros are published, so no withheld number is one
            milp(sign * aim, constraints=limits, integrality=aim * 0 + 1, bounds=Bounds(1, 1e6))
            for sign in (1, -1)
        ]
        found[name] = (ends[0].fun, -ends[1].fun)
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3))
@example([[0, 0, 2], [0, 5, 5], [2, 5, 5]])  # two sums of two lines gave a 5 away
def test_a_stranger_with_whole_numbers_cannot_recover_any_withheld_cell(
    counts: list[list[int]],
) -> None:
    cells = suppress(counts).cells
    if any(cell not in {None, 0} for row in cells for cell in row):  # else nothing is left to take
        for low, high in _stranger(cells).values():
            assert low < high


def test_ones_that_sum_to_what_is_published_are_not_given_away() -> None:
    # five withheld cells under a total of 5 would be five ones, as no withheld cell is a zero
    published = suppress([[1, 1, 1, 1, 1], [40, 30, 50, 60, 20]])
    assert published.cells[0][-1] is None


@pytest.mark.parametrize("bad", [[[2.5]], [[float("nan")]], [], [[]], [[1, 2], [3]], [[-1]]])
def test_what_is_no_table_is_an_error(bad: list[list[int]]) -> None:
    with pytest.raises(UsageError, match=r"count|row"):
        suppress(bad)


def test_measuring_pulls_in_no_other_room_and_little_else() -> None:
    code = (
        "import sys\n"
        "import muniment.measure as room\n"
        "for name in room.__all__: getattr(room, name)\n"
        "from muniment.measure.latent import latent_class\n"
        "rooms = {n.split('.')[1] for n in sys.modules if n.startswith('muniment.')}\n"
        "others = {n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names)\n"
        "print(sorted(rooms), sorted(others & {'duckdb', 'click', 'msgspec', 'numba', 'numpy',\n"
        "    'pandas', 'scipy', 'tantivy', 'cryptography', 'pyarrow', 'PIL'}))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert ran.stdout == "['core', 'measure'] ['msgspec', 'numba', 'numpy', 'scipy']\n"


def test_rates_and_the_package_need_neither_numpy_nor_scipy() -> None:
    code = (
        "import sys\n"
        "sys.modules.update(numpy=None, scipy=None, numba=None)\n"
        "import muniment\n"
        "from muniment.measure import share, wilson\n"
        "print(share('x', having=1, people=2).bounds, wilson(1, 2))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert ran.stdout.startswith("(0.5, 0.5)")
