"""Addresses come apart where words mark their levels, and nothing of them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text.places import Level, read_levels

MARKED = {
    "新疆维吾尔自治区喀什地区疏附县乌帕尔镇某某村三组": (
        (Level.PROVINCE, "新疆维吾尔自治区"),
        (Level.PREFECTURE, "喀什地区"),
        (Level.COUNTY, "疏附县"),
        (Level.TOWN, "乌帕尔镇"),
        (Level.VILLAGE, "某某村"),
        (Level.GROUP, "三组"),
    ),
    "疏附县某乡5村2组17号": (
        (Level.COUNTY, "疏附县"),
        (Level.TOWNSHIP, "某乡"),
        (Level.VILLAGE, "5村"),
        (Level.GROUP, "2组"),
        (Level.NUMBER, "17号"),
    ),
    "北京市东城区东华门街道": (
        (Level.CITY, "北京市"),
        (Level.DISTRICT, "东城区"),
        (Level.SUBDISTRICT, "东华门街道"),
    ),
    "伊犁哈萨克自治州特克斯县": (
        (Level.PREFECTURE, "伊犁哈萨克自治州"),
        (Level.COUNTY, "特克斯县"),
    ),
    "قەشقەر ۋىلايىتى قوناشەھەر ناھىيىسى ئوپال يېزىسى": (
        (Level.PREFECTURE, "قەشقەر ۋىلايىتى"),
        (Level.COUNTY, "قوناشەھەر ناھىيىسى"),
        (Level.TOWNSHIP, "ئوپال يېزىسى"),
    ),
    "Kashgar Prefecture, Konasheher County, Opal Township": (
        (Level.PREFECTURE, "Kashgar Prefecture"),
        (Level.COUNTY, "Konasheher County"),
        (Level.TOWNSHIP, "Opal Township"),
    ),
    "某地": ((None, "某地"),),
    "г. Алматы, ул. Абая 10": (
        (Level.CITY, "г. Алматы"),
        (Level.STREET, "ул. Абая"),
        (None, "10"),
    ),
    "": (),
}


@pytest.mark.parametrize("written", MARKED)
def test_levels_by_their_words(written: str) -> None:
    assert tuple((each.level, each.written) for each in read_levels(written)) == MARKED[written]


@given(st.text(max_size=60) | st.text("疏附县乌帕尔镇村三组1号市区 ,，", max_size=30))
def test_every_letter_is_in_one_span_or_a_sign_between(written: str) -> None:
    last = 0
    for each in read_levels(written):
        assert last <= each.start < each.end
        assert written[each.start : each.end] == each.written
        assert (
            written[last : each.start]
            .strip(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0,，、;；.。()（）\u2028\u2029")
            .strip()
            == ""
        )
        last = each.end
