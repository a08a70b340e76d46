"""What people write on pages: recorded once, shown escaped, never lost, never led elsewhere."""

import csv
import errno
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from muniment.app.web import Gate, Room, make_app, open_room
from muniment.app.web.gate import csrf_token
from muniment.vault import Waiting, locked, open_case
from tests.app.cli import muniment_json
from tests.app.web.small import FILE, PLACE
from tests.copies import copy_of

PORT = 8766
HOSTILE = '"><script>alert(1)</script>\u202e{{ 7 * 7 }}<img src=x onerror=alert(1)>'


@pytest.fixture
def noted(small: Path, tmp_path: Path) -> Path:
    """A small case to write in."""
    return copy_of(small, tmp_path / "case")


class Reader:
    """Somebody who reads the room under a pseudonym, and writes in it."""

    def __init__(self, client: TestClient, gate: Gate) -> None:
        self.client = client
        self.csrf = csrf_token(client.cookies[gate.cookie])

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return answer.text

    def post(self, path: str, status: int = 303, **fields: str) -> str:
        """The address that the form leads to, or the page that refuses it."""
        answer = self.client.post(path, data={"csrf": self.csrf} | fields)
        assert answer.status_code == status, answer.text
        return answer.headers["location"] if status == 303 else answer.text

    def listed(self, query: str = "") -> list[dict[str, object]]:
        lines = self.get(f"/notes.json{query}").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture
def reader(noted: Path) -> Iterator[Callable[[str], Reader]]:
    """Opens the room of the case under a pseudonym."""
    opened = []

    def come_in(name: str) -> Reader:
        room = open_room(noted, name)
        gate = Gate(PORT)
        client = TestClient(
            make_app(room.__enter__(), gate),
            f"http://127.0.0.1:{PORT}",
            follow_redirects=False,
        )
        opened.append(room)
        client.get(f"/enter/{gate.new_key()}")
        return Reader(client, gate)

    yield come_in
    for room in opened:
        room.__exit__(None, None, None)


@pytest.fixture
def one(reader: Callable[[str], Reader]) -> Reader:
    return reader("desk-2")


def test_a_note_is_written_listed_and_shown_at_its_place(one: Reader, noted: Path) -> None:
    assert "Nothing was written yet" in one.get("/notes")
    back = f"/notes/at?c={FILE.hex}#notes"
    assert one.post("/notes", kind="note", c=PLACE, body="Same hand?", back=back) == back
    (found,) = one.listed()
    assert (found["body"], found["actor"], found["target"]) == ("Same hand?", "desk-2", PLACE)
    for path in ("/notes", f"/notes/at?c={FILE.hex}", f"/notes/{found['id']}"):
        assert "Same hand?" in one.get(path)
    assert str(found["citation"]) in one.get(f"/notes/{found['id']}")
    assert muniment_json("verify", noted)["ok"]


def test_tags_come_apart_at_commas_and_can_be_taken_off_by_all(
    reader: Callable[[str], Reader],
) -> None:
    one, other = reader("desk-1"), reader("desk-2")
    one.post("/notes", kind="tag", c=FILE.hex, body=" first wave, list ,, list")
    tags = other.listed("?kind=tag")
    assert [each["body"] for each in tags] == ["list", "first wave"]
    assert other.get("/notes?tag=first+wave").count('class="annotation of-tag"') == 1
    other.post(f"/notes/{tags[0]['id']}/withdrawal", body="")
    assert [each["body"] for each in one.listed("?kind=tag")] == ["first wave"]


def test_a_note_is_corrected_and_withdrawn_by_who_wrote_it_alone(
    reader: Callable[[str], Reader],
) -> None:
    one, other = reader("desk-1"), reader("desk-2")
    one.post("/notes", kind="note", c=PLACE, body="page 3")
    name = one.listed()[0]["id"]
    refused = other.post(f"/notes/{name}/correction", 403, body="my long text")
    assert "my long text" in refused
    assert "desk-1" in refused
    assert "Correct it" not in other.get(f"/notes/{name}")
    one.post(f"/notes/{name}/correction", body="page 4")
    one.post(f"/notes/{name}/withdrawal", body="misread")
    history = other.get(f"/notes/{name}")
    for word in ("page 3", "page 4", "misread", "withdrawn"):
        assert word in history
    assert one.listed() == []
    assert len(one.listed("?withdrawn=true")) == 1


