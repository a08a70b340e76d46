"""Reads one object in a process of its own and leaves a part file, whatever the object does.

    parent                                  child (forked, confined)
    ──────                                  ────────────────────────
    fork ─────────────────────────────────▶ close, confine, detect, read
    decode, check, count, write  ◀─pipe──── opened, parts …, closed
    hash the files in scratch again         children in scratch
    Reading, part file in place

- The caller is a single-threaded process that has already imported the readers.
- A crash, hang, memory or output blow-up costs this object only; parts sent before are kept.
- A child that breaks the border's rules (no message, a child file that is not what was said)
  loses all its parts: nothing from that process is believed.
- Candidate passwords reach the child in the memory that it is forked with. Which of them worked
  comes back by position, and stands in no part, no Reading and no file.
"""

import errno
import fcntl
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress

import msgspec

from muniment.core import Cell, Child, Digest, Part, Reading, Secret, UsageError
from muniment.readers.addressable import addressable, is_in_table
from muniment.readers.border import Cells, Closed, Message, Opened, Parts
from muniment.readers.child import DISK_FULL, ELSEWHERE, NO_READER, Job, run_child, walls_of
from muniment.readers.forker import Forker
from muniment.readers.forker_process import Order
from muniment.readers.isolation.confine import make_rules
from muniment.readers.known_readers import known
from muniment.readers.limits import Limits
from muniment.readers.outcome import Ending, How, Identity, conclude
from muniment.readers.parent import BorderError, death_of, end_child, kill_child, messages
from muniment.readers.partfile import PartWriter
from muniment.readers.reader import Reader
from muniment.readers.sink import child_path
from muniment.readers.summary import Summary

_LINGER_S = 2.0
_PIPE_BYTES = 1 << 20  # what an ordinary user may ask for
_BLOCK = 1 << 16  # bytes of a child that are hashed at once
_ROOM = 1 << 28  # bytes; a disk with more than that did not refuse an ordinary file
_SLACK = 1 << 26  # bytes in scratch beyond the limit before the parent steps in
_LONGEST_REASON = 1_000
_CODE = re.compile(r"[a-z-]{0,40}", re.ASCII)
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,120}|", re.ASCII)
_UNKNOWN_TYPE = "application/octet-stream"
_Fork = Callable[[tuple[int, ...]], int | None]


class Request(msgspec.Struct, frozen=True):
    """One object to read.

    `digest` names the bytes at `path`; the caller vouches for it. `keys` are candidates that may
    open it, in the order in which they are tried.
    """

    path: str
    digest: Digest
    keys: tuple[Secret, ...] = ()


class Desk(msgspec.Struct, frozen=True):
    """Where and within which bounds objects are read; the same for many objects.

    `scratch` is an empty folder: afterwards it holds the object's children, each named by the
    64 hex digits of its digest, and nothing else that matters. `required` names mechanisms of
    `isolation_report` without which nothing is read. `also_readable` are folders of this system
    that this reading may look into: what is drawn with its fonts is looked at, and never parts.
    """

    readers: Sequence[Reader]
    limits: Limits
    scratch: str
    required: frozenset[str] = frozenset()
    also_readable: tuple[str, ...] = ()
    forker: Forker | None = None  # what forks in place of this process, where it can


def read_isolated(request: Request, desk: Desk, part_file: str) -> Reading:
    """Read one object; its parts are in `part_file`, its children in the scratch folder.

    Raises:
        UsageError: the scratch folder is not empty.
        OSError: the object, the scratch folder or the part file cannot be opened.
    """
    return read_with_keys(request, desk, part_file)[0]


def read_with_keys(request: Request, desk: Desk, part_file: str) -> tuple[Reading, tuple[int, ...]]:
    """As `read_isolated`; beside the Reading, the positions of the keys that opened something.

    They are no part of the Reading: equal bytes that two keys open alike are read alike.
    """
    if len(os.listdir(desk.scratch)) > 0:
        raise UsageError(
            f"the scratch folder {desk.scratch} is not empty", next_step="give an empty folder"
        )
    with PartWriter(part_file) as writer:
        session = _Session(request, desk, writer)
        reading = session.run()
        writer.finish(reading)
    return reading, session.keys_used


