"""Headers of scripts whose words stand without spaces, and numbers that are of no one person."""

import pytest

from muniment.facts.header import header_says


@pytest.mark.parametrize(
    ("header", "concept"),
    [
        ("최초 체포 일시", "detained_on"),
        ("현재 수감 장소", "facility"),
        ("ဖမ်းဆီးခံရသည့် ရက်စွဲ", "detained_on"),
        ("የተፈረደበት ቅጣት", "term"),
    ],
)
def test_a_compound_is_known_with_spaces_and_without(header: str, concept: str) -> None:
    for written in (header, header.replace(" ", "")):
        scores = header_says(written).scores
        assert max(scores, key=lambda each: scores[each]) == concept


@pytest.mark.parametrize("header", ["案号", "№ уголовного дела", "رقم الدعوى", "사건번호"])
def test_the_number_of_a_case_is_no_number_of_a_person(header: str) -> None:
    scores = header_says(header).scores
    assert scores["file_number"] > scores.get("registration", 0.0)
