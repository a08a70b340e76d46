"""One table of hepatitis A in every form that people keep tables in, and what must be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import UsageError
from muniment.measure import from_cells, from_matrix, from_text
from muniment.measure.table import OverlapTable
from tests.measure.published import HEPATITIS

PATTERNS = {"100": 69, "010": 55, "001": 63, "110": 21, "101": 17, "011": 18, "111": 28}
PEOPLE = [p for p, count in PATTERNS.items() for _ in range(count)]


def text(header: str, rows: list[list[str]], separator: str = ",") -> str:
    lines = ([header] if header != "" else []) + [separator.join(row) for row in rows]
    return "\n".join(lines) + "\n"


def named(pattern: str, joint: str) -> str:
    return joint.join(n for n, digit in zip("PQE", pattern, strict=True) if digit == "1")


WIDE = [[*pattern, str(count)] for pattern, count in PATTERNS.items()]
LONG = [[pattern, str(count)] for pattern, count in PATTERNS.items()]

FORMS = {
    "lists, count": text("P,Q,E,count", WIDE),
    "semicolons": text("P;Q;E;count", WIDE, ";"),
    "tabs": text("P\tQ\tE\tcount", WIDE, "\t"),
    "windows lines": text("P,Q,E,count", WIDE).replace("\n", "\r\n"),
    "row numbers": text('"","P","Q","E","count"', [[str(i + 1), *r] for i, r in enumerate(WIDE)]),
    "no header": text("", WIDE),
    "count first": text("n,P,Q,E", [[row[3], *row[:3]] for row in WIDE]),
    "a count of another name": text("P,cases,Q,E", [[r[0], r[3], *r[1:3]] for r in WIDE]),
    "patterns": text("pattern,count", LONG),
    "patterns without header": text("", LONG),
    "patterns last": text("freq,history", [row[::-1] for row in LONG]),
    "joined names": text("lists,count", [[named(p, " + "), str(c)] for p, c in PATTERNS.items()]),
    "names in quotes": text("lists,count", [[f'"{named(p, ",")}"', r] for p, r in LONG]),
    "a row a person": text("person,P,Q,E", [[f"p{i}", *p] for i, p in enumerate(PEOPLE)]),
    "records": text(
        "person,list",
        [[f"p{i}", n] for i, p in enumerate(PEOPLE) for n in named(p, " ").split()],
    ),
    "nobody on no list": text("P,Q,E,count", [*WIDE, ["0", "0", "0", "0"]]),
    "the unseen not known": text("P,Q,E,count", [*WIDE, ["0", "0", "0", "NA"]]),
    "counts as R prints them": text("P,Q,E,count", [[*r[:3], f"{r[3]}.0"] for r in WIDE]),
    "lists called by year": text("2011,2012,2013,count", WIDE),
    "blank lines": text("P,Q,E,count", [*WIDE, [""], [""]]),
}

WRONG = {
    "empty": ("", "empty"),
    "only a header": ("P,Q,count\n", "no row"),
    "one column": ("P\n1\n0\n", "one column"),
    "ragged": ("P,Q,count\n1,0,5\n1,1\n", "row 3 has 2 cells"),
    "zeros dropped": ("pattern,count\n1,5\n10,6\n11,2\n", "leading zeros"),
    "a slip in a list": ("P,Q,count\n1,0,5\n2,1,3\n", "row 3, P: '2' is neither 0 nor 1"),
    "a slip among 0 and 1": ("P,Q,count\n1,0,1\n2,1,1\n", "row 3, P"),
    "a slip in a person's row": ("P,Q,R\n1,0,1\n1,2,1\n0,1,1\n", "does not say that it counts"),
    "a slip without a header": ("1,0,1\n1,2,1\n1,0,1\n", "repeat"),
    "a share beside lists": ("P,Q,share\n1,0,50\n0,1,30\n1,1,20\n", "'share' is not of 0 and 1"),
    "a share beside patterns": ("pattern,share\n10,50\n01,30\n11,20\n", "'share' is not of"),
    "lists apart by blanks and capitals": ('A," a",count\n1,0,5\n1,1,3\n', "capitals alone"),
    "lists of records apart by capitals": ("person,list\np,A\nq,a\n", "'A' and 'a' differ"),
    "lists of patterns apart by capitals": ("lists,count\nA,5\na,3\nA+a,2\n", "capitals alone"),
    "people without names": ("P,Q\n1,0\n1,0\n0,1\n", "`person`"),
    "a blank": ("P,Q,count\n1,,5\n", "neither 0 nor 1"),
    "people on no list": ("P,Q,count\n1,0,5\n0,0,3\n", "on no list"),
    "a person of no list": ("person,P,Q\na,1,0\nb,0,0\n", "on no list"),
    "a person twice": ("person,P,Q\na,1,0\na,0,1\n", "two rows"),
    "a list twice": ("P,P,count\n1,0,5\n", "two columns"),
    "a negative count": ("P,Q,count\n1,0,-5\n", "negative"),
    "half a person": ("P,Q,count\n1,0,2.5\n", "whole"),
    "not a number": ("P,Q,count\n1,0,nan\n", "not a number of people"),
    "perhaps a thousand": ("P;Q;count\n1;0;1.000\n", "not a number of people"),
    "more than live": ("P,Q,count\n1,0,9999999999999\n", "more than live"),
    "absurdly many": ("P,Q,count\n1,0,1e300\n", "not a number of people"),
    "a person in two strata": ("person,list,stratum\na,P,x\na,Q,y\n", "in strata"),
    "no stratum": ("P,Q,count,stratum\n1,0,5,x\n1,1,5,\n", "no stratum"),
    "no person": ("person,list\n,P\n", "blank"),
    "no CSV": ('P,Q,count\n"1,0,5\n', "CSV"),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_form_gives_the_same_table(form: str) -> None:
    ((stratum, table),) = from_text(form).tables
    assert stratum == ""
    order = table.lists if set(table.lists) != {"P", "Q", "E"} else HEPATITIS.lists
    assert table.reordered(order).counts == HEPATITIS.counts


def test_a_byte_order_mark_is_no_letter_of_a_name() -> None:
    ((_, table),) = from_text("\ufeffP,Q,count\n1,0,5\n1,1,3\n").tables
    assert table.lists == ("P", "Q")


@pytest.mark.parametrize(("wrong", "words"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_or_unclear_is_an_error_that_says_so(wrong: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        from_text(wrong)


def test_a_count_of_any_name_can_be_stated() -> None:
    asked = text("P,deaths,Q,E", [[r[0], r[3], *r[1:3]] for r in WIDE])
    ((_, table),) = from_text(asked, count="deaths").tables
    assert table == HEPATITIS
    repeated = "person,P,Q,deaths\n1,1,0,2\n2,1,0,2\n"
    with pytest.raises(UsageError, match="row 3, person: '2' is neither"):
        from_text(repeated, count="deaths")  # a row is a pattern where a column counts
    with pytest.raises(UsageError, match="no column is called 'dead': P, deaths, Q, E"):
        from_text(asked, count="dead")
    with pytest.raises(UsageError) as caught:
        from_text(asked)
    assert "muniment mse --count 'deaths'" in caught.value.next_step


def test_strata_are_tables_of_the_same_lists() -> None:
    rows = [[*r[:3], s, str(int(r[3]) * m)] for s, m in (("n", 1), ("s", 3)) for r in WIDE]
    found = from_text(text("P,Q,E,stratum,count", rows))
    assert found.strata["n"] == HEPATITIS
    assert found.strata["s"].observed == 3 * HEPATITIS.observed
    records = [["a", "P", "n"], ["a", "Q", "n"], ["b", "E", "s"]]
    by_records = from_cells([["person", "list", "stratum"], *records]).strata
    assert by_records["s"].lists == ("E", "P", "Q")


def test_a_matrix_counts_rows_or_takes_their_counts() -> None:
    rows = [[int(digit) for digit in pattern] for pattern in PATTERNS]
    assert from_matrix("PQE", rows, list(PATTERNS.values())) == HEPATITIS
    people = [[int(digit) for digit in pattern] for pattern in PEOPLE]
    assert from_matrix("PQE", people) == HEPATITIS


@pytest.mark.parametrize(
    ("rows", "counts"),
    [([[1, 2, 0]], None), ([[1, 0]], None), ([[1, 0, 0]], [1, 2]), ([[1, 0, 0]] * 2, [1]),
     ([[1, float("nan"), 0]], None), ([["1", "0", "0"]], None)],
)  # fmt: skip
def test_a_matrix_that_is_none_is_an_error(rows: list[list[int]], counts: list[int] | None) -> None:
    with pytest.raises(UsageError):
        from_matrix("PQE", rows, counts)


def test_numbers_of_numpy_are_kept_as_whole_numbers() -> None:
    np = pytest.importorskip("numpy")
    array = np.array([[int(digit) for digit in pattern] for pattern in PATTERNS])
    table = from_matrix(["P", "Q", "E"], array == 1, np.array(list(PATTERNS.values())))
    assert table == HEPATITIS
    assert all(type(count) is int for count in table.counts)
    assert OverlapTable(("A",), (0, np.float64(3))).counts == (0, 3)


@given(st.text(max_size=60) | st.text("01,;\nABcount+", max_size=60))
def test_any_text_is_a_table_or_an_error(untrusted: str) -> None:
    try:
        found = from_text(untrusted)
    except UsageError:
        return
    assert all(table.observed >= 0 for _, table in found.tables)


def test_what_to_do_is_said_of_the_row_that_is_wrong() -> None:
    steps = {
        "A,B,count\n0,0,17\n1,0,5\n": "leave its count blank",
        "person,A,B\np1,1,0\np1,0,1\n": "make one row of both",
        "person,list\np1,A\np1,\n": "not guessed",
        "person,stratum,A,B\np1,x,1,1\np2,,1,0\n": "call it `unknown`",
    }
    for text, step in steps.items():
        with pytest.raises(UsageError) as caught:
            from_text(text)
        assert step in caught.value.next_step


def test_rows_of_one_pattern_add_up_and_it_is_said() -> None:
    found = from_text("A,B,count\n1,0,5\n1,0,7\n0,1,3\n1,1,2\n")
    assert found.form.endswith("rows of one pattern were added up")
    assert found.tables[0][1].observed == 17
    once = from_text("stratum,A,B,count\nx,1,0,5\ny,1,0,7\nx,1,1,3\ny,1,1,2\n")
    assert "added" not in once.form
