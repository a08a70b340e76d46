"""Long work is started on a page, seen after a reload, stopped, and told at its end."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from muniment.app.job_record import Asked, jobs_folder, read_record
from muniment.app.jobs import Job, JobState, job_of, jobs, working
from muniment.app.web import Gate, Room, make_app, open_room
from muniment.vault import Case, holder_of
from tests.app.web.conftest import serving, visiting
from tests.copies import copy_of

PORT = 8765


@pytest.fixture(scope="module")
def own(case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The room of a copy of the shared case: work is written into it."""
    folder = tmp_path_factory.mktemp("worked") / "a case; with 'signs'"
    copy_of(case, folder)
    with open_room(folder, "desk <b>2</b>") as room:
        yield room


@pytest.fixture
def inside(own: Room) -> TestClient:
    gate = Gate(PORT)
    client = TestClient(make_app(own, gate), f"http://127.0.0.1:{PORT}")
    client.get(f"/enter/{gate.new_key()}")
    return client


def token(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', client.get("/work").text)
    assert found is not None
    return found[1]


def begin(client: TestClient, action: str, **fields: object) -> str:
    """Start work; the address it is seen at."""
    form = {"csrf": token(client), "action": action} | fields
    answer = client.post("/work/start", data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def ended(case: Case, address: str) -> Job:
    for _ in range(1_200):
        job = job_of(case, address.rpartition("/")[2])
        assert job is not None
        if job.state is not JobState.WORKING:
            return job
        time.sleep(0.1)
    raise AssertionError("the work did not end")


def test_a_verification_is_seen_while_it_works_and_told_at_its_end(
    own: Room, inside: TestClient
) -> None:
    address = begin(inside, "verify")
    seen = inside.get(address).text
    assert "Every file that arrived is hashed again" in seen
    if 'class="badge warn">working' in seen:
        assert "hx-trigger" in seen
        assert '<noscript><meta http-equiv="refresh"' in seen
    job = ended(own.case, address)
    assert job.state is JobState.DONE
    assert job.ended is not None
    assert dict(job.ended.counts)["failures"] == 0
    assert dict(job.ended.counts)["objects"] > 10
    assert [stage.name for stage in job.stages] == ["hashed", "projections checked"]
    told = inside.get(address).text
    assert "Files hashed as they arrived" in told
    assert "http-equiv" not in told
    assert "desk &lt;b&gt;2&lt;/b&gt;" in told
    assert address in inside.get("/").text  # the last verification, on the overview


def test_what_is_under_way_outlives_the_room_and_there_is_one_at_a_time(
    own: Room, inside: TestClient
) -> None:
    address = begin(inside, "unlock")
    refused = inside.post("/work/start", data={"csrf": token(inside), "action": "verify"})
    assert (refused.status_code, "under way" in refused.text) == (400, True)
    with open_room(own.case.folder, "desk-3") as again:  # another room, another day
        found = working(again.case)
    assert found is not None
    assert address.endswith(found.asked.id)
    form = {"csrf": token(inside)}
    assert inside.post(f"{address}/stop", data=form).status_code == 200
    job = ended(own.case, address)
    assert job.state in (JobState.STOPPED, JobState.DONE)
    assert working(own.case) is None
    assert inside.get("/work").status_code == 200


def test_what_was_stopped_at_once_says_that_it_ended_without_a_word(
    own: Room, inside: TestClient
) -> None:
    address = begin(inside, "unlock")
    job = working(own.case)
    while job is not None and job.stage is None:
        time.sleep(0.05)
        job = working(own.case)
    inside.post(f"{address}/stop", data={"csrf": token(inside), "at_once": "true"})
    assert ended(own.case, address).state in (JobState.LOST, JobState.DONE)
    assert "start it again" in inside.get(address).text.lower() or job is None
    address = begin(inside, "read")
    assert ended(own.case, address).state is JobState.DONE


def test_another_command_in_the_case_is_told_and_not_waited_for(
    own: Room, inside: TestClient
) -> None:
    ready = "import sys; from pathlib import Path; from muniment.vault import locked, open_case\n"
    hold = f"{ready}with locked(open_case(Path(sys.argv[1]))): print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, own.case.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert holder_of(own.case) == holder.pid
        page = inside.get("/work").text
        asked = {"csrf": token(inside), "action": "read"}
        refused = inside.post("/work/start", data=asked)
        verified = ended(own.case, begin(inside, "verify"))
        holder.communicate(b"\n")
    assert f"process {holder.pid}, holds the case" in page
    assert page.count("<button disabled>") == 3  # to verify changes nothing
    assert refused.status_code == 400
    assert "Another process is working in this case" in refused.text
    assert "wait until it has ended" in refused.text.lower()
    assert verified.state is JobState.DONE
    assert holder_of(own.case) is None
    assert "holds the case" not in inside.get("/work").text


def test_letters_are_read_in_chosen_languages_that_are_here(inside: TestClient) -> None:
    form = {"csrf": token(inside), "action": "letters", "language": "xx; rm -rf"}
    answer = inside.post("/work/start", data=form)
    assert answer.status_code == 400
    assert "without a model" in answer.text


def test_nothing_of_a_file_stands_in_the_records(own: Room, inside: TestClient, leak: Path) -> None:
    ended(own.case, begin(inside, "verify"))
    names = [path.name for path in leak.rglob("*") if path.is_file() and len(path.stem) > 6]
    written = b"".join(p.read_bytes() for p in jobs_folder(own.case.work).rglob("*") if p.is_file())
    assert len(written) > 500
    assert [name for name in names if os.fsencode(name) in written] == []


@pytest.mark.parametrize(
    "address", ["/work/nothing", "/work/..%2f..%2fledger.sqlite", "/work/lock", "/work/%00"]
)
def test_work_that_is_not_there_is_a_page_that_says_so(inside: TestClient, address: str) -> None:
    assert inside.get(address).status_code == 404


def test_a_form_of_another_page_starts_nothing(own: Room, inside: TestClient) -> None:
    before = len(jobs(own.case))
    assert inside.post("/work/start", data={"action": "verify"}).status_code == 403
    assert (
        inside.post("/work/start", data={"csrf": token(inside), "action": "rm"}).status_code == 400
    )
    assert len(jobs(own.case)) == before


def test_records_that_cannot_be_read_are_left_out(own: Room, inside: TestClient) -> None:
    folder = jobs_folder(own.case.work) / "99999999-broken"
    folder.mkdir(parents=True)  # the first work of all makes the folder of records
    (folder / "job.json").write_bytes(b'{"id": 7')
    assert read_record(folder, "job", Asked) is None
    assert inside.get("/work").status_code == 200
    assert inside.get("/work/99999999-broken").status_code == 404


@pytest.mark.parametrize("javascript", [True, False])
def test_a_browser_sees_work_go_on_and_end_by_itself(
    own: Room, chromium: Any, javascript: bool
) -> None:
    with serving(own) as served, visiting(chromium, served) as visit:
        page = visit("/work", javascript=javascript)
        page.get_by_role("button", name="Verify now").click()
        page.wait_for_url("**/work/2*")
        page.locator("#state .badge", has_text="done").wait_for(timeout=120_000)
        address = page.url
        page.goto(address)
        assert page.locator("#state .badge").inner_text() == "done"
        assert page.get_by_text("Files hashed as they arrived").is_visible()
        page.goto(address.rpartition("/work/")[0] + "/")
        assert page.get_by_role("heading", level=1).is_visible()
