"""Who may come into the room, and under which rules its answers go out."""

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate
from muniment.app.web.gate import csrf_token


def test_a_link_opens_once(stranger: TestClient, gate: Gate) -> None:
    key = gate.new_key()
    first = stranger.get(f"/enter/{key}")
    assert (first.status_code, first.headers["location"]) == (303, "/")
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    stranger.cookies.clear()
    assert stranger.get(f"/enter/{key}").status_code == 403


def test_whoever_is_in_may_follow_the_old_link(client: TestClient) -> None:
    assert client.get("/enter/anything").status_code == 200


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/nothing", "/plot/0-light.svg", "/api/v1/"])
def test_a_stranger_sees_nothing(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "Enter" in answer.text


@pytest.mark.parametrize("cookie", ["muniment-8765=guess", "muniment-8765=", "=;;;\x7f", "a=b"])
def test_a_made_up_cookie_opens_nothing(stranger: TestClient, cookie: str) -> None:
    assert stranger.get("/", headers={"cookie": cookie}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "a\tb"])
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


def test_localhost_is_a_name_of_this_machine(client: TestClient) -> None:
    assert client.get("/", headers={"host": "localhost:8765"}).status_code == 200


def test_the_token_opens_the_api_only(stranger: TestClient) -> None:
    told = {"authorization": "Bearer told to scripts"}
    assert stranger.get("/", headers=told).status_code == 403
    assert stranger.get("/api/nothing", headers=told).status_code == 404
    assert "/api/v1/search" in stranger.get("/api", headers=told).text
    wrong = {"authorization": "Bearer guess"}
    assert stranger.get("/api/nothing", headers=wrong).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
def test_a_change_from_elsewhere_is_refused(
    client: TestClient, gate: Gate, headers: dict[str, str]
) -> None:
    form = {"csrf": csrf_token(client.cookies[gate.cookie])}
    assert client.post("/nothing", data=form, headers=headers).status_code == 403


def test_a_body_beyond_the_bound_is_refused(client: TestClient) -> None:
    assert client.post("/", content=b"x" * 2_000_001).status_code == 413
    pieces = (b"x" * 100_000 for _ in range(30))
    assert client.post("/", content=pieces).status_code in (403, 405, 413)


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/muniment.css", "/enter/used"])
def test_every_answer_goes_out_under_the_rules(client: TestClient, path: str) -> None:
    headers = client.get(path, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"  # else forms have no origin
    assert "cache-control" in headers


def test_pages_are_not_kept_by_the_browser(client: TestClient) -> None:
    assert client.get("/").headers["cache-control"] == "no-store"


def test_an_address_with_nothing_behind_it_says_what_to_do(client: TestClient) -> None:
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert "Next:" in answer.text
