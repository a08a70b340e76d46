"""Limits of the process that reads: memory, CPU time, file size, descriptors, core dumps.

- Memory counts address space on top of what the worker had mapped when it forked.
- `RLIMIT_NPROC` does not bind root; seccomp is what denies new processes to it.
"""

import math
import os
import resource

_DESCRIPTORS = 64
_CPU_GRACE_S = 2  # the reader's own alarm comes first, and lets it hand over what it found


def limit_process(memory_bytes: int, time_s: float, file_bytes: int) -> None:
    """Set the limits of this process for good.

    Raises:
        OSError: the system refuses one of them.
    """
    seconds = math.ceil(time_s) + _CPU_GRACE_S
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_CPU, seconds)
    _set(resource.RLIMIT_FSIZE, file_bytes)
    _set(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    memory = _mapped_bytes() + memory_bytes
    _set(resource.RLIMIT_AS, memory)
    # The same bound under the name by which libraries ask how much they may take (py7zr).
    _set(resource.RLIMIT_DATA, memory)


def limit_processes() -> None:
    """Deny this user any further process, as far as the system lets it."""
    _set(resource.RLIMIT_NPROC, 0)


def _set(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (bound, bound))


def _mapped_bytes() -> int:
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
