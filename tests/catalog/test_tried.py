"""What was tried is remembered for the object and the reader, and says nothing to others."""

from pathlib import Path

from muniment.catalog.tried import Memory
from muniment.core import Secret, digest_of

ONE, OTHER = digest_of(b"one"), digest_of(b"other")
KEY = bytes(range(32))


def secrets(*texts: str) -> tuple[Secret, ...]:
    return tuple(map(Secret, texts))


def known(memory: Memory, *texts: str) -> list[bool]:
    return [memory.knows(secret) for secret in secrets(*texts)]


def test_what_was_tried_is_known_afterwards(tmp_path: Path) -> None:
    Memory(tmp_path, ONE, "zip 1", KEY).remember(secrets("a", "b"))
    Memory(tmp_path, ONE, "zip 1", KEY).remember(secrets("b", "c"))
    assert known(Memory(tmp_path, ONE, "zip 1", KEY), "a", "b", "c", "d") == [True] * 3 + [False]


def test_another_object_reader_or_case_knows_nothing_of_it(tmp_path: Path) -> None:
    Memory(tmp_path, ONE, "zip 1", KEY).remember(secrets("a"))
    assert known(Memory(tmp_path, OTHER, "zip 1", KEY), "a") == [False]
    assert known(Memory(tmp_path, ONE, "zip 2", KEY), "a") == [False]
    assert known(Memory(tmp_path, ONE, "zip 1", bytes(32)), "a") == [False]


def test_what_a_kill_cut_off_is_written_over(tmp_path: Path) -> None:
    Memory(tmp_path, ONE, "zip 1", KEY).remember(secrets("a"))
    (path,) = [each for each in tmp_path.rglob("*") if each.is_file()]
    path.write_bytes(path.read_bytes() + b"cut")
    Memory(tmp_path, ONE, "zip 1", KEY).remember(secrets("b"))
    assert path.stat().st_size == 16
    assert known(Memory(tmp_path, ONE, "zip 1", KEY), "a", "b") == [True, True]


def test_the_file_holds_no_password(tmp_path: Path) -> None:
    Memory(tmp_path, ONE, "zip 1", KEY).remember(secrets("a long password"))
    (path,) = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert b"password" not in path.read_bytes()
