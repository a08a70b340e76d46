import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import fold, fold_with_places, tokens, tokens_with_places, words

SAME = {
    "case": ("Straße", "STRASSE"),
    "accents": ("Žižek", "zizek"),
    "full width": ("ＡＢＣ１２３", "abc123"),
    "composed and not": ("é", "e\u0301"),
    "Arabic vowel signs": ("مُحَمَّد", "محمد"),
    "stretched Arabic": ("مـــحمد", "محمد"),
    "presentation forms": ("ﻢ", "م"),
    "direction marks": ("a\u200eb\u202ec", "abc"),
    "soft hyphen": ("Haft\u00adanstalt", "haftanstalt"),
    "Cyrillic": ("ЁЛКА", "елка"),
    "Persian yeh": ("علی", "علي"),
    "alef maksura": ("موسى", "موسي"),
    "Persian kaf": ("کتاب", "كتاب"),
    "forms of heh": ("مدينة", "مدینه"),
    "Uyghur e and h, as other keyboards have them": ("مەھەممەد", "مهههممهد"),
    "a carrier of hamza, in one sign or two": ("\u0626", "\u064a\u0654"),
    "a ligature with hamza": ("\ufbea", "\u0626\u0627"),
    "high hamza": ("\u0674ول", "ول"),
    "digits": ("٢٠١٧ ۲۰۱۷", "2017 2017"),
    "strokes": ("Łódź Søren Đorđe", "lodz soren dorde"),
    "apostrophes": ("O’Brien", "O'Brien"),
}


@pytest.mark.parametrize("what", SAME)
def test_what_readers_do_not_tell_apart_folds_alike(what: str) -> None:
    one, other = SAME[what]
    assert fold(one) == fold(other)


def test_letters_of_uyghur_survive() -> None:
    # Normal forms and transliterators have been seen to drop them.
    assert words(fold("ئابدۇرېھىم قادىر")) == words(fold("ئابدۇرېھىم قادىر"))
    assert len(fold("ئابدۇرېھىم")) >= 9


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_both_ways_of_folding_agree_and_places_lead_back(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.text(), st.text())
def test_folding_goes_letter_by_letter(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_every_chinese_character_is_a_word() -> None:
    assert words("虚公局2017年") == ["虚", "公", "局", "2017", "年"]


@given(st.text())
def test_words_lose_no_letter_and_no_digit(text: str) -> None:
    folded = fold(text)
    kept = [letter for letter in folded if _is_kept(letter)]
    assert list("".join(words(folded))) == kept


def _is_kept(letter: str) -> bool:
    # The ideographic planes count whole: this Python may not know their newest characters.
    ideographic = "\U00020000" <= letter <= "\U0003ffff"
    return ideographic or unicodedata.category(letter)[0] in "LN"


def test_signs_are_tokens_and_white_space_and_dots_of_names_are_not() -> None:
    assert tokens(fold("阿不都·热合曼，男。 a_b")) == [
        *"阿不都热合曼",
        ",",
        "男",
        "。",
        "a",
        "_",
        "b",
    ]


def test_korean_syllables_are_words() -> None:
    assert tokens(fold("한국")) == ["한", "국"]


@given(st.text())
def test_tokens_hold_no_white_space_and_their_places_lead_back(text: str) -> None:
    folded = fold(text)
    found = list(tokens_with_places(folded))
    assert [token for token, _, _ in found] == tokens(folded)
    assert all(folded[start:end] in (token, "\t") for token, start, end in found)
    assert not any(letter.isspace() for token, _, _ in found for letter in token)
