"""A room that several processes serve: one gate, one listener, and none outlives the others."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import httpx2
import pytest

from muniment.app.web import Gate
from muniment.app.web.gate import csrf_token
from tests.app.cli import COMMAND

_PATIENCE_S = 60
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def opened(case: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The shared case, served by two processes; the process that was started, and its link."""
    with subprocess.Popen(
        [*COMMAND, "open", str(case), "--processes", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def beside(process: subprocess.Popen[str]) -> int:
    """The process beside it that serves: it is started after the link is told."""
    return until(lambda: next(_beside(process), None))


def _beside(process: subprocess.Popen[str]) -> Iterator[int]:
    # What ends between two looks is not there at the second.
    with suppress(FileNotFoundError, ProcessLookupError):
        # A child is listed under the thread that started it.
        tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
        for child in " ".join(listed.read_text("ascii") for listed in tasks).split():
            if b"muniment.app.web.beside" in Path(f"/proc/{child}/cmdline").read_bytes():
                yield int(child)


def until(what: Callable[[], Found | None]) -> Found:
    """What `what()` gives as soon as it gives something."""
    end = time.monotonic() + _PATIENCE_S
    while (found := what()) is None:
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


def test_two_gates_of_one_folder_are_one() -> None:
    one = Gate(8765)
    other = Gate(8765, folder=one.folder)
    key = one.new_key()
    session = other.enter(key)
    assert session is not None
    assert one.enter(key) is None
    assert other.enter(key) is None
    cookie = httpx2.Headers({"cookie": f"{one.cookie}={session}"})
    assert one.session_of(cookie) == other.session_of(cookie) == session  # type: ignore[arg-type]


def test_a_gate_that_is_gone_leaves_nothing() -> None:
    gate = Gate(8765)
    folder = gate.folder
    gate.new_key()
    assert folder.stat().st_mode & 0o777 == 0o700
    del gate
    assert not folder.exists()


def test_the_oldest_session_leaves_first() -> None:
    gate = Gate(8765)
    entered = [gate.enter(gate.new_key()) for _ in range(66)]
    held = [
        gate.session_of(httpx2.Headers({"cookie": f"{gate.cookie}={each}"}))  # type: ignore[arg-type]
        for each in entered
    ]
    assert None not in held[2:]
    assert held[-1] is not None
    assert sum(each is None for each in held) == 2


def test_all_processes_serve_one_room(opened: tuple[subprocess.Popen[str], str]) -> None:
    process, link = opened
    address = link.split("/enter/", maxsplit=1)[0]
    other = beside(process)
    with httpx2.Client(follow_redirects=True, timeout=_PATIENCE_S) as browser:
        assert browser.get(link).status_code == 200
        page = browser.get(f"{address}/").text
        plots = [part.split('"')[0] for part in page.split('src="/plot/')[1:]]
        assert len(plots) > 0
        for stopped in (process.pid, other):  # so that the one that is left has to answer
            os.kill(stopped, signal.SIGSTOP)
            try:
                found = {browser.get(f"{address}/plot/{each}").status_code for each in plots}
                form = {"csrf": csrf_token(next(iter(browser.cookies.values())))}
                refused = browser.post(f"{address}/nothing", data=form).status_code
                again = httpx2.get(link, timeout=_PATIENCE_S).status_code
            finally:
                os.kill(stopped, signal.SIGCONT)
            assert (found, refused, again) == ({200}, 404, 403)


def test_no_process_outlives_the_room(opened: tuple[subprocess.Popen[str], str]) -> None:
    process, _ = opened
    other = beside(process)
    process.kill()
    process.wait()
    until(lambda: None if Path(f"/proc/{other}/stat").exists() else True)
