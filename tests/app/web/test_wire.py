"""What somebody may send a room over its port, byte by byte: it is refused, and nothing is let in.

- A real server on a real port; each attack is followed by an honest request that is answered.
"""

import json
import re
import socket
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from muniment.app.web import Gate
from muniment.app.web.gate import csrf_token

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
_SECRET = b"At a glance"  # of the overview: whoever reads that is in


class Door(NamedTuple):
    """A room's port, and the cookie of somebody who is in."""

    host: str
    port: int
    cookie: str

    def send(self, data: bytes) -> bytes:
        """All that comes back until the room ends the connection or falls silent."""
        with socket.create_connection((self.host, self.port), timeout=2) as wire:
            found = b""
            try:
                wire.sendall(data)
                while len(found) < 1_000_000 and (more := wire.recv(1 << 16)) != b"":
                    found += more
            except (TimeoutError, ConnectionError):
                pass  # silence, or a door shut in the middle of a sentence, is an answer too
            return found

    def head(self, *lines: str, first: str = "GET / HTTP/1.1", host: str = "") -> bytes:
        named = host or f"Host: {self.host}:{self.port}"
        return "\r\n".join((first, named, *lines, "", "")).encode("latin-1")

    @property
    def inside(self) -> str:
        return f"Cookie: {self.cookie}"


@pytest.fixture(scope="module")
def door(served: tuple[str, Gate]) -> Door:
    address, gate = served
    host, port = urlsplit(address).hostname or "", urlsplit(address).port or 0
    entered = Door(host, port, "").send(
        Door(host, port, "").head(
            "Connection: close", first=f"GET /enter/{gate.new_key()} HTTP/1.1"
        )
    )
    found = re.search(rb"set-cookie: ([^;]+)", entered)
    assert found is not None
    return Door(host, port, found[1].decode())


@pytest.fixture(autouse=True)
def honest(door: Door) -> Iterator[None]:
    """Whatever was sent, the next who asks is answered."""
    yield
    assert _SECRET in door.send(door.head(door.inside, "Connection: close"))


def statuses(answer: bytes) -> list[int]:
    return [int(each) for each in _STATUS.findall(answer)]


SMUGGLED = "GET /files HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SMUGGLING: dict[str, Callable[[Door], bytes]] = {
    "a length and chunks": lambda door: (
        door.head("Content-Length: 4", "Transfer-Encoding: chunked")
        + b"0\r\n\r\n"
        + SMUGGLED.encode()
    ),
    "two lengths": lambda door: (
        door.head("Content-Length: 0", f"Content-Length: {len(SMUGGLED)}") + SMUGGLED.encode()
    ),
    "a length with a sign": lambda door: door.head("Content-Length: +5") + b"12345",
    "chunks spelled oddly": lambda door: door.head("Transfer-Encoding: xchunked") + b"0\r\n\r\n",
    "a space before the colon": lambda door: door.head("Content-Length : 5") + b"12345",
    "a folded header": lambda door: door.head("X-A: b", " Content-Length: 5") + b"12345",
    "a bare line feed": lambda door: b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
    "a zero in a header": lambda door: door.head("X-A: a\0b"),
}


@pytest.mark.parametrize("how", SMUGGLING)
def test_a_request_hidden_in_another_opens_nothing(door: Door, how: str) -> None:
    answer = door.send(SMUGGLING[how](door))
    assert 200 not in statuses(answer)
    assert _SECRET not in answer


FOREIGN = {
    "another name": "Host: rebound.example:{port}",
    "a name that ends like ours": "Host: localhost.rebound.example:{port}",
    "somebody at our name": "Host: x@127.0.0.1:{port}",
    "another port": "Host: 127.0.0.1:1",
    "a dot behind it": "Host: 127.0.0.1.:{port}",
    "two names": "Host: 127.0.0.1:{port}\r\nHost: rebound.example",
    "two names, ours last": "Host: rebound.example\r\nHost: 127.0.0.1:{port}",
    "none": "X-Forwarded-Host: 127.0.0.1:{port}",
}


@pytest.mark.parametrize("how", FOREIGN)
def test_a_name_that_was_bound_to_this_machine_reads_nothing(door: Door, how: str) -> None:
    host = FOREIGN[how].format(port=door.port)
    answer = door.send(door.head(door.inside, "Connection: close", host=host))
    assert 200 not in statuses(answer)
    assert _SECRET not in answer


