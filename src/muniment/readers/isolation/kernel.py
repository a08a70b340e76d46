"""System calls that Python does not offer, through the C library.

- Each function raises OSError with the kernel's errno, or returns what the kernel returned.
"""

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
_PR_GET_NO_NEW_PRIVS = 39

_MS_BIND = 4096

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


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


def system_call(number: int, *arguments: int) -> int:
    """Make a system call; each argument is a machine word."""
    words = (ctypes.c_long(argument) for argument in arguments)
    return _checked(_libc.syscall(ctypes.c_long(number), *words))


def _checked(result: int) -> int:
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
