"""Passwords are found where people write them, at the letters where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muniment.text import CUES, after_cues, also, common_forms, likeness, token_like

SAID = {
    "a colon": ("Password: hunter2", "hunter2"),
    "a sentence": ("The password is hunter2.", "hunter2"),
    "German, in quotes": ("Kennwort für die Datei lautet „drei kleine Bären“", "drei kleine Bären"),
    "Russian": ("Пароль от архива: Zima_2018!", "Zima_2018!"),
    "Chinese, full-width colon": ("台账.xlsx　密码：Xugu123456", "Xugu123456"),
    "Chinese, run on": ("密码是123456请保存", "123456"),
    "Chinese, next line": ("密码如下，看完请删。\n表 xg@223344", "xg@223344"),
    "Arabic": ("كلمة السر: amal1990", "amal1990"),
    "Turkish": ("şifre = Bahar.55", "Bahar.55"),
    "French": ("mot de passe : été2017", "été2017"),
    "Spanish": ("contraseña: sol y mar", "sol y mar"),
    "with signs at its end": ("pwd: ab,c!", "ab,c!"),
    "a line below": ("Parola:\n\nvulpe77", "vulpe77"),
}


@pytest.mark.parametrize("how", SAID)
def test_what_stands_behind_the_word_is_found(how: str) -> None:
    text, password = SAID[how]
    found = [each for each in after_cues(text) if each.text == password]
    assert found != []
    assert all(text[each.start : each.end] == password for each in found)


@given(st.text(max_size=300), st.sampled_from(CUES))
def test_every_find_stands_where_it_says(text: str, cue: str) -> None:
    whole = text[:150] + cue + text[150:]
    for found in (*after_cues(whole), *token_like(whole)):
        assert whole[found.start : found.end] == found.text
        assert 3 <= len(found.text) <= 64


def test_a_find_does_not_show_itself() -> None:
    assert "hunter2" not in repr(list(after_cues("password: hunter2")))


def test_letters_and_digits_together_look_most_like_one() -> None:
    ordered = sorted(["прочитано", "20180612", "ab-cd", "Xugu99"], key=likeness)
    assert ordered == ["Xugu99", "ab-cd", "20180612", "прочитано"]


def test_dates_and_numbers_come_in_the_usual_spellings() -> None:
    forms = set(common_forms(("报表 2018-06-12.xlsx", "659999199001011234")))
    assert {"20180612", "180612", "12.06.2018", "0612"} <= forms
    assert {"659999199001011234", "011234", "19900101"} <= forms
    assert "123456" in forms


def test_wide_letters_are_also_tried_as_ordinary_ones() -> None:
    assert list(also("Ｘｇ１２")) == ["Ｘｇ１２", "Xg12"]
    assert list(also("plain")) == ["plain"]


def test_a_text_full_of_cues_gives_a_bounded_number() -> None:
    assert len(list(after_cues("password a1b2 " * 50_000))) < 20_000
