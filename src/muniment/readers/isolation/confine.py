"""Puts every available mechanism around a process, for good.

- The walls are put together before the fork and entered behind it, in a process that was forked to
  read one object and has not touched a byte of it (decision 0113).
- Each mechanism stands alone: what the machine does not offer is left out and named, never
  passed over in silence. `report.py` says what works, `required` refuses to go on without it.
- Order matters: namespaces need calls that seccomp denies; no_new_privs comes before both filters.
"""

import errno
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from types import MappingProxyType
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
    Call,
    bind_mount,
    make,
    prctl,
    unshare,
)
from muniment.readers.isolation.process_limits import limit_process, limit_processes

NO_NEW_PRIVILEGES = "no-new-privileges"
PRIVATE_TMP = "private-tmp"
TMP = "/tmp"  # noqa: S108 - not a place for our files, but the name under which theirs are made
NAMESPACES = "namespaces"
_SECCOMP = "seccomp"
_SIGKILL = 9
_LEFT_AT_ONCE = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC
# Looked up once and not for every file: it takes most of a millisecond.
_BELOW_TMP = tuple(
    path for path in landlock.readable_paths() if os.path.realpath(path).startswith(TMP + "/")
)


class Confinement(msgspec.Struct, frozen=True):
    """What a process may still do."""

    writable: str  # the one folder it may write in
    memory_bytes: int
    time_s: float
    file_bytes: int  # the largest single file
    rules: int | None = None  # the descriptor at which it will find Landlock's rules
    has_left: bool = False  # it is forked by a process that has left all but the mounts behind


class Wall(msgspec.Struct, frozen=True):
    """One mechanism of a process to be forked: the calls that switch it on, in order."""

    calls: tuple[Call, ...]
    first: Callable[[], None] | None = None  # what only the process itself can add to them
    behind: str | None = None  # the mechanism without which it must not be switched on
    unless: str | None = None  # the mechanism beside which it is not switched on


Walls = tuple[tuple[str, Wall], ...]  # each with its mechanism's name


def make_rules(writable: str, also_readable: Sequence[str] = ()) -> int | None:
    """A descriptor of Landlock's rules for a process to be forked; None where it has none."""
    try:
        return landlock.make_rules(writable, also_readable)
    except OSError:
        return None  # and so it is not among the mechanisms that are named as active


def put_together(wanted: Confinement) -> Walls:
    """The walls of a process to be forked from this one, as many as can be had here."""
    walls: list[tuple[str, Wall]] = []
    for name, made in MECHANISMS.items():
        with suppress(OSError):  # it is not named as active, as one that the kernel refuses
            walls.append((name, made(wanted)))
    return tuple(walls)


def put_around(writable: str, walls: Walls) -> Walls:
    """The same walls around another folder; Landlock's rules name theirs themselves."""
    return tuple(
        (name, _show_as_tmp(writable) if name == PRIVATE_TMP else wall) for name, wall in walls
    )


def enter(walls: Walls) -> tuple[str, ...]:
    """Put the walls around this process; the names of those that are now around it."""
    active: list[str] = []
    for name, wall in walls:
        if wall.unless in active or (wall.behind is not None and wall.behind not in active):
            continue
        try:
            switch_on(wall)
        except OSError:
            continue  # left out of the returned names, which the caller holds against its wishes
        active.append(name)
    return tuple(active)


def switch_on(wall: Wall) -> None:
    """Put one wall around this process.

    Raises:
        OSError: the kernel refuses.
    """
    if wall.first is not None:
        wall.first()
    for call in wall.calls:
        make(call)


def _no_new_privileges(_wanted: Confinement) -> Wall:
    calls = (
        prctl(PR_SET_NO_NEW_PRIVS, 1),
        prctl(PR_SET_PDEATHSIG, _SIGKILL),
        prctl(PR_SET_DUMPABLE, 0),  # its memory is not open to other processes of the same user
    )
    return Wall(calls)


def _namespaces(wanted: Confinement) -> Wall:
    """Leave the network, the mounts, the queues and the user behind, in one call or not at all.

    Of a process that has left the others already, the mounts are left.
    """
    return Wall((unshare(CLONE_NEWNS | (0 if wanted.has_left else _LEFT_AT_ONCE)),))


def _private_tmp(wanted: Confinement) -> Wall:
    """Show the one writable folder as /tmp, where libraries make the files they work with.

    Never outside namespaces of its own: there it would change this machine's own /tmp. Nor where
    this program or its libraries lie below /tmp: the reader would lose sight of them.
    """
    if len(_BELOW_TMP) > 0:
        raise FileExistsError(errno.EEXIST, "this program lies below /tmp", _BELOW_TMP[0])
    return _show_as_tmp(wanted.writable)


def _show_as_tmp(writable: str) -> Wall:
    return Wall((bind_mount(writable, TMP),), behind=NAMESPACES)


def _limits(wanted: Confinement) -> Wall:
    return Wall(limit_process(wanted.memory_bytes, wanted.time_s, wanted.file_bytes))


def _landlock(wanted: Confinement) -> Wall:
    if wanted.rules is None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
    # Small processes have loaded no reader that looks at the map of its memory.
    first = None if wanted.has_left else partial(landlock.allow_own_map, wanted.rules)
    return Wall((landlock.enter(wanted.rules),), first)


def _seccomp(_wanted: Confinement) -> Wall:
    made = seccomp.put_together()
    return Wall((made.install,), made.number_self)


def _process_count(_wanted: Confinement) -> Wall:
    """Beside a filter no process can be started; this limit would deny threads as well."""
    return Wall((limit_processes(),), unless=_SECCOMP)


# In the order in which they must come.
MECHANISMS = MappingProxyType(
    {
        NO_NEW_PRIVILEGES: _no_new_privileges,
        NAMESPACES: _namespaces,
        PRIVATE_TMP: _private_tmp,
        "process-limits": _limits,
        "landlock": _landlock,
        _SECCOMP: _seccomp,
        "process-count": _process_count,
    }
)


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
    make(unshare(_LEFT_AT_ONCE))
    return True


def _end_as_forked() -> NoReturn:
    """Enter what a forked process will enter; the exit status is 0 where all of it holds."""
    status = 1
    try:
        filtering = seccomp.put_together()
        make(prctl(PR_SET_NO_NEW_PRIVS, 1))
        make(unshare(_LEFT_AT_ONCE))
        make(unshare(CLONE_NEWNS))
        filtering.number_self()
        make(filtering.install)
        status = 0
    finally:
        os._exit(status)
