"""Memory that is gathered in large pages holds what it held, and is still this process's own."""

import mmap
import os
import subprocess
import sys
from pathlib import Path

from muniment.readers import one_piece
from muniment.readers.large_pages import _allocated, gather_pages

_MEGABYTES = 64


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


def test_memory_in_one_piece_is_mapped_at_once_and_what_stays_empty_is_given_back() -> None:
    program = f"""
import runpy
def mapped():
    with open("/proc/self/statm") as sizes:
        return int(sizes.read().split()[0]) * {mmap.PAGESIZE}
OnePiece = runpy.run_path({one_piece.__file__!r})["OnePiece"]
before = mapped()
memory = OnePiece({_MEGABYTES})
held = mapped()
memory.release()
print(held - before, held - mapped())
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    taken, given_back = (int(each) for each in ran.stdout.split())
    assert taken > (_MEGABYTES - 4) << 20
    assert given_back > (_MEGABYTES - 4) << 20
