"""Puts every available mechanism around the current process, for good.

- Called in a process that was forked to read one object, before it touches a byte of it.
- Each mechanism stands alone: what the machine does not offer is left out and named, never
  passed over in silence. `report.py` says what works, `required` refuses to go on without it.
- Order matters: namespaces need calls that seccomp denies; no_new_privs comes before both filters.
"""

from collections.abc import Callable

import msgspec

from muniment.readers.isolation import landlock, seccomp
from muniment.readers.isolation.kernel import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWNS,
    CLONE_NEWUSER,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    prctl,
    unshare,
)
from muniment.readers.isolation.process_limits import limit_process, limit_processes

_SIGKILL = 9


class Confinement(msgspec.Struct, frozen=True):
    """What the process may still do."""

    writable: str  # the one folder it may write in
    memory_bytes: int
    time_s: float
    file_bytes: int  # the largest single file


def mechanisms(wanted: Confinement) -> tuple[tuple[str, Callable[[], None]], ...]:
    """Each mechanism's name and what switches it on, in the order in which they must come."""
    return (
        ("no-new-privileges", _no_new_privileges),
        ("namespaces", _leave_namespaces),
        (
            "process-limits",
            lambda: limit_process(wanted.memory_bytes, wanted.time_s, wanted.file_bytes),
        ),
        ("process-count", limit_processes),
        ("landlock", lambda: landlock.restrict(wanted.writable)),
        ("seccomp", seccomp.restrict),
    )


def confine(wanted: Confinement) -> tuple[str, ...]:
    """The names of the mechanisms that are now around this process."""
    active = []
    for name, switch_on in mechanisms(wanted):
        try:
            switch_on()
        except OSError:
            continue  # left out of the returned names, which the caller holds against its wishes
        active.append(name)
    return tuple(active)


def _no_new_privileges() -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_PDEATHSIG, _SIGKILL)
    prctl(PR_SET_DUMPABLE, 0)  # its memory is not open to other processes of the same user


def _leave_namespaces() -> None:
    """Leave the network, the mounts, the queues and the user behind, in one call or not at all."""
    unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC)
