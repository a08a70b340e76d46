"""Formulas that are unlike their neighbours."""

from muniment.facts.odd_formulas import odd_formulas


def test_one_formula_among_others_is_odd() -> None:
    links = {row: f'=HYPERLINK("https://example.org/{row}","Name {row}")' for row in range(2, 9)}
    assert odd_formulas(links) == set()
    assert odd_formulas(links | {9: '=B2&" junior"'}) == {9}


def test_references_are_compared_from_where_they_stand() -> None:
    sums = {row: f"=C{row}+D{row}*$A$1" for row in range(2, 12)}
    assert odd_formulas(sums) == set()
    assert odd_formulas(sums | {7: "=C6+D7*$A$1"}) == {7}
    assert odd_formulas(sums | {7: "=C7+D7*$A$2"}) == {7}


def test_columns_of_many_formulas_have_no_usual_one() -> None:
    assert odd_formulas({2: "=A1", 3: "=A1+B1", 4: "=SUM(A1:A3)", 5: "=B2*2"}) == set()
