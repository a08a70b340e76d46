"""Pictures of pages: drawn once, kept, bounded, and honest where there is none."""

import io
import os
import threading
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from muniment.app.web import Room
from muniment.catalog import NotShown, Rasters, RasterWanted, Shown
from muniment.catalog.raster_cache import RasterCache
from muniment.catalog.rasters import box_around
from muniment.core import IntegrityError, UsageError, digest_of, parse_digest
from muniment.engine import NoWorkersError
from muniment.vault import Case
from tests.app.web.document.conftest import Names
from tests.app.web.document.files import PAGES, RED


def shown(found: Shown | NotShown) -> Image.Image:
    assert isinstance(found, Shown), found
    with Image.open(io.BytesIO(found.data)) as picture:
        picture.load()
        return picture.convert("RGB")


def test_a_thumbnail_comes_with_the_page_and_is_not_drawn_again(
    awkward: Room, sha256: Names
) -> None:
    digest = parse_digest(sha256("report.pdf"))
    page = shown(awkward.rasters.picture(RasterWanted(digest, 3)))
    assert page.size == (1_400, 2_100)
    folder = awkward.cache / "rasters" / digest.hex[:2] / digest.hex
    assert {path.name for path in folder.glob("v*-p3-*")} == {
        "v2-p3-w1400.webp",
        "v2-p3-w240.webp",
    }
    before = (folder / "v2-p3-w240.webp").stat().st_mtime_ns
    assert shown(awkward.rasters.picture(RasterWanted(digest, 3, 240))).size == (240, 360)
    assert (folder / "v2-p3-w240.webp").stat().st_mtime_ns == before


def test_a_width_is_brought_up_to_one_that_is_kept(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("report.pdf"))
    assert shown(awkward.rasters.picture(RasterWanted(digest, 1, 400))).width == 480
    assert shown(awkward.rasters.picture(RasterWanted(digest, 1, 99_999))).width == 2_400


def test_what_is_cited_is_framed_and_what_stands_around_it_is_shown(
    awkward: Room, sha256: Names
) -> None:
    digest = parse_digest(sha256("turned.jpg"))
    box = (60.0, 40.0, 100.0, 80.0)
    bare = shown(awkward.rasters.picture(RasterWanted(digest, None, 700, box, bare=True)))
    around = shown(awkward.rasters.picture(RasterWanted(digest, None, 700, box)))
    assert all(low > 100 or high < 120 for low, high in bare.getextrema())
    assert around.width / around.height != bare.width / bare.height
    assert abs(bare.getpixel((200, 160))[0] - RED[0]) < 12  # type: ignore[index] # three channels


def test_a_box_and_what_is_around_it_begin_on_the_page() -> None:
    assert box_around((0.0, 0.0, 10.0, 10.0))[:2] == (0.0, 0.0)
    left, top, width, height = box_around((500.0, 300.0, 40.0, 10.0))
    assert left < 500
    assert left + width > 540
    assert top < 300
    assert top + height > 310


def test_a_failure_has_a_reason_and_is_not_tried_again(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("cut.jpg"))
    first = awkward.rasters.picture(RasterWanted(digest))
    assert isinstance(first, NotShown)
    folder = awkward.cache / "rasters" / digest.hex[:2] / digest.hex
    (kept,) = folder.glob("*.failed")
    kept.write_text("as it was kept", "utf-8")
    again = awkward.rasters.picture(RasterWanted(digest))
    assert again == NotShown("failed", "as it was kept")
    kept.unlink()


def test_letters_in_a_font_that_the_file_does_not_hold_are_drawn_with_one_of_this_system(
    awkward: Room, sha256: Names
) -> None:
    if not any(Path("/usr/share/fonts").rglob("*CJK*")):
        pytest.skip("no Chinese font on this machine; Debian: apt-get install fonts-noto-cjk")
    page = shown(awkward.rasters.picture(RasterWanted(parse_digest(sha256("chinese.pdf")), 1)))
    assert sum(page.convert("L").histogram()[:128]) > 5_000


def test_a_page_that_is_not_there_says_so(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("report.pdf"))
    assert isinstance(awkward.rasters.picture(RasterWanted(digest, PAGES + 1)), NotShown)


