"""A sketch says how much two texts share, close to the truth and the same on every machine."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from muniment.text.sketch import (
    MINIMA,
    RUN,
    SHORTEST,
    Sketch,
    bands,
    letters_of,
    runs,
    share,
    sketch,
)

LETTERS = "关于做好节日期间安全检查的通知各乡镇派出所教培中心abcdefgh"


def made(text: str) -> Sketch:
    found = sketch(letters_of(text))
    assert found is not None
    return found


def true_share(one: str, other: str) -> float:
    first, second = (
        {text[at : at + RUN] for at in range(len(text) - RUN + 1)} for text in (one, other)
    )
    return len(first & second) / len(first | second)


def test_its_form_is_pinned() -> None:
    minima = made("muniment " * 20)
    assert [int(number) for number in minima[:3]] == [139384840, 146503825, 880610968]


def test_the_estimate_is_close_to_the_truth() -> None:
    rng = random.Random(3)
    errors = []
    for _ in range(60):
        one = "".join(rng.choices(LETTERS, k=400))
        at = rng.randrange(0, 380)
        other = one[:at] + "".join(rng.choices(LETTERS, k=rng.randrange(1, 90))) + one[at + 20 :]
        errors.append(share(made(one), made(other)) - true_share(one, other))
    assert max(map(abs, errors)) < 0.12
    assert abs(sum(errors) / len(errors)) < 0.02


@given(st.text(max_size=400))
def test_runs_are_as_many_as_there_are_different_ones(text: str) -> None:
    letters = letters_of(text)
    assert len(runs(letters)) == len(
        {letters[at : at + RUN] for at in range(len(letters) - RUN + 1)}
    )


def test_case_spaces_and_signs_make_no_difference() -> None:
    text = "Der Herr schrieb am dritten Tag einen langen Brief an die Verwaltung der Stadt, nicht?"
    assert share(made(text * 2), made(text.upper().replace(" ", "\n") * 2)) == 1


def test_too_little_text_has_no_sketch() -> None:
    assert sketch("x" * (SHORTEST - 1)) is None


def test_alike_texts_meet_in_a_band_and_others_do_not() -> None:
    rng = random.Random(5)
    text = "".join(rng.choices(LETTERS, k=600))
    near = text[:300] + "另外" + text[303:]
    far = "".join(rng.choices(LETTERS, k=600))
    found = bands(np.stack([made(text), made(near), made(far)]))
    assert any(band[0] == band[1] for band in found)
    assert not any(band[0] == band[2] for band in found)
    assert len(found) == MINIMA // 5
