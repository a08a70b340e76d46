"""A hostile file costs itself and nothing else: each attack is really tried from a reader."""

import ctypes
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from muniment.core import (
    Chars,
    Child,
    Member,
    Part,
    Reading,
    Relation,
    State,
    TextSpan,
    UsageError,
    Whole,
    digest_of,
)
from muniment.readers import (
    READERS,
    Context,
    Desk,
    Limits,
    Reader,
    Request,
    Source,
    isolation_report,
    read_isolated,
)
from muniment.readers.border import HEAD, Opened, Parts, pack
from muniment.readers.signals import LockedError, RefusedError, UnreadableError
from tests.readers.contract import codes, read_bytes

_FOUND = TextSpan(Chars(0, 5), "found")
_ACTIVE = {mechanism.name for mechanism in isolation_report() if mechanism.active}
_QUICK = Limits(time_s=1.0, memory_bytes=256 << 20, child_bytes=1 << 22)
_PIPE = 4  # where a child finds its pipe; a compromised one can write what it likes

needs_landlock = pytest.mark.skipif("landlock" not in _ACTIVE, reason="no Landlock here")
needs_seccomp = pytest.mark.skipif("seccomp" not in _ACTIVE, reason="no seccomp here")
needs_namespaces = pytest.mark.skipif("namespaces" not in _ACTIVE, reason="no namespaces here")


def attempt(
    tmp_path: Path, deed: Callable[[], object], limits: Limits = _QUICK
) -> tuple[Reading, list[Part], Path]:
    """Read some text with a reader that yields one part and then does `deed`."""

    def read(_source: Source, _context: Context) -> Iterator[Part]:
        yield _FOUND
        result = deed()
        yield TextSpan(Chars(0, 0), f"done: {result}")

    hostile = Reader("hostile", 1, ("text/plain",), read)
    return read_bytes(b"some text", tmp_path, limits, readers=(hostile,))


def denied(call: Callable[[], object]) -> str:
    """What became of a call that must not work."""
    try:
        call()
    except OSError as why:
        return f"denied {type(why).__name__}"
    return "succeeded"


def check_denied(tmp_path: Path, call: Callable[[], object]) -> None:
    reading, parts, _ = attempt(tmp_path, lambda: denied(call))
    assert reading.state is State.READ
    assert parts[-1].text.startswith("done: denied"), parts


@needs_seccomp
def test_no_socket_can_be_opened(tmp_path: Path) -> None:
    check_denied(tmp_path, socket.socket)


@needs_seccomp
def test_no_program_can_be_started(tmp_path: Path) -> None:
    check_denied(tmp_path, lambda: os.execv("/bin/true", ["true"]))  # noqa: S606 - the attack


@needs_seccomp
def test_no_process_can_be_started(tmp_path: Path) -> None:
    check_denied(tmp_path, os.fork)


@needs_seccomp
def test_the_parent_cannot_be_killed(tmp_path: Path) -> None:
    parent = os.getpid()
    check_denied(tmp_path, lambda: os.kill(parent, signal.SIGKILL))


@needs_seccomp
def test_the_parents_limits_cannot_be_changed(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415 - part of the attack

    parent = os.getpid()
    check_denied(tmp_path, lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (1, 1)))


@needs_seccomp
def test_modes_and_times_of_files_cannot_be_changed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("original")
    check_denied(tmp_path, lambda: os.chmod(victim, 0o700))
    check_denied(tmp_path, lambda: os.utime(victim, (0, 0)))


@needs_landlock
def test_nothing_outside_the_scratch_folder_can_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a source's name")
    check_denied(tmp_path, secret.read_text)
    check_denied(tmp_path, Path("/etc/passwd").read_text)
    check_denied(tmp_path, lambda: os.listdir("/"))
    check_denied(tmp_path, Path("/proc/self/environ").read_text)


