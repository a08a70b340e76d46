"""The API says what the commands say, and each citation that it gives leads somewhere."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, make_app, open_room
from muniment.app.web.gate import csrf_token
from muniment.core import digest_of, parse_citation
from muniment.vault import locked, open_case
from tests.app.cli import muniment_json, muniment_lines
from tests.copies import copy_of

API = "/api/v1"
BY_TOKEN = {"authorization": "Bearer told to scripts"}


def pages(client: TestClient, path: str, name: str) -> list[dict[str, Any]]:
    """Everything that a list holds, page after page."""
    found: list[dict[str, Any]] = []
    following: str | None = API + path
    while following is not None:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        found += answer.json()[name]
        following = answer.json()["next"]
    return found


def test_the_objects_are_those_of_the_command(client: TestClient, case: Path) -> None:
    listed = muniment_lines("items", case)
    assert pages(client, "/items?limit=7", "items") == listed
    one = client.get(f"{API}/items/{listed[3]['sha256']}").json()
    assert {name: one[name] for name in listed[3]} == listed[3]


def test_the_problems_are_those_of_the_command(client: TestClient, case: Path) -> None:
    listed = muniment_lines("problems", case)
    found = pages(client, "/problems?limit=5", "problems")
    members = ("sha256", "at", "code", "message")
    assert sorted(tuple(str(each[name]) for name in members) for each in found) == sorted(
        tuple(str(each[name]) for name in members) for each in listed
    )
    code = found[0]["code"]
    chosen = pages(client, f"/problems?limit=2&code={code}", "problems")
    assert chosen == [each for each in found if each["code"] == code]
    assert all(each["next_step"] != "" for each in found)


def test_a_search_finds_what_the_command_finds(client: TestClient, case: Path) -> None:
    for words in ("police", "收押", '"Detained on"'):
        found = client.get(f"{API}/search", params={"q": words, "limit": 50}).json()["hits"]
        listed = muniment_lines("search", case, words, "--limit", 50)
        assert len(found) > 0
        assert {each["citation"] for each in found} == {each["citation"] for each in listed}
        for name in ("snippet", "marks", "found_as"):
            told = {each["citation"]: each[name] for each in listed[::-1]}
            assert {each["citation"]: each[name] for each in found[::-1]} == told


def test_the_status_counts_what_the_command_counts(client: TestClient, case: Path) -> None:
    told, counted = client.get(f"{API}/status").json(), muniment_json("status", case)
    for name in ("items", "received", "bytes", "by_state", "by_type", "problems", "log"):
        assert told[name] == counted[name]


def citations_in(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from citations_in(each)
        case list():
            for each in value:
                yield from citations_in(each)
        case str() if value.startswith("ni:///"):
            yield value
        case _:
            return


def test_every_citation_that_the_api_gives_resolves(client: TestClient) -> None:
    given = set(citations_in(pages(client, "/problems", "problems")))
    for words in ("police", "收押", "名单", "the"):
        given |= set(citations_in(client.get(f"{API}/search", params={"q": words}).json()))
    for written in sorted(given)[:60]:
        given |= set(citations_in(client.get(f"{API}/citation", params={"c": written}).json()))
    kinds = {type(parse_citation(written).place).__name__ for written in given}
    assert len(given) > 100
    assert kinds >= {"Whole", "CellArea", "Area", "Chars"}
    by_kind: dict[tuple[str, str], str] = {}
    for written in sorted(given):
        citation = parse_citation(written)
        by_kind.setdefault((type(citation.place).__name__, citation.digest.hex), written)
    for written in by_kind.values():
        answer = client.get(f"{API}/citation", params={"c": written})
        assert answer.status_code == 200, written
        place = answer.json()
        assert place["citation"] == written
        assert place["chain"][-1]["relation"] == "received"


def test_a_place_is_what_the_command_shows(client: TestClient, case: Path) -> None:
    hits = client.get(f"{API}/search", params={"q": "police", "limit": 10}).json()["hits"]
    for hit in hits:
        shown = muniment_json("show", case, hit["citation"])
        place = client.get(f"{API}/citation", params={"c": hit["citation"]}).json()
        assert {name: place[name] for name in shown} == shown
        text = client.get(f"{API}/citation.txt", params={"c": hit["citation"]})
        assert text.headers["content-type"] == "text/plain; charset=utf-8"
        assert text.text == shown.get("text", shown.get("value"))
        plain = {"accept": "text/plain"}
        same = client.get(f"{API}/citation", params={"c": hit["citation"]}, headers=plain)
        assert same.text == text.text


def test_windows_of_a_text_give_the_whole_text(client: TestClient, case: Path) -> None:
    hit = client.get(f"{API}/search", params={"q": "police"}).json()["hits"][0]
    whole = client.get(f"{API}/items/{hit['sha256']}/text?length=200000").json()
    assert whole["next"] is None
    for length in (1_000, len(whole["text"]), len(whole["text"]) - 1):
        pieces, following = [], f"{API}/items/{hit['sha256']}/text?length={length}"
        while following is not None:
            window = client.get(following).json()
            assert window["start"] == sum(map(len, pieces))
            pieces.append(window["text"])
            following = window["next"]
        assert "".join(pieces) == whole["text"]
        assert {len(piece) for piece in pieces[:-1]} <= {length}


TROUBLES: dict[str, tuple[str, int]] = {
    "no citation": ("/citation?c=x", 400),
    "a citation that is too long": ("/citation?c=" + "a" * 5_000, 422),
    "no object": (f"/citation?c={'0' * 64}", 400),
    "no object to list": (f"/items/{'0' * 64}", 404),
    "no digest": ("/items/../../etc/passwd", 404),
    "a digest that is none": ("/items/xyz", 422),
    "no text": (f"/items/{'0' * 64}/text", 404),
    "too many at once": ("/items?limit=100000", 422),
    "a place in a list that no page named": ("/problems?after=x", 400),
    "an empty search": ("/search?q=", 422),
    "a search without words": ("/search?q=%20", 400),
    "a search that is not closed": ('/search?q="a', 400),
    "a search that is too long": ("/search?q=" + "a" * 2_001, 422),
    "no such kind": ("/annotations?kind=drawing", 400),
    "no annotation": (f"/annotations/{'0' * 64}", 404),
    "nothing": ("/nothing", 404),
}


@pytest.mark.parametrize("what", TROUBLES)
def test_every_trouble_is_a_problem_with_a_next_step(what: str, client: TestClient) -> None:
    path, status = TROUBLES[what]
    answer = client.get(API + path)
    assert answer.status_code == status, answer.text
    if answer.url.path.startswith(API):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["next_step"] != ""
        assert answer.json()["status"] == status


def test_a_head_has_no_body_and_options_name_the_methods(client: TestClient) -> None:
    head, got = client.head(f"{API}/status"), client.get(f"{API}/status")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    options = client.options(f"{API}/annotations")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    refused = client.delete(f"{API}/items")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_stranger_is_told_nothing(stranger: TestClient) -> None:
    for path in ("/status", "/openapi.json", "/annotations", "/session"):
        assert stranger.get(API + path).status_code == 403
    assert stranger.post(f"{API}/annotations", json={}).status_code == 403


AT_THE_DOOR: dict[str, tuple[str, dict[str, str], int]] = {
    "no token": ("/status", {}, 403),
    "a wrong token": ("/status", {"authorization": "Bearer guess"}, 403),
    "another name for this machine": ("/status", {"host": "evil.example"}, 421),
    "an endless address": ("/search?q=" + "a" * 20_000, BY_TOKEN, 414),
    "an endless body": ("/annotations", BY_TOKEN | {"content-length": "9" * 9}, 413),
}


@pytest.mark.parametrize("what", AT_THE_DOOR)
def test_whoever_is_not_let_in_is_told_so_in_json(what: str, stranger: TestClient) -> None:
    path, headers, status = AT_THE_DOOR[what]
    answer = stranger.get(API + path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    assert answer.json()["next_step"] != ""


def test_the_token_for_scripts_opens_every_list(stranger: TestClient) -> None:
    for path in ("/status", "/items", "/problems", "/search?q=list", "/annotations"):
        assert stranger.get(API + path, headers=BY_TOKEN).status_code == 200
    assert stranger.get(f"{API}/session", headers=BY_TOKEN).json()["csrf"] is None


def test_the_reference_page_names_every_operation_and_type(client: TestClient) -> None:
    described = client.get(f"{API}/openapi.json").json()
    page = client.get("/api").text
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} /api/v1{path}</code>" in page
    for name in described["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert page.count("<h1") == 1


@pytest.fixture
def own(small: Path, tmp_path: Path) -> Path:
    """A small case to write in."""
    return copy_of(small, tmp_path / "case")


@pytest.fixture
def writer(own: Path) -> Iterator[TestClient]:
    """Somebody who writes by the API with the token."""
    with open_room(own, "script-1") as room:
        application = make_app(room, Gate(8765, token="told to scripts"))  # noqa: S106 - of a test
        yield TestClient(application, "http://127.0.0.1:8765", headers=BY_TOKEN)


def test_what_is_written_by_the_api_is_in_the_journal(writer: TestClient, own: Path) -> None:
    hit = writer.get(f"{API}/search?q=list").json()["hits"][0]["citation"]
    asked: list[dict[str, Any]] = [
        {"kind": "note", "target": hit, "body": "see\nthere"},
        {"kind": "tag", "target": hit, "body": "list"},
        {"kind": "highlight", "target": hit},
        {"kind": "search", "body": "Lists", "query": "list", "filters": [["type", "text/csv"]]},
    ]
    names = []
    for each in asked:
        answer = writer.post(f"{API}/annotations", json=each)
        assert answer.status_code == 201, answer.text
        names += answer.json()["ids"]
    change = {"kind": "correction", "of": names[0], "body": "see here"}
    assert writer.post(f"{API}/annotations", json=change).status_code == 201
    off = {"kind": "withdrawal", "of": names[1]}
    assert writer.post(f"{API}/annotations", json=off).status_code == 201
    found = pages(writer, "/annotations?limit=2&withdrawn=true", "annotations")
    assert [each["id"] for each in found] == names[::-1]
    assert [each["standing"] for each in found] == [True, True, False, True]
    assert found[-1]["body"] == "see here"
    assert found == muniment_lines("notes", own, "--withdrawn")
    one = writer.get(f"{API}/annotations/{names[0]}").json()
    assert one["changes"][0]["body"] == "see here"
    assert muniment_json("verify", own)["ok"]


REFUSED: dict[str, tuple[object, int]] = {
    "nothing": ({}, 422),
    "a list": ([], 422),
    "an unknown kind": ({"kind": "drawing", "target": "a", "body": "b"}, 422),
    "a member too many": ({"kind": "note", "target": "a", "body": "b", "actor": "me"}, 422),
    "a number": ({"kind": "note", "target": "a", "body": 7}, 422),
    "no citation": ({"kind": "note", "target": "a", "body": "b"}, 400),
    "another case's object": ({"kind": "tag", "target": "0" * 64, "body": "b"}, 400),
    "an overlong note": ({"kind": "note", "target": "0" * 64, "body": "b" * 20_001}, 422),
    "a control letter": ({"kind": "search", "body": "\x1b", "query": "b"}, 400),
    "half a letter": ({"kind": "search", "body": "a\ud800", "query": "b"}, 422),
    "a filter of three": ({"kind": "search", "body": "a", "filters": [["a", "b", "c"]]}, 422),
    "no annotation": ({"kind": "withdrawal", "of": "0" * 64}, 400),
    "no id": ({"kind": "withdrawal", "of": "../1"}, 422),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_annotation_is_refused(what: str, writer: TestClient) -> None:
    body, status = REFUSED[what]
    sent = json.dumps(body).encode()
    answer = writer.post(
        f"{API}/annotations", content=sent, headers={"content-type": "application/json"}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert writer.get(f"{API}/annotations?withdrawn=true").json()["annotations"] == []


def test_what_is_written_while_the_case_is_held_is_accepted_and_waits(
    writer: TestClient, own: Path
) -> None:
    asked = {"kind": "search", "body": "a", "query": "b"}
    with locked(open_case(own)):
        answer = writer.post(f"{API}/annotations", json=asked)
    assert answer.status_code == 202
    assert answer.json()["waits"]
    assert answer.json()["next_step"] != ""
    assert writer.post(f"{API}/annotations", json=asked).status_code == 201
    assert len(writer.get(f"{API}/annotations").json()["annotations"]) == 2


def test_a_session_also_names_its_token_to_write(own: Path) -> None:
    with open_room(own, "desk-2") as room:
        gate = Gate(8765)
        client = TestClient(make_app(room, gate), "http://127.0.0.1:8765")
        client.get(f"/enter/{gate.new_key()}")
        asked = {"kind": "search", "body": "a", "query": "b"}
        for told in ({}, {"x-csrf-token": "0" * 64}):
            assert client.post(f"{API}/annotations", json=asked, headers=told).status_code == 403
        form = {"kind": "search", "csrf": csrf_token(client.cookies[gate.cookie])}
        assert client.post(f"{API}/annotations", data=form).status_code in (403, 422)
        told = {"x-csrf-token": client.get(f"{API}/session").json()["csrf"]}
        elsewhere = told | {"origin": "http://evil.example"}
        refused = client.post(f"{API}/annotations", json=asked, headers=elsewhere)
        assert refused.status_code == 403
        assert client.post(f"{API}/annotations", json=asked, headers=told).status_code == 201
        assert client.get(f"{API}/annotations").json()["annotations"][0]["actor"] == "desk-2"


def test_a_hostile_name_is_data_and_nothing_else(writer: TestClient) -> None:
    for words in ("' OR 1=1 --", '"; DROP TABLE annotations; --', "%", "<script>", "a" * 1_900):
        assert writer.get(f"{API}/annotations", params={"words": words[:200]}).status_code == 200
        assert writer.get(f"{API}/annotations", params={"by": words}).status_code == 200
        answer = writer.get(f"{API}/search", params={"q": words})
        assert answer.status_code in (200, 400)
    assert digest_of(b"nowhere").hex not in writer.get(f"{API}/annotations").text
