"""A picture saved again is found; portraits of different people before one wall are no pair."""

import io
import os
import random
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from muniment.catalog.picture_pairs import (
    LEAST_CORRELATION,
    MOST_RESIDUAL,
    Greys,
    alike_pictures,
    residual,
)
from muniment.core import Metadata, State, digest_of
from muniment.readers import DEFAULT_LIMITS, Desk, Request, read_isolated, read_parts
from muniment.readers.picture_sketch import PICTURE_SKETCH, SIDE
from muniment.simulate.portraits import draw_portrait, jpeg

PEOPLE = 60


def portrait(number: int) -> Image.Image:
    return draw_portrait(random.Random(number), man=number % 2 == 0)


def grey(image: Image.Image) -> Greys:
    reduced = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(reduced, np.float32).ravel()


def sketched(data: bytes, folder: Path) -> Greys | None:
    place = folder / os.urandom(4).hex()
    (place / "scratch").mkdir(parents=True)
    (place / "object").write_bytes(data)
    request = Request(str(place / "object"), digest_of(data))
    desk = Desk((PICTURE_SKETCH,), DEFAULT_LIMITS, str(place / "scratch"))
    reading = read_isolated(request, desk, str(place / "parts"))
    assert reading.state in (State.EMPTY, State.UNREADABLE, State.REFUSED)
    for part in read_parts(str(place / "parts")):
        if isinstance(part, Metadata):
            return np.frombuffer(bytes.fromhex(part.written), np.uint8).astype(np.float32)
    return None


AGAIN: dict[str, Callable[[Image.Image], Image.Image]] = {
    "saved at quality 40": lambda image: Image.open(io.BytesIO(jpeg(image, 40))),
    "half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "brighter": lambda image: image.point(lambda level: min(255, int(level * 1.15))),
    "as grey": lambda image: image.convert("L"),
}


@pytest.mark.parametrize("how", AGAIN)
def test_a_copy_is_found(how: str) -> None:
    pictures = [portrait(number) for number in range(PEOPLE)]
    greys = np.stack([grey(each) for each in (*pictures, *map(AGAIN[how], pictures))])
    found = {(one, other) for one, other, _ in alike_pictures(greys)}
    assert {(number, number + PEOPLE) for number in range(PEOPLE)} <= found


def test_different_people_before_one_wall_are_no_pair() -> None:
    greys = np.stack([grey(portrait(number)) for number in range(PEOPLE)])
    assert list(alike_pictures(greys)) == []
    # They are alike all the same: the correlation alone would have merged some.
    unit = greys - greys.mean(axis=1, keepdims=True)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    alike = [
        pair
        for pair in combinations(range(PEOPLE), 2)
        if unit[pair[0]] @ unit[pair[1]] > LEAST_CORRELATION
    ]
    assert len(alike) > 0
    assert min(residual(greys[one], greys[other]) for one, other in alike) > MOST_RESIDUAL


def test_empty_pages_are_no_pairs() -> None:
    white = np.full((2, SIDE * SIDE), 255, np.float32)
    assert list(alike_pictures(white)) == []
    assert list(alike_pictures(white[:0])) == []


def test_the_same_picture_in_another_format_has_the_same_sketch(tmp_path: Path) -> None:
    image, out = portrait(1), io.BytesIO()
    image.save(out, "PNG")
    one, other = sketched(out.getvalue(), tmp_path), sketched(jpeg(image, 90), tmp_path)
    assert one is not None
    assert other is not None
    assert residual(one, other) < 4


def test_what_is_no_picture_has_no_sketch(tmp_path: Path) -> None:
    whole = jpeg(portrait(1))
    assert sketched(whole[:400], tmp_path) is None
    assert sketched(b"some text", tmp_path) is None
