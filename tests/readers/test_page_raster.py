"""Pages drawn as plain pixels: the right box, the right way up, bounded, whatever the bytes are."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from muniment.core import Child, Digest, Metadata, Reading, State, digest_of
from muniment.readers import DEFAULT_LIMITS, Desk, Request, child_path, read_isolated, read_parts
from muniment.readers.isolation.landlock import readable_paths
from muniment.readers.limits import Limits
from muniment.readers.page_raster import (
    MOST_PIXELS,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PDF,
    Drawing,
    encoded,
    pixels_of,
    raster_reader,
)
from muniment.readers.pdf_system_fonts import FONT_FOLDERS
from muniment.simulate.pdf import text_pdf
from tests.readers import pdf_samples, samples

RED, WHITE = (255, 0, 0), (255, 255, 255)


class Drawn:
    """What the confined process gave."""

    def __init__(self, reading: Reading, pictures: list[Image.Image], said: dict[str, str]) -> None:
        self.reading = reading
        self.pictures = pictures
        self.said = said


def drawn(
    data: bytes, media_type: str, drawing: Drawing, folder: Path, limits: Limits = DEFAULT_LIMITS
) -> Drawn:
    place = folder / digest_of(data + repr(drawing).encode()).hex
    (place / "scratch").mkdir(parents=True)
    (place / "object").write_bytes(data)
    reader, scratch = raster_reader(media_type, drawing), str(place / "scratch")
    desk = Desk((reader,), limits, scratch, also_readable=FONT_FOLDERS)
    request = Request(str(place / "object"), digest_of(data))
    reading = read_isolated(request, desk, str(place / "parts"))
    pictures, said = [], {}
    for part in read_parts(str(place / "parts")):
        if isinstance(part, Child):
            pictures.append(_picture(part, place / "scratch"))
        elif isinstance(part, Metadata):
            said[part.name] = part.written
    return Drawn(reading, pictures, said)


def _picture(part: Child, folder: Path) -> Image.Image:
    stated = dict(part.stated)
    size = (int(stated["width"]), int(stated["height"]))
    data = Path(child_path(str(folder), Digest(part.digest.raw))).read_bytes()
    return Image.frombytes("RGB", size, pixels_of(data, *size))


def marked(width: int = 200, height: int = 100) -> Image.Image:
    """A white picture with a red box at 40,20, 60 wide and 30 high."""
    picture = Image.new("RGB", (width, height), WHITE)
    picture.paste(RED, (40, 20, 100, 50))
    return picture


def as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_chinese_letters_without_a_font_in_the_file_are_drawn_with_the_systems(
    tmp_path: Path,
) -> None:
    if not any(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc")):
        pytest.skip("no Noto Sans CJK on this machine; Debian: apt-get install fonts-noto-cjk")
    found = drawn(text_pdf(["\u540c\u5fd7" * 9], ""), PDF, Drawing(1, (800,)), tmp_path)
    (picture,) = found.pictures
    ink = sum(picture.convert("L").point(lambda grey: grey < 128).histogram()[1:])
    assert ink > 400


def test_a_page_of_a_pdf_is_drawn_at_every_width_asked_for(tmp_path: Path) -> None:
    data = pdf_samples.saved(pdf_samples.document(b"1 0 0 rg 40 500 60 30 re f"))
    found = drawn(data, PDF, Drawing(1, (800, 100)), tmp_path)
    assert [picture.size for picture in found.pictures] == [(800, 1200), (100, 150)]
    assert (found.said[PAGE_WIDTH], found.said[PAGE_HEIGHT]) == ("400.0", "600.0")
    # The box stands 70 to 100 points below the top, and a point is two pixels.
    assert found.pictures[0].getpixel((140, 170)) == RED
    assert found.pictures[0].getpixel((140, 120)) == WHITE


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_box_is_cut_out_of_the_page_as_it_is_displayed(rotate: int, tmp_path: Path) -> None:
    content = b"1 0 0 rg 40 500 60 30 re f"
    data = pdf_samples.saved(pdf_samples.document(content, rotate=rotate))
    on_page = {
        0: (40.0, 70.0, 60.0, 30.0),
        90: (500.0, 40.0, 30.0, 60.0),
        180: (300.0, 500.0, 60.0, 30.0),
        270: (70.0, 300.0, 30.0, 60.0),
    }[rotate]
    (cut,) = drawn(data, PDF, Drawing(1, (120,), on_page), tmp_path).pictures
    assert cut.width == 120
    inner = cut.crop((3, 3, cut.width - 3, cut.height - 3))
    assert inner.getextrema() == ((255, 255), (0, 0), (0, 0))


def test_a_frame_is_drawn_around_what_is_cited(tmp_path: Path) -> None:
    cited = (40.0, 20.0, 60.0, 30.0)
    around = (0.0, 0.0, 140.0, 90.0)
    plain = drawn(as_png(marked()), "image/png", Drawing(None, (560,), around), tmp_path)
    framed = drawn(as_png(marked()), "image/png", Drawing(None, (560,), around, cited), tmp_path)
    assert plain.pictures[0].getpixel((280, 140)) == RED
    assert framed.pictures[0].getpixel((280, 140)) == RED  # what is cited is not painted over
    assert framed.pictures[0].getpixel((280, 77)) not in (RED, WHITE)


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turn_is_what_the_exif_orientation_of_that_number_means(
    turn: int, tmp_path: Path
) -> None:
    picture = marked()
    stated = Image.Exif()
    stated[0x0112] = turn
    out = io.BytesIO()
    picture.save(out, "PNG", exif=stated)
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(out.getvalue())))
    width = wanted.width
    (found,) = drawn(
        out.getvalue(), "image/png", Drawing(None, (width,), turn=turn), tmp_path
    ).pictures
    assert found.size == wanted.size
    assert found.tobytes() == wanted.convert("RGB").tobytes()


def test_a_tiff_comes_turned_and_boxes_are_those_of_what_is_seen(tmp_path: Path) -> None:
    out = io.BytesIO()
    marked().save(out, "TIFF", tiffinfo={274: 6})
    with Image.open(io.BytesIO(out.getvalue())) as picture:
        assert picture.size == (100, 200)  # also what the reader of pictures states
    box = (50.0, 40.0, 30.0, 60.0)
    (cut,) = drawn(out.getvalue(), "image/tiff", Drawing(None, (30,), box), tmp_path).pictures
    assert cut.getextrema() == ((255, 255), (0, 0), (0, 0))


def test_each_page_of_a_tiff_is_drawn_by_its_number(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (30, 20), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    (third,) = drawn(out.getvalue(), "image/tiff", Drawing(3, (30,)), tmp_path).pictures
    assert third.getpixel((5, 5)) == (0, 0, 255)


DEEP = {
    "sixteen bits": Image.new("I;16", (20, 10), 40_000),
    "a palette": marked(20, 10).convert("P"),
    "a mask": Image.new("RGBA", (20, 10), (0, 0, 0, 0)),
    "four inks": marked(20, 10).convert("CMYK"),
    "two colours": marked(20, 10).convert("1"),
}


@pytest.mark.parametrize("kind", DEEP)
def test_pictures_of_every_depth_are_drawn(kind: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    DEEP[kind].save(out, "TIFF")
    found = drawn(out.getvalue(), "image/tiff", Drawing(None, (20,)), tmp_path)
    assert found.reading.state is State.READ
    assert found.pictures[0].size == (20, 10)


def test_a_heic_is_drawn(tmp_path: Path) -> None:
    heif = pytest.importorskip("pi_heif")
    if not hasattr(heif, "HeifFile") or "heif" not in str(getattr(heif, "__name__", "")):
        pytest.skip("no HEIF library")
    samples_of = sorted(Path(__file__).parents[2].parent.glob("shared/data/trove/tika/**/*.heic"))
    if len(samples_of) == 0:
        pytest.skip("no HEIC among the real material")
    data = samples_of[0].read_bytes()
    found = drawn(data, "image/heic", Drawing(None, (240,)), tmp_path)
    assert found.reading.state is State.READ, found.reading.reason


def test_a_strip_of_a_page_does_not_grow_beyond_the_most_pixels(tmp_path: Path) -> None:
    data = as_png(Image.new("L", (3, 60_000)))
    (found,) = drawn(data, "image/png", Drawing(None, (1400,)), tmp_path).pictures
    assert found.width * found.height <= MOST_PIXELS
    page = pdf_samples.document(b"", height=14_000)
    page.pages[0].MediaBox = [0, 0, 10, 14_000]
    (strip,) = drawn(pdf_samples.saved(page), PDF, Drawing(1, (1400,)), tmp_path).pictures
    assert strip.width * strip.height <= MOST_PIXELS * 1.01


WRONG = {
    "no such page": (PDF, lambda: pdf_samples.saved(pdf_samples.document(b"")), Drawing(9, (99,))),
    "a box outside the page": (
        PDF,
        lambda: pdf_samples.saved(pdf_samples.document(b"")),
        Drawing(1, (99,), (900.0, 10.0, 5.0, 5.0)),
    ),
    "no such frame": ("image/png", lambda: as_png(marked()), Drawing(4, (99,))),
    "not a PDF": (PDF, lambda: b"%PDF-1.7\nnothing", Drawing(1, (99,))),
    "a cut picture": ("image/jpeg", lambda: samples.photograph()[:400], Drawing(None, (99,))),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_drawn_has_a_reason(what: str, tmp_path: Path) -> None:
    media_type, data, drawing = WRONG[what]
    found = drawn(data(), media_type, drawing, tmp_path)
    assert found.reading.state is State.UNREADABLE
    assert found.reading.reason != ""
    assert found.pictures == []


def test_more_pixels_than_allowed_are_never_decoded(tmp_path: Path) -> None:
    limits = Limits(pixels=1_000)
    found = drawn(as_png(marked()), "image/png", Drawing(None, (99,)), tmp_path, limits)
    assert found.reading.state is State.REFUSED
    assert "20000" in found.reading.reason.replace(" ", "") or "200 x 100" in found.reading.reason


@given(st.binary(max_size=64), st.integers(-5, 10_000), st.integers(-5, 10_000))
def test_pixels_are_as_many_as_was_said_or_refused(data: bytes, width: int, height: int) -> None:
    try:
        taken = pixels_of(data, width, height)
    except ValueError:
        assert len(data) != width * height * 3 or width * height <= 0
    else:
        assert len(taken) == width * height * 3


@pytest.mark.parametrize(("form", "sign"), [("png", b"\x89PNG"), ("webp", b"RIFF")])
def test_a_finished_file_holds_the_pixels_and_nothing_else(form: str, sign: bytes) -> None:
    data = encoded(marked().tobytes(), 200, 100, form)
    assert data.startswith(sign)
    with Image.open(io.BytesIO(data)) as again:
        assert again.size == (200, 100)
        assert again.getexif() == {}
        assert set(again.info) <= {"loop", "background", "timestamp", "duration"}


def test_readers_see_no_fonts_of_this_machine() -> None:
    # The boxes of letters follow the font that stands in: parts would differ between machines.
    assert not any("fonts" in path for path in readable_paths())