@needs_landlock
def test_nothing_outside_the_scratch_folder_can_be_written(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("original")
    check_denied(tmp_path, lambda: victim.write_text("changed"))
    check_denied(tmp_path, victim.unlink)
    check_denied(tmp_path, lambda: os.link(victim, tmp_path / "link"))
    check_denied(tmp_path, (tmp_path / "new").mkdir)
    assert victim.read_text() == "original"


def test_only_the_object_and_the_pipe_are_open(tmp_path: Path) -> None:
    with open(tmp_path / "open in the parent", "w"):
        reading, parts, _ = attempt(tmp_path, lambda: [fd for fd in range(256) if _is_open(fd)])
    assert parts[-1].text == "done: [0, 1, 2, 3, 4]"
    assert reading.state is State.READ


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def test_a_crash_keeps_what_was_found_and_says_so(tmp_path: Path) -> None:
    reading, parts, _ = attempt(tmp_path, lambda: ctypes.string_at(0))
    assert reading.state is State.UNREADABLE
    assert parts[0] == _FOUND
    assert codes(parts) == ["reader-crashed"]
    assert "SIGSEGV" in reading.reason


def test_an_exception_names_the_reader_and_not_what_the_file_said(tmp_path: Path) -> None:
    def deed() -> None:
        raise KeyError("text from a hostile file")

    reading, parts, _ = attempt(tmp_path, deed)
    assert reading.state is State.UNREADABLE
    assert codes(parts) == ["reader-crashed"]
    assert reading.reason == (
        "the reader hostile failed on it: something that it refers to is not in it "
        "(to be reported: KeyError)"
    )


def test_a_loop_without_end_is_stopped_and_what_was_found_is_kept(tmp_path: Path) -> None:
    def deed() -> None:
        while True:
            pass

    started = time.monotonic()
    reading, parts, _ = attempt(tmp_path, deed)
    assert time.monotonic() - started < 5
    assert (reading.state, codes(parts)) == (State.UNREADABLE, ["timeout"])
    assert parts[0] == _FOUND


def test_a_reader_that_swallows_its_alarm_is_killed(tmp_path: Path) -> None:
    def deed() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        while True:
            time.sleep(60)

    reading, parts, _ = attempt(tmp_path, deed)
    assert (reading.state, codes(parts)) == (State.UNREADABLE, ["timeout"])


def test_a_stopped_process_is_killed(tmp_path: Path) -> None:
    reading, parts, _ = attempt(tmp_path, lambda: os.kill(os.getpid(), signal.SIGSTOP))
    assert (reading.state, codes(parts)) == (State.UNREADABLE, ["timeout"])


def test_a_memory_bomb_is_stopped(tmp_path: Path) -> None:
    reading, parts, _ = attempt(tmp_path, lambda: bytearray(1 << 40))
    assert (reading.state, codes(parts)) == (State.UNREADABLE, ["memory-limit"]), reading.reason
    assert parts[0] == _FOUND


def test_recursion_without_end_is_stopped(tmp_path: Path) -> None:
    def deed() -> None:
        deed()

    assert codes(attempt(tmp_path, deed)[1]) == ["memory-limit"]


def test_a_flood_of_threads_costs_only_the_file(tmp_path: Path) -> None:
    def deed() -> None:
        while True:
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()

    reading, _, _ = attempt(tmp_path, deed)
    assert reading.state is State.UNREADABLE


def test_a_flood_of_parts_is_stopped(tmp_path: Path) -> None:
    def read(_source: Source, _context: Context) -> Iterator[Part]:
        while True:
            yield _FOUND

    flood = Reader("flood", 1, ("text/plain",), read)
    limits = Limits(time_s=20, output_bytes=100_000)
    reading, parts, _ = read_bytes(b"some text", tmp_path, limits, readers=(flood,))
    assert (reading.state, codes(parts)) == (State.REFUSED, ["output-limit"])


def test_a_file_that_grows_without_end_is_stopped(tmp_path: Path) -> None:
    def read(_source: Source, context: Context) -> Iterator[Part]:
        def endless() -> Iterator[bytes]:
            while True:
                yield bytes(1 << 16)

        context.children.put(endless())
        yield _FOUND

    bomb = Reader("bomb", 1, ("text/plain",), read)
    reading, _, scratch = read_bytes(b"some text", tmp_path, _QUICK, readers=(bomb,))
    assert reading.state is State.REFUSED
    assert list(scratch.iterdir()) == []


def test_a_disk_bomb_past_the_sink_is_stopped(tmp_path: Path) -> None:
    scratch_of: list[str] = []

    def read(_source: Source, context: Context) -> Iterator[Part]:
        folder = context.children._folder
        scratch_of.append(folder)
        for number in range(10_000):
            with open(f"{folder}/{number}", "wb") as file:
                file.write(bytes(1 << 22))
        yield _FOUND

    bomb = Reader("bomb", 1, ("text/plain",), read)
    limits = Limits(time_s=20, child_bytes=1 << 22)
    reading, _, scratch = read_bytes(b"some text", tmp_path, limits, readers=(bomb,))
    assert (reading.state, reading.parts) == (State.REFUSED, (("problem", 1),))
    for path in scratch.iterdir():
        path.unlink()


def test_a_child_that_is_not_what_was_said_discards_everything(tmp_path: Path) -> None:
    def read(_source: Source, context: Context) -> Iterator[Part]:
        yield _FOUND
        context.children.put([b"what is there"])
        digest = digest_of(b"what is said")
        yield Child(Member(0), 0, Relation.MEMBER, b"x", "x", digest, 12)

    liar = Reader("liar", 1, ("text/plain",), read)
    reading, parts, _ = read_bytes(b"some text", tmp_path, _QUICK, readers=(liar,))
    assert (reading.state, codes(parts)) == (State.UNREADABLE, ["border-violation"])
    assert len(parts) == 1


FORGED = {
    "no message": HEAD.pack(5) + b"hello",
    "a message beyond the limit": HEAD.pack(0xFFFFFFFF),
    "a place that names nothing": HEAD.pack(26)
    + msgspec.msgpack.encode(["parts", [["text", ["chars", 9, 3, None], "x", "body", False]]]),
    "a reader that is not there": pack(Opened("text/plain", "another", 7, ())),
    "nesting without end": HEAD.pack(1 << 16) + b"\x91" * (1 << 16),
    "a kind that does not exist": HEAD.pack(9) + msgspec.msgpack.encode(["pickle"]) + b"\0",
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED.keys())
def test_bytes_that_are_no_message_discard_everything(tmp_path: Path, forged: bytes) -> None:
    _, parts, _ = attempt(tmp_path, lambda: os.write(_PIPE, forged))
    assert codes(parts) == ["border-violation"]
    assert len(parts) == 1


def test_a_message_cut_in_the_middle_is_a_crash(tmp_path: Path) -> None:
    half = pack(Parts((_FOUND,)))[:-3]

    def deed() -> None:
        os.write(_PIPE, half)
        os._exit(0)

    assert codes(attempt(tmp_path, deed)[1]) == ["reader-crashed"]


SIGNALS = {
    State.LOCKED: LockedError("encrypted"),
    State.REFUSED: RefusedError("too much"),
    State.READ: UnreadableError("broken off"),
}


@pytest.mark.parametrize("state", SIGNALS)
def test_each_signal_gives_its_state(tmp_path: Path, state: State) -> None:
    def deed() -> None:
        raise SIGNALS[state]

    reading, parts, _ = attempt(tmp_path, deed)
    assert reading.state is state
    assert parts[0] == _FOUND


def test_an_empty_file_is_empty_in_truth(tmp_path: Path) -> None:
    reading, parts, _ = read_bytes(b"", tmp_path)
    assert (reading.state, reading.reason) == (State.EMPTY, "the file has no bytes")
    assert parts == []


def test_a_type_without_reader_is_refused_by_name(tmp_path: Path) -> None:
    data = b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(64)
    reading, _, _ = read_bytes(data, tmp_path, readers=READERS[:1])
    assert reading.state is State.REFUSED
    assert reading.reason == "no reader yet for application/x-7z-compressed"


def test_a_mechanism_that_is_required_and_missing_refuses_the_file(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    (tmp_path / "object").write_bytes(b"text")
    desk = Desk(READERS, _QUICK, str(tmp_path / "scratch"), frozenset(("unobtainium",)))
    request = Request(str(tmp_path / "object"), digest_of(b"text"))
    reading = read_isolated(request, desk, str(tmp_path / "parts"))
    assert reading.state is State.REFUSED
    assert "unobtainium" in reading.reason


def test_a_scratch_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "something").touch()
    desk = Desk(READERS, _QUICK, str(tmp_path))
    with pytest.raises(UsageError):
        read_isolated(Request("/dev/null", digest_of(b"")), desk, str(tmp_path / "parts"))


def test_libraries_work_in_a_tmp_of_their_own_and_leave_nothing(tmp_path: Path) -> None:
    def read(_source: Source, _context: Context) -> Iterator[Part]:
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write(b"work")
        yield TextSpan(Whole(), " ".join(sorted(os.listdir("/tmp"))))

    writer = Reader("writer", 1, ("text/plain",), read)
    _, parts, scratch = read_bytes(b"some text", tmp_path, _QUICK, readers=(writer,))
    if "private-tmp" in {m.name for m in isolation_report() if m.active}:
        (listed,) = (part.text for part in parts if isinstance(part, TextSpan))
        assert listed.startswith("tmp")
        assert "pytest" not in listed
    assert list(scratch.iterdir()) == []


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "scratch").mkdir()
    os.symlink("/etc/passwd", tmp_path / "object")
    desk = Desk(READERS, _QUICK, str(tmp_path / "scratch"))
    with pytest.raises(OSError, match="symbolic"):
        read_isolated(Request(str(tmp_path / "object"), digest_of(b"")), desk, str(tmp_path / "p"))


