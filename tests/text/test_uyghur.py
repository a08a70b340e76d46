"""Uyghur words found in either script."""

import pytest

from muniment.text import fold, language_of, readings

PAIRS = {
    "abdurehim": "ئابدۇرېھىم",
    "bilen": "بىلەن",
    "üchün": "ئۈچۈن",
    "uyghur": "ئۇيغۇر",
    "shinjang": "شىنجاڭ",
    "maarip": "مائارىپ",
    "mes'ul": "مەسئۇل",
    "zhurnal": "ژۇرنال",
    "xelq": "خەلق",
}


@pytest.mark.parametrize("latin", PAIRS)
def test_a_word_in_latin_letters_is_read_in_arabic_ones(latin: str) -> None:
    assert fold(PAIRS[latin]) in [folded for _, folded in readings(latin)]


@pytest.mark.parametrize("latin", ["bilen", "uyghur", "xelq", "abdurehim"])
def test_a_word_in_arabic_letters_is_read_in_latin_ones(latin: str) -> None:
    assert [folded for _, folded in readings(PAIRS[latin])] == [latin]


@pytest.mark.parametrize("word", ["council", "محمد", "疏附", "ab", "2017", "школа"])
def test_what_is_no_uyghur_word_has_no_reading(word: str) -> None:
    assert list(readings(word)) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("疏附县公安局关于做好工作的通知", "zh"),
        ("疏附", "unknown"),
        ("ھەممە ئادەم تۇغۇلۇشىدىنلا ئەركىن، ئىززەت-ھۆرمەت ۋە ھوقۇقتا باپباراۋەر", "ug"),
        ("Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып", "kk"),
        ("Все люди рождаются свободными и равными в своем достоинстве и правах", "ru"),
        ("The note was kept with the other papers of the office and nobody read it", "en"),
        ("Le président a été élu en janvier et son frère était allé à Paris avec lui", "fr"),
        ("Méning tughqinim 2018-yili tutup kétildi. Shundin béri xewirini alalmiduq.", "ug-Latn"),
    ],
)
def test_languages_are_told(text: str, language: str) -> None:
    assert language_of([text]) == language