def test_headers_of_proxies_are_not_believed(door: Door) -> None:
    claimed = ("X-Original-URL: /files", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1")
    assert statuses(door.send(door.head(*claimed, "Connection: close"))) == [403]
    asked = door.send(door.head(door.inside, "X-HTTP-Method-Override: DELETE", "Connection: close"))
    assert _SECRET in asked


def test_a_header_of_a_million_letters_is_not_held(door: Door) -> None:
    answer = door.send(door.head(door.inside, "X-Long: " + "a" * 10**6, "Connection: close"))
    assert 200 not in statuses(answer)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_change_and_repeat_nothing(door: Door, method: str) -> None:
    lines = (door.inside, "X-Mine: repeated", "Connection: close")
    answer = door.send(door.head(*lines, first=f"{method} / HTTP/1.1"))
    assert set(statuses(answer)) <= {400, 403, 404, 405, 501}
    assert b"repeated" not in answer


def test_no_connection_becomes_another(door: Door) -> None:
    upgraded = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")  # fmt: skip
    assert 101 not in statuses(door.send(door.head(door.inside, *upgraded)))


def test_cookies_that_somebody_else_planted_open_nothing(door: Door) -> None:
    name, _, held = door.cookie.partition("=")
    planted = {
        "many": "; ".join(f"{name}=guess{number}" for number in range(200)),
        "with a zero": f"{name}={held}\0",
        "of another port": f"{name}1={held}",
        "quoted and cut": f'{name}="{held[:-1]}"',
    }
    for what, cookie in planted.items():
        answer = door.send(door.head(f"Cookie: {cookie}", "Connection: close"))
        assert _SECRET not in answer, what


def test_json_of_a_hundred_thousand_brackets_is_a_bad_request(
    client: TestClient, gate: Gate
) -> None:
    token = csrf_token(client.cookies[gate.cookie])
    for deep in (
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"target":' + "[" * 50_000 + "]" * 50_000 + "}",
    ):
        answer = client.post(
            "/api/v1/annotations",
            content=deep,
            headers={"content-type": "application/json", "x-csrf-token": token},
        )
        assert answer.status_code in (400, 413, 422)
        assert answer.json()["next_step"] != ""


def test_a_form_in_the_clothes_of_a_text_changes_nothing(client: TestClient) -> None:
    told = json.dumps({"kind": "note", "target": "x", "body": "y"})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = client.post("/api/v1/annotations", content=told, headers={"content-type": kind})
        assert answer.status_code in (400, 403, 415, 422), kind


CLIMBING = (
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2fkeys%2fsigning.pem",
    "..%5c..%5cetc%5cpasswd", "%00", "a" * 5_000, "%E2%80%AEgpj.exe", "%c0%ae%c0%ae%2f",
    "%25252e%25252e%25252f", "${7*7}", "{{7*7}}", "%0d%0aSet-Cookie:%20a=b", "-1", "0x10",
)  # fmt: skip


def test_no_id_of_any_address_climbs_out(client: TestClient) -> None:
    paths = {getattr(each, "path", "") for each in iter_route_contexts(client.app.routes)}
    asked = 0
    for path in sorted(paths):
        if "{" not in path:
            continue
        for climbing in CLIMBING:
            address = re.sub(r"\{[^}]*\}", lambda _, put=climbing: put, path)
            answer = client.get(address, follow_redirects=False)
            assert answer.status_code in (200, 303, 307, 400, 403, 404, 405, 414, 422), address
            assert "root:" not in answer.text
            assert "PRIVATE KEY" not in answer.text
            assert "set-cookie" not in answer.headers
            asked += 1
    assert asked > 100


def test_what_is_of_the_case_is_kept_by_no_cache_that_others_share(client: TestClient) -> None:
    found = client.get("/").text
    plot = re.findall(r"/plot/[0-9a-f]+-light\.(?:svg|png)", found)
    pictures = re.findall(r"/raster/[0-9a-f]{64}\?w=\d+", client.get("/images").text)
    for address in ("/", "/files.csv", "/api/v1/status", "/nothing", *plot[:2], *pictures[:1]):
        said = client.get(address).headers["cache-control"]
        assert "no-store" in said or "private" in said, address


@pytest.mark.parametrize(
    "name", ["\u202efdp.exe", "p\u0430ssword", "a\u200bb", "\ufeffa", "\U000e0041", "a\u0000b"]
)
def test_a_query_of_odd_letters_is_shown_as_what_it_is(client: TestClient, name: str) -> None:
    answer = client.get(f"/search?q={quote(name)}")
    assert answer.status_code in (200, 400)
    assert "\u202e" not in re.sub(r'value="[^"]*"', "", answer.text)
