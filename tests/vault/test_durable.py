"""A file appears whole or not at all, and never in the place of another."""

import errno
import os
import stat
from pathlib import Path

import pytest

from muniment.vault.durable import create_file


def _no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", _no_links)
    path = tmp_path / "new"
    create_file(path, b"first", mode=0o600)
    with pytest.raises(FileExistsError):
        create_file(path, b"second")
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / ".new.half").write_bytes(b"half of it, and more than that")
    create_file(tmp_path / "new", b"whole")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"whole"]


def test_a_link_that_leads_nowhere_is_a_name_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").symlink_to("nowhere")
    for _ in range(2):
        with pytest.raises(FileExistsError):
            create_file(tmp_path / "new", b"data")
        monkeypatch.setattr(os, "link", _no_links)
    assert not (tmp_path / "nowhere").exists()


def test_another_trouble_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "the disk is full")

    monkeypatch.setattr(os, "link", full)
    with pytest.raises(OSError, match="full"):
        create_file(tmp_path / "new", b"data")
    assert list(tmp_path.iterdir()) == []
