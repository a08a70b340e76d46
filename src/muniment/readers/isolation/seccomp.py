"""seccomp: which system calls the reading process may make.

- Denied: every socket that could reach anything, new processes and programs, other processes'
  memory, limits and signals, mounts, keys, kernel modules, BPF, and changes to owners, modes,
  times and attributes of files (Landlock does not cover those).
- A pair of local sockets joined to each other is allowed: it is a pipe with two ways, which the
  runtime of a fallback reader asks for (decision 0058); handing descriptors over it is denied.
- Threads are allowed, processes are not; signals go to the process itself only.
- The filter is for x86-64 and AArch64; elsewhere installing it raises, and the report says so.
- A denied call fails with EPERM (clone3 with ENOSYS, so that the C library falls back to clone).

Source: Linux `Documentation/userspace-api/seccomp_filter.rst`; call numbers from
`arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`.
"""

import ctypes
import errno
import os
import platform
import re
import struct
from collections.abc import Callable, Sequence
from functools import cache, partial

import msgspec

from muniment.readers.isolation.kernel import PR_SET_SECCOMP, Call, prctl

_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_KILL = 0x80000000

_LOAD = 0x20  # BPF_LD | BPF_W | BPF_ABS
_EQUAL = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_AT_LEAST = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_ANY_BIT = 0x45  # BPF_JMP | BPF_JSET | BPF_K
_RETURN = 0x06
_INSTRUCTION = struct.Struct("=HBBI")
_Step = tuple[int, int, int, int]  # what is done, how far to jump if so and if not, the operand
_AT_ONCE = 3  # so many numbers are compared one by one

_NUMBER_AT = 0  # offsets in struct seccomp_data
_ARCHITECTURE_AT = 4
_FIRST_ARGUMENT_AT = 16
_X32 = 0x40000000  # x86-64 calls with 32-bit pointers: another table, so refused as a whole
_CLONE_THREAD = 0x00010000

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

# name: (x86-64, AArch64); None where the architecture has no such call.
_DENIED: dict[str, tuple[int | None, int | None]] = {
    # sockets
    "socket": (41, 198),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept4": (288, 242),
    "sendmmsg": (307, 269),
    # new processes and programs
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    # other processes
    "ptrace": (101, 117),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "pidfd_send_signal": (424, 424),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "setpriority": (141, 140),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # shared memory and queues
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    # owners, modes, times, attributes
    "chmod": (90, None),
    "fchmod": (91, 52),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "mknod": (133, None),
    "mknodat": (259, 33),
    # mounts and namespaces
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "mount": (165, 40),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # the machine
    "syslog": (103, 116),
    "personality": (135, 92),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None),
    "ioperm": (173, None),
    "init_module": (175, 105),
    "delete_module": (176, 106),
    "quotactl": (179, 60),
    "clock_settime": (227, 112),
    "kexec_load": (246, 104),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "perf_event_open": (298, 241),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "clock_adjtime": (305, 266),
    "finit_module": (313, 273),
    "kexec_file_load": (320, 294),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
}
_CLONE3 = 435
_CLONE = (56, 220)
_PRLIMIT = (302, 261)
_SOCKETPAIR = (53, 199)
_AF_UNIX = 1
_KILL_CALLS = ((62, 129), (234, 131))  # kill, tgkill
_SELF = 0xFEDCBA98  # stands for the process's own number until that is known; no number is as high
_WORD = struct.Struct("=I")


class Filter(msgspec.Struct, frozen=True):
    """The filter of a process to be forked; installed for good, behind no_new_privs."""

    install: Call
    number_self: Callable[[], None]  # writes the process's own number into it, in that process


def put_together() -> Filter:
    """The filter, before the fork.

    Raises:
        OSError: the machine is of a kind without a list of system calls.
    """
    program = _template()
    instructions = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a 16-bit length, padding, a pointer.
    head = struct.pack("=H6xQ", len(program) // _INSTRUCTION.size, ctypes.addressof(instructions))
    header = ctypes.create_string_buffer(head, len(head))
    held = (header, instructions)
    install = prctl(PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(header), held)
    places = tuple(found.start() for found in re.finditer(re.escape(_WORD.pack(_SELF)), program))
    return Filter(install, partial(_number_self, instructions, places))


def _number_self(instructions: ctypes.Array[ctypes.c_char], places: tuple[int, ...]) -> None:
    number = os.getpid()
    for place in places:
        _WORD.pack_into(instructions, place, number)


@cache
def _template() -> bytes:
    column, architecture = _machine()
    return b"".join(_INSTRUCTION.pack(*step) for step in _program(column, architecture))


def _machine() -> tuple[int, int]:
    name = platform.machine()
    if name not in _MACHINES:
        raise OSError(errno.ENOSYS, f"no list of system calls for {name}")
    return _MACHINES[name]


def _program(column: int, architecture: int) -> list[_Step]:
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        *([(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)] if column == 0 else []),
    ]
    steps += [(_EQUAL, 0, 1, _CLONE3), _refusal(errno.ENOSYS)]
    steps += _when_argument(_CLONE[column], (_ANY_BIT, 0, 1, _CLONE_THREAD))
    steps += _when_argument(_SOCKETPAIR[column], (_EQUAL, 0, 1, _AF_UNIX))
    for pair in _KILL_CALLS:
        steps += _when_argument(pair[column], (_EQUAL, 0, 1, _SELF))
    steps += _prlimit_of_itself(_PRLIMIT[column])
    denied = (numbers[column] for numbers in _DENIED.values())
    return [*steps, *_refuse_any(sorted(number for number in denied if number is not None))]


def _refuse_any(numbers: Sequence[int]) -> list[_Step]:
    """Refuse these calls and allow all others, each found by halving.

    When a filter is installed, the kernel tries it out for every number that a call may have.
    """
    if len(numbers) > _AT_ONCE:
        middle = len(numbers) // 2
        lower, upper = _refuse_any(numbers[:middle]), _refuse_any(numbers[middle:])
        return [(_AT_LEAST, len(lower), 0, numbers[middle]), *lower, *upper]
    tests = [(_EQUAL, len(numbers) - i, 0, number) for i, number in enumerate(numbers)]
    return [*tests, (_RETURN, 0, 0, _ALLOW), _refusal(errno.EPERM)]


def _when_argument(number: int, test: _Step) -> list[_Step]:
    """Allow call `number` where its first argument passes `test`, refuse it otherwise."""
    return [
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        test,
        (_RETURN, 0, 0, _ALLOW),
        _refusal(errno.EPERM),
    ]


def _prlimit_of_itself(number: int) -> list[_Step]:
    return [
        (_EQUAL, 0, 5, number),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_EQUAL, 1, 0, 0),
        (_EQUAL, 0, 1, _SELF),
        (_RETURN, 0, 0, _ALLOW),
        _refusal(errno.EPERM),
    ]


def _refusal(number: int) -> _Step:
    return (_RETURN, 0, 0, _ERRNO | number)
