"""A sheet whose columns shift half-way: kept, unread, counted, listed."""

from collections import Counter

from muniment.core import digest_of
from muniment.facts import Applied, apply_mapping, mapping_of, propose, statements_of, table_of_rows

HEADERS = ["No", "Name", "Sex", "Date of birth", "Date of arrest", "Place"]


def row(number: int) -> list[str]:
    born, arrested = f"19{60 + number % 40}-02-03", f"2017-0{1 + number % 9}-05"
    return [str(number), f"Ali V{chr(97 + number % 26)}n", "MF"[number % 2], born, arrested, "Camp"]


def applied(rows: list[list[str]]) -> Applied:
    good = table_of_rows(digest_of(b"good"), [HEADERS, *map(row, range(1, 30))])
    proposal = propose(good)
    table = table_of_rows(digest_of(b"made"), [HEADERS, *rows])
    return apply_mapping(table, mapping_of(proposal, "list"), proposal.layout, "0" * 64)


def test_nothing_is_read_of_rows_whose_cells_have_moved() -> None:
    right = [[number[0], "", *number[1:]] for number in map(row, range(500, 520))]
    left = [number[1:] for number in map(row, range(520, 530))]
    found = applied([*map(row, range(1, 500)), *right, *left])
    moved = [one for one in statements_of(found) if one.at.place.row > 500]  # type: ignore[union-attr]
    links = {"detainee"}
    assert {one.read for one in moved if one.property not in links} == {None}
    counts = Counter(one.code for one in found.misfits)
    assert counts == {"shifted-row": 30, "extra-column": 1}
    assert {one.says.split(":")[0] for one in found.misfits if one.row > 0} == {
        "its cells have moved 1 to the right of their columns",
        "its cells have moved 1 to the left of their columns",
    }


def test_two_cells_that_cannot_be_read_are_no_reason_to_doubt_the_others() -> None:
    odd = row(31)
    odd[2], odd[3] = "unclear", "unclear"
    found = applied([*map(row, range(1, 30)), odd])
    read = {one.property for one in statements_of(found) if one.at.place.row == 31 and one.read}  # type: ignore[union-attr]
    assert {"name", "startDate"} <= read
    assert "row-shape" in {one.code for one in found.misfits}
