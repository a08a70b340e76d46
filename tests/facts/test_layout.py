"""Where headers stand, and what each row is."""

import pytest

from muniment.core import CellArea, CellKind
from muniment.facts import Column, Held, RowKind, Table, find_layout, layout_with, rows_of, shape_of
from tests.facts.invented_lists import CHINESE, DIGEST, TWO_ROWS, table

_HEADER: list[Held | str | None] = ["姓名", "性别", "身份证号", "收押日期"]
_PERSON: list[Held | str | None] = ["王小", "男", "659999199301310017", "2018-03-01"]


def _kinds(held: Table) -> list[str]:
    rows = rows_of(held, find_layout(held))
    return [RowKind(int(kind)).name.lower() for kind in rows.kinds]


def test_titles_repeated_headers_totals_and_notes_are_told_from_data() -> None:
    assert find_layout(CHINESE).headers == (3,)
    assert find_layout(CHINESE).titles == ("收押教培人员登记表", "填表单位：派出所")
    assert _kinds(CHINESE) == [
        "title", "title", "header", "data", "data", "repeated", "data", "total", "note",
    ]  # fmt: skip


def test_what_is_no_data_says_why() -> None:
    rows = rows_of(CHINESE, find_layout(CHINESE))
    assert rows.reasons[5] == "the headers again"
    assert "sum" in rows.reasons[7]


def test_two_rows_of_headers_are_joined() -> None:
    layout = find_layout(TWO_ROWS)
    assert (layout.headers, layout.first) == ((1, 2), 3)
    assert layout.names == {
        1: "姓名",
        2: "身份证号",
        3: "配偶 / 姓名",
        4: "配偶 / 身份证号",
        5: "羁押 / 日期",
        6: "羁押 / 场所",
    }


def test_two_rows_of_headers_are_joined_where_nothing_is_merged() -> None:
    held = table(
        [
            ["Name", "Spouse", None, "Detention", None],
            [None, "Name", "ID number", "Date", "Reason"],
            ["Ana Roca", "Luis Sol", "X-123456", "2018-03-01", "none given"],
        ]
    )
    assert list(find_layout(held).names.values()) == [
        "Name",
        "Spouse / Name",
        "Spouse / ID number",
        "Detention / Date",
        "Detention / Reason",
    ]


def test_a_row_that_numbers_the_columns_belongs_to_the_headers() -> None:
    held = table([_HEADER, ["1", "2", "3", "4"], _PERSON])
    assert find_layout(held).headers == (1, 2)
    assert _kinds(held) == ["header", "header", "data"]


def test_names_that_the_file_states_are_the_headers() -> None:
    held = table([_PERSON, _PERSON])
    columns = [
        Column(each.number, each.codes, each.values, name=name)
        for each, name in zip(held.columns, ("xm", "xb", "sfzh", "rq"), strict=True)
    ]
    stated = Table(DIGEST, "people", held.rows, columns)
    layout = find_layout(stated)
    assert (layout.how, layout.headers, layout.names[3]) == ("stated", (), "sfzh")
    assert _kinds(stated) == ["data", "data"]


def test_rows_under_other_headers_are_not_data_until_the_first_headers_come_back() -> None:
    other = ["Name", "Address", "Phone", "Remarks"]
    held = table([_HEADER, _PERSON, other, ["x", "y", "12345678", "z"], _HEADER, _PERSON])  # type: ignore[list-item]
    assert _kinds(held) == ["header", "data", "other", "other", "repeated", "data"]


def test_a_person_of_whom_only_the_name_is_known_is_data() -> None:
    held = table([_HEADER, _PERSON, ["古丽", None, None, None], _PERSON])
    assert _kinds(held) == ["header", "data", "data", "data"]


def test_a_title_over_a_block_is_no_person() -> None:
    held = table(
        [_HEADER, _PERSON, ["空桥镇", None, None, None], _PERSON],
        (CellArea(3, 1, "名单", 3, 4),),
    )
    assert _kinds(held)[2] == "title"


def test_a_person_whose_name_begins_like_a_sum_is_data() -> None:
    held = table([_HEADER, ["计时", "男", "659999199301310017", "2018-03-01"], _PERSON])
    assert _kinds(held) == ["header", "data", "data"]


TOTALS = ["合计", "小 计：", "总计35人", "Итого", "TOTAL", "Toplam", "المجموع", "Jami"]


@pytest.mark.parametrize("word", TOTALS)
def test_sums_are_known_in_many_languages(word: str) -> None:
    assert _kinds(table([_HEADER, _PERSON, [word, None, None, "2"]]))[2] == "total"


def test_white_space_and_case_make_no_other_shape_and_order_does() -> None:
    assert shape_of({1: "Full  Name", 2: "Sex"}) == shape_of({1: "full name", 2: "SEX"})
    assert shape_of({1: "Name", 2: "Sex"}) != shape_of({1: "Sex", 2: "Name"})
    assert shape_of({1: "Name", 3: "Sex"}) != shape_of({1: "Name", 2: "Sex"})


def test_headers_that_a_person_named_are_found_where_rules_do_not_see_them() -> None:
    held = table([["aa", "bb"], ["cc", "dd"], ["x", "y"], ["z", "w"]])
    layout = layout_with(held, {1: "cc", 2: "dd"})
    assert layout is not None
    assert layout.headers == (2,)
    assert layout_with(held, {1: "cc", 2: "ee"}) is None


def test_numbers_are_no_headers() -> None:
    held = table([[Held(CellKind.NUMBER, "1"), "x"], [Held(CellKind.NUMBER, "2"), "y"]])
    assert find_layout(held).headers == ()


def test_a_wide_list_is_known_by_a_few_of_its_headers() -> None:
    words = [f"zq{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(100)]
    rows = [["Name", "Sex", "Prison", *words]]
    rows += [
        [name, "f", "North Camp", *["ok"] * 100] for name in ("Ana Roca", "Eva Sol", "Ida Prado")
    ]
    assert find_layout(table(rows)).headers == (1,)  # type: ignore[arg-type]
