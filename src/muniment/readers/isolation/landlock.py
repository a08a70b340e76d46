"""Landlock: which files the reading process may open (Linux 5.13 and later).

- Programs, libraries and their data may be read; one folder may be written; nothing else is there.
- Descriptors opened before stay usable: that is how the object itself is handed over.
- Rights the running kernel does not know are left out; those it knows are all handled.
- The rules are made before the fork and entered after it: a process that has just been forked pays
  for each page of memory that it touches.

Source: Linux `Documentation/userspace-api/landlock.rst`, `include/uapi/linux/landlock.h`.
"""

import ctypes
import os
import stat
import struct
import sys
import sysconfig
from collections.abc import Sequence
from functools import cache

from muniment.readers.isolation.kernel import Call, make, system_call

_CREATE_RULESET = 444  # the same numbers on every architecture
_ADD_RULE = 445
_RESTRICT_SELF = 446
_CREATE_RULESET_VERSION = 1
_RULE_PATH_BENEATH = 1

_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_DIR = 1 << 3
_REMOVE_FILE = 1 << 5
_MAKE_REG = 1 << 8
_TRUNCATE = 1 << 14
_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_FILE | _MAKE_REG
# How many file-system rights each version of the interface knows.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NETWORK_FROM = 4
_SCOPE_FROM = 6
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_PATH_BENEATH = struct.Struct("=Qi")
_SYSTEM_DATA = (
    *("/usr/share/misc", "/usr/share/file", "/usr/lib/file", "/dev/null", "/dev/urandom"),
    "/dev/random",  # what the last fallback's runtime asks for a seed (decision 0058)
    # models of Tesseract, where distributions put them
    *("/usr/share/tesseract-ocr", "/usr/share/tesseract", "/usr/share/tessdata"),
    "/usr/local/share/tessdata",
)
# The map of its own memory is what that runtime looks at before it starts; known here anyway.
_OWN_MAP = "/proc/self/maps"


def make_rules(writable: str, also_readable: Sequence[str] = ()) -> int:
    """A descriptor of the rules for a process that may write in this one folder.

    `also_readable` are folders of this system that it may read besides those that all may.

    Raises:
        OSError: the kernel has no Landlock or it is switched off.
    """
    version = _version()
    rights = _rights(version)
    attributes = struct.pack(
        "=QQQ",
        rights,
        _BIND_AND_CONNECT if version >= _NETWORK_FROM else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPE_FROM else 0,
    )
    size = 24 if version >= _SCOPE_FROM else 16 if version >= _NETWORK_FROM else 8
    buffer = ctypes.create_string_buffer(attributes[:size], size)
    rules = make(system_call(_CREATE_RULESET, ctypes.addressof(buffer), size, 0))
    try:
        for path in (*_outermost_readable(), *also_readable):
            _allow(rules, path, _READ & rights)
        _allow(rules, writable, (_WRITE | _TRUNCATE) & rights)
    except OSError:
        os.close(rules)
        raise
    return rules


def enter(rules: int) -> Call:
    """What confines a process for good by rules made before, which it has at this descriptor."""
    return system_call(_RESTRICT_SELF, rules, 0)


def allow_own_map(rules: int) -> None:
    """Let this process read the map of its memory: another file in each process."""
    _allow(rules, _OWN_MAP, _READ_FILE)


@cache
def _version() -> int:
    return make(system_call(_CREATE_RULESET, 0, 0, _CREATE_RULESET_VERSION))


def _rights(version: int) -> int:
    return (1 << _FILE_RIGHTS.get(version, 16)) - 1


def readable_paths() -> tuple[str, ...]:
    """Where this program, its libraries and their data lie; never the working folder."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    found = {own, *(sysconfig.get_path(name) for name in names), *_library_folders()}
    return tuple(sorted({*found, *_SYSTEM_DATA}))


@cache
def _outermost_readable() -> tuple[str, ...]:
    """The same without what is not there and what lies in another: each rule costs every file."""
    real = {os.path.realpath(path) for path in readable_paths() if os.path.exists(path)}
    return tuple(
        sorted(path for path in real if not any(path.startswith(f"{other}/") for other in real))
    )


def _library_folders() -> tuple[str, ...]:
    shared = tuple(f"{root}/{name}" for root in ("", "/usr") for name in ("lib", "lib64"))
    return (*shared, "/usr/local/lib", os.path.join(sys.base_prefix, "lib"))


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no right
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= ~(_READ_DIR | _REMOVE_FILE | _MAKE_REG)
        rule = _PATH_BENEATH.pack(rights, descriptor)
        buffer = ctypes.create_string_buffer(rule, len(rule))
        make(system_call(_ADD_RULE, ruleset, _RULE_PATH_BENEATH, ctypes.addressof(buffer), 0))
    finally:
        os.close(descriptor)
