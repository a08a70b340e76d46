import multiprocessing
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from muniment.core import IntegrityError, UsageError
from muniment.vault import (
    Founding,
    Journal,
    create_case,
    header_bytes,
    locked,
    new_header,
    open_case,
)
from muniment.vault.case import HEADER_NAME

CREATED = "2026-01-02T03:04:05.000000Z"


def clock() -> datetime:
    return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def founding(passphrase: str | None = None) -> Founding:
    return Founding(new_header("0" * 32, CREATED), "custodian", "muniment test", clock, passphrase)


def test_the_header_is_pinned() -> None:
    assert header_bytes(new_header("0" * 32, CREATED)) == (
        b'{"case":"00000000000000000000000000000000","created":"2026-01-02T03:04:05.000000Z",'
        b'"format":"muniment-case","origin":"muniment.invalid/00000000000000000000000000000000",'
        b'"version":1}'
    )


def test_a_new_case_opens_and_names_its_key_first(tmp_path: Path) -> None:
    key = create_case(tmp_path / "case", founding())
    case = open_case(tmp_path / "case")
    with Journal.open(case.journal_folder, clock, case_header=case.header_bytes) as journal:
        (first,) = journal.events()
    assert first.detail["verifier_key"] == str(key)
    assert os.stat(case.key_path).st_mode & 0o777 == 0o600


def test_an_empty_folder_may_become_a_case(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    create_case(tmp_path / "case", founding())
    assert open_case(tmp_path / "case").header.version == 1


def _folder_with_something(path: Path) -> None:
    path.mkdir()
    (path / "mine").write_text("mine")


IN_THE_WAY = {
    "a folder with something in it": _folder_with_something,
    "a file": lambda path: path.write_text("mine"),
    "a link": lambda path: path.symlink_to("/tmp"),
    "a dangling link": lambda path: path.symlink_to("/nowhere"),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_a_case_is_never_made_over_something(tmp_path: Path, what: str) -> None:
    IN_THE_WAY[what](tmp_path / "case")
    before = sorted(os.walk(tmp_path))
    with pytest.raises(UsageError):
        create_case(tmp_path / "case", founding())
    assert sorted(os.walk(tmp_path)) == before


def test_a_case_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="passphrase"):
        create_case(tmp_path / "case", founding(""))
    assert list(tmp_path.iterdir()) == []


def _header(text: str) -> bytes:
    return text.encode()


NOT_A_CASE = {
    "no JSON": (b"hello", IntegrityError),
    "another format": (b'{"format":"ocfl","version":1}', UsageError),
    "a newer version": (b'{"format":"muniment-case","version":2,"more":1}', UsageError),
    "a member too many": (
        header_bytes(new_header("0" * 32, CREATED))[:-1] + b',"x":1}',
        IntegrityError,
    ),
    "nothing": (b"", IntegrityError),
    "a list": (b"[]", IntegrityError),
}


@pytest.mark.parametrize("what", NOT_A_CASE)
def test_what_is_not_a_case_is_refused_untouched(tmp_path: Path, what: str) -> None:
    raw, error = NOT_A_CASE[what]
    (tmp_path / HEADER_NAME).write_bytes(raw)
    with pytest.raises(error):
        open_case(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [HEADER_NAME]


def test_a_folder_without_a_header_is_not_a_case(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a case"):
        open_case(tmp_path)
    with pytest.raises(UsageError, match="not a case"):
        open_case(tmp_path / "missing")


def _try_to_lock(folder: Path) -> str:
    try:
        with locked(open_case(folder)):
            return "held"
    except UsageError as why:
        return why.message


def test_two_processes_never_write_at_once(tmp_path: Path) -> None:
    create_case(tmp_path / "case", founding())
    context = multiprocessing.get_context("spawn")
    with locked(open_case(tmp_path / "case")), context.Pool(1) as pool:
        assert "another process" in pool.apply(_try_to_lock, [tmp_path / "case"])
    assert _try_to_lock(tmp_path / "case") == "held"
