"""The overview and the pages of files, of what is missing and of what is locked."""

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from muniment.catalog import holdings, shortcomings
from tests.app.cli import muniment

PORT = 8765
PAGES = (
    "/",
    "/files",
    "/missing",
    "/problems",
    "/problems?code=page-without-text",
    "/locked",
    "/work",
)
HOSTILE = (
    "<img src=x onerror=alert(1)>.txt",
    '=HYPERLINK("http://example.org").csv',
    "{{ 7 * 7 }}.txt",
    "\u202egpj.exe",
    "line\nbreak.txt",
    "' OR 1=1 --.txt",
    "%2e%2e%2fetc%2fpasswd",
    "密码.txt",
    "ئۇيغۇرچە.txt",
    "a" * 240,
)


def links(page: str) -> list[str]:
    return [html.unescape(address) for address in re.findall(r'href="([^"]*)"', page)]


def table(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig"), newline=""))
    )


def test_the_overview_says_what_arrived_what_is_missing_and_what_to_do(
    room: Room, client: TestClient
) -> None:
    held, page = holdings(room.ledger), client.get("/").text
    assert f"<h1>{held.objects:,} files; {held.unread:,} of them could not be read</h1>" in page
    assert "What to do next" in page
    assert "a drive in the post" in page
    assert f"{held.emitted:,} of {held.announced:,} came out" in page
    for reason in shortcomings(room.ledger):
        if reason.is_unread and reason.next_step.startswith("run"):
            assert html.escape(reason.said) in page or "more reason" in page
    assert page.count('<figure class="plot">') == 4


def test_which_files_could_not_be_read_and_why_takes_two_clicks(client: TestClient) -> None:
    first = next(link for link in links(client.get("/").text) if link == "/missing")
    listed = [link for link in links(client.get(first).text) if link.startswith("/files?why=")]
    assert len(listed) > 2
    for address in listed:
        page = client.get(address).text
        assert "were not read: " in page or "was not read: " in page
        assert "<tbody>" in page


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_nothing_inline_and_every_table_and_field_is_named(
    client: TestClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    body = answer.text
    assert re.search(r"<[^>]*\s(style|on[a-z]+)=", body) is None
    assert re.findall(r"<script(?![^>]*\ssrc=)", body) == []
    assert "<style" not in body
    assert "data:" not in body
    assert body.count("<h1>") == 1
    assert body.count("<table") <= body.count('<div class="scroll" tabindex="0" role="region"')
    fields = re.findall(r"<(?:input|select)(?![^>]*type=\"hidden\")[^>]*>", body)
    assert len(fields) <= body.count("<label")


def test_every_page_and_plot_that_these_pages_lead_to_is_there(client: TestClient) -> None:
    ours = ("/files", "/missing", "/problems", "/locked", "/work", "/plot/")
    met: set[str] = set()
    for address in PAGES:
        page = client.get(address).text
        found = links(page) + re.findall(r'(?:src|srcset)="(/plot/[^"]+)"', page)
        met |= {link for link in found if link.startswith(ours)}
    assert len(met) > 30
    broken = {link: client.get(link).status_code for link in sorted(met)}
    assert {link: code for link, code in broken.items() if code != 200} == {}


def test_pages_of_files_show_each_file_once(room: Room, client: TestClient) -> None:
    for asked in ("/files", "/files?order=largest", "/files?kind=text&state=read"):
        seen: list[str] = []
        address: str | None = asked
        while address is not None:
            page = client.get(address).text
            body = page[page.index("<tbody>") : page.index("</tbody>")]
            seen += re.findall(r'<td>\s*<a href="/object/([0-9a-f]{64})"', body)
            address = next((link for link in links(page) if "after=" in link), None)
        rows = table(client, asked.replace("/files", "/files.csv", 1))
        assert [row["sha256"] for row in rows] == seen
        assert len(set(seen)) == len(seen)
    assert len(holdings(room.ledger).kinds) > 3


def test_the_files_of_a_container_come_in_its_order(room: Room, client: TestClient) -> None:
    page = client.get("/files?order=largest").text
    parents = set(re.findall(r'<small class="way">in <a href="/object/([0-9a-f]{64})"', page))
    for parent in sorted(parents)[:3]:
        inside = client.get(f"/files?within={parent}").text
        assert "What lies in" in inside
        assert inside.count("<tr>") > 1


@pytest.mark.parametrize(
    "address",
    [
        "/files?state=gone",
        "/files?language=xx",
        "/files?from=yesterday",
        "/problems?code=foo",
        "/problems.csv?code=foo",
        "/problems?since=yesterday",
        "/files?kind=<script>",
        "/files?within=zz",
        "/files?order=random",
        "/files?after=-1",
        "/files?after=999999999",
        "/files?after=99999999999999999999999999",
        "/files?name=" + "x" * 5_000,
        "/files?within=" + "0" * 64,
        "/problems?file=zz",
        "/problems?code=a&after=zz",
        "/problems?code=a&after=5b37312c5b5d5d",
        "/problems?code=a&after=" + b'[1,["a",99999999999999999999]]'.hex(),
        "/problems?code=" + "x" * 500,
        "/locked?after=-3",
        "/locked?after=99999",
    ],
)
def test_a_wrong_address_is_answered_with_what_to_do(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (400, 404)
    assert "Next: " in answer.text
    assert "Traceback" not in answer.text


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A case whose files have hostile names."""
    home = tmp_path_factory.mktemp("strange")
    (home / "in").mkdir()
    for number, name in enumerate(HOSTILE):
        (home / "in" / name.replace("/", "_")).write_text(f"words {number}")
    (home / "in" / "b.zip").write_bytes(b"PK\x03\x04 broken")
    muniment("init", home / "case")
    muniment("intake", home / "case", home / "in", "--from", "<script>alert(1)</script>")
    muniment("process", home / "case", "--workers", 1, "--ocr", "off")
    with open_room(home / "case", "reader") as room:
        gate = Gate(PORT)
        client = TestClient(make_app(room, gate), f"http://127.0.0.1:{PORT}")
        client.get(f"/enter/{gate.new_key()}")
        yield client


def test_hostile_names_are_shown_and_do_nothing(strange: TestClient) -> None:
    for address in (*PAGES, "/files?name=onerror", "/files?name=%E5%AF%86", "/files?name=ئۇيغۇر"):
        page = strange.get(address).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "49.txt" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in strange.get("/files?name=onerror").text
    assert "密码.txt" in strange.get("/files?name=密").text
    assert strange.get("/files?name=%").text.count("<tr>") == 2  # a sign like any other


def test_a_name_is_no_formula_in_a_table_program(strange: TestClient) -> None:
    rows = table(strange, "/files.csv")
    assert any(row["name"].startswith("'=HYPERLINK") for row in rows)
    assert not any(
        value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values() if value
    )


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    muniment("init", tmp_path / "case")
    with open_room(tmp_path / "case", "reader") as room:
        gate = Gate(PORT)
        client = TestClient(make_app(room, gate), f"http://127.0.0.1:{PORT}")
        client.get(f"/enter/{gate.new_key()}")
        assert "Nothing has arrived yet" in client.get("/").text
        for address in PAGES:
            assert client.get(address).status_code == 200
