"""The recorded form of a report: every value is found where it is cited."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import Chars, digest_of
from muniment.facts.sources import (
    Consent,
    Form,
    Ids,
    Imported,
    Report,
    Telling,
    fields_of,
    form_text,
    may_leave_for_partners,
    source_body,
    source_of,
    statements_of_report,
)
from muniment.facts.sources.form import Value

FILLED = {
    "name": "report 7",
    "date": "2018-11-03",
    "language": "uig",
    "custodian": "archive desk",
    "text": "He was taken.\n\n  Indented: with a colon\n[not a heading]",
    "consent": {"by": "the witness", "scope": "case", "date": "2018-11", "how": "in writing"},
    "witness": {"name": "Aynur Example"},
    "person": [
        {
            "name": ["Adil Example", "ئادىل"],
            "birthDate": "1988",
            "relationship": "brother",
            "detention": [{"place": "the old school", "startDate": "May 2017"}, {"cell": 12}],
            "age": [{"age": 29, "event": "arrest"}],
        },
        {"name": "Second Example", "relationship": "somebody she knew"},
    ],
}


def told() -> dict[tuple[str, str], list[tuple[str, str | None]]]:
    text = form_text(FILLED)
    found: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    for each in statements_of_report(Telling(digest_of(text.encode()), "s"), text):
        found.setdefault((each.schema, each.property), []).append((each.written, each.read))
    return found


def test_every_statement_cites_the_characters_that_it_was_read_from() -> None:
    text = form_text(FILLED)
    statements = list(statements_of_report(Telling(digest_of(text.encode()), "s"), text))
    assert len(statements) > 25
    for each in statements:
        place = each.at.place
        assert isinstance(place, Chars)
        assert text[place.start : place.end] == each.written
    assert len({each.id for each in statements}) == len(statements)


def test_a_report_tells_of_people_and_what_befell_them() -> None:
    found = told()
    assert found["Person", "name"] == [
        ("Aynur Example", "Aynur Example"),
        ("Adil Example", "Adil Example"),
        ("ئادىل", "ئادىل"),
        ("Second Example", "Second Example"),
    ]
    assert found["Relation", "kind"] == [("brother", "brother"), ("somebody she knew", None)]
    assert found["Detention", "startDate"] == [("May 2017", None)]
    assert found["Detention", "cell"] == [("12", "12")]
    assert len(found["Detention", "detainee"]) == 2
    assert len(found["Testimony", "about"]) == 2
    assert found["Age", "event"] == [("arrest", "arrest")]


def test_what_was_told_is_kept_line_by_line() -> None:
    ((written, read),) = told()["Testimony", "text"]
    assert read == FILLED["text"]
    assert written.replace("\n  ", "\n") == FILLED["text"]


def test_two_detentions_of_one_person_are_two() -> None:
    text = form_text(FILLED)
    statements = statements_of_report(Telling(digest_of(text.encode()), "s"), text)
    held = {each.entity for each in statements if each.schema == "Detention"}
    assert len(held) == 2


REFUSED = {
    "a field nobody knows": {"nonsense": "x"},
    "a person's field nobody knows": {"person": [{"shoe size": "42"}]},
    "an age of a person": {"person": [{"age": 34}]},
    "an age without its day": {"person": [{"age": [{"age": 34}]}]},
    "a link that is typed in": {"person": [{"detention": [{"facility": "x"}]}]},
    "yes or no": {"person": [{"name": True}]},
    "a person who is no section": {"person": ["Adil Example"]},
    "a witness who is no section": {"witness": "Aynur Example"},
}


@pytest.mark.parametrize("filled", REFUSED.values(), ids=REFUSED)
def test_what_the_form_has_no_place_for_is_refused(filled: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        form_text(filled)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_found_again(text: str) -> None:
    written = form_text({"text": text})
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    values = [each for each in fields_of(written) if isinstance(each, Value)]
    assert [each.text for each in values] == ([wanted] if wanted else [])
    assert all(written[each.at.start : each.at.end] == each.written for each in values)


CONSENT = Consent("the witness", "partners", "2018-11-03", "in writing")
SOURCES = (
    Imported("0" * 64, Form.ENTITIES, "their desk", Ids.SAME, "a note"),
    Report("0" * 64, CONSENT, "archive desk", "uig", "report 7", "1" * 64),
)


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_has_one_spelling(source: Imported | Report) -> None:
    body = source_body(source)
    assert source_of(body) == source
    assert body == json.dumps(
        json.loads(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def test_the_body_of_a_source_is_pinned() -> None:
    assert source_body(SOURCES[1]) == (
        '{"consent":{"by":"the witness","date":"2018-11-03","how":"in writing",'
        '"scope":"partners"},"custodian":"archive desk","given":"' + "1" * 64 + '",'
        '"language":"uig","name":"report 7","object":"' + "0" * 64 + '","type":"report"}'
    )


WITHOUT_CONSENT = {
    "nobody": ("", "case", "2018", "in writing"),
    "to nothing": ("she", "everything", "2018", "in writing"),
    "at no time": ("she", "case", "once", "in writing"),
    "nobody knows how": ("she", "case", "2018", " "),
}


@pytest.mark.parametrize("members", WITHOUT_CONSENT.values(), ids=WITHOUT_CONSENT)
def test_a_consent_says_who_what_when_and_how(members: tuple[str, str, str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Consent(*members)


SCOPES = {"custodian": False, "case": False, "partners": True, "anonymous": True, "named": True}


@pytest.mark.parametrize(("scope", "leaves"), SCOPES.items())
def test_a_report_leaves_as_far_as_its_consent(scope: str, *, leaves: bool) -> None:
    consent = Consent("she", scope, "2018", "in writing")
    report = Report("0" * 64, consent, "desk", "", "report")
    assert may_leave_for_partners(report) is leaves