class _Session:
    """One object's reading, from fork to Reading."""

    def __init__(self, request: Request, desk: Desk, writer: PartWriter) -> None:
        self._request = request
        self._desk = desk
        self._writer = writer
        self._opened = Opened(_UNKNOWN_TYPE, NO_READER, 0, ())
        self._is_open = False
        self._ending: Ending | None = None
        self._summary = Summary(())
        self._children: dict[Digest, int] = {}
        self._size = 0
        self.keys_used: tuple[int, ...] = ()

    def run(self) -> Reading:
        descriptor = os.open(self._request.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            self._size = os.fstat(descriptor).st_size
            ending = self._early() or self._read(descriptor)
        finally:
            os.close(descriptor)
        if not self._children_are_there():
            reason = "the reader's files are not what it said; nothing it sent is kept"
            self._start_over()
            ending = Ending(How.BROKEN, "border-violation", reason)
        self._remove_others()
        if ending.problem is not None:
            self._keep((ending.problem,))
        return conclude(self._identity(), ending, self._summary, self._writer.parts_digest)

    def _early(self) -> Ending | None:
        """An ending that needs no reader."""
        if self._size == 0:
            self._opened = Opened("application/x-empty", NO_READER, 0, ())
            return Ending(How.DONE)
        return None

    def _read(self, descriptor: int) -> Ending:
        ending = self._read_in(self._forked_small, descriptor)
        return ending or self._read_in(self._forked, descriptor) or self._death(0)

    def _read_in(self, fork: _Fork, descriptor: int) -> Ending | None:
        """How one process ended that read the object; None where it left that to another."""
        receiving, sending = os.pipe()
        # Room for some messages, so that neither side waits for the other at every one.
        with suppress(OSError):
            fcntl.fcntl(sending, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        rules = make_rules(self._desk.scratch, self._desk.also_readable)
        try:
            pid = fork((descriptor, sending, *(() if rules is None else (rules,))))
        finally:
            os.close(sending)
            if rules is not None:
                os.close(rules)
        if pid is None:
            os.close(receiving)
            return None
        time_s = self._desk.limits.time_s
        try:
            for message in messages(receiving, time_s, self._look):
                self._take(message)
        except BorderError as why:
            kill_child(pid)
            if why.code == "border-violation":
                self._start_over()
            how = How.REFUSED if why.code == "output-limit" else How.BROKEN
            return Ending(how, why.code, why.reason)
        except BaseException:
            kill_child(pid)
            raise
        finally:
            os.close(receiving)
        status = end_child(pid, _LINGER_S)
        if os.waitstatus_to_exitcode(status) == ELSEWHERE and not self._is_open:
            return None
        return self._ending or self._death(status)

    def _forked(self, descriptors: tuple[int, ...]) -> int:
        """The number of a fork of this process that reads the object."""
        desk, keys = self._desk, self._request.keys
        walls = walls_of(desk.limits, len(descriptors), desk.scratch)
        job = Job(known(desk.readers), desk.limits, desk.scratch, desk.required, walls, keys)
        pid = os.fork()
        if pid == 0:
            run_child(descriptors, job)
        return pid

    def _forked_small(self, descriptors: tuple[int, ...]) -> int | None:
        """The same of a small process's fork; None where there is none, or it sees too much.

        Passwords stay here: a process that outlives this object is not told of them.
        """
        desk = self._desk
        if desk.forker is None or len(self._request.keys) > 0:
            return None
        order = Order(desk.limits, desk.scratch, desk.required)
        return desk.forker.fork(desk.readers, order, descriptors)

    def _death(self, status: int) -> Ending:
        died = death_of(status)
        if died == "SIGXCPU":
            return Ending(How.BROKEN, "timeout", f"{self._opened.reader} used up its time")
        how = "without a word" if died == "" else f"by {died}"
        reason = f"{self._opened.reader} ended {how}"
        return Ending(How.BROKEN, "reader-crashed", reason)

    def _take(self, message: Message) -> None:
        if self._ending is not None:
            raise BorderError("border-violation", "the reader sent more after its last message")
        match message:
            case Opened():
                self._open(message)
            case Parts():
                self._keep(self._checked(message.parts))
                self._check_output()
            case Cells():
                self._writer.add(message.cells)
                self._summary.add_cells(len(message.cells))
                self._check_output()
            case Closed():
                self._close(message)

    def _open(self, message: Opened) -> None:
        if self._is_open or _MEDIA_TYPE.fullmatch(message.media_type) is None:
            raise BorderError("border-violation", "the reader opened twice or named no type")
        self._is_open = True
        reader = next((r for r in self._desk.readers if r.name == message.reader), None)
        name, version = (NO_READER, 0) if reader is None else (reader.name, reader.version)
        if (message.reader, message.reader_version) != (name, version):
            raise BorderError("border-violation", "the reader gave a name that is not its own")
        self._opened = message
        self._summary = Summary(() if reader is None else reader.child_sorts)

    def _close(self, message: Closed) -> None:
        if message.code == DISK_FULL and _has_no_room(self._desk.scratch):
            # Ours, and it will pass: nothing is said of the object. Looked at here, because a
            # hostile file must not be able to stop the work by saying so.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), self._desk.scratch)
        if _CODE.fullmatch(message.code) is None or len(message.reason) > _LONGEST_REASON:
            raise BorderError("border-violation", "the reader gave a reason that is none")
        used, known = message.keys_used, len(self._request.keys)
        if list(used) != sorted(set(used)) or not all(0 <= key < known for key in used):
            raise BorderError("border-violation", "the reader named a key that it was not given")
        self.keys_used = used
        self._ending = Ending(message.how, message.code, message.reason)

    def _checked(self, parts: Sequence[Part]) -> Sequence[Part]:
        for part in parts:
            if not addressable(part.at):
                raise BorderError("border-violation", "the reader gave a place that names nothing")
            if isinstance(part, Child):
                self._children[part.digest] = part.size
            elif isinstance(part, Cell) and not is_in_table(part):
                raise BorderError("border-violation", "the reader gave a cell without its row")
        return parts

    def _keep(self, parts: Sequence[Part]) -> None:
        self._writer.add(parts)
        self._summary.add(parts)

    def _check_output(self) -> None:
        limit = self._desk.limits.output_bytes
        if self._writer.encoded_bytes > limit:
            raise BorderError("output-limit", f"its parts take more than {limit} bytes")

    def _start_over(self) -> None:
        self._writer.restart()
        self._summary = Summary(())
        self._children = {}
        self.keys_used = ()

    def _look(self) -> None:
        """Stop a child that fills the disk without going through its sink."""
        taken = 0
        with os.scandir(self._desk.scratch) as entries:
            for entry in entries:
                # A file may be renamed or removed while the folder is being listed.
                with suppress(FileNotFoundError):
                    taken += entry.stat(follow_symlinks=False).st_size
        if taken > self._desk.limits.child_bytes + _SLACK:
            limit = self._desk.limits.child_bytes
            raise BorderError("output-limit", f"its files take more than {limit} bytes")

    def _children_are_there(self) -> bool:
        scratch = self._desk.scratch
        return all(
            _is_what_it_says(child_path(scratch, digest), digest, size)
            for digest, size in self._children.items()
        )

    def _remove_others(self) -> None:
        """Leave nothing in the scratch folder but the children: libraries work there too."""
        kept = {digest.hex for digest in self._children}
        with os.scandir(self._desk.scratch) as entries:
            others = [entry for entry in entries if entry.name not in kept]
        for entry in others:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.remove(entry.path)

    def _identity(self) -> Identity:
        opened = self._opened
        return Identity(
            self._request.digest,
            self._size,
            opened.media_type,
            opened.reader,
            opened.reader_version,
        )


def _is_what_it_says(path: str, digest: Digest, size: int) -> bool:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size != size:
            return False
        hasher = hashlib.sha256()
        while len(block := os.read(descriptor, _BLOCK)) > 0:
            hasher.update(block)
        return Digest(hasher.digest()) == digest
    finally:
        os.close(descriptor)


def _has_no_room(folder: str) -> bool:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize < _ROOM
