"""Pages of e-mail, pictures and the map: what they say is what the files say, and no more."""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from muniment.catalog import parts_of
from muniment.catalog.mail import MailQuery, carriers, message_view, messages, thread_view
from muniment.catalog.pictures import PictureQuery, picture_view, pictures
from muniment.core import Metadata, TextSpan, digest_of, parse_citation
from tests.app.cli import muniment, muniment_lines
from tests.app.web import odd_mail
from tests.app.web.conftest import ADDRESS, PORT
from tests.app.web.odd_mail import CROWD, NOTE, SCRIPT
from tests.copies import copy_of


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    muniment("init", folder / "case")
    muniment("intake", folder / "case", odd_mail.write(folder / "leak"))
    muniment("process", folder / "case", "--ocr", "off")
    muniment("similar", folder / "case", "--pictures")
    return folder / "case"


@pytest.fixture(scope="module")
def odd_room(odd: Path) -> Iterator[Room]:
    with open_room(odd, "desk-2") as room:
        yield room


@pytest.fixture(scope="module")
def inside(odd_room: Room) -> TestClient:
    gate = Gate(PORT)
    client = TestClient(make_app(odd_room, gate), ADDRESS)
    client.get(f"/enter/{gate.new_key()}")
    return client


def all_messages(room: Room, **asked: Any) -> dict[str, Any]:
    """Messages by the part of their id before the sign."""
    page = messages(room.ledger, MailQuery(**asked), limit=1_000)
    return {row.message_id.partition("@")[0] or row.sha256: row for row in page.rows}


@pytest.fixture(scope="module")
def by_id(odd_room: Room) -> dict[str, Any]:
    return all_messages(odd_room)


def said_at(room: Room, citation: str) -> set[str]:
    """Everything that was read at the place of a citation."""
    cited = parse_citation(citation)
    parts = [part for part in parts_of(room.case, cited.digest) if part.at == cited.place]
    values = {part.written.strip() for part in parts if isinstance(part, Metadata)}
    return values | {part.text.strip() for part in parts if isinstance(part, TextSpan)}


def check_citations_of_messages(room: Room) -> int:
    checked = 0
    for row in messages(room.ledger, MailQuery(), limit=1_000).rows:
        view = message_view(room.ledger, row.sha256)
        assert view is not None
        if row.date.written != "":
            assert row.date.written.strip() in said_at(room, row.date_at)
        if row.subject != "":
            assert row.subject in said_at(room, row.subject_at)
        for role in view.roles:
            for each in role.people[:20]:
                there = " ".join(said_at(room, each.citation))
                assert each.address in there
                there = " ".join(said_at(room, each.name_at))
                assert each.name.replace('"', "") in there.replace("\\", "").replace('"', "")
                checked += 1
    return checked


def check_citations_of_pictures(room: Room) -> int:
    checked = 0
    for row in pictures(room.ledger, PictureQuery(inner=True), limit=1_000).rows:
        if row.taken.written != "":
            assert row.taken.written in said_at(room, row.taken_at)
        for stating in (row.make, row.model, row.latitude_written, row.longitude_written):
            if stating.written != "":
                bare = re.sub(r" [NSEW]$", "", stating.written)  # the side stands beside it
                assert {bare, stating.written} & said_at(room, stating.citation) != set()
                checked += 1
    return checked


def test_every_value_stands_where_its_citation_says(odd_room: Room) -> None:
    assert check_citations_of_messages(odd_room) > 20
    assert check_citations_of_pictures(odd_room) > 10


def test_so_it_does_in_the_simulated_leak(room: Room) -> None:
    assert check_citations_of_messages(room) > 10
    assert check_citations_of_pictures(room) > 10


