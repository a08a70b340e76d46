"""System calls that Python does not offer, through the C library.

- A call is put together first and made afterwards: behind a fork each page of memory that Python
  touches is copied, and putting together touches far more of them than making.
- Making one raises OSError with the kernel's errno, or returns what the kernel returned.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
from collections.abc import Callable
from functools import cache

import msgspec

# Functions that are called without letting go of the interpreter's lock in between.
_libc = ctypes.PyDLL(None, use_errno=True)
_RLIMIT = struct.Struct("=QQ")

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
_PR_GET_NO_NEW_PRIVS = 39
_PR_GET_TID_ADDRESS = 40

_MS_BIND = 4096
_MADV_COLLAPSE = 25

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
_CLONE_PARENT = 0x00008000
_CLONE_CHILD_CLEARTID = 0x00200000
_CLONE_CHILD_SETTID = 0x01000000
_CLONE_CALLS = {"x86_64": 56, "aarch64": 220}
_MOST_WORDS = 6


class Call(msgspec.Struct, frozen=True):
    """A function of the C library, its arguments as machine words, and what those point at."""

    function: Callable[..., int]
    words: tuple[int, ...]
    held: object = None


def make(call: Call) -> int:
    """Make the call; what it returns.

    Raises:
        OSError: the kernel refuses.
    """
    result = call.function(*call.words)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _function(name: str, arguments: int, result: type = ctypes.c_int) -> Callable[..., int]:
    function = _libc[name]
    function.argtypes = (ctypes.c_long,) * arguments
    function.restype = result
    return function


_prctl = _function("prctl", 5)
_unshare = _function("unshare", 1)
_mount = _function("mount", 5)
_setrlimit = _function("setrlimit", 2)
_madvise = _function("madvise", 3)
_syscall = _function("syscall", 1 + _MOST_WORDS, ctypes.c_long)


def prctl(option: int, first: int = 0, second: int = 0, held: object = None) -> Call:
    """Change a property of this process, or ask for it."""
    return Call(_prctl, (option, first, second, 0, 0), held)


def get_no_new_privileges() -> bool:
    """Whether no program started from here can gain privileges."""
    return make(prctl(_PR_GET_NO_NEW_PRIVS)) == 1


def unshare(flags: int) -> Call:
    """Leave the namespaces that the flags name."""
    return Call(_unshare, (flags,))


def bind_mount(source: str, target: str) -> Call:
    """Show the folder `source` at `target` too, in this mount namespace."""
    paths = tuple(ctypes.create_string_buffer(os.fsencode(path)) for path in (source, target))
    return Call(_mount, (*map(ctypes.addressof, paths), 0, _MS_BIND, 0), paths)


def set_limit(kind: int, value: int) -> Call:
    """Bound one of this process's resources for good, as far as it is not bounded closer."""
    _, hard = resource.getrlimit(kind)
    bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
    both = ctypes.create_string_buffer(_RLIMIT.pack(bound, bound), _RLIMIT.size)
    return Call(_setrlimit, (kind, ctypes.addressof(both)), both)


def system_call(number: int, *words: int, held: object = None) -> Call:
    """A call by its number; each argument is a machine word."""
    return Call(_syscall, (number, *words, *(0,) * (_MOST_WORDS - len(words))), held)


def collapse(start: int, size: int) -> Call:
    """Put the memory from `start` on in large pages; both are multiples of such a page's size."""
    return Call(_madvise, (start, size, _MADV_COLLAPSE))


def fork_for_parent() -> int:
    """Fork a child of this process's own parent: its number here, 0 in the child.

    Only for a process with one thread. Neither the C library's nor Python's handlers of forks run:
    they mend locks and threads, which one thread has not, and touch 200 pages of memory. What the
    C library knows of its thread is set by the kernel, as it is behind its own fork.

    Raises:
        OSError: the kernel refuses, or the machine is of another kind.
    """
    return make(_fork_call())


@cache
def _fork_call() -> Call:
    machine = platform.machine()
    if machine not in _CLONE_CALLS:
        raise OSError(errno.ENOSYS, f"no number of the call for {machine}")
    flags = _CLONE_PARENT | _CLONE_CHILD_SETTID | _CLONE_CHILD_CLEARTID | signal.SIGCHLD
    thread = _thread_number_at()
    # The last two change places between the two architectures; the one not meant is not looked at.
    return system_call(_CLONE_CALLS[machine], flags, 0, 0, thread, thread)


def _thread_number_at() -> int:
    """Where the C library keeps this thread's number: what it told the kernel to clear."""
    found = ctypes.c_ulong(0)
    make(prctl(_PR_GET_TID_ADDRESS, ctypes.addressof(found)))
    if ctypes.c_int.from_address(found.value).value != os.getpid():
        raise OSError(errno.ENOSYS, "the C library keeps its thread's number elsewhere")
    return found.value
