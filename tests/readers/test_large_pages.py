"""Memory that is gathered in large pages holds what it held, and is still this process's own."""

import os
from pathlib import Path

from muniment.readers.large_pages import _allocated, gather_pages


def test_what_was_allocated_is_unchanged_and_a_fork_still_has_a_copy() -> None:
    held = [bytearray(os.urandom(1 << 20)) for _ in range(8)]
    before = [bytes(each) for each in held]
    pid = os.fork()  # as in a process that forks: what follows is to change no other
    if pid == 0:
        gather_pages()
        os._exit(0 if held == before else 1)
    held[0][0] ^= 1
    assert os.waitpid(pid, 0)[1] == 0
    assert held[1:] == before[1:]


def test_only_memory_of_no_file_is_meant() -> None:
    areas = list(_allocated())
    assert any(start <= id(object()) < end for start, end in areas)
    lines = Path("/proc/self/maps").read_text().splitlines()
    code = [int(line.split("-")[0], 16) for line in lines if "r-xp" in line]
    assert not any(start <= each < end for start, end in areas for each in code)
