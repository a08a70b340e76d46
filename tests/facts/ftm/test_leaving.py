"""What an entity's statements leave as, in both profiles; nothing is lost on the way."""

import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.facts.ftm import BASE, Kept, Left, Line, Profile, Stayed, ftm_id, leave
from muniment.facts.model import SCHEMATA, properties_of

_PERSON, _PLACE, _OTHER = "a" * 40, "b" * 40, "c" * 40


def line(schema: str, name: str, read: str | None, entity: str = _OTHER) -> Line:
    return Line(
        id=hashlib.sha256(f"{entity}{schema}{name}{read}".encode()).hexdigest(),
        entity=entity,
        schema=schema,
        property=name,
        written=f"as written: {read}",
        read=read,
        unread="" if read is not None else "not-a-date",
        doubts="",
        citation="ni:///sha-256;x#cell=1,1",
        by="mapping",
        source="m",
    )


def left(lines: list[Line], profile: Profile = Profile.STOCK) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for one in leave(lines, profile):
        if isinstance(one, Left) and one.property != BASE:
            key = f"{one.schema} {one.entity}"
            found.setdefault(key, {}).setdefault(one.property, []).append(one.value)
    return found


DETENTION = [
    line("Detention", "detainee", _PERSON),
    line("Detention", "facility", _PLACE),
    line("Detention", "startDate", "2017-05"),
    line("Detention", "cell", "12"),
    line("Detention", "status", "detained"),
    line("Detention", "endDate", None),
]


def test_a_detention_leaves_as_an_event_and_a_link() -> None:
    assert left(DETENTION) == {
        f"Event {_OTHER}": {
            "name": ["Detention"],
            "involved": [_PERSON],
            "startDate": ["2017-05"],
            "keywords": ["detained"],
        },
        f"UnknownLink {_OTHER}-held-in": {
            "role": ["held in"],
            "subject": [_PERSON],
            "object": [_PLACE],
            "startDate": ["2017-05"],
            "status": ["detained"],
        },
    }


def test_what_stock_has_no_word_for_stays_and_says_why() -> None:
    stayed = {
        one.line.property: one.why
        for one in leave(DETENTION, Profile.STOCK)
        if isinstance(one, Stayed)
    }
    assert stayed == {"cell": Kept.NO_COUNTERPART, "endDate": Kept.UNREAD}


def test_the_overlay_keeps_an_entity_as_it_is() -> None:
    (entity,) = left(DETENTION, Profile.OVERLAY)
    assert entity == f"Detention {_OTHER}"


def test_a_detention_in_a_place_nobody_knows_is_no_link() -> None:
    assert list(left([line("Detention", "place", "somewhere")])) == [f"Event {_OTHER}"]


def test_a_facility_of_which_only_the_name_is_known_leaves_as_a_place() -> None:
    for name in ("看守所", "prison"):
        lines = [line("Detention", "detainee", _PERSON), line("Detention", "facility", name)]
        assert left(lines)[f"Event {_OTHER}"]["location"] == [name]
        assert list(left(lines)) == [f"Event {_OTHER}"]
        assert left(lines, Profile.OVERLAY)[f"Detention {_OTHER}"]["place"] == [name]


def test_a_name_in_place_of_another_link_stays() -> None:
    for profile in Profile:
        (one,) = [o for o in leave([line("Relation", "person", "Adil")], profile) if o.line]
        assert isinstance(one, Stayed)
        assert one.why is Kept.NO_CLEAN_FORM


def test_an_age_does_not_leave_bare() -> None:
    lines = [line("Age", "age", "34"), line("Age", "person", _PERSON), line("Age", "event", "x")]
    assert left(lines) == {}
    assert all(isinstance(one, Stayed) for one in leave(lines, Profile.STOCK))


RELATIONS = {
    "brother": ("Family", "relative"),
    "friend": ("Associate", "associate"),
    "guardian": ("UnknownLink", "subject"),
    None: ("UnknownLink", "subject"),
}


@pytest.mark.parametrize(("kind", "wanted"), RELATIONS.items(), ids=str)
def test_only_kin_is_family(kind: str | None, wanted: tuple[str, str]) -> None:
    lines = [line("Relation", "person", _PERSON), line("Relation", "relative", _PLACE)]
    ((entity, properties),) = left([*lines, line("Relation", "kind", kind)]).items()
    schema, name = wanted
    assert entity.split()[0] == schema
    assert properties[name] == [_PLACE]


def test_a_picture_of_somebody_is_said_of_the_picture() -> None:
    lines = [line("PhotoOf", "image", _PLACE), line("PhotoOf", "person", _PERSON)]
    found = left(lines)
    assert found[f"Image {_PLACE}"] == {"pictured": [_PERSON]}
    assert found[f"Documentation {_OTHER}"]["document"] == [_PLACE]


def test_a_facility_leaves_with_its_address_in_parts() -> None:
    lines = [line("Facility", "name", "Old school"), line("Facility", "latitude", "41.5")]
    found = left([*lines, line("Facility", "kind", "prison"), line("Facility", "capacity", "9")])
    assert found[f"PublicBody {_OTHER}"]["addressEntity"] == [f"{_OTHER}-at"]
    assert found[f"Address {_OTHER}-at"] == {"latitude": ["41.5"]}


def test_what_nobody_knows_stays() -> None:
    lines = [line("Nonsense", "x", "1"), line("Person", "age", "34")]
    for profile in Profile:
        assert {one.why for one in leave(lines, profile) if isinstance(one, Stayed)} == {
            Kept.NOT_IN_THE_MODEL
        }


def test_a_link_of_an_entity_to_itself_stays() -> None:
    (one,) = [o for o in leave([line("Relation", "person", _OTHER)], Profile.STOCK) if o.line]
    assert isinstance(one, Stayed)
    assert one.why is Kept.NO_CLEAN_FORM


def test_a_statement_is_named_as_the_package_names_it() -> None:
    # followthemoney 4.11.2: Statement.make_key("d", "e", "name", "Ж", False)
    assert ftm_id("d", "e", "name", "Ж") == "7b4bdc584a8e4d37d519dfcb9362429bf6acd845"


_NAMES = [(schema, name) for schema in SCHEMATA for name in properties_of(schema)]


@given(
    st.lists(
        st.tuples(
            st.one_of(st.sampled_from(_NAMES), st.just(("Person", "nonsense"))),
            st.one_of(st.none(), st.just(_PERSON), st.just("2018"), st.just("brother"), st.text()),
        ),
        max_size=20,
    ),
    st.sampled_from(Profile),
)
def test_every_line_leaves_or_stays_and_first_leaves_once(
    said: list[tuple[tuple[str, str], str | None]], profile: Profile
) -> None:
    lines = [
        msgspec.structs.replace(line(schema, name, read), id=str(number))
        for number, ((schema, name), read) in enumerate(said)
    ]
    found = list(leave(lines, profile))
    first = [one.line.id for one in found if isinstance(one, Left) and one.line and not one.again]
    stayed = [one.line.id for one in found if isinstance(one, Stayed)]
    assert sorted([*first, *stayed]) == sorted(each.id for each in lines)
