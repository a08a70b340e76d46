import pytest

from muniment.measure.checks import check, components, grave_reasons, overlap_graph
from muniment.measure.table import OverlapTable
from tests.measure.published import APART, HEPATITIS, UK_5, typed

GRAVE = {
    "nobody is on any list": (typed("A B C", {}), "nobody"),
    "there is one list": (typed("A", {"1": 5}), "one-list"),
    "lists share nobody": (APART, "lists-apart"),
    "a list names nobody": (typed("A B C", {"110": 3, "100": 4, "010": 5}), "empty-list"),
    "lists are copies": (typed("A B C", {"111": 30}), "copies"),
    "a column twice": (typed("A B C", {"110": 30, "111": 9, "001": 20}), "twins"),
}
WARNED = {
    "two lists": (typed("A B", {"11": 3, "10": 4, "01": 5}), "two-lists"),
    "a pair shares nobody": (UK_5, "empty-pairs"),
    "hardly any overlap": (typed("A B", {"10": 1000, "01": 1000, "11": 1}), "thin-overlap"),
    "a handful on two lists": (typed("A B", {"10": 9, "01": 9, "11": 6}), "thin-overlap"),
    "nearly all overlap": (typed("A B", {"10": 1, "01": 1, "11": 1000}), "near-saturation"),
    "two short lists of the same people": (typed("A B C", {"111": 2, "001": 9}), "twins"),
    "one list lies in another": (typed("A B", {"10": 5, "11": 5}), "contained"),
}


@pytest.mark.parametrize(("table", "code"), GRAVE.values(), ids=GRAVE.keys())
def test_a_grave_concern_is_named(table: OverlapTable, code: str) -> None:
    concerns = check(table)
    assert concerns[0].code == code
    assert concerns[0].grave
    assert len(grave_reasons(table)) > 0


@pytest.mark.parametrize(("table", "code"), WARNED.values(), ids=WARNED.keys())
def test_a_lesser_concern_is_a_warning(table: OverlapTable, code: str) -> None:
    assert code in {concern.code for concern in check(table) if not concern.grave}
    assert grave_reasons(table) == ()


def test_a_sound_table_raises_no_concern() -> None:
    assert check(HEPATITIS) == ()


def test_the_overlap_graph_has_an_edge_for_each_pair() -> None:
    assert overlap_graph(HEPATITIS) == (("P", "Q", 49), ("P", "E", 45), ("Q", "E", 46))


def test_components_are_the_groups_that_share_people() -> None:
    assert components(APART) == (("A", "B"), ("C",))
