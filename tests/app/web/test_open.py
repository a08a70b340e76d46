"""`muniment open` as a person gives it: a link on standard output, a room, a clean end."""

import signal
import socket
import stat
import subprocess
from pathlib import Path

import httpx2
import pytest

from tests.app.cli import COMMAND, muniment


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_room_opens_with_its_link_and_closes_cleanly(
    case: Path, tmp_path: Path, how: signal.Signals
) -> None:
    token = tmp_path / "token"
    with subprocess.Popen(
        [*COMMAND, "open", str(case), "--as", "desk-2", "--api-token-file", str(token)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        assert link.startswith("http://127.0.0.1:")
        with httpx2.Client(follow_redirects=True) as browser:
            assert browser.get(link).status_code == 200
        status = link.split("/enter/", maxsplit=1)[0] + "/api/v1/status"
        told = {"authorization": f"Bearer {token.read_text().strip()}"}
        assert httpx2.get(status, headers=told).status_code == 200
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "The room is closed." in errors
    assert "Traceback" not in errors
    assert "leaked" not in errors
    assert stat.S_IMODE(token.stat().st_mode) == 0o600


def test_a_token_is_not_written_over_a_file(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("kept")
    refused = muniment("open", case, "--api-token-file", path, check=False)
    assert refused.returncode == 2
    assert path.read_text() == "kept"


def test_a_port_that_is_taken_is_named(case: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = muniment("open", case, "--port", taken.getsockname()[1], check=False)
    assert refused.returncode == 2
    assert b"cannot be had" in refused.stderr