def test_a_search_is_saved_with_all_its_fields(one: Reader) -> None:
    fields = {"saved_as": "Released", "q": "释放 & <b>", "type": "text/csv", "empty": ""}
    one.post("/notes/searches", **fields)
    (found,) = one.listed("?kind=search")
    assert (found["query"], found["filters"]) == ("释放 & <b>", [["type", "text/csv"]])
    assert "/search?q=%E9%87%8A%E6%94%BE%20%26%20%3Cb%3E&amp;type=text/csv" in one.get("/notes")


def test_files_are_found_by_what_was_noted_beside_them(one: Reader) -> None:
    one.post("/notes", kind="note", c=PLACE, body="The same hand as in May")
    one.post("/notes", kind="tag", c=PLACE, body="to be asked")

    def found(query: str) -> str:
        return one.get(f"/search?{urlencode({'q': query})}")

    for query in ('note:"same hand"', "note:hand line", 'note:"to be asked"', "NOT note:x list"):
        assert FILE.hex in found(query), query
    for query in ("note:hand Aygul", "note:foot"):
        assert FILE.hex not in found(query), query
    assert FILE.hex not in found("NOT note:hand line")


def test_nothing_written_is_markup(one: Reader) -> None:
    one.post("/notes", kind="note", c=PLACE, body=HOSTILE)
    one.post("/notes", kind="tag", c=PLACE, body=HOSTILE)
    one.post("/notes/searches", saved_as=HOSTILE, q=HOSTILE, x=HOSTILE)
    names = [each["id"] for each in one.listed()]
    assert len(names) == 3
    paths = ["/notes", f"/notes/at?c={FILE.hex}", "/notes?words=script&kind=note"]
    for path in (*paths, *(f"/notes/{name}" for name in names)):
        page = one.get(path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        # Where it goes back into the room as it was typed: values of forms.
        shown = re.sub(r'"[^"]*"|<textarea.*?</textarea>', "", page, flags=re.DOTALL)
        assert "\u202e" not in shown
        assert "\ufffd202E{{ 7 * 7 }}" in shown


def test_several_lines_in_several_directions_are_kept(one: Reader) -> None:
    text = "بىرىنچى قۇر\nзвери\n第三行\u200c"
    one.post("/notes", kind="note", c=PLACE, body=text.replace("\n", "\r\n"))
    assert one.listed()[0]["body"] == text
    assert '<div class="passage" dir="auto">بىرىنچى قۇر\nзвери\n第三行\u200c</div>' in one.get(
        "/notes"
    )


REFUSED: dict[str, tuple[str, dict[str, str]]] = {
    "an empty note": ("/notes", {"kind": "note", "c": PLACE, "body": " "}),
    "a note beyond the bound": ("/notes", {"kind": "note", "c": PLACE, "body": "x" * 20_001}),
    "a control letter": ("/notes", {"kind": "note", "c": PLACE, "body": "kept\x00text"}),
    "an unknown kind": ("/notes", {"kind": "drawing", "c": PLACE, "body": "a"}),
    "no kind": ("/notes", {"c": PLACE, "body": "a"}),
    "no citation": ("/notes", {"kind": "note", "c": "here", "body": "a"}),
    "an object of another case": ("/notes", {"kind": "note", "c": "0" * 64, "body": "a"}),
    "an empty tag": ("/notes", {"kind": "tag", "c": PLACE, "body": ",,"}),
    "a search without a name": ("/notes/searches", {"q": "a"}),
    "a search with a field that is none": ("/notes/searches", {"saved_as": "a", "A B": "c"}),
    "a correction of nothing": (f"/notes/{'0' * 64}/correction", {"body": "a"}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_comes_back_with_what_was_typed(what: str, one: Reader) -> None:
    path, fields = REFUSED[what]
    page = one.post(path, 400, **fields)
    assert "Not recorded" in page
    assert fields.get("body", "").strip()[:100].replace("\x00", "") in page.replace("\x00", "")
    assert one.listed("?withdrawn=true") == []


def test_a_form_of_another_session_is_refused(one: Reader) -> None:
    for csrf in ("", "0" * 64):
        form = {"csrf": csrf, "kind": "note", "c": PLACE, "body": "a"}
        assert one.client.post("/notes", data=form).status_code == 403
    assert one.listed() == []


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example", "/\\evil", "/a\r\nb: c"]
)
def test_a_form_leads_nowhere_else(back: str, one: Reader) -> None:
    to = one.post("/notes", kind="note", c=PLACE, body="a", back=back)
    assert to.startswith("/at?c=")


def test_what_is_typed_while_the_case_is_held_is_kept_and_shown_as_kept(
    one: Reader, noted: Path
) -> None:
    with locked(open_case(noted)):
        one.post("/notes", kind="note", c=PLACE, body="typed meanwhile")
        for path in ("/notes", f"/notes/at?c={FILE.hex}"):
            page = one.get(path)
            assert "kept, not yet in the journal" in page
            assert "typed meanwhile" in page
        assert one.listed() == []
        assert "1 thing was written and waits to be recorded</h1>" in one.get("/notes")
    assert "kept, not yet" not in one.get("/notes")  # looking is enough once the case is free
    assert [each["body"] for each in one.listed()] == ["typed meanwhile"]


def test_the_list_is_narrowed_and_paged(one: Reader) -> None:
    for first in range(0, 120, 30):
        words = ",".join(f"t{number:03d}" for number in range(first, first + 30))
        one.post("/notes", kind="tag", c=PLACE, body=words)
    seen: list[str] = []
    path: str | None = "/notes?kind=tag"
    while path is not None:
        page = one.get(path)
        seen += re.findall(r'<li class="annotation of-tag">.*?tag=(t\d+)"', page, re.DOTALL)
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = None if after is None else after.group(1).replace("&amp;", "&")
    assert seen == [f"t{number:03d}" for number in range(119, -1, -1)]
    assert "1 thing was recorded" in one.get("/notes?tag=t007")
    assert "Nothing that is asked for" in one.get("/notes?since=2999-01-01")
    assert "120 things" in one.get("/notes?since=2020-01-01&until=9999-12-30&by=desk-2&words=T")


@pytest.mark.parametrize(
    "query",
    ["kind=drawing", "since=yesterday", "until=9999-12-31", "before=-1", "before=x", "before=1e9"],
)
def test_a_choice_that_is_none_is_refused_with_a_next_step(query: str, one: Reader) -> None:
    assert "Next:" in one.get(f"/notes?{query}", 400)


@pytest.mark.parametrize("path", ["/notes", "/notes.csv", "/notes.json"])
def test_a_field_that_the_list_has_not_is_refused_with_those_it_has(path: str, one: Reader) -> None:
    told = one.get(f"{path}?from=yesterday", 400)
    assert "&#39;from&#39;" in told
    assert "since, until" in told


def test_on_a_disk_that_cannot_be_written_the_typed_text_stays_on_the_page(
    one: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Waiting, "keep", full)
    page = one.post("/notes", 400, kind="note", c=PLACE, body="a long thought")
    assert "Not recorded: nothing can be written into this case: Read-only file system" in page
    assert "a long thought</textarea>" in page


def test_a_case_that_cannot_be_written_says_so_at_the_top(
    one: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "This case is read-only here" not in one.get("/notes")
    monkeypatch.setattr(Room, "read_only", property(lambda _: True))
    assert "This case is read-only here" in one.get("/notes")
    work = one.get("/work")
    assert work.count("<button disabled>") == 4


@pytest.mark.parametrize("path", ["/notes/12", f"/notes/{'0' * 64}", f"/notes/{'A' * 64}"])
def test_what_was_never_written_is_not_found(path: str, one: Reader) -> None:
    assert "Next:" in one.get(path, 404)


def test_a_table_runs_no_formula(one: Reader) -> None:
    for body in ('=HYPERLINK("http://evil.example")', "+1", "plain, with a comma"):
        one.post("/notes", kind="note", c=PLACE, body=body)
    rows = list(csv.DictReader(io.StringIO(one.get("/notes.csv").removeprefix("\ufeff"))))
    assert [row["body"] for row in rows] == [
        "plain, with a comma",
        "+1",  # a plain number is none
        '\'=HYPERLINK("http://evil.example")',
    ]
    assert rows[0]["target"] == PLACE
