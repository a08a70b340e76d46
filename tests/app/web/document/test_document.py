"""The page of a file: its text and picture a screen at a time, everything known beside it."""

import html
import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image
from starlette.testclient import TestClient

from muniment.app.web import Room
from muniment.app.web.pages.document import Picture
from muniment.catalog import RasterWanted, Shown, items, parts_of
from muniment.core import Area, CellArea, Citation, Whole, parse_digest, print_place
from tests.app.web.document.conftest import Names
from tests.app.web.document.files import PAGES, SCRIPT_NAME

OURS = re.compile(r"<script src=\"/static/htmx[^\"]*\" defer></script>")


def body(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[-400:])
    return answer.text


def test_every_file_has_a_page(inside: TestClient, awkward: Room) -> None:
    for item in items(awkward.ledger):
        text = body(inside, f"/object/{item.sha256}")
        assert text.count("<h1") == 1
        assert item.sha256 in text


def test_every_citation_on_a_page_leads_to_its_place(inside: TestClient, awkward: Room) -> None:
    for item in items(awkward.ledger):
        digest = parse_digest(item.sha256)
        for number, part in enumerate(parts_of(awkward.case, digest)):
            if number > 12 or isinstance(part.at, CellArea):
                continue
            text = body(inside, "/at?c=" + quote(str(Citation(digest, part.at))))
            whole = isinstance(part.at, Whole) or (
                isinstance(part.at, Area) and part.at.box is None
            )
            assert whole or 'id="here"' in text, (item.names, print_place(part.at))


def test_a_page_shows_the_found_words_at_their_boxes(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('report.pdf')}?page=21&q=needle")
    assert "<mark>needle</mark>" in text
    assert len(re.findall(r'<rect class="found"', text)) == 1
    assert "Page 21 of the report" in text
    assert "Page 20 of the report" not in text


def test_the_words_of_a_search_go_with_a_citation(inside: TestClient, sha256: Names) -> None:
    cited = quote(f"{sha256('report.pdf')}#page=14")
    assert "<mark>needle</mark>" in body(inside, f"/at?c={cited}&q=needle")
    assert "<mark>" not in body(inside, f"/at?c={cited}&q=%22")


def test_the_strip_leads_to_the_first_the_last_and_the_pages_around(
    inside: TestClient, sha256: Names
) -> None:
    text = body(inside, f"/object/{sha256('report.pdf')}?page=21")
    pages = {int(each) for each in re.findall(r"\?page=(\d+)#reading\"><img", text)}
    assert pages | {21} >= {1, 17, 20, 21, 22, 25, PAGES}


def test_a_cited_place_is_cut_out_marked_and_can_be_copied(
    inside: TestClient, sha256: Names
) -> None:
    digest = sha256("report.pdf")
    text = body(inside, f"/object/{digest}?page=7&at={quote('page=7&xywh=40,80,100,20')}")
    (crop,) = re.findall(r'<img class="crop" src="([^"]+)"', text)
    assert crop == f"/raster/{digest}?page=7&amp;w=1400&amp;xywh=40,80,100,20"
    assert inside.get(html.unescape(crop)).headers["content-type"] == "image/webp"
    assert "#page=7&amp;xywh=40,80,100,20" in text


def test_a_range_of_a_long_text_opens_where_it_stands(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('long.txt')}?at={quote('char=1500000,1500012')}")
    assert text.count('id="here"') == 1
    (marked,) = re.findall(r'<mark class="cited">([^<]*)</mark>', text)
    assert len(marked) == 12
    assert len(text) < 200_000


def test_a_line_without_end_is_shown_in_bounded_pieces(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('line.txt')}")
    assert len(text) < 100_000
    assert 'rel="next"' in text


def test_ten_thousand_properties_come_in_windows(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('stated.pdf')}")
    assert text.count("where it stands") < 100
    assert len(text) < 100_000
    later = body(inside, f"/object/{sha256('stated.pdf')}?entries=9960")
    assert "9,961 to 10,000" in later


def test_what_was_struck_out_stands_in_its_sentence(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('letter.docx')}")
    sentence = re.search(r'<p dir="auto" class="line">(.*?)</p>', text, re.DOTALL)
    assert sentence is not None
    assert re.search("Held until.*<del>March</del>.*<ins>June</ins>", sentence[1], re.DOTALL)


def test_a_container_lists_what_came_out_of_it(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('held.zip')}")
    assert "3 files came out of it" in text
    assert "../../etc/passwd" in text


def test_equal_bytes_are_one_file_with_all_its_places(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('again.txt')}")
    assert "The same bytes came 2 times" in text
    assert "copy of again.txt" in text


def test_custody_names_event_actor_and_checkpoint(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('report.pdf')}")
    assert re.search(r"<td>ingestion</td><td><bdi dir=\"auto\">custodian</bdi></td>", text)
    assert "checkpoint" in text


