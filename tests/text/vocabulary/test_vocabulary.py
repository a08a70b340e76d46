"""Vocabularies: every word means one code however it is set; nothing is taken by likeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import (
    VOCABULARIES,
    Comparator,
    NumberReason,
    Vocabulary,
    read_age,
    read_marital_status,
    read_sex,
    read_status,
    read_term,
    read_yes_no,
)
from muniment.text.vocabulary.vocabulary import folded

CASES = [
    (vocabulary, term.code, word)
    for vocabulary in VOCABULARIES
    for term in vocabulary.terms
    for _, words in term.words
    for word in words.split(" | ")
]
LANGUAGES = {"zh", "ug", "ru", "tr", "ar", "en", "es", "fr", "de"}


def test_every_word_is_read_as_its_code_however_it_is_set() -> None:
    for vocabulary, code, word in CASES:
        for written in (word, word.upper(), f" {word} ", f"({word})", f"{word}。"):
            if folded(written) == folded(word):
                assert read_term(vocabulary, written) == code


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.name)
def test_no_word_means_two_codes(vocabulary: Vocabulary) -> None:
    meanings: dict[str, set[str]] = {}
    for owner, code, word in CASES:
        if owner is vocabulary:
            meanings.setdefault(folded(word), set()).add(code)
    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("vocabulary", VOCABULARIES[:3], ids=lambda each: each.name)
def test_it_speaks_many_languages(vocabulary: Vocabulary) -> None:
    spoken = {language for term in vocabulary.terms for language, _ in term.words}
    assert spoken >= LANGUAGES


SEXES = {
    "男": "male", "女": "female", "Мужской": "male", "ж": "female", "ئەر": "male",
    "ئايال": "female", "erkek": "male", "Kadın": "female", "әйел": "female", "أنثى": "female",
    "مرد": "male", "M": "male", "F": "female", "mujer": "female", "w": "female", "其他": "other",
}  # fmt: skip


@pytest.mark.parametrize("written", SEXES)
def test_sex_in_the_terms_of_follow_the_money(written: str) -> None:
    assert read_sex(written) == SEXES[written]


def test_the_letter_m_is_a_woman_beside_the_spanish_h() -> None:
    assert read_sex("M", ["H", "M", "M"]) == "female"
    assert read_sex("M", ["F", "M"]) == "male"


def test_what_is_not_in_the_list_is_not_read() -> None:
    for written in ("", "不详", "男/女", "manly", "unknown", "1"):
        assert read_sex(written) is None
        assert read_status(written) is None
        assert read_marital_status(written) is None
        assert read_yes_no(written) is None


def test_kinds_of_custody_stay_apart() -> None:
    codes = {read_status(word) for word in ("收押", "刑拘", "行政拘留", "逮捕", "教培", "判刑")}
    assert len(codes) == 6
    assert None not in codes
    assert (read_yes_no("是"), read_yes_no("нет"), read_yes_no("evet")) == (True, False, True)
    assert read_marital_status("已婚") == read_marital_status("evli") == "married"


AGES = {
    "23": 23, "23岁": 23, "23周岁": 23, "二十三岁": 23, "年龄：23": 23, "23 лет": 23, "23 года": 23,
    "возраст: 23": 23, "23 жаста": 23, "23 yaş": 23, "23 yaşında": 23, "23 ياش": 23, "23 ياشتا": 23,
    "٢٣ سنة": 23, "۲۳ ساله": 23, "23 years old": 23, "aged 23": 23, "23 años": 23, "23 ans": 23,
    "23 Jahre": 23, "23 Jahre alt": 23, "２３岁": 23,
}  # fmt: skip


@pytest.mark.parametrize("written", AGES)
def test_ages_in_a_dozen_languages(written: str) -> None:
    reading = read_age(written)
    assert (reading.years, reading.reason) == (23, None)


def test_ages_keep_what_is_said_beside_the_number() -> None:
    assert read_age("约40岁").comparator is Comparator.ABOUT
    assert (read_age("20-25岁").years, read_age("20-25岁").upper) == (20, 25)
    assert read_age("8个月").months == 8
    assert (read_age("虚岁60").years, read_age("虚岁60").nominal) == (60, True)


UNREAD = ("", "不详", "200", "1980", "-3", "23人", "23.5岁", "1980年", "23岁 男")


@pytest.mark.parametrize("written", UNREAD)
def test_what_is_no_age_is_not_read(written: str) -> None:
    reading = read_age(written)
    assert (reading.years, reading.months) == (None, None)
    assert isinstance(reading.reason, NumberReason)


@given(st.text(max_size=30))
def test_any_text_is_in_a_vocabulary_or_not(written: str) -> None:
    for vocabulary in VOCABULARIES:
        codes = {term.code for term in vocabulary.terms}
        assert read_term(vocabulary, written) in codes | {None}
    age = read_age(written)
    assert (age.years is None and age.months is None) == (age.reason is not None)