def test_so_it_does_in_real_mail_of_many_programs(real_material: Path, tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    for path in sorted((real_material / "trove" / "tika").iterdir()):
        if path.suffix.lower() in (".eml", ".msg", ".mbox", ".pst", ".emlx", ".box", ".jpg"):
            (leak / path.name).write_bytes(path.read_bytes())
    muniment("init", tmp_path / "case")
    muniment("intake", tmp_path / "case", leak)
    muniment("process", tmp_path / "case", "--ocr", "off")
    with open_room(tmp_path / "case", "desk-2") as real:
        assert check_citations_of_messages(real) > 80
        assert check_citations_of_pictures(real) > 20


def test_the_mails_of_the_simulated_leak_are_as_its_truth_says(room: Room, truth: Path) -> None:
    lines = [json.loads(line) for line in (truth / "files.jsonl").read_text("utf-8").splitlines()]
    mails = {line["sha256"]: line for line in lines if line["kind"] == "mail"}
    rows = {row.sha256: row for row in messages(room.ledger, MailQuery(), limit=1_000).rows}
    assert set(rows) == set(mails)
    for sha256, row in rows.items():
        assert {row.subject, row.sender_name, row.message_id} <= set(mails[sha256]["tokens"])
        assert row.date.offset_minutes == 480


def test_every_attachment_of_the_simulated_leak_leads_to_who_sent_it(
    room: Room, truth: Path
) -> None:
    lines = [json.loads(line) for line in (truth / "files.jsonl").read_text("utf-8").splitlines()]
    by_chain = {json.dumps(line["chain"]): line for line in lines}
    asked = 0
    for line in lines:
        for depth in range(1, len(line["chain"])):
            outer = by_chain[json.dumps(line["chain"][:depth])]
            if outer["kind"] == "mail":
                found = carriers(room.ledger, line["sha256"], limit=100)
                assert outer["sha256"] in {each.row.sha256 for each in found}, line["chain"]
                asked += 1
    assert asked > 3


def test_planted_places_and_thumbnails_are_seen(room: Room, truth: Path) -> None:
    lines = (truth / "planted.jsonl").read_text("utf-8").splitlines()
    planted = {each["what"]: each["where"] for each in map(json.loads, lines)}
    found = {
        row.name: row for row in pictures(room.ledger, PictureQuery(located="yes"), limit=999).rows
    }
    assert (found[planted["photo-far-away"]].latitude or 0) > 55
    assert (found[planted["photo-after-cut-off"]].taken.local or "").startswith("2020-02-03")


def test_answers_are_joined_by_what_they_refer_to(odd_room: Room, by_id: dict[str, Any]) -> None:
    view = thread_view(odd_room.ledger, by_id["t1"].conversation)
    assert view is not None
    told = [(each.row.message_id[:2], each.depth, each.answers_missing) for each in view.rows]
    assert told == [("t1", 0, False), ("t2", 1, False), ("t4", 3, True)]
    assert view.missing == 1


def test_an_equal_subject_is_a_lead_and_joins_nothing(
    inside: TestClient, odd_room: Room, by_id: dict[str, Any]
) -> None:
    assert by_id["u1"].conversation != by_id["t1"].conversation
    view = thread_view(odd_room.ledger, by_id["t1"].conversation)
    assert view is not None
    assert by_id["u1"].conversation in {lead.id for lead in view.leads}
    page = inside.get(f"/mail/thread/{by_id['t1'].conversation}").text
    assert "A lead and nothing more" in page


def test_the_same_id_in_other_bytes_is_told(inside: TestClient, odd_room: Room) -> None:
    rows = [
        row
        for row in messages(odd_room.ledger, MailQuery(), limit=100).rows
        if row.message_id == "c1@x.invalid"
    ]
    one, other = rows
    page = inside.get(f"/mail/{one.sha256}").text
    assert f"/mail/{other.sha256}" in page
    assert "subject differs" in page


def test_a_circle_of_answers_is_shown_and_told(inside: TestClient, by_id: dict[str, Any]) -> None:
    assert by_id["o1"].conversation == by_id["o2"].conversation
    assert "answers itself" in inside.get(f"/mail/{by_id['o2'].sha256}").text


def test_ten_thousand_recipients_are_counted_and_the_page_stays_small(
    inside: TestClient, by_id: dict[str, Any]
) -> None:
    assert by_id["h1"].recipients == CROWD
    page = inside.get(f"/mail/{by_id['h1'].sha256}")
    assert "10,000 people" in page.text
    assert len(page.text) < 200_000
    assert "Crowd" in inside.get("/mail?recipient=p9999@").text


def test_absurd_dates_are_shown_as_written(inside: TestClient, by_id: dict[str, Any]) -> None:
    page = inside.get(f"/mail/{by_id['d1'].sha256}").text
    assert "Mon, 31 Feb 0000 99:99:99 +9900" in page
    assert "not readable as a date" in page
    assert "no zone stated" in inside.get(f"/mail/{by_id['d2'].sha256}").text
    in_june = inside.get("/mail?first=2018-06-01&last=2018-06-30").text
    assert by_id["d2"].sha256 in in_june
    assert by_id["d1"].sha256 not in in_june


def test_scripts_in_headers_run_nowhere_and_set_no_header(
    inside: TestClient, by_id: dict[str, Any]
) -> None:
    paths = [f"/mail/{by_id[each].sha256}" for each in ("s1", "i1", "f1")]
    paths += ["/mail", "/mail/people", "/mail/threads", f"/mail?sender={SCRIPT}", "/images"]
    paths += [f"/mail/person?who=%22{SCRIPT}%22@x.invalid", f"/images?camera=Kamera {SCRIPT}"]
    for path in paths:
        answer = inside.get(path)
        assert answer.status_code == 200, path
        assert SCRIPT not in answer.text, path
        assert "\u202e" not in answer.text, path
        assert "stolen" not in str(answer.headers), path


def test_a_file_leads_to_all_messages_that_carried_it(
    inside: TestClient, by_id: dict[str, Any]
) -> None:
    page = inside.get(f"/mail/attachment/{digest_of(NOTE).hex}").text
    assert "2 messages carried" in page
    assert by_id["k1"].sha256 in page
    assert by_id["k2"].sha256 in page
    assert page.count("inside ") == 1


def test_who_sent_an_attachment_is_two_clicks_from_the_overview(
    inside: TestClient, by_id: dict[str, Any]
) -> None:
    assert 'href="/mail"' in inside.get("/").text
    assert f'href="/mail/{by_id["k1"].sha256}"' in inside.get("/mail").text
    page = inside.get(f"/mail/{by_id['k1'].sha256}").text
    assert "s@x.invalid" in page
    assert f"/mail/attachment/{digest_of(NOTE).hex}" in page


def test_quoted_lines_are_folded(inside: TestClient, by_id: dict[str, Any]) -> None:
    page = lxml.html.document_fromstring(inside.get(f"/mail/{by_id['t2'].sha256}").text)
    (fold,) = page.xpath("//details[@class='quoted']")
    assert fold.find("summary").text == "2 quoted lines"
    assert "Why?" in fold.text_content()


FILTERS = {
    "sender=b@x.invalid": {"t2"},
    "recipient=t@x.invalid": {"k1", "k2"},
    "subject=FILE": {"k1", "k2"},
    "files=1": {"k1", "k2"},
    "first=2018-06-03&last=2018-06-03": {"t2"},
    "sender=b@x.invalid&recipient=t@x.invalid": set(),
}


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_shows_what_it_asks_for(
    asked: str, inside: TestClient, by_id: dict[str, Any]
) -> None:
    shown = set(re.findall(r'href="/mail/([0-9a-f]{64})"', inside.get(f"/mail?{asked}").text))
    assert shown == {by_id[each].sha256 for each in FILTERS[asked]}


@pytest.mark.parametrize("order", ["newest", "oldest", "sender"])
def test_pages_put_together_are_all_messages_once(order: str, odd_room: Room) -> None:
    whole = messages(odd_room.ledger, MailQuery(order=order), limit=1_000)
    found: list[str] = []
    after = ""
    while True:
        page = messages(odd_room.ledger, MailQuery(order=order), limit=3, after=after)
        found.extend(row.sha256 for row in page.rows)
        after = page.after
        if after == "":
            break
    assert found == [row.sha256 for row in whole.rows]
    assert len(set(found)) == whole.matches


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/mail/" + "0" * 64, 404),
        ("/mail/thread/" + "0" * 64, 404),
        ("/mail/nothing", 404),
        ("/mail/attachment/" + "0" * 64, 404),
        ("/mail/person?who=nobody", 404),
        ("/mail?order=random", 400),
        ("/mail?first=yesterday", 400),
        ("/mail?first=2018-02-31", 400),
        ("/mail?last=9999-12-31", 400),
        ("/mail?container=1", 400),
        ("/mail?after=" + "[" * 3_000, 200),
        ("/mail?after=[1]", 200),
        ("/mail/people?after=[1]", 400),
        ("/mail?sender=" + "a" * 501, 400),
        ("/mail/people?word=%00%25_'", 200),
        ("/images/" + "0" * 64, 404),
        ("/images/x", 404),
        ("/images?after=x", 400),
        ("/images?box=1,2,3", 400),
        ("/images?year=x", 400),
        ("/map?box=nan,0,1,1", 400),
        ("/map?box=0,0,inf,1", 400),
        ("/map?box=10,0,-10,1", 400),
        ("/map?box=" + "1" * 300, 400),
        ("/map?box=0,0,0.0000001,0.0000001", 200),
        ("/map?box=-180,-90,180,90", 200),
        ("/map?box=-180,89.9,-179,90", 200),
    ],
)
def test_addresses_that_nobody_links_to_are_answered(
    path: str, status: int, inside: TestClient
) -> None:
    answer = inside.get(path)
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text