def test_text_has_no_picture_and_an_unknown_object_is_refused(awkward: Room, sha256: Names) -> None:
    found = awkward.rasters.picture(RasterWanted(parse_digest(sha256("drawing.svg"))))
    assert isinstance(found, NotShown)
    assert found.code == "no-picture"
    with pytest.raises(UsageError):
        awkward.rasters.picture(RasterWanted(digest_of(b"nowhere")))


def test_many_at_once_get_the_same_picture(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("report.pdf"))
    found: list[Shown | NotShown] = []
    askers = [
        threading.Thread(
            target=lambda: found.append(awkward.rasters.picture(RasterWanted(digest, 33)))
        )
        for _ in range(24)
    ]
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    assert len(found) == 24
    assert len({each.data for each in found if isinstance(each, Shown)}) == 1


def test_bytes_that_have_changed_are_never_shown(
    awkward: Room, sha256: Names, tmp_path: Path
) -> None:
    digest = parse_digest(sha256("fax.tif"))
    case = Case(tmp_path / "case", awkward.case.header, awkward.case.header_bytes)
    path = case.received.path(digest)
    path.parent.mkdir(parents=True)
    path.write_bytes(awkward.case.received.path(digest).read_bytes()[:-1] + b"!")
    with Rasters(case, awkward.ledger) as rasters, pytest.raises(IntegrityError):
        rasters.picture(RasterWanted(digest, 1))


def test_the_oldest_pictures_go_where_all_are_too_large(tmp_path: Path) -> None:
    cache = RasterCache(tmp_path / "rasters", largest=10_000)
    digests = [digest_of(bytes([number])) for number in range(65)]
    for number, digest in enumerate(digests):
        cache.put(digest, "v1.webp", bytes(300))
        path = tmp_path / "rasters" / digest.hex[:2] / digest.hex / "v1.webp"
        if path.exists():
            os.utime(path, (number, number))
    kept = [digest for digest in digests if cache.get(digest, "v1.webp") is not None]
    assert kept == digests[-len(kept) :]
    assert len(kept) * 300 <= 10_000


def test_a_disk_that_cannot_be_written_lends_a_folder(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (tmp_path / "case").mkdir(mode=0o500)
    cache = RasterCache(tmp_path / "case" / "cache" / "rasters")
    cache.put(digest_of(b""), "v1.webp", b"x")
    assert cache.get(digest_of(b""), "v1.webp") == b"x"
    cache.close()


def test_what_cannot_be_kept_is_shown_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    cache = RasterCache(tmp_path / "cache")
    monkeypatch.setattr(os, "replace", refused)
    cache.put(digest_of(b""), "v1.webp", b"x")
    assert cache.get(digest_of(b""), "v1.webp") is None


def test_where_no_worker_can_be_started_the_reason_is_told(
    awkward: Room, sha256: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def one(self, *_: object) -> None:
            raise NoWorkersError("no worker can be started: Broken pipe", next_step="look to it")

    rasters = Rasters(awkward.case, awkward.ledger)
    monkeypatch.setattr(rasters, "_workers", Broken)
    wanted = RasterWanted(parse_digest(sha256("report.pdf")), PAGES, bare=True, box=(1, 1, 9, 9))
    found = rasters.picture(wanted)
    assert isinstance(found, NotShown)
    assert found.code == "no-workers"
    assert "Broken pipe" in found.reason
    told: list[NoWorkersError] = []
    rasters.warm_up(told.append)
    for thread in threading.enumerate():
        if thread.name.endswith("(start)"):
            thread.join(10)
    assert [each.message for each in told] == ["no worker can be started: Broken pipe"]
    rasters.close()


@pytest.mark.parametrize("name", ["cut.jpg", "drawing.svg"])
def test_what_cannot_be_shown_is_answered_with_a_picture_that_says_why(
    name: str, inside: TestClient, sha256: Names
) -> None:
    answer = inside.get(f"/raster/{sha256(name)}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.width > 300


def test_a_picture_is_sent_as_an_image_and_kept_by_nobody_between(
    inside: TestClient, sha256: Names
) -> None:
    answer = inside.get(f"/raster/{sha256('turned.jpg')}?w=240&turn=6")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.height > picture.width
        assert picture.getexif() == {}
