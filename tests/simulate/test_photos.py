import io
from datetime import datetime

import exifread
import pytest
from PIL import Image

from tests.simulate.conftest import Leak

FOLDER = "03 照片/"
LAST_DAY = datetime(2018, 12, 31)  # noqa: DTZ001 - cameras state no zone


@pytest.fixture(scope="module")
def tags(leak: Leak) -> dict[str, dict[str, str]]:
    """File name to EXIF tags as text, read by an outside library."""
    found = {}
    for path in leak.path(FOLDER).iterdir():
        read = exifread.process_file(io.BytesIO(path.read_bytes()), builtin_types=False)
        found[path.name] = {name: str(value) for name, value in read.items()} | {
            "thumbnail": read.get("JPEGThumbnail", b"")  # type: ignore[dict-item]
        }
    return found


def odd(leak: Leak, what: str) -> set[str]:
    return {
        line["where"].removeprefix(FOLDER)
        for line in leak.lines("planted.jsonl")
        if line["what"] == what
    }


def test_photos_are_named_by_the_identity_number_of_their_person(leak: Leak) -> None:
    rows = (leak.summary.truth / "people.csv").read_text(encoding="utf-8").splitlines()
    numbers = {row.split(",")[0]: row.split(",")[14] for row in rows}
    for line in leak.lines("files.jsonl"):
        if line["kind"] == "portrait":
            (person,) = line["people"]
            assert line["chain"][0]["name"] == f"{FOLDER}{numbers[str(person)]}.jpg"


def test_only_the_planted_photos_are_dated_after_the_cut_off(
    leak: Leak, tags: dict[str, dict[str, str]]
) -> None:
    late = {
        name
        for name, found in tags.items()
        if datetime.strptime(found["EXIF DateTimeOriginal"], "%Y:%m:%d %H:%M:%S") > LAST_DAY  # noqa: DTZ007 - cameras state no zone
    }
    assert late == odd(leak, "photo-after-cut-off")
    assert late


def test_only_the_planted_photos_come_from_a_camera_of_the_future(
    leak: Leak, tags: dict[str, dict[str, str]]
) -> None:
    future = {name for name, found in tags.items() if "2023" in found["Image Model"]}
    assert future == odd(leak, "camera-released-later")


def test_only_the_planted_photos_were_taken_far_away(
    leak: Leak, tags: dict[str, dict[str, str]]
) -> None:
    far = {n for n, found in tags.items() if not found["GPS GPSLatitude"].startswith("[39, 30")}
    assert far == odd(leak, "photo-far-away")


def test_only_the_planted_thumbnails_show_another_picture(
    leak: Leak, tags: dict[str, dict[str, str]]
) -> None:
    different = set()
    for name, found in tags.items():
        inside: bytes = found["thumbnail"]  # type: ignore[assignment]
        small = Image.open(io.BytesIO(inside)).convert("L")
        whole = Image.open(leak.path(FOLDER + name)).convert("L").resize(small.size)
        pairs = zip(small.tobytes(), whole.tobytes(), strict=True)
        if sum(abs(a - b) for a, b in pairs) / len(small.tobytes()) > 30:
            different.add(name)
    assert different == odd(leak, "foreign-thumbnail")
