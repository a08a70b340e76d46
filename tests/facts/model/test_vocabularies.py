"""Codes are read in several languages, and nothing is guessed."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.core import CellKind
from muniment.facts.model import VOCABULARIES, Vocabulary, read_code
from muniment.facts.model.vocabulary import folded
from muniment.facts.readings import read_value
from muniment.facts.readings.reading import CellFacts

READ = {
    ("facility-kinds", "看守所"): "detention-centre",
    ("facility-kinds", "  監獄 "): "prison",
    ("facility-kinds", "Training Centre"): "re-education-centre",
    ("facility-kinds", "СИЗО"): "detention-centre",
    ("facility-kinds", "CENTRO CLANDESTINO DE DETENCION"): "clandestine-site",
    ("facility-kinds", "unknown"): "not-known",
    ("facility-states", "已关闭"): "closed",
    ("detention-statuses", "收押"): "detained",
    ("detention-statuses", "教培"): "in-re-education",
    ("detention-statuses", "Освобождён"): "released",
    ("reasons", "寻衅滋事"): "public-order",
    ("relation-kinds", "Brother"): "brother",
    ("relation-kinds", "مادر"): "mother",
    ("relation-kinds", "户主"): "head-of-household",
    ("consent-scopes", "partners"): "partners",
}
NOT_READ = {
    "a part of a name": ("facility-kinds", "虚谷县看守所"),
    "two at once": ("facility-kinds", "prison or hospital"),
    "the word camp alone, which is several": ("facility-kinds", "camp"),
    "another vocabulary's": ("relation-kinds", "prison"),
    "no vocabulary": ("nonsense", "prison"),
    "nothing": ("facility-kinds", ""),
    "a sentence": ("reasons", "he prayed with others in a house"),
}


@pytest.mark.parametrize(("asked", "code"), READ.items(), ids=str)
def test_a_wording_is_read(asked: tuple[str, str], code: str) -> None:
    assert read_code(*asked) == code


@pytest.mark.parametrize("asked", NOT_READ.values(), ids=NOT_READ)
def test_what_is_no_wording_stays_unread(asked: tuple[str, str]) -> None:
    assert read_code(*asked) is None


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.name)
def test_no_wording_means_two_codes(vocabulary: Vocabulary) -> None:
    meant = defaultdict(set)
    for wording, code in vocabulary.wordings():
        meant[folded(wording)].add(code)
    assert {wording: codes for wording, codes in meant.items() if len(codes) > 1} == {}
    assert "" not in meant


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.name)
def test_every_wording_reads_as_its_code(vocabulary: Vocabulary) -> None:
    for wording, code in vocabulary.wordings():
        assert read_code(vocabulary.name, wording) == code
    assert all(each.about.endswith(".") for each in vocabulary.codes)


MAPPED = {
    "a published word": ("看守所", "facility-kinds", "detention-centre"),
    "a word of the person who confirms": ("第三看守所", "facility-kinds;第三看守所=x", "x"),
    "neither": ("第三看守所", "facility-kinds", None),
    "a vocabulary nobody knows": ("看守所", "nonsense", None),
    "without one": ("看守所", "", "看守所"),
}


@pytest.mark.parametrize(("written", "option", "read"), MAPPED.values(), ids=MAPPED)
def test_a_mapped_column_is_read_by_a_published_vocabulary(
    written: str, option: str, read: str | None
) -> None:
    facts = CellFacts(CellKind.TEXT)
    assert read_value("code", written, facts, {"vocabulary": option}).read == read


@given(st.text(), st.sampled_from([each.name for each in VOCABULARIES]))
def test_any_text_is_a_code_or_none(written: str, name: str) -> None:
    code = read_code(name, written)
    vocabulary = next(each for each in VOCABULARIES if each.name == name)
    assert code is None or code in {each.code for each in vocabulary.codes}
