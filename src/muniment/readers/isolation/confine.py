"""Puts every available mechanism around the current process, for good.

- Called in a process that was forked to read one object, before it touches a byte of it.
- Each mechanism stands alone: what the machine does not offer is left out and named, never
  passed over in silence. `report.py` says what works, `required` refuses to go on without it.
- Order matters: namespaces need calls that seccomp denies; no_new_privs comes before both filters.
"""

import errno
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

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
    bind_mount,
    prctl,
    unshare,
)
from muniment.readers.isolation.process_limits import limit_process, limit_processes

PRIVATE_TMP = "private-tmp"
TMP = "/tmp"  # noqa: S108 - not a place for our files, but the name under which theirs are made
_SECCOMP = "seccomp"
_PROCESS_COUNT = "process-count"
_SIGKILL = 9
_LEFT_AT_ONCE = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC
# Looked up once and not for every file: it takes most of a millisecond.
_BELOW_TMP = tuple(
    path for path in landlock.readable_paths() if os.path.realpath(path).startswith(TMP + "/")
)


class Confinement(msgspec.Struct, frozen=True):
    """What the process may still do."""

    writable: str  # the one folder it may write in
    memory_bytes: int
    time_s: float
    file_bytes: int  # the largest single file
    rules: int | None = None  # a descriptor of Landlock's rules, where `foresee` made some
    has_left: bool = False  # the process was forked by one that has left all but the mounts behind


def forewarn() -> None:
    """Make what `foresee` makes for every process alike, in a process that only forks."""
    with suppress(OSError):
        seccomp.template()


def foresee(writable: str, also_readable: Sequence[str] = ()) -> int | None:
    """What can be made ready before the fork: a descriptor of Landlock's rules, where it has any.

    What is made after the fork costs a page of memory for each page that it touches.
    """
    forewarn()
    try:
        return landlock.make_rules(writable, also_readable)
    except OSError:
        return None  # tried again behind the fork, and named there as missing


def mechanisms(wanted: Confinement) -> tuple[tuple[str, Callable[[str], None]], ...]:
    """Each mechanism's name and what switches it on, in the order in which they must come.

    Each is handed the writable folder by the name under which it is to be seen by then.
    """
    return (
        ("no-new-privileges", lambda _writable: _no_new_privileges()),
        ("namespaces", lambda _writable: leave_namespaces(has_left=wanted.has_left)),
        (PRIVATE_TMP, _make_tmp_private),
        (
            "process-limits",
            lambda _writable: limit_process(wanted.memory_bytes, wanted.time_s, wanted.file_bytes),
        ),
        ("landlock", lambda writable: _enter_landlock(writable, wanted.rules)),
        (_SECCOMP, lambda _writable: seccomp.restrict()),
        (_PROCESS_COUNT, lambda _writable: limit_processes()),
    )


def confine(wanted: Confinement) -> tuple[str, ...]:
    """The names of the mechanisms that are now around this process."""
    active: list[str] = []
    writable = wanted.writable
    for name, switch_on in mechanisms(wanted):
        if name == _PROCESS_COUNT and _SECCOMP in active:
            continue  # no process can be started any more; this limit would deny threads as well
        try:
            switch_on(writable)
        except OSError:
            continue  # left out of the returned names, which the caller holds against its wishes
        active.append(name)
        if name == PRIVATE_TMP:
            writable = TMP  # the folder's own name may lie below /tmp, and be out of sight now
    return tuple(active)


def _enter_landlock(writable: str, rules: int | None) -> None:
    if rules is None:
        landlock.restrict(writable)
    else:
        landlock.enter(rules)


def _no_new_privileges() -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_PDEATHSIG, _SIGKILL)
    prctl(PR_SET_DUMPABLE, 0)  # its memory is not open to other processes of the same user


def leave_namespaces(*, has_left: bool = False) -> None:
    """Leave the network, the mounts, the queues and the user behind, in one call or not at all.

    Of a process that has left the others already, the mounts are left.
    """
    unshare(CLONE_NEWNS if has_left else CLONE_NEWNS | _LEFT_AT_ONCE)


def leave_for_all() -> bool:
    """Whether this process, which only forks, has left network, queues and user behind for others.

    The processes that it forks then share an empty network and no queues, one after the other. That
    is as good as one for each only where nobody can leave anything there: where a filter denies
    sockets, shared memory and queues. Tried out first, in a process of its own.
    """
    pid = os.fork()
    if pid == 0:
        _end_as_forked()
    if os.waitpid(pid, 0)[1] != 0:
        return False
    unshare(_LEFT_AT_ONCE)
    return True


def _end_as_forked() -> NoReturn:
    """Enter what a forked process will enter; the exit status is 0 where all of it holds."""
    status = 1
    try:
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        unshare(_LEFT_AT_ONCE)
        leave_namespaces(has_left=True)
        seccomp.restrict()
        status = 0
    finally:
        os._exit(status)


def _make_tmp_private(writable: str) -> None:
    """Show the one writable folder as /tmp, where libraries make the files they work with.

    Never outside a fresh user namespace: there it would change this machine's own /tmp. Nor where
    this program or its libraries lie below /tmp: the reader would lose sight of them.
    """
    if len(_BELOW_TMP) > 0:
        raise FileExistsError(errno.EEXIST, "this program lies below /tmp", _BELOW_TMP[0])
    with open("/proc/self/uid_map", "rb") as file:
        if len(file.read()) > 0:
            raise PermissionError(errno.EPERM, "not in a user namespace of its own")
    bind_mount(writable, TMP)