def _children() -> set[str]:
    """Processes that this one started; other tests may have left a fork server, which is theirs."""
    listed = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text()
    return set(listed.split())


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    before = _children()
    attempt(tmp_path, lambda: os.kill(os.getpid(), signal.SIGSTOP))
    assert _children() <= before


def test_the_report_names_every_mechanism_and_why_it_is_missing() -> None:
    report = isolation_report()
    assert [mechanism.name for mechanism in report] == [
        "own-process",
        "wall-time",
        "checked-border",
        "no-new-privileges",
        "namespaces",
        "private-tmp",
        "process-limits",
        "landlock",
        "seccomp",
        "process-count",
    ]
    assert all((mechanism.detail == "") != (not mechanism.active) for mechanism in report[3:])


def test_a_lone_surrogate_never_reaches_the_part_file(tmp_path: Path) -> None:
    def read(_source: Source, _context: Context) -> Iterator[Part]:
        yield TextSpan(Chars(0, 1), "a\ud800b")

    odd = Reader("odd", 1, ("text/plain",), read)
    _, parts, _ = read_bytes(b"some text", tmp_path, readers=(odd,))
    assert parts == [TextSpan(Chars(0, 1), "a\ufffdb")]


def test_a_part_beyond_a_message_becomes_a_problem(tmp_path: Path) -> None:
    def read(_source: Source, _context: Context) -> Iterator[Part]:
        yield _FOUND
        yield TextSpan(Chars(0, 1), "a" * (17 << 20))
        yield _FOUND

    huge = Reader("huge", 1, ("text/plain",), read)
    reading, parts, _ = read_bytes(b"some text", tmp_path, readers=(huge,))
    assert reading.state is State.READ
    assert [type(part).__name__ for part in parts] == ["TextSpan", "Problem", "TextSpan"]
    assert codes(parts) == ["part-too-large"]
