"""System calls that Python does not offer, through the C library.

- Each function raises OSError with the kernel's errno, or returns what the kernel returned.
"""

import ctypes
import errno
import os
import platform
import signal
from functools import cache

_libc = ctypes.CDLL(None, use_errno=True)
# The same functions, called without letting go of the interpreter's lock in between.
_held = ctypes.PyDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
_PR_GET_NO_NEW_PRIVS = 39
_PR_GET_TID_ADDRESS = 40

_MS_BIND = 4096

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
_CLONE_PARENT = 0x00008000
_CLONE_CHILD_CLEARTID = 0x00200000
_CLONE_CHILD_SETTID = 0x01000000
_CLONE_CALLS = {"x86_64": 56, "aarch64": 220}


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """Change a property of this process."""
    words = (ctypes.c_ulong(first), ctypes.c_ulong(second), ctypes.c_ulong(0), ctypes.c_ulong(0))
    _checked(_libc.prctl(ctypes.c_int(option), *words))


def get_no_new_privileges() -> bool:
    """Whether no program started from here can gain privileges."""
    zeros = (ctypes.c_ulong(0),) * 4
    return _checked(_libc.prctl(ctypes.c_int(_PR_GET_NO_NEW_PRIVS), *zeros)) == 1


def unshare(flags: int) -> None:
    """Leave the namespaces that the flags name."""
    _checked(_libc.unshare(ctypes.c_int(flags)))


def bind_mount(source: str, target: str) -> None:
    """Show the folder `source` at `target` too, in this mount namespace."""
    flags = ctypes.c_ulong(_MS_BIND)
    paths = (os.fsencode(path) for path in (source, target))
    _checked(_libc.mount(*(ctypes.c_char_p(path) for path in paths), None, flags, None))


def fork_for_parent() -> int:
    """Fork a child of this process's own parent: its number here, 0 in the child.

    Only for a process with one thread. Neither the C library's nor Python's handlers of forks run:
    they mend locks and threads, which one thread has not, and touch 200 pages of memory. What the
    C library knows of its thread is set by the kernel, as it is behind its own fork.

    Raises:
        OSError: the kernel refuses, or the machine is of another kind.
    """
    machine = platform.machine()
    if machine not in _CLONE_CALLS:
        raise OSError(errno.ENOSYS, f"no number of the call for {machine}")
    flags = _CLONE_PARENT | _CLONE_CHILD_SETTID | _CLONE_CHILD_CLEARTID | signal.SIGCHLD
    thread = _thread_number_at()
    # The last two change places between the two architectures; the one not meant is not looked at.
    words = (_CLONE_CALLS[machine], flags, 0, 0, thread, thread)
    return _checked(_held.syscall(*(ctypes.c_long(word) for word in words)))


@cache
def _thread_number_at() -> int:
    """Where the C library keeps this thread's number: what it told the kernel to clear."""
    found = ctypes.c_ulong(0)
    zeros = (ctypes.c_ulong(0),) * 3
    _checked(_libc.prctl(ctypes.c_int(_PR_GET_TID_ADDRESS), ctypes.byref(found), *zeros))
    if ctypes.c_int.from_address(found.value).value != os.getpid():
        raise OSError(errno.ENOSYS, "the C library keeps its thread's number elsewhere")
    return found.value


def system_call(number: int, *arguments: int) -> int:
    """Make a system call; each argument is a machine word."""
    words = (ctypes.c_long(argument) for argument in arguments)
    return _checked(_libc.syscall(ctypes.c_long(number), *words))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