def test_what_could_not_be_read_says_why_and_what_to_do(inside: TestClient, sha256: Names) -> None:
    text = body(inside, f"/object/{sha256('cut.jpg')}")
    assert "Unreadable" in text
    assert "Next: ask for another copy" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/object/nonsense", 404),
        ("/object/" + "0" * 64, 404),
        ("/object/{report}?at=nonsense", 400),
        ("/object/{report}?page=0", 400),
        ("/at?c=nonsense", 400),
        ("/at?c=" + "0" * 64, 404),
        ("/trace?c=" + "0" * 64, 404),
        ("/at", 400),
        ("/trace?c=" + "9" * 9_000, 400),
        ("/raster/nonsense", 404),
        ("/raster/{report}?xywh=1", 400),
        ("/raster/{report}?turn=9", 400),
        ("/object/..%2f..%2fetc%2fpasswd", 404),
    ],
)
def test_a_wrong_address_is_a_page_with_a_next_step(
    address: str, status: int, inside: TestClient, sha256: Names
) -> None:
    answer = inside.get(address.replace("{report}", sha256("report.pdf")))
    assert answer.status_code == status
    assert "Next:" in answer.text
    assert "Traceback" not in answer.text


def test_nothing_of_a_file_is_markup(inside: TestClient, awkward: Room) -> None:
    for item in items(awkward.ledger):
        for address in (f"/object/{item.sha256}", f"/trace?c={item.sha256}"):
            text = OURS.sub("", body(inside, address))
            lowered = text.lower()
            assert "<script" not in lowered, (item.names, address)
            assert not re.search(r"<[^>]+ on[a-z]+ *=", lowered), (item.names, address)
            assert not re.search(r"<[^>]+ style *=", lowered)
            assert not re.search(r'<[^>]+ (src|href|action|srcset)="(?![/#])', lowered)
            assert "\u202e" not in text


@pytest.mark.parametrize("javascript", [True, False])
def test_a_browser_runs_nothing_of_a_file(
    javascript: bool, awkward_visit: Callable[..., Any], awkward: Room
) -> None:
    for item in items(awkward.ledger):
        page = awkward_visit(f"/object/{item.sha256}", javascript=javascript)
        assert page.title() != "ran"
        assert page.locator("h1").count() == 1
        if javascript:
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_pages_of_files_fit_a_telephone(awkward_visit: Callable[..., Any], sha256: Names) -> None:
    for name in ("report.pdf", "letter.docx", "held.zip", "line.txt", "stated.pdf"):
        page = awkward_visit(f"/object/{sha256(name)}", width=360)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name


@pytest.mark.parametrize("turn", range(1, 9))
def test_boxes_are_turned_with_the_picture(turn: int) -> None:
    matrix = Picture(None, 400.0, 240.0, turn).matrix
    a, b, c, d, e, f = map(float, matrix.removeprefix("matrix(").rstrip(")").split())
    width, height = Picture(None, 400.0, 240.0, turn).turned
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (0, 400) for y in (0, 240)]
    assert sorted(corners) == sorted((x, y) for x in (0, width) for y in (0, height))


def test_a_turned_photograph_shows_its_box_where_it_is_seen(awkward: Room, sha256: Names) -> None:
    digest = parse_digest(sha256("turned.jpg"))
    found = awkward.rasters.picture(RasterWanted(digest, turn=6, form="png"))
    assert isinstance(found, Shown)
    picture = Picture(None, 400.0, 240.0, 6)
    a, b, c, d, e, f = map(float, picture.matrix[7:-1].split())
    x, y = 110, 80  # the middle of the red box as it is stored
    seen = (a * x + c * y + e, b * x + d * y + f)
    assert _colour(found.data, seen, picture.turned)[0] > 150
    assert _colour(found.data, (5, 5), picture.turned)[1] > 200


def _colour(data: bytes, at: tuple[float, float], size: tuple[float, float]) -> Any:
    with Image.open(io.BytesIO(data)) as picture:
        scale = picture.width / size[0]
        return picture.convert("RGB").getpixel((int(at[0] * scale), int(at[1] * scale)))


def test_the_way_of_a_value_leads_to_the_receipt(inside: TestClient, sha256: Names) -> None:
    held = parse_digest(sha256("again.txt"))
    text = body(inside, "/trace?c=" + quote(f"{Citation(held)}#char=4,8"))
    assert re.search(r'class="value"[^>]*>same<', text)
    assert "Receipt" in text
    assert "sha256sum" in text
    assert "&lt;b&gt;a drive&lt;/b&gt;" in text


def test_a_file_in_a_file_shows_every_container(inside: TestClient, awkward: Room) -> None:
    (climber,) = (i for i in items(awkward.ledger) if "../../etc/passwd" in i.names)
    text = body(inside, f"/trace?c={climber.sha256}")
    assert "which lay in" in text
    assert b"../../etc/passwd".hex() in text


def test_a_script_in_a_name_is_text(inside: TestClient, delivered: Any) -> None:
    digest = Names(delivered)(SCRIPT_NAME)
    assert "&lt;script&gt;document.title" in body(inside, f"/object/{digest}")
