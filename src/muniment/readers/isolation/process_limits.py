"""Limits of the process that reads: memory, CPU time, file size, descriptors, core dumps.

- Memory counts address space on top of what the worker had mapped when it forked.
- `RLIMIT_NPROC` does not bind root; seccomp is what denies new processes to it.
"""

import math
import os
import resource

from muniment.readers.isolation.kernel import Call, set_limit

_DESCRIPTORS = 64
_CPU_GRACE_S = 2  # the reader's own alarm comes first, and lets it hand over what it found


def limit_process(memory_bytes: int, time_s: float, file_bytes: int) -> tuple[Call, ...]:
    """What sets the limits of a process for good that is forked from this one."""
    seconds = math.ceil(time_s) + _CPU_GRACE_S
    memory = _mapped_bytes() + memory_bytes
    return (
        set_limit(resource.RLIMIT_CORE, 0),
        set_limit(resource.RLIMIT_CPU, seconds),
        set_limit(resource.RLIMIT_FSIZE, file_bytes),
        set_limit(resource.RLIMIT_NOFILE, _DESCRIPTORS),
        set_limit(resource.RLIMIT_AS, memory),
        # The same bound under the name by which libraries ask how much they may take (py7zr).
        set_limit(resource.RLIMIT_DATA, memory),
    )


def limit_processes() -> Call:
    """What denies this user any further process, as far as the system lets it."""
    return set_limit(resource.RLIMIT_NPROC, 0)


def _mapped_bytes() -> int:
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