def test_the_map_shows_every_stated_place_once(inside: TestClient) -> None:
    page = lxml.html.document_fromstring(inside.get("/map").text)
    counts = sorted(int(each.text_content()) for each in page.xpath("//tbody//td[@class='figure']"))
    assert counts == [1, 2]
    assert len(page.xpath("//a[@class='spot']")) == 2
    text = page.text_content()
    assert "3 pictures state where they were taken" in text
    assert "A disputed border is drawn as Natural Earth sees it" in text


def test_a_place_on_the_map_leads_to_its_pictures(inside: TestClient) -> None:
    page = lxml.html.document_fromstring(inside.get("/map").text)
    counts = []
    for spot in page.xpath("//a[@class='spot']"):
        sheet = lxml.html.document_fromstring(inside.get(spot.get("href")).text)
        counts.append(len(sheet.xpath("//ul[@class='sheet']/li")))
    assert sorted(counts) == [1, 2]


def test_steps_on_the_map_come_back(inside: TestClient) -> None:
    page = lxml.html.document_fromstring(inside.get("/map?box=70,30,90,45").text)
    for link in page.xpath("//nav[@aria-label='Move the map']/a/@href"):
        assert inside.get(link).status_code == 200, link


def test_a_picture_page_says_whether_its_thumbnail_differs(
    inside: TestClient, odd_room: Room
) -> None:
    row = pictures(odd_room.ledger, PictureQuery(camera="Kamera K1"), limit=1).rows[0]
    view = picture_view(odd_room.ledger, row.sha256)
    assert view is not None
    (inner,) = view.inner
    assert inner.distance is not None
    assert inner.distance < 20
    page = inside.get(f"/images/{row.sha256}").text
    assert "much like the picture" in page
    assert "no zone stated" in page
    assert "39.50000° N, 82.50000° E" in page


