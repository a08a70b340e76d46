"""Gathers this process's memory in large pages, before it forks others.

- A fork copies one entry of the page table for a large page in place of 512, and so does the end of
  what was forked.
- Nothing depends on it: where the kernel (Linux 6.1 and later) does not, pages stay as they are.
"""

from collections.abc import Iterator
from contextlib import suppress

from muniment.readers.isolation.kernel import collapse, make

_LARGE = 1 << 21  # bytes; of the machines that we run on
_HEAP = "[heap]"


def gather_pages() -> None:
    """Put what was allocated so far in large pages, as far as the kernel does."""
    for start, end in list(_allocated()):
        first, last = -(-start // _LARGE) * _LARGE, end // _LARGE * _LARGE
        if first < last:
            with suppress(OSError):
                make(collapse(first, last - first))


def _allocated() -> Iterator[tuple[int, int]]:
    """Where memory of this process lies that is of no file, and may be written."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            addresses, rights, _, _, _, *name = line.split()
            if rights == "rw-p" and name in ([], [_HEAP]):
                start, end = addresses.split("-")
                yield int(start, 16), int(end, 16)
