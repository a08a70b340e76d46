"""`muniment picture`: a cited place as a PNG file."""

import io
from pathlib import Path

from PIL import Image

from muniment.core import Area, Citation, parse_digest
from tests.app.cli import muniment, muniment_json, muniment_lines


def a_pdf(case: Path) -> str:
    return next(
        item["sha256"]
        for item in muniment_lines("items", case)
        if item["type"] == "application/pdf" and item["state"] == "read"
    )


def drawn(path: Path) -> tuple[str | None, tuple[int, int]]:
    with Image.open(io.BytesIO(path.read_bytes())) as picture:
        picture.load()
        return picture.format, picture.size


def test_a_page_and_a_rectangle_of_it_are_drawn(case: Path, tmp_path: Path) -> None:
    digest = parse_digest(a_pdf(case))
    page = Citation(digest, Area(page=1))
    told = muniment_json("picture", case, page, "--out", tmp_path / "page.png")
    assert told["citation"] == str(page)
    assert drawn(tmp_path / "page.png")[0] == "PNG"
    assert drawn(tmp_path / "page.png")[1][0] == 1_400
    place = Citation(digest, Area(page=1, box=(50.0, 60.0, 200.0, 100.0)))
    muniment("picture", case, place, "--out", tmp_path / "bare.png", "--bare", "--width", 700)
    assert drawn(tmp_path / "bare.png")[1] == (700, 350)


def test_what_has_no_picture_is_refused_with_a_next_step(case: Path, tmp_path: Path) -> None:
    digest = a_pdf(case)
    refused = {f"{digest}#char=0,4": 2, f"{digest}#page=900": 4, "0" * 64: 2}
    for citation, code in refused.items():
        done = muniment("picture", case, citation, "--out", tmp_path / "no.png", check=False)
        assert done.returncode == code
        assert b"next:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_overwritten(case: Path, tmp_path: Path) -> None:
    (tmp_path / "page.png").write_bytes(b"kept")
    done = muniment("picture", case, a_pdf(case), "--out", tmp_path / "page.png", check=False)
    assert done.returncode == 2
    assert (tmp_path / "page.png").read_bytes() == b"kept"