def test_thumbnails_are_listed_only_when_asked_for(inside: TestClient) -> None:
    plain = lxml.html.document_fromstring(inside.get("/images").text)
    more = lxml.html.document_fromstring(inside.get("/images?inner=1").text)
    counts = [len(page.xpath("//ul[@class='sheet']/li")) for page in (plain, more)]
    assert counts[0] == len(odd_mail.PLACES)
    assert counts[1] > counts[0]


def test_the_command_line_says_the_same(odd: Path, odd_room: Room) -> None:
    lines = muniment_lines("mail", odd, "--limit", 1000)
    rows = messages(odd_room.ledger, MailQuery(), limit=1_000).rows
    assert [line["sha256"] for line in lines] == [row.sha256 for row in rows]
    zoneless = next(line for line in lines if line["message_id"] == "d2@x.invalid")
    assert (zoneless["instant"], zoneless["date"]["local"]) == (None, "2018-06-02T10:12:00")
    assert len(muniment_lines("mail", odd, "--from", "s@x.invalid")) == 2
    located = muniment_lines("pictures", odd, "--located")
    assert sorted(line["latitude"] for line in located) == [39.5, 39.5, 59.9]
    shown = muniment("mail", odd, "--from", "script").stdout.decode()
    assert "\u202e" not in shown


def test_the_same_tables_come_out_when_they_are_made_again(odd: Path, tmp_path: Path) -> None:
    folder = copy_of(odd, tmp_path / "case")

    def told() -> list[Any]:
        return muniment_lines("mail", folder, "--limit", 1000) + muniment_lines("pictures", folder)

    before = told()
    with sqlite3.connect(folder / "work" / "ledger.sqlite") as ledger:
        for table in ("messages", "message_people", "message_files", "mail_read", "pictures"):
            ledger.execute(f"DROP TABLE {table}")
    muniment("process", folder, "--ocr", "off")
    assert told() == before


@pytest.mark.parametrize("javascript", [True, False])
def test_a_browser_shows_mail_pictures_and_map(
    visit: Callable[..., Any], *, javascript: bool
) -> None:
    for path in ("/mail", "/mail/people", "/mail/threads", "/images", "/map"):
        page = visit(path, javascript=javascript, width=360)
        assert page.locator("h1").count() == 1, path
        wide = page.evaluate("document.documentElement.scrollWidth") if javascript else 0
        assert wide <= 360, path
